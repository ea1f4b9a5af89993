"""The pages as they are less often: a form that comes back, nothing found, nobody there yet, long names.

The round of `test_rondgang.py` sees each page once, whole and filled. Which forms there are follows from the table of
access: whoever adds one gets its other state looked at. No server runs for this: the browser, as wide as a phone, shows
what test clients got, many at once.
"""

import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Route

from bijeenkomsten.models import Bijeenkomst
from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from tests.browser import overtredingen, past_niet
from tests.factories import RolFactory
from tests.test_rondgang import rol_voor
from tests.test_toegang import TOEGANG
from tests.test_wandeling import Lezer, Wandeling
from trajecten.models import Betrokkene, Jongere

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("wereld_van_bestand")]

HIER = "http://collectief.example"
TE_BREED = (
    "[...document.body.children].filter((deel) => deel.scrollWidth > innerWidth).map((deel) => deel.dataset.adres)"
)
LANG = "Zorgboerderijontwikkelingswerkplaats"  # a word for which a phone has no room
GETYPT = (
    *("naam", "titel", "tekst", "omschrijving", "bericht", "email", "adres", "plaats", "roepnaam", "waarom", "woorden"),
    *("soort", "wie"),  # of a choice that is none, the page repeats what was sent
)
MET_AXE = {"initiatieven:klopt_niet", "trajecten:fase", "bijeenkomsten:nieuw"}  # a few: an error is one part of a page
ZOEKT = (
    *("zoeken", "kaart:kaart", "initiatieven:lijst", "trajecten:lijst", "trajecten:zoeken", "trajecten:overdragen"),
    *("gebruikers:rollen", "initiatieven:prullenbak", "bijeenkomsten:aanwezig"),
)
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
    "verbondgenoot": ("bijeenkomsten:mijn",),
}
MET_NAMEN = (
    *("initiatieven:lijst", "initiatieven:detail", "initiatieven:blad", "initiatieven:beheer", "initiatieven:toetsing"),
    *("initiatieven:toets", "initiatieven:geschiedenis", "kaart:kaart", "kaart:contact_stand", "kaart:vraag"),
    *("trajecten:vandaag", "trajecten:lijst", "trajecten:traject", "trajecten:mensen", "trajecten:toestemming"),
    *("trajecten:overdracht", "trajecten:contact", "trajecten:nazorg", "trajecten:inzage", "trajecten:verdelen"),
    *("bijeenkomsten:lijst", "bijeenkomsten:detail", "bijeenkomsten:mijn", "bijeenkomsten:beheer"),
    *("bijeenkomsten:deelnemers", "bijeenkomsten:aanwezig", "gebruikers:rollen", "gebruikers:uitnodigen"),
)


class Gezien:
    """What test clients got. The words are read at once; how it looks is seen with `kijk`, many on one page."""

    def __init__(self, page: Page) -> None:
        self.page, self.wandeling = page, Wandeling(Client())
        self.per_stijl: dict[str, list[str]] = defaultdict(list)
        page.set_viewport_size({"width": 360, "height": 800})
        page.route("**/*", self._geef)

    def voeg_toe(self, adres: str, antwoord: HttpResponse) -> None:
        """Keep what stands on the page between its head and its foot, with pages that use the same style sheets."""
        tekst = antwoord.content.decode()
        self.wandeling.lees(adres, Lezer(tekst))
        stijlen = "".join(re.findall(r'<link rel="stylesheet"[^>]*>', tekst))
        inhoud = re.search(r"<main.*</main>", tekst, re.DOTALL)[0]
        self.per_stijl[stijlen].append(f'<div data-adres="{adres}">{inhoud}</div>')

    def gebreken(self) -> list[tuple]:
        """What is wrong with what was said, and what sticks out or is cut off on a phone."""
        for stijlen, delen in self.per_stijl.items():
            self.page.goto(HIER)
            self.page.set_content(
                f'<!doctype html><html lang="nl"><head>{stijlen}</head><body>{"".join(delen)}</body></html>'
            )
            if gevonden := past_niet(self.page):
                self.wandeling.gebreken += [*self.page.evaluate(TE_BREED), *gevonden]
        return self.wandeling.gebreken

    def kijk_met_axe(self, antwoord: HttpResponse) -> None:
        """Look at one whole page with all rules, in every scheme and width."""
        self.page.goto(HIER)
        self.page.set_content(re.sub(r"<script.*?</script>", "", antwoord.content.decode(), flags=re.DOTALL))
        self.wandeling.gebreken += overtredingen(self.page)
        self.page.set_viewport_size({"width": 360, "height": 800})

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


def stuur(client: Client, adres: str) -> HttpResponse:
    """Post what nobody can accept, and undo it when somebody did."""
    with transaction.atomic():
        antwoord = client.post(adres, dict.fromkeys(GETYPT, LANG * 3))
        transaction.set_rollback(True)
    return antwoord


def test_a_form_that_comes_back_is_whole(wereld, bezoeker, gezien):
    teruggekomen = 0
    for naam in TOEGANG:
        antwoord = stuur(bezoeker(naam), wereld.adres(naam))
        is_nagemaakt = b"ManagementForm" in antwoord.content  # nobody leaves that out in a browser
        if antwoord.status_code == 200 and b'class="fouten' in antwoord.content and not is_nagemaakt:
            gezien.voeg_toe(wereld.adres(naam), antwoord)
            teruggekomen += 1
            if naam in MET_AXE:
                gezien.kijk_met_axe(antwoord)

    assert gezien.gebreken() == []
    assert teruggekomen > 35


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
