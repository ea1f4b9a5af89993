"""How far the nearest place is from every postcode, reckoned a second time by hand or by looking at everything."""

import random
import time
from math import hypot

# ruff: noqa: S311 - chance for tests
import pytest
from django.utils import timezone

from collectief.geo.models import Postcode
from collectief.geo.rd import Punt
from kaart.dekking import Gebied, Plekpunt, Raster, bereken, lees, stel_voor, versie_van, werk_bij
from kaart.models import Dekking


@pytest.fixture
def rond_zutphen(db):
    """A small country."""
    Postcode.objects.exclude(pc4__startswith="72").delete()


def gebied(pc4: int, x_km: float, y_km: float = 500, *, gemeente="Hier", provincie="Gelderland") -> Gebied:
    return Gebied(str(pc4), f"Dorp {pc4}", gemeente, provincie, Punt(x_km * 1000, y_km * 1000))


def plek(x_km: float, van: int | None = None, tot: int | None = None) -> Plekpunt:
    return Plekpunt(Punt(x_km * 1000, 500_000), van, tot)


# A row of villages from west to east, at 0, 10, 10.001, 25, 25.001 and 100 km from the place at x = 100.
RIJ = [
    gebied(1001, 100),
    gebied(1002, 110),
    gebied(1003, 110.001, gemeente="Daar"),
    gebied(1004, 125, gemeente="Daar"),
    gebied(1005, 125.001, gemeente="Ginds", provincie="Overijssel"),
    gebied(1006, 200, gemeente="Ginds", provincie="Overijssel"),
]


def test_who_is_within_ten_and_within_twenty_five_kilometres():
    deel = bereken(RIJ, [plek(100)])["alle"]

    assert deel["totaal"] == [6, 2, 4]
    assert deel["provincies"] == [["Gelderland", 4, 2, 4], ["Overijssel", 2, 0, 0]]
    assert deel["gemeenten"] == [
        ["Gelderland", "Daar", 2, 0, 2],
        ["Gelderland", "Hier", 2, 2, 2],
        ["Overijssel", "Ginds", 2, 0, 0],
    ]
    assert deel["verste"] == [["1006", "Dorp 1006", "Ginds", 100], ["1005", "Dorp 1005", "Ginds", 25]]


@pytest.mark.parametrize(
    ("leeftijd", "passend"),
    [
        ((None, None), {"alle", "4-11", "12-17", "18-27"}),
        ((4, 11), {"alle", "4-11"}),
        ((11, 12), {"alle", "4-11", "12-17"}),
        ((0, 3), {"alle"}),
        ((28, 30), {"alle"}),
        ((18, 18), {"alle", "18-27"}),
    ],
)
def test_a_place_counts_for_the_ages_it_takes(leeftijd, passend):
    delen = bereken(RIJ, [plek(100, *leeftijd)])

    assert {naam for naam, deel in delen.items() if deel["plekken"]} == passend


def test_without_any_place_nothing_is_near_and_nothing_fails():
    deel = bereken(RIJ, [])["alle"]

    assert deel["totaal"] == [6, 0, 0]
    assert deel["verste"][0] == ["1001", "Dorp 1001", "Hier", None]


def test_a_new_place_is_proposed_where_it_helps_most_and_then_where_the_rest_is():
    # Three villages together, two together, one alone; what one proposal brings near, the next does not count again.
    ver = [gebied(2001, 0), gebied(2002, 20), gebied(2003, 40), gebied(2004, 100), gebied(2005, 120), gebied(2006, 300)]

    voorstellen = [(pc4, wint) for pc4, _, _, wint, _, _ in stel_voor(ver, ver)]

    assert voorstellen == [("2002", 3), ("2004", 2), ("2006", 1)]


def test_a_proposal_may_lie_where_there_is_a_place_already_if_that_brings_more():
    tussen = gebied(3001, 24)
    ver = [gebied(3002, 0), gebied(3003, 48)]

    assert [rij[0] for rij in stel_voor([tussen, *ver], ver)] == ["3001"]


def test_at_most_five_proposals():
    ver = [gebied(4000 + nummer, nummer * 60) for nummer in range(8)]

    assert len(stel_voor(ver, ver)) == 5


@pytest.mark.parametrize("aantal", [1, 40, 400])
def test_the_nearest_by_squares_is_the_nearest_of_all(aantal):
    lot = random.Random(aantal)
    punten = [Punt(lot.uniform(0, 280_000), lot.uniform(300_000, 620_000)) for _ in range(aantal)]
    raster = Raster(punten, 5000)

    for _ in range(40):
        hier = Punt(lot.uniform(0, 280_000), lot.uniform(300_000, 620_000))
        assert raster.dichtstbij(hier) == min(hypot(hier.x - punt.x, hier.y - punt.y) for punt in punten)


def test_the_whole_country_is_reckoned_well_within_half_a_minute(db):
    gebieden, _ = lees()
    lot = random.Random(5)
    plekken = [Plekpunt(een.punt, 0, 30) for een in lot.choices(gebieden, k=12_000)]
    begin = time.process_time()

    deel = bereken(gebieden, plekken)["alle"]

    assert (deel["plekken"], deel["totaal"][0]) == (12_000, len(gebieden))
    assert time.process_time() - begin < 10  # half a second when the machine is quiet


def test_it_is_reckoned_again_only_when_a_place_came_moved_or_went(rond_zutphen, maak_plek):
    locatie = maak_plek("De Wilgenhoek")
    assert [werk_bij(), werk_bij()] == [True, False]

    locatie.initiatief.omschrijving = "Een andere tekst"
    locatie.initiatief.save()
    assert not werk_bij()
    eerste = Dekking.objects.get().versie
    tweede = maak_plek("Atelier Noord", noord=0.3)
    assert werk_bij()
    tweede.delete()
    assert [werk_bij(), werk_bij()] == [True, False]

    assert Dekking.objects.order_by("-berekend_op").first().versie == eerste
    assert Dekking.objects.count() == 2


def test_the_figures_tell_no_more_of_a_place_at_home_than_the_map_does(maak_plek):
    """The same figures whether somebody lives at one end of the rounded square or at the other."""
    versies = set()
    for noord in (-0.0049, 0.0036):
        locatie = maak_plek("Bij Anna thuis", noord=noord, nauwkeurigheid="ongeveer", adres="", lat=52.14, lon=6.2)
        locatie.zet_punt(52.14 + noord, 6.2 + noord)
        locatie.save()
        versies.add(versie_van(*lees()))
        locatie.delete()

    assert len(versies) == 1


# --- The pages ------------------------------------------------------------------------------------------------------


def test_before_the_first_time_the_page_says_that_it_will_come(client, db):
    assert "Dit rekenen we nog uit." in client.get("/kaart/dekking/").text


def test_the_public_page_shows_shares_proposals_and_the_method(
    client, rond_zutphen, maak_plek, django_assert_num_queries
):
    maak_plek("De Wilgenhoek", leeftijd=(12, 17))
    werk_bij()

    with django_assert_num_queries(1):
        antwoord = client.get("/kaart/dekking/?leeftijd=12-17")

    assert "Gemeenten in Gelderland" in antwoord.text
    assert "Waar zou een nieuwe plek het meest helpen?" in antwoord.text
    assert "Afstanden zijn hemelsbreed" in antwoord.text
    assert 'href="?leeftijd=12-17" aria-current="true"' in antwoord.text
    assert not antwoord.cookies
    assert "Er staat nog geen plek voor deze leeftijd op" in client.get("/kaart/dekking/?leeftijd=4-11").text


def test_without_any_place_the_page_does_not_speak_of_an_age(client, rond_zutphen):
    werk_bij()

    assert "Er staat nog geen plek op de kaart" in client.get("/kaart/dekking/").text


@pytest.mark.parametrize("leeftijd", ["", "99", "<script>", "alle' OR 1=1", "\u202e12-17", "12-17&leeftijd=4-11"])
def test_an_age_that_makes_no_sense_shows_a_page(client, db, leeftijd):
    Dekking.objects.create(versie="x", berekend_op=timezone.now(), gegevens=bereken(RIJ, []))

    antwoord = client.get("/kaart/dekking/", {"leeftijd": leeftijd})

    assert antwoord.status_code == 200
    assert "<script>alert" not in antwoord.text
