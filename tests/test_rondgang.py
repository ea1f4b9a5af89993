"""A round along every page as someone who may open it: nothing to report for axe, the policy or the network."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import overtredingen
from tests.test_toegang import ALLEN, TOEGANG, Wereld, maak_wereld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GEEN_PAGINA = {
    "trajecten:foto",
    "trajecten:overdracht_foto",
    "post:opmaak",
    "agenda_feed",
    "gezond",
    "kaart:plekken",
    "kaart:plek",
    "bijeenkomsten:agenda",
    "bijeenkomsten:agenda_van_een",
}
PAGINAS = [naam for naam, regel in TOEGANG.items() if not regel.post and naam not in GEEN_PAGINA]
DELEN = ["initiatieven", "kaart", "bijeenkomsten", "trajecten", "rest"]  # a run per part, so that cores can share them


def van(deel: str) -> list[str]:
    """The pages of one app, or of the ground that all apps stand on."""
    return [naam for naam in PAGINAS if (naam.split(":")[0] if naam.split(":")[0] in DELEN else "rest") == deel]


@pytest.fixture
def wereld(bezetting, settings, tmp_path) -> Wereld:
    settings.MAIL_MAP = str(tmp_path)
    return maak_wereld(bezetting, tmp_path)


@pytest.fixture
def bezoek(browser: Browser, live_server, wereld, als):
    """Open a page by the name of its URL, as somebody who may. What the browser complains of is in `bezoek.fouten`."""
    contexten: dict[str, Page] = {}

    def pagina_van(wie: str) -> Page:
        if wie not in contexten:
            context = browser.new_context(viewport={"width": 360, "height": 800}, locale="nl-NL")
            if wie != "anoniem":
                sessie = als(wereld.mensen[wie]).cookies["sessie"].value
                context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])
            contexten[wie] = context.new_page()
            contexten[wie].on(
                "console", lambda bericht: open_pagina.fouten.append(bericht.text) if bericht.type == "error" else None
            )
            contexten[wie].on(
                "request",
                lambda vraag: None if vraag.url.startswith(live_server.url) else open_pagina.fouten.append(vraag.url),
            )
        return contexten[wie]

    def open_pagina(naam: str) -> Page:
        wie = "anoniem" if TOEGANG[naam].wie is None else next(rol for rol in ALLEN if rol in TOEGANG[naam].wie)
        page = pagina_van(wie)
        antwoord = page.goto(live_server.url + wereld.adres(naam))
        assert antwoord.ok, (naam, antwoord.status)
        return page

    open_pagina.fouten = []
    yield open_pagina
    for page in contexten.values():
        page.context.close()


def test_every_page_belongs_to_a_part():
    assert sorted(naam for deel in DELEN for naam in van(deel)) == sorted(PAGINAS)


@pytest.mark.parametrize("deel", DELEN)
def test_every_page_has_a_title_and_one_heading_fits_and_asks_nobody_else(bezoek, deel):
    gebreken = []
    for naam in van(deel):
        page = bezoek(naam)
        if naam != "home" and page.title().startswith(("Welkom –", "–")):
            gebreken.append((naam, "titel", page.title()))
        if page.locator("h1").count() != 1:
            gebreken.append((naam, "h1", page.locator("h1").count()))
        gebreken += overtredingen(page)

    assert gebreken == []
    assert bezoek.fouten == []
