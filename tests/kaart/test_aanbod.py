"""Which places are found, in which order, and that there is nearly always something."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from collectief.geo.rd import circa, naar_rd
from initiatieven.models import Initiatief
from kaart import aanbod
from kaart.aanbod import Aanbod, Rij, Zoeker
from kaart.vraag import Vraag
from kaart.wegwijzer import wegwijzer
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory
from tests.kaart.conftest import ZUTPHEN

PUNT = naar_rd(*ZUTPHEN)


def _namen(rijen):
    return [rij.plek.initiatief for rij in rijen]


def zoek_aanbod(punt, vraag) -> Aanbod:
    return aanbod.zoek_aanbod(punt, vraag, wegwijzer())


def dichtstbij(punt, vraag) -> list[Rij]:
    """Everything that fits and stands somewhere, nearest first."""
    zoeker = Zoeker(punt, vraag, wegwijzer())
    return zoeker.dichtstbij(zoeker.passend, 100)


@pytest.mark.parametrize(
    ("meter", "tekst"),
    [(0, "minder dan 1 km"), (999, "minder dan 1 km"), (1000, "ca. 1 km"), (7400, "ca. 7 km"), (93_600, "ca. 94 km")],
)
def test_a_distance_promises_no_more_than_is_known(meter, tekst):
    assert circa(meter) == tekst


def test_nearest_comes_first_and_the_numbers_follow(maak_plek):
    maak_plek("Ver", noord=0.2)
    maak_plek("Dichtbij", noord=0.01)
    maak_plek("Midden", oost=0.1)

    plekken = dichtstbij(PUNT, Vraag())

    assert _namen(plekken) == ["Dichtbij", "Midden", "Ver"]
    assert [plek.nummer for plek in plekken] == [1, 2, 3]
    assert [plek.afstand for plek in plekken] == ["ca. 1 km", "ca. 7 km", "ca. 22 km"]


def test_only_members_are_found_and_an_online_place_is_nowhere(maak_plek, gestopt):
    maak_plek("Vraagt aandacht", lidmaatschap=Initiatief.Lidmaatschap.AANDACHT)
    maak_plek("Wil lid worden", lidmaatschap=Initiatief.Lidmaatschap.AANGEMELD)
    LocatieFactory(is_online=True, lat=None, lon=None, adres="", pc4="")

    assert _namen(dichtstbij(PUNT, Vraag())) == ["Vraagt aandacht"]


def test_within_the_radius_is_kept_apart_from_beyond(maak_plek):
    maak_plek("Binnen", noord=0.04)
    maak_plek("Buiten", noord=0.05)

    gevonden = zoek_aanbod(PUNT, Vraag(straal=5))

    assert _namen(gevonden.binnen) == ["Binnen"]
    assert _namen(gevonden.verder) == ["Buiten"]


def test_an_empty_radius_shows_the_three_nearest_beyond_it(maak_plek):
    for nummer in range(1, 6):
        maak_plek(f"Plek {nummer}", noord=0.1 * nummer)

    gevonden = zoek_aanbod(PUNT, Vraag(straal=5))

    assert gevonden.binnen == []
    assert _namen(gevonden.verder) == ["Plek 1", "Plek 2", "Plek 3"]


def test_three_within_the_radius_are_enough(maak_plek):
    for nummer in range(4):
        maak_plek(f"Plek {nummer}", noord=0.015 * nummer + 0.001 * (nummer == 3))

    gevonden = zoek_aanbod(PUNT, Vraag(straal=5))

    assert (len(gevonden.binnen), gevonden.verder) == (3, [])


def test_the_whole_country_has_no_beyond(maak_plek):
    maak_plek("Ver", noord=1.2)

    gevonden = zoek_aanbod(PUNT, Vraag(straal=None))

    assert _namen(gevonden.binnen) == ["Ver"]


def test_many_places_come_twelve_at_a_time_without_gaps(maak_plek):
    for nummer in range(14):
        maak_plek(f"Plek {nummer:02}", noord=0.001 * nummer)

    eerste, tweede = zoek_aanbod(PUNT, Vraag()), zoek_aanbod(PUNT, Vraag(pagina=2))

    assert (len(eerste.binnen), eerste.heeft_meer) == (12, True)
    assert (_namen(tweede.binnen), tweede.heeft_meer) == (["Plek 12", "Plek 13"], False)
    assert [plek.nummer for plek in tweede.binnen] == [13, 14]
    assert tweede.verder == []


def test_exactly_twelve_have_no_next_page(maak_plek):
    for nummer in range(12):
        maak_plek(f"Plek {nummer:02}", noord=0.001 * nummer)
    maak_plek("Buiten", noord=0.5)

    gevonden = zoek_aanbod(PUNT, Vraag())

    assert (len(gevonden.binnen), gevonden.verder, gevonden.heeft_meer) == (12, [], False)


@pytest.mark.parametrize(
    ("leeftijd", "namen"),
    [(None, ["Jong", "Ouder", "Zegt niets"]), (7, ["Jong", "Zegt niets"]), (12, ["Jong", "Ouder", "Zegt niets"])],
)
def test_age_fits_from_the_first_to_the_last_year(maak_plek, leeftijd, namen):
    maak_plek("Jong", leeftijd=(4, 12))
    maak_plek("Ouder", noord=0.01, leeftijd=(12, 18))
    maak_plek("Zegt niets", noord=0.02)

    assert _namen(dichtstbij(PUNT, Vraag(leeftijd=leeftijd))) == namen


def test_room_means_room_now_for_that_age(maak_plek, vrije_plek):
    maak_plek("Vol", plekken=[(12, 18, "vol")])
    maak_plek("Andere leeftijd", plekken=[(4, 11, "plek_vrij")])
    oud = maak_plek("Lang geleden")
    PlekkenFactory(initiatief=oud.initiatief, per_datum=timezone.localdate() - timedelta(days=31))

    assert _namen(dichtstbij(PUNT, Vraag(plek=True, leeftijd=14))) == ["Vrije plek"]
    assert set(_namen(dichtstbij(PUNT, Vraag(plek=True)))) == {"Vrije plek", "Andere leeftijd"}


def test_room_comes_along_in_the_same_query_young_before_old(maak_plek, django_assert_num_queries):
    maak_plek("Twee groepen", plekken=[(12, 18, "vol"), (4, 11, "plek_vrij")])

    with django_assert_num_queries(1):
        (plek,) = dichtstbij(PUNT, Vraag())
        regels = [regel.tekst for regel in plek.plek.ruimte()]

    assert regels == ["4–11 jaar: plek vrij", "12–18 jaar: vol"]


def test_with_an_age_only_the_room_for_that_age_is_shown(maak_plek):
    maak_plek("Twee groepen", plekken=[(12, 18, "vol"), (4, 11, "plek_vrij")])

    (plek,) = dichtstbij(PUNT, Vraag(leeftijd=15))

    assert [regel.tekst for regel in plek.plek.ruimte(15)] == ["vol"]


def test_a_place_at_home_is_measured_from_its_rounded_point(maak_plek):
    """Whoever asks from three sides finds the rounded point, not the house."""
    maak_plek("Thuis", nauwkeurigheid="ongeveer", adres="", lat=52.14, lon=6.2)

    afstanden = {
        zijde: dichtstbij(naar_rd(52.14 + noord, 6.2 + oost), Vraag())[0].meter
        for zijde, (noord, oost) in {"noord": (0.1, 0), "zuid": (-0.1, 0), "oost": (0, 0.1)}.items()
    }

    rond = naar_rd(52.14, 6.2)
    assert afstanden["noord"] == pytest.approx(naar_rd(52.24, 6.2).afstand(rond))
    assert afstanden["zuid"] == pytest.approx(naar_rd(52.04, 6.2).afstand(rond))
    assert afstanden["oost"] == pytest.approx(naar_rd(52.14, 6.3).afstand(rond))


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_number_of_queries_does_not_grow(maak_plek, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        maak_plek(f"Plek {nummer}", plekken=[(12, 18, "vol")])

    with django_assert_num_queries(1):
        zoek_aanbod(PUNT, Vraag())


def test_room_of_a_place_without_groups_is_unknown(maak_plek):
    maak_plek("Niets bekend")

    (plek,) = dichtstbij(PUNT, Vraag())

    assert [(regel.toestand, regel.datum) for regel in plek.plek.ruimte()] == [("onbekend", "")]


def test_room_is_unknown_from_the_day_after_thirty_days(vrije_plek):
    toestanden = []

    for dagen in (0, 30, 31):
        with time_machine.travel(timezone.localtime() + timedelta(days=dagen)):
            (rij,) = dichtstbij(PUNT, Vraag())
            toestanden += [regel.toestand for regel in rij.plek.ruimte()]

    assert toestanden == ["plek_vrij", "plek_vrij", "onbekend"]


def test_what_was_worked_out_is_not_used_for_another_question(maak_plek, vrije_plek):
    maak_plek("Jong", noord=0.01, leeftijd=(4, 8))

    assert _namen(dichtstbij(PUNT, Vraag(plek=True))) == ["Vrije plek"]
    assert _namen(dichtstbij(PUNT, Vraag())) == ["Vrije plek", "Jong"]
    assert _namen(dichtstbij(naar_rd(52.16, 6.1961), Vraag())) == ["Jong", "Vrije plek"]
    assert _namen(dichtstbij(PUNT, Vraag(leeftijd=20))) == ["Vrije plek"]


def test_room_that_grows_old_overnight_is_no_room_tomorrow(vrije_plek):
    with time_machine.travel(timezone.localtime() + timedelta(days=31)):
        assert dichtstbij(PUNT, Vraag(plek=True)) == []
    assert _namen(dichtstbij(PUNT, Vraag(plek=True))) == ["Vrije plek"]
