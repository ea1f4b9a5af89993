"""Searching the whole site: what is public is found, what is not is not, and nothing is kept."""

import pytest
from django.test import Client
from django.urls import resolve

from collectief.geo.register import register
from collectief.zoeken import PAGINAS, paginas_bij
from initiatieven.models import Initiatief, Plekverhaal
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.factories import GebruikerFactory, InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def vol(initiatief):
    """One of everything about a donkey, public and not."""
    register()
    door = GebruikerFactory()
    Initiatief.objects.filter(pk=initiatief.pk).update(werkwijze="We verzorgen de ezel.")
    LocatieFactory(initiatief=initiatief)
    InitiatiefFactory(naam="Ezelstal Geen Lid", lidmaatschap="aangemeld")
    for titel, op in (("Hoe de ezel heette", "2026-03-01T10:00Z"), ("Ezel in de kast", None)):
        Plekverhaal.objects.create(
            initiatief=initiatief, titel=titel, tekst="Meer niet.", openbaar_op=op, openbaar_door=door if op else None
        )
    BijeenkomstFactory(titel="Met de ezel op pad")
    BijeenkomstFactory(titel="Besloten ezel", is_openbaar=False)


def zoek(q: str, client=None):
    return (client or Client()).get("/zoeken/", {"q": q}, follow=True)


def test_a_word_is_found_in_initiatives_stories_and_meetings_that_are_public(vol, initiatief):
    tekst = zoek("ezel").content.decode()

    for wel in (initiatief.naam, "Hoe de ezel heette", "Met de ezel op pad"):
        assert wel in tekst
    for niet in ("Geen Lid", "Ezel in de kast", "Besloten ezel"):
        assert niet not in tekst


@pytest.mark.parametrize(
    ("q", "staat_er"),
    [
        ("7201", 'href="/kaart/?q=7201"'),
        ("7201 AB", 'href="/kaart/?q=7201"'),
        ("Zutphen", "Plekken rond Zutphen"),
        ("privacy", 'href="/privacy/"'),
        ("lid worden", 'href="/initiatieven/aanmelden/"'),
        ("nazorg", 'href="/over/"'),
        ("qqqqzzz", "We vonden niets bij “qqqqzzz”."),
        ("<script>", "&lt;script&gt;"),
        ("x" * 101, "Gebruik hoogstens 100 tekens."),
        ("", "Typ bijvoorbeeld je postcode"),
        ("   ", "Typ bijvoorbeeld je postcode"),
    ],
)
def test_postcodes_places_pages_and_odd_questions_get_an_answer(vol, q, staat_er):
    assert staat_er in zoek(q).content.decode()


def test_a_meeting_is_found_by_its_kind(client, db):
    BijeenkomstFactory(soort="landelijk", titel="")
    BijeenkomstFactory(soort="regio", titel="Wandelen")

    for q in ("landelijk", "landelijke bijeenkomst"):
        gevonden = client.get("/zoeken/", {"q": q}).context["bijeenkomsten"]
        assert [bijeenkomst.soort for bijeenkomst in gevonden] == ["landelijk"]


def test_a_misspelt_name_is_left_to_the_map(vol):
    assert "Plekken rond" not in zoek("Zutpen").content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_number_of_queries_is_the_same_however_much_is_found(vol, initiatief, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        LocatieFactory(initiatief=InitiatiefFactory(naam=f"Ezelhof {nummer}", lidmaatschap="lid"))
        BijeenkomstFactory(titel=f"Ezel {nummer}")

    with django_assert_num_queries(4):
        zoek("ezel")


def test_whoever_searches_gets_no_cookie_and_the_same_page_as_everybody(vol, als, begeleider):
    los, ingelogd = zoek("ezel"), zoek("ezel", als(begeleider))

    assert los.cookies == ingelogd.cookies == {}
    assert "Cookie" not in los.headers.get("Vary", "")
    assert los.content.count(b"ezel") == ingelogd.content.count(b"ezel")


def test_a_page_that_is_not_there_offers_to_search():
    antwoord = Client().get("/bestaat-niet/")

    assert antwoord.status_code == 404
    assert 'action="/zoeken/"' in antwoord.content.decode()


def test_every_page_that_search_knows_is_there_and_is_public():
    for pagina in PAGINAS:
        assert resolve(pagina.adres)
        assert Client().get(pagina.adres).status_code == 200, pagina


def test_one_letter_is_no_word_of_a_page():
    assert paginas_bij("p") == []
