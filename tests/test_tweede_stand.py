"""The pages as they are less often: a form that comes back, nothing found, nobody there yet, long names.

The round of `test_rondgang.py` sees each page once, whole and filled. Which forms there are follows from the table of
access: whoever adds one gets its other state looked at. No server runs for this: the browser shows what test clients
got, many at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import batched
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from playwright.sync_api import Page, Route

from bijeenkomsten.models import Bijeenkomst
from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.browser import BEKNOPT, overtredingen, past_niet
from tests.factories import RolFactory
from tests.standen import STANDEN
from tests.test_rondgang import PAGINAS, rol_voor
from tests.test_toegang import TOEGANG
from tests.test_wandeling import Lezer, Wandeling
from tests.trajecten.bezetting import maak_traject
from tests.weigeren import (
    KAN_NIET_MIS,
    LANG,
    PUBLIEK,
    WOORDEN,
    ZEGT_HET_BOVENAAN,
    Formulier,
    Formulieren,
    Poging,
)
from trajecten.models import Betrokkene, Jongere

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("wereld_van_bestand")]

HIER = "http://collectief.example"
TE_BREED = (
    "[...document.body.children].filter((deel) => deel.scrollWidth > innerWidth).map((deel) => deel.dataset.adres)"
)
FOUT = re.compile(rb'class="fout|data-soort="error"')  # what says that something is refused
NAMEN = re.compile(r'(?<=\s)(id|for|list|form|aria-(?:\w+by|controls|errormessage))="([^"]+)"')
TEGELIJK = 10  # pages on one: what lies over what is looked up for every pair of elements
EENMALIG = ("landmark-no-duplicate-main", "landmark-unique")  # what a page has once, many on one page have more often
ZOEKT = (
    *("zoeken", "kaart:kaart", "initiatieven:lijst", "trajecten:lijst", "trajecten:zoeken", "trajecten:overdragen"),
    *("gebruikers:rollen", "initiatieven:prullenbak", "bijeenkomsten:aanwezig"),
)
ACHTER_EEN_ROL = [naam for naam in PAGINAS if TOEGANG[naam].wie is not None and naam != "stijl"]
# Where somebody begins who has nothing yet, per role.
LEEG = {
    "coordinator": (
        *("vandaag", "lijst", "zoeken", "bord", "overdrachten", "opruimen", "verdelen", "agenda"),
        *(
            "initiatieven:beheer",
            "kaart:vragen",
            "bijeenkomsten:mijn",
            "bijeenkomsten:op_bezoek",
            "bijeenkomsten:acties",
        ),
    ),
    "kernteam": (
        *("bijeenkomsten:mijn", "bijeenkomsten:planning", "bijeenkomsten:datumprikkers", "bijeenkomsten:vragen"),
        *("bijeenkomsten:antwoorden", "bijeenkomsten:aanwezigheid", "bijeenkomsten:acties", "initiatieven:overzicht"),
        *("initiatieven:verbondgenoten_beheer", "kaart:witte_vlekken"),
    ),
    "beheerder": (
        *("initiatieven:toetsing", "initiatieven:wijzigingen", "initiatieven:jaarchecks", "initiatieven:prullenbak"),
        *("gebruikers:rollen", "gebruikers:uitnodigen"),
    ),
    "verbondgenoot": ("bijeenkomsten:mijn",),
}
FEEDS = {"agenda_feed", "bijeenkomsten:eigen_agenda", "initiatieven:gesprek_agenda"}  # for programs
MET_NAMEN = (
    *("initiatieven:lijst", "initiatieven:detail", "initiatieven:blad", "initiatieven:beheer", "initiatieven:toetsing"),
    *("initiatieven:toets", "initiatieven:geschiedenis", "kaart:kaart", "kaart:contact_stand", "kaart:vraag"),
    *("trajecten:vandaag", "trajecten:lijst", "trajecten:traject", "trajecten:mensen", "trajecten:toestemming"),
    *("trajecten:overdracht", "trajecten:contact", "trajecten:nazorg", "trajecten:inzage", "trajecten:verdelen"),
    *("bijeenkomsten:lijst", "bijeenkomsten:detail", "bijeenkomsten:mijn", "bijeenkomsten:beheer"),
    *("bijeenkomsten:deelnemers", "bijeenkomsten:aanwezig", "gebruikers:rollen", "gebruikers:uitnodigen"),
)


WEGLATEN = (Path(__file__).parent / "weglaten.js").read_text()
_bekeken: set[str] = set()  # parts of a page that axe saw in this process


class Gezien:
    """What test clients got. The words are read at once; how it looks is seen by a browser, many on one page.

    What stands around it is the same on every page, and seen there by the round of `test_rondgang.py`.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.wandeling, self.aantal = page, Wandeling(Client()), 0
        self.per_stijl: dict[str, list[str]] = defaultdict(list)
        page.route("**/*", self._geef)

    def voeg_toe(self, adres: str, antwoord: HttpResponse) -> None:
        """Keep what stands on the page between its head and its foot, with pages that use the same style sheets."""
        tekst = antwoord.content.decode()
        self.wandeling.lees(adres, Lezer(tekst))
        stijlen = "".join(re.findall(r'<link rel="stylesheet"[^>]*>', tekst))
        inhoud = re.search(r"<main.*</main>", tekst, re.DOTALL)[0]
        inhoud = re.sub(r"<script.*?</script>", "", inhoud, flags=re.DOTALL)
        self.aantal += 1  # a name that more pages have, is of one of them now
        inhoud = NAMEN.sub(lambda een: f'{een[1]}="{" ".join(f"{w}-{self.aantal}" for w in een[2].split())}"', inhoud)
        self.per_stijl[stijlen].append(f'<div data-adres="{adres}">{inhoud}</div>')

    def toon(self, stijlen: str, delen: Iterable[str]) -> None:
        kop = f"<title>Tweede stand</title>{stijlen}"
        self.page.set_viewport_size({"width": 360, "height": 800})
        self.page.goto(HIER)
        self.page.set_content(f'<!doctype html><html lang="nl"><head>{kop}</head><body>{"".join(delen)}</body></html>')

    def gebreken(self) -> list[tuple]:
        """What is wrong with what was said, and what axe finds, sticks out or is cut off in the forms people use."""
        for stijlen, alle in self.per_stijl.items():
            for delen in batched(alle, TEGELIJK, strict=False):
                self.toon(stijlen, delen)
                gevonden = [*self.page.evaluate(TE_BREED), *past_niet(self.page)]
                _bekeken.update(self.page.evaluate(WEGLATEN, sorted(_bekeken)))
                self.wandeling.gebreken += gevonden + overtredingen(self.page, BEKNOPT, EENMALIG)
        return self.wandeling.gebreken

    @staticmethod
    def _geef(route: Route) -> None:
        pad = urlsplit(route.request.url).path
        if pad.endswith(".css"):
            route.fulfill(path=Path(finders.find(pad.removeprefix("/static/"))))
        else:
            route.fulfill(body="", content_type="text/html")


@pytest.fixture
def gezien(page: Page) -> Gezien:
    return Gezien(page)


@pytest.fixture
def bezoeker(wereld, als):
    """A client of somebody who may open this page."""
    return lambda naam: als(wereld.mensen[rol]) if (rol := rol_voor(naam)) else Client()


def stuur(client: Client, adres: str, velden: dict, **anders: bool) -> HttpResponse:
    """Post this and undo what it did."""
    with transaction.atomic():
        antwoord = client.post(adres, velden, **anders)
        transaction.set_rollback(True)
    return antwoord


def is_geweigerd(antwoord: HttpResponse) -> bool:
    return antwoord.status_code == 200 and bool(FOUT.search(antwoord.content))


def test_a_form_that_comes_back_is_whole(wereld, bezoeker, gezien):
    openbaar = [Poging(naam) for naam, regel in TOEGANG.items() if regel.wie is None]
    for poging in [*openbaar, *PUBLIEK]:
        adres = wereld.adres(poging.naam, **poging.anders) + poging.vraag
        antwoord = stuur(bezoeker(poging.naam), adres, poging.velden)
        is_nagemaakt = b"ManagementForm" in antwoord.content  # nobody leaves that out in a browser
        if is_geweigerd(antwoord) and not is_nagemaakt:
            gezien.voeg_toe(adres, antwoord)

    assert gezien.gebreken() == []
    assert gezien.aantal > 15


@pytest.fixture(scope="module")
def eerder_gevonden() -> list[tuple[str, str, Formulier]]:
    return []


@pytest.fixture
def formulieren(eerder_gevonden, wereld, bezoeker) -> list[tuple[str, str, Formulier]]:
    """Every form behind a role: the page where it stands, and where it goes. Read once, used by more than one test."""
    for naam in [] if eerder_gevonden else ACHTER_EEN_ROL:
        pagina = wereld.adres(naam)
        if inhoud := re.search(r"<main.*</main>", bezoeker(naam).get(pagina).content.decode(), re.DOTALL):
            alle = Formulieren(inhoud[0]).alle
            eerder_gevonden += [(naam, een.naar.partition("#")[0] or pagina, een) for een in alle]
    return eerder_gevonden


def test_every_form_behind_a_role_that_comes_back_is_whole(formulieren, bezoeker, gezien):
    """Found on the pages themselves, so also the second and third form of a page, and what hangs on an earlier row."""
    nooit = set()
    for naam, adres, formulier in [een for een in formulieren if een[2].vraagt_iets]:
        client = bezoeker(naam)
        pogingen = (stuur(client, adres, formulier.met(woord)) for woord in WOORDEN)
        if geweigerd := next(filter(is_geweigerd, pogingen), None):
            gezien.voeg_toe(adres, geweigerd)
        else:
            nooit.add(resolve(urlsplit(adres).path).view_name)

    assert gezien.gebreken() == []
    assert nooit == ZEGT_HET_BOVENAAN | KAN_NIET_MIS
    assert gezien.aantal > 75


def test_what_stands_there_after_a_button_is_whole(formulieren, bezoeker, gezien):
    """Done, undone, let go, withdrawn, stopped: what a button brings that asks nothing."""
    gedrukt = set()
    for naam, adres, formulier in [een for een in formulieren if not een[2].vraagt_iets]:
        client = bezoeker(naam)
        for knop in formulier.knoppen:
            gestuurd = formulier.met_knop(knop)
            soort = (resolve(urlsplit(adres).path).view_name, gestuurd.get("soort"), knop.naam, knop.waarde)
            if soort not in gedrukt:
                gedrukt.add(soort)
                gezien.voeg_toe(adres, stuur(client, adres, gestuurd, follow=True))

    assert gezien.gebreken() == []
    assert gezien.aantal > 45


def test_what_somebody_did_earlier_is_whole_wherever_it_shows(wereld, als, gezien):
    for stand in STANDEN:
        app, *namen = stand.paginas.split()
        with transaction.atomic():
            anders, client = stand.breng(wereld) or {}, als(wereld.mensen[stand.wie])
            for naam in namen:
                vast = wereld.argumenten.get(app + naam, {})
                adres = reverse(app + naam, kwargs=vast | {deel: anders[deel] for deel in vast.keys() & anders.keys()})
                gezien.voeg_toe(adres, client.get(adres))
            transaction.set_rollback(True)

    assert gezien.gebreken() == []


def test_where_nothing_was_written_yet_is_whole(wereld, bezoeker, gezien, begeleider, initiatief):
    """All pages of a trajectory that just began, and of a meeting that nobody was invited to."""
    nieuw = {"trajecten": maak_traject(door=begeleider, initiatief=initiatief), "bijeenkomsten": BijeenkomstFactory()}
    for app, een in nieuw.items():
        for naam in [naam for naam in ACHTER_EEN_ROL if wereld.argumenten.get(naam, {}).keys() == {"pk"}]:
            van_hier = naam.startswith(f"{app}:")
            antwoord = bezoeker(naam).get(adres := wereld.adres(naam, pk=een.pk)) if van_hier else None
            if antwoord and antwoord.status_code == 200:
                gezien.voeg_toe(adres, antwoord)

    assert gezien.gebreken() == []
    assert gezien.aantal > 35


def test_a_search_that_finds_nothing_is_whole(wereld, bezoeker, gezien):
    for naam in ZOEKT:
        adres = wereld.adres(naam)
        gezien.voeg_toe(adres, bezoeker(naam).get(adres, {"q": LANG * 3}))

    assert gezien.gebreken() == []


@pytest.mark.parametrize("soort", LEEG)
def test_where_nobody_was_yet_is_whole(als, gezien, soort):
    anders = {} if soort == "coordinator" else {"initiatief": None}
    client = als(RolFactory(soort=soort, **anders).gebruiker)

    for naam in LEEG[soort]:
        adres = reverse(naam if ":" in naam else f"trajecten:{naam}")
        gezien.voeg_toe(adres, client.get(adres))

    assert gezien.gebreken() == []


def test_a_link_from_a_mail_that_leads_nowhere_says_so(wereld, bezoeker, gezien):
    """An invented one and one that has ended look the same: nobody learns from it what once was there."""
    for naam in [naam for naam, delen in wereld.argumenten.items() if "token" in delen and naam not in FEEDS]:
        adres = wereld.adres(naam, token="bestaat-niet")
        antwoord = Client().get(adres)
        gezien.voeg_toe(adres, antwoord)

        assert antwoord.status_code == 404, naam
        assert "Deze bladzijde is er niet" not in antwoord.text, naam
    assert gezien.gebreken() == []


def test_long_names_fit_on_a_phone(wereld, bezoeker, gezien, begeleider):
    for model, veld, lengte in [(Initiatief, "naam", 120), (Gebruiker, "naam", 120), (Bijeenkomst, "titel", 120)]:
        model.objects.update(**{veld: (LANG * 4)[:lengte]})
    with als_gebruiker(begeleider.pk):
        Jongere.objects.update(roepnaam=LANG[:24])  # people call somebody by a shorter word
        Betrokkene.objects.filter(gebruiker=None).update(naam=(LANG * 4)[:120])

    for naam in MET_NAMEN:
        adres = wereld.adres(naam)
        gezien.voeg_toe(adres, bezoeker(naam).get(adres))

    assert gezien.gebreken() == []


LANG_OVERAL = """() => {
    const lopers = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (lopers.nextNode()) if (lopers.currentNode.data.trim()) lopers.currentNode.data = "m".repeat(60);
}"""
STEEKT_UIT = """() => [...document.querySelectorAll("main *")]
    .filter((deel) => deel.checkVisibility() && deel.clientWidth > 1 && deel.scrollWidth > deel.clientWidth + 1)
    .filter((deel) => !deel.closest("svg, pre, select"))
    .map((deel) => deel.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("breedte", [360, 1280])
def test_sixty_letters_without_a_break_stay_within_every_part_of_a_page(als, beheerder, gezien, breedte):
    gezien.voeg_toe("/stijl/", als(beheerder).get("/stijl/"))
    gezien.page.set_viewport_size({"width": breedte, "height": 800})
    gezien.toon(*gezien.per_stijl.popitem())

    gezien.page.evaluate(LANG_OVERAL)

    assert gezien.page.evaluate(STEEKT_UIT) == []
