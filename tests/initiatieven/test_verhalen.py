"""Stories as everybody reads them: on their own page, in the list, and on the front page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from initiatieven.models import Initiatief, Plekverhaal
from kaart.models import Wijziging
from kaart.uitgeven import geef_uit, voorpagina
from tests.factories import GebruikerFactory, InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def vertel(initiatief):
    """Let a place tell something: `vertel("De eerste week", dagen=3)` was let out three days ago."""
    door = GebruikerFactory()

    def _vertel(titel, *, plek=initiatief, dagen=0, openbaar=True, tekst="Er was soep."):
        op = timezone.now() - timedelta(days=dagen)
        uit = {"openbaar_op": op, "openbaar_door": door} if openbaar else {}
        return Plekverhaal.objects.create(initiatief=plek, titel=titel, tekst=tekst, **uit)

    return _vertel


def lees(pad: str) -> str:
    return Client().get(pad).content.decode()


def test_a_story_leads_to_its_place_to_other_stories_of_it_and_to_getting_in_touch(vertel, initiatief):
    verhaal, ander = vertel("De eerste week"), vertel("Soep voor elf")

    tekst = lees(f"/initiatieven/verhalen/{verhaal.pk}/")

    assert f'href="/initiatieven/{initiatief.slug}/"' in tekst
    assert f'href="/kaart/contact/?plek={initiatief.slug}"' in tekst
    assert f'href="/initiatieven/verhalen/{ander.pk}/"' in tekst
    assert f'href="/initiatieven/verhalen/{verhaal.pk}/"' in lees(f"/initiatieven/{initiatief.slug}/")


@pytest.mark.parametrize("waarom", ["nog niet openbaar", "gestopt"])
def test_what_is_not_public_does_not_exist(vertel, initiatief, waarom):
    verhaal = vertel("De eerste week", openbaar=waarom != "nog niet openbaar")
    if waarom == "gestopt":
        Initiatief.objects.update(lidmaatschap="gestopt")

    assert Client().get(f"/initiatieven/verhalen/{verhaal.pk}/").status_code == 404
    assert Client().get(f"/initiatieven/verhalen/{verhaal.pk + 1}/").status_code == 404
    assert "De eerste week" not in lees("/initiatieven/verhalen/")


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_number_of_stories(vertel, django_assert_num_queries, aantal):
    verhalen = [vertel(f"Verhaal {nummer}", dagen=nummer) for nummer in range(aantal)]

    with django_assert_num_queries(2):
        assert lees("/initiatieven/verhalen/").count('class="kaartje"') == aantal
    with django_assert_num_queries(3):
        lees(f"/initiatieven/verhalen/{verhalen[0].pk}/")


@pytest.mark.parametrize(
    ("gezocht", "gevonden"),
    [("ezel", True), ("ezels", True), ("EZÉL", True), ("eerste ezel", True), ("paard", False), ("' & (", False)],
)
def test_a_story_is_found_by_its_words(vertel, gezocht, gevonden):
    vertel("De eerste week", tekst="Hij vroeg hoe de ezel heette.")

    assert Plekverhaal.objects.zoek(gezocht).exists() is gevonden


def test_the_front_page_shows_the_newest_story_of_each_of_three_places(vertel, initiatief):
    vertel("Oud van deze plek", dagen=9)
    vertel("Nieuw van deze plek", dagen=4)
    for dag in range(3):
        vertel(f"Van elders {dag}", plek=InitiatiefFactory(naam=f"Elders {dag}", lidmaatschap="lid"), dagen=dag)
    vertel("Nog niet", openbaar=False)
    geef_uit()

    tekst = lees("/")

    assert [verhaal.titel for verhaal in voorpagina().verhalen] == [f"Van elders {dag}" for dag in range(3)]
    assert "Van elders 0" in tekst
    assert "verzonnen" not in tekst


def test_a_story_that_is_taken_back_leaves_the_front_page_at_the_next_round(vertel):
    verhaal = vertel("De eerste week")
    geef_uit()
    assert "De eerste week" in lees("/")

    verhaal.delete()

    assert Wijziging.objects.exists()
    geef_uit()
    assert "De eerste week" not in lees("/")


@pytest.mark.parametrize(
    ("aantal", "vrij", "zin"),
    [
        (0, 0, ""),
        (9, 9, ""),
        (10, 0, "Nu 10 initiatieven in 1 provincie.</p>"),
        (12, 9, "Nu 12 initiatieven in 1 provincie. Bij een paar is plek."),
        (12, 10, "Nu 12 initiatieven in 1 provincie. Bij 10 is plek."),
    ],
)
def test_numbers_are_counted_and_small_ones_are_not_named(aantal, vrij, zin):
    for nummer in range(aantal):
        initiatief = InitiatiefFactory(naam=f"Plek {nummer}", lidmaatschap="lid")
        LocatieFactory(initiatief=initiatief)
        LocatieFactory(initiatief=initiatief, naam="tweede plek")
        if nummer < vrij:
            initiatief.plekken.create(leeftijd_van=12, leeftijd_tot=18, toestand="plek_vrij")
    InitiatiefFactory(naam="Gestopt", lidmaatschap="gestopt").locaties.create(plaats="Assen", is_online=True)
    geef_uit()

    tekst = lees("/")

    assert (zin in tekst) if zin else (" initiatieven in " not in tekst)


def test_without_a_publication_the_front_page_still_opens(settings):
    assert voorpagina().initiatieven == 0
    assert "verzonnen" in lees("/")


def test_a_lost_file_makes_no_broken_front_page(vertel, settings):
    vertel("De eerste week")
    geef_uit()
    for pad in settings.UITGAVE_MAP.glob("voorpagina.*"):
        pad.unlink()

    assert Client().get("/").status_code == 200
