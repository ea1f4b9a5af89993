"""A round along every page as someone who may open it: nothing to report for axe, the policy or the network."""

import pytest
from playwright.sync_api import Page

from tests.browser import overtredingen
from tests.test_toegang import ALLEN, TOEGANG, Wereld, maak_wereld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GEEN_PAGINA = {
    "initiatieven:export",
    "initiatieven:gesprek_agenda",
    "initiatieven:toets_agenda",
    "initiatieven:open_data_csv",
    "initiatieven:open_data_json",
    "initiatieven:foto",
    "initiatieven:eigen_foto",
    "trajecten:foto",
    "trajecten:overdracht_foto",
    "post:opmaak",
    "agenda_feed",
    *("gezond", "security_txt"),
    "kaart:plekken",
    "kaart:plek",
    *("manifest", "dienst", "kaart:uitgave", "kaart:opensearch", "kaart:plekken_geojson", "kaart:plekken_csv"),
    "bijeenkomsten:agenda",
    "bijeenkomsten:eigen_agenda",
    "bijeenkomsten:nieuws",
    "bijeenkomsten:agenda_van_een",
    *(f"bijeenkomsten:planning_{soort}" for soort in ("csv", "ics")),
    *(f"bijeenkomsten:{naam}" for naam in ("document", "openbaar_document", "gastdocument")),
}
PAGINAS = [naam for naam, regel in TOEGANG.items() if not regel.post and naam not in GEEN_PAGINA]
DELEN = 3  # runs that cores can share: each takes every third page


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args) -> dict:
    """Without the service worker: behind every first page of the map it fetches what this round does not look at."""
    return {**browser_context_args, "service_workers": "block"}


def rol_voor(naam: str) -> str | None:
    """The first role that may open this page; None when nobody has to sign in for it."""
    return None if TOEGANG[naam].wie is None else next(rol for rol in ALLEN if rol in TOEGANG[naam].wie)


@pytest.fixture
def wereld(bezetting, settings, tmp_path) -> Wereld:
    settings.MAIL_MAP = str(tmp_path)
    return maak_wereld(bezetting, tmp_path)


@pytest.fixture
def bezoek(page: Page, live_server, wereld, als):
    """Open a page by the name of its URL, as somebody who may. What the browser complains of is in `bezoek.fouten`."""
    sessies = {rol: als(mens).cookies["sessie"].value for rol, mens in wereld.mensen.items()}
    fouten: list[str] = []
    page.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
    page.on("request", lambda vraag: fouten.append(vraag.url) if not vraag.url.startswith(live_server.url) else None)

    def open_pagina(naam: str) -> Page:
        page.context.clear_cookies()
        if rol := rol_voor(naam):
            page.context.add_cookies([{"name": "sessie", "value": sessies[rol], "url": live_server.url}])
        antwoord = page.goto(live_server.url + wereld.adres(naam))
        assert antwoord.ok, (naam, antwoord.status)
        beleid = antwoord.headers.get("content-security-policy", "")
        if "default-src 'none'" not in beleid or "unsafe" in beleid:
            fouten.append(f"{naam}: {beleid}")
        return page

    open_pagina.fouten = fouten
    return open_pagina


@pytest.mark.parametrize("deel", range(DELEN))
def test_every_page_has_a_title_and_one_heading_fits_and_asks_nobody_else(bezoek, deel):
    gebreken = []
    for naam in PAGINAS[deel::DELEN]:
        page = bezoek(naam)
        if naam != "home" and page.title().startswith(("Welkom –", "–")):
            gebreken.append((naam, "titel", page.title()))
        if page.locator("h1").count() != 1:
            gebreken.append((naam, "h1", page.locator("h1").count()))
        gebreken += overtredingen(page)

    assert gebreken == []
    assert bezoek.fouten == []
