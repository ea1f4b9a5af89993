"""Every postcode of the country, with what families ask: no answer is empty."""

import pytest

from collectief.geo.register import register
from kaart.aanbod import zoek_aanbod
from kaart.filters import FILTERS
from kaart.vraag import Vraag
from kaart.wegwijzer import Wegwijzer
from tests.kaart.plekken import PlekFactory, vrij
from tests.kaart.test_wegwijzer import DAG, mist, strooi

LAND = strooi(120, zaad=3)
VRAGEN = [
    Vraag(),
    Vraag(straal=5),
    Vraag(straal=None, plek=True),
    Vraag(straal=10, leeftijd=14),
    Vraag(straal=10, leeftijd=7, plek=True),
    Vraag(straal=5, keuzes=(("soort", ("boerderij",)), ("voor", ("rust", "thuis")))),
    Vraag(leeftijd=30, plek=True, keuzes=(("soort", ("kleine_school",)), ("toegankelijk", ("rolstoel", "hulphond")))),
    Vraag(straal=50, keuzes=(("bereik", ("landelijk",)),)),
    Vraag(online=True, keuzes=(("soort", ("tuin",)), ("samen", ("groep",)))),  # nobody says "groep": nothing fits
]


@pytest.mark.django_db
@pytest.mark.parametrize("vraag", VRAGEN, ids=str)
def test_whoever_asks_from_any_postcode_gets_places_and_a_way_on(vraag):
    postcodes = register().postcodes
    assert len(postcodes) == 4068
    gemist = [(mist(plek, vraag), plek) for plek in LAND.plekken if plek.punt]
    landelijk = [plek for hoeveel, plek in gemist if plek.is_landelijk and not hoeveel]

    for pc4, doel in postcodes.items():
        punt = doel.punt  # worked out anew whenever it is asked
        gevonden = zoek_aanbod(punt, vraag, LAND)
        plekken = gevonden.binnen + gevonden.verder + gevonden.bijna
        assert len(plekken) >= 3, pc4  # with distance, or online when that was asked
        if gevonden.aantal < 3:
            _kijk_verder(gevonden, vraag, pc4)
            assert [rij.plek.pk for rij in gevonden.landelijk] == _van_ver(punt, gevonden, landelijk), pc4
        if gevonden.bijna:  # by hand: the fewest misses first, and of as many misses the nearest
            bijna = sorted((hoeveel, punt.afstand(plek.punt), plek.pk) for hoeveel, plek in gemist if hoeveel)
            assert [rij.plek.pk for rij in gevonden.bijna] == [pk for *_, pk in bijna[: len(gevonden.bijna)]], pc4


def _van_ver(punt, gevonden, landelijk: list) -> list[int]:
    """By hand: the three nearest that take everybody, of those that are not shown yet."""
    getoond = {rij.plek.pk for rij in gevonden.binnen + gevonden.verder}
    ver = sorted((punt.afstand(plek.punt), plek.pk) for plek in landelijk if plek.pk not in getoond)
    return [pk for _, pk in ver[:3]]


def _kijk_verder(gevonden, vraag: Vraag, pc4: str) -> None:
    """With little within reach: nothing twice, nearest first, and the suggestion gives what it says."""
    rijen = [*gevonden.binnen, *gevonden.verder, *gevonden.bijna, *gevonden.landelijk, *gevonden.online]
    assert len({rij.plek.pk for rij in rijen}) == len(rijen), pc4
    nummers = [rij.nummer for rij in rijen if rij.nummer]
    assert nummers == list(range(1, len(nummers) + 1)), pc4  # as on the pins of the map
    meters = [rij.meter for rij in gevonden.verder]
    assert meters == sorted(meters), pc4
    if vraag.heeft_filters:
        assert gevonden.voorstel, pc4
        assert gevonden.voorstel.aantal > gevonden.aantal or gevonden.voorstel.dichtstbij, pc4
    elif vraag.straal:
        assert gevonden.ruimer.aantal > gevonden.aantal, pc4


@pytest.mark.parametrize("filter_", FILTERS, ids=lambda filter_: filter_.naam)
def test_one_place_in_the_country_is_shown_whatever_is_asked(filter_):
    """The hardest case: a single place, that fits nothing."""
    plek = PlekFactory(soort="anders", domein="zorg", leeftijd_van=4, leeftijd_tot=8)
    land = Wegwijzer([plek], DAG)

    for waarde in filter_.keuzes:
        vraag = Vraag(straal=5, leeftijd=20, plek=True, keuzes=((filter_.naam, (waarde,)),))
        gevonden = zoek_aanbod(plek.punt, vraag, land)
        assert [rij.plek for rij in gevonden.binnen + gevonden.verder + gevonden.bijna] == [plek]
        assert gevonden.voorstel.vraag == vraag.zonder_filters


def test_the_filter_to_let_go_is_the_one_that_gives_most():
    punt = PlekFactory().punt
    land = Wegwijzer(
        [
            PlekFactory(soort="tuin", leeftijd_van=12, leeftijd_tot=18),
            PlekFactory(soort="tuin", leeftijd_van=12, leeftijd_tot=18),
            PlekFactory(soort="boerderij", leeftijd_van=12, leeftijd_tot=18, groepen=vrij(12, 18)),
        ],
        DAG,
    )

    gevonden = zoek_aanbod(punt, Vraag(leeftijd=14, plek=True, keuzes=(("soort", ("tuin",)),)), land)

    assert (gevonden.voorstel.woorden, gevonden.voorstel.aantal) == ("plek vrij", 2)
    assert gevonden.voorstel.vraag == Vraag(leeftijd=14, keuzes=(("soort", ("tuin",)),))


NERGENS = {"lat": None, "lon": None, "soort": "tuin"}
ALLEEN_TUIN = (("soort", ("tuin",)),)


@pytest.mark.parametrize(
    ("plekken", "vraag", "woorden", "aantal", "ver"),
    [
        ([{"soort": "tuin"}] * 2, Vraag(online=True), "alleen online", 2, ""),
        ([{"lat": 53.0}], Vraag(online=True), "alleen online", 0, "ca. 96 km"),
        ([NERGENS], Vraag(online=True), None, None, None),  # nothing is anywhere
        ([NERGENS, {"soort": "tuin"}], Vraag(online=True, leeftijd=14), "alleen online", 1, ""),
        ([{"soort": "tuin"}, NERGENS | {"soort": "zorg"}], Vraag(online=True, keuzes=ALLEEN_TUIN), "tuin", 1, ""),
        ([{"soort": "tuin"}] * 2 + [NERGENS], Vraag(online=True, keuzes=ALLEEN_TUIN), "alleen online", 2, ""),
    ],
)
def test_only_online_can_be_let_go_like_any_filter(plekken, vraag, woorden, aantal, ver):
    land = Wegwijzer([PlekFactory(**plek) for plek in plekken], DAG)

    voorstel = zoek_aanbod(PlekFactory().punt, vraag, land).voorstel

    if woorden is None:
        assert voorstel is None
        return
    assert (voorstel.aantal, voorstel.dichtstbij) == (aantal, ver)
    assert voorstel.vraag == vraag.zonder("soort" if woorden == "tuin" else "online")
    assert woorden in voorstel.woorden.lower()


def test_an_empty_country_has_no_place_and_no_error():
    gevonden = zoek_aanbod(PlekFactory().punt, Vraag(leeftijd=14), Wegwijzer([], DAG))

    assert (gevonden.aantal, gevonden.voorstel, gevonden.ruimer) == (0, None, None)
    assert gevonden.is_leeg
