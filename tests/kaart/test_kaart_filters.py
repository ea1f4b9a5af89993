"""Filters and what comes when little is found, as a visitor without JavaScript gets it; and searching from here."""

import json
import re

import pytest

from initiatieven.models import Initiatief, Locatie
from kaart.filters import FILTERS
from tests.initiatieven.factories import LocatieFactory
from tests.kaart.pagina import tekst_van as _tekst

# By hand, for every filter: a choice, and what an initiative says of itself that answers it.
WIE_PAST = [
    ("soort", "atelier", {"soort": "atelier"}),
    ("aanbod", "hart", {"aanbod_hart": "Muziek"}),
    ("voor", "rust", {"doelgroepen": ["thuis", "rust"]}),
    ("samen", "groep", {"begeleiding": ["groep"]}),
    ("groep", "middel", {"groepsgrootte": 8}),
    ("toegankelijk", "rustplek", {"toegankelijk": ["toilet", "rustplek"]}),
    ("domein", "zorg", {"domein": "zorg"}),
    ("betaling", "pgb", {"bekostiging": ["pgb"]}),
    ("bereik", "landelijk", {"is_landelijk": True}),
]


@pytest.mark.parametrize(("naam", "keuze", "gegevens"), WIE_PAST, ids=[naam for naam, *_ in WIE_PAST])
def test_the_list_and_the_dots_leave_what_answers_a_filter(client, maak_plek, naam, keuze, gegevens):
    maak_plek("Andere plek")
    past = maak_plek("Deze past")
    van_de_plek = Locatie.objects.filter(pk=past.pk)
    wat = van_de_plek if naam == "bereik" else Initiatief.objects.filter(pk=past.initiatief_id)
    wat.update(**gegevens)

    tekst = _tekst(client.get(f"/kaart/?q=7201&{naam}={keuze}"))
    stippen = json.loads(client.get("/kaart/plekken.json").content)

    assert "1 plek binnen 25 km" in tekst
    assert tekst.index("Deze past") < tekst.index("Andere plek")
    filter_ = stippen["filters"][naam]
    bit = 1 << filter_["keuzes"].index(keuze)
    assert sorted(bits & bit for bits in filter_["bits"]) == [0, bit]


def test_every_filter_stands_in_that_table():
    assert [filter_.naam for filter_ in FILTERS] == [naam for naam, *_ in WIE_PAST]
    assert [filter_.naam for filter_ in FILTERS if filter_.eist_alle] == ["toegankelijk"]


def test_filters_that_leave_nothing_say_which_one_to_let_go_and_show_what_nearly_fits(client, maak_plek):
    maak_plek("Vol", noord=0.06, plekken=[(12, 18, "vol")])

    response = client.get("/kaart/?q=7201&plek=1&leeftijd=14")

    tekst = _tekst(response)
    assert "Met deze filters vonden we nergens een plek in de buurt." in tekst
    assert "Zonder “plek vrij” is er 1 plek binnen 25 km. Laat “plek vrij” los" in tekst
    assert 'href="?q=7201&amp;straal=25&amp;leeftijd=14">Laat' in response.content.decode()
    assert tekst.index("Past bijna") < tekst.index("Vol ca. 7 km")


def test_few_places_are_followed_by_what_is_online(client, maak_plek):
    maak_plek("Binnen")
    LocatieFactory(initiatief__naam="Overal", is_online=True, lat=None, lon=None, adres="", pc4="")

    tekst = _tekst(client.get("/kaart/?q=7201"))

    assert tekst.index("Online, waar je ook woont") < tekst.index("Overal")
    assert tekst[tekst.index("Overal") :].count("online") == 1  # a screen reader says it once


def test_few_places_are_followed_by_what_is_for_the_whole_country(client, maak_plek):
    for nummer in range(4):
        maak_plek(f"Verder {nummer}", noord=0.3 + nummer / 100)
    maak_plek("Verre hof", noord=0.9, is_landelijk=True)
    maak_plek("Nog verder", noord=1.0, is_landelijk=True)
    LocatieFactory(initiatief__naam="Overal", is_online=True, lat=None, lon=None, adres="", pc4="")

    inhoud = client.get("/kaart/?q=7201&straal=10").content.decode()

    tekst = _tekst(client.get("/kaart/?q=7201&straal=10"))
    delen = ["Verder 2", "Ver weg, voor jongeren uit heel Nederland", "Verre hof", "Nog verder", "Online, waar je ook"]
    assert sorted(delen, key=tekst.index) == delen
    assert "Tuin of bos · Zutphen · voor jongeren uit heel Nederland" in tekst
    assert "Verder 3" not in tekst
    assert re.findall(r'<li value="(\d)"', inhoud) == ["1", "2", "3", "4", "5"]  # the numbers of the pins on the map


def test_what_is_for_the_whole_country_is_shown_once(client, maak_plek):
    maak_plek("Verre hof", noord=0.9, is_landelijk=True)

    tekst = _tekst(client.get("/kaart/?q=7201&straal=10"))

    assert tekst.count("Verre hof ca.") == 1
    assert "Ver weg, voor jongeren" not in tekst


def test_online_is_for_everybody_too(client, maak_plek):
    LocatieFactory(initiatief__naam="Overal", is_online=True, lat=None, lon=None, adres="", pc4="")
    maak_plek("Alleen dichtbij")

    tekst = _tekst(client.get("/kaart/?q=7201&online=1&bereik=landelijk"))

    assert "1 plek online, waar je ook woont." in tekst


def test_only_online_is_a_list_without_distances(client, maak_plek):
    maak_plek("Binnen")
    LocatieFactory(initiatief__naam="Overal", is_online=True, lat=None, lon=None, adres="", pc4="")

    tekst = _tekst(client.get("/kaart/?q=7201&online=1"))

    assert "1 plek online, waar je ook woont." in tekst
    assert tekst.index("Overal") < tekst.index("Binnen minder dan 1 km")  # what is near comes after it
    assert "Zonder “alleen online” is er 1 plek binnen 25 km. Laat “alleen online” los" in tekst


def test_every_filter_that_is_on_can_be_taken_off_by_itself(client, maak_plek):
    inhoud = client.get("/kaart/?q=7201&soort=tuin&soort=atelier&voor=rust&leeftijd=14").content.decode()

    for zonder in (
        "leeftijd=14&amp;soort=tuin&amp;voor=rust",
        "leeftijd=14&amp;soort=atelier&amp;soort=tuin",
        "soort=atelier&amp;soort=tuin&amp;voor=rust",
        "leeftijd=14&amp;soort=atelier&amp;voor=rust",
    ):
        assert f'href="?q=7201&amp;straal=25&amp;{zonder}">' in inhoud
    assert re.search(r'name="soort" value="tuin" checked', inhoud)


def test_beside_a_choice_stands_how_many_there_would_be(client, maak_plek):
    maak_plek("Boerderij", soort="boerderij")
    maak_plek("Ver atelier", soort="atelier", noord=0.7)

    tekst = _tekst(client.get("/kaart/?q=7201"))

    assert "boerderij (1)" in tekst
    assert "atelier (0)" in tekst
    assert "heel Nederland (2)" in tekst


@pytest.mark.parametrize(
    ("gevraagd", "adres"),
    [
        ("bij=52.14,6.20", None),
        ("bij=52.141312,6.196199", "/kaart/?bij=52.14%2C6.20&straal=25"),
        ("bij=52.14,6.20&q=7201", "/kaart/?q=7201&straal=25"),
        ("bij=thuis", "/kaart/?q=&straal=25"),
        ("bij=52.141312,6.196199&leeftijd=14", "/kaart/?bij=52.14%2C6.20&straal=25&leeftijd=14"),
    ],
)
def test_where_somebody_is_stands_in_no_address_finer_than_a_kilometre(client, vrije_plek, gevraagd, adres):
    response = client.get(f"/kaart/?{gevraagd}")

    assert (response.status_code, response.get("Location")) == ((302, adres) if adres else (200, None))


def test_from_where_you_are_the_places_are_found_and_the_filters_go_along(client, vrije_plek):
    response = client.get("/kaart/?bij=52.14,6.20")

    assert "1 plek binnen 25 km van waar je nu bent." in _tekst(response)
    assert '<input type="hidden" name="bij" value="52.14,6.20">' in response.content.decode()


@pytest.mark.parametrize("bij", ["0.00,0.00", "-52.14,6.20", "90.00,200.00", "999.00,999.00"])
def test_a_point_outside_the_country_gets_a_sentence(client, vrije_plek, bij):
    assert "Dat punt ligt buiten Nederland." in _tekst(client.get("/kaart/", {"bij": bij}))
