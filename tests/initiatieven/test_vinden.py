"""Finding in the directory: words, facets with counts, and how far it is."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.http import QueryDict
from django.utils import timezone

from collectief.geo.rd import naar_rd
from collectief.rekenblad import veilige_cel
from initiatieven.forms import ZoekForm
from initiatieven.models import Initiatief
from initiatieven.vinden import Kaartenbak, gids, vind
from tests.factories import InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory

LIJST = "/initiatieven/"
UTRECHT = {"provincie": "Utrecht", "plaats": "Utrecht", "lat": 52.09, "lon": 5.12}


def zoek(**gekozen) -> tuple[list[str], dict]:
    """The names that fit, in order, and the counts."""
    extra = {naam: gekozen.pop(naam, None) for naam in ("q", "punt", "op_afstand")}
    gids.vergeet()
    uitslag = vind(
        q=extra["q"] or "",
        punt=extra["punt"],
        op_afstand=bool(extra["op_afstand"]),
        gekozen={facet: frozenset(waarden) for facet, waarden in gekozen.items()},
        bladzijde=1,
    )
    namen = Initiatief.objects.in_bulk(uitslag.ids)
    return [namen[pk].naam for pk in uitslag.ids], uitslag.tellingen


@pytest.fixture
def gids_van_drie(db):
    """Three initiatives that differ in every facet; the test below says by hand what each choice leaves."""
    tuin = InitiatiefFactory(
        naam="Tuin", leeftijd_van=8, leeftijd_tot=12, doelgroepen=["rust", "doener"], begeleiding=["groep"],
        domein="zorg", bekostiging=["pgb"], aanbod_handen="Moestuin",
    )  # fmt: skip
    LocatieFactory(initiatief=tuin, is_landelijk=True)
    PlekkenFactory(initiatief=tuin, toestand="wachtlijst")
    PlekkenFactory(initiatief=tuin, leeftijd_van=8, toestand="plek_vrij")
    hof = InitiatiefFactory(
        naam="Hof", leeftijd_van=12, leeftijd_tot=18, doelgroepen=["rust"], begeleiding=["groep", "individueel"],
        domein="snijvlak", aanbod_hart="Muziek",
    )  # fmt: skip
    LocatieFactory(initiatief=hof, **UTRECHT)
    LocatieFactory(initiatief=hof)
    PlekkenFactory(initiatief=hof, toestand="wachtlijst")
    web = InitiatiefFactory(naam="Web", domein="onderwijs", aanbod_hoofd="Rekenen")
    LocatieFactory(initiatief=web, is_online=True, adres="", pc4="", plaats="", provincie="", lat=None, lon=None)
    PlekkenFactory(initiatief=web, per_datum=timezone.localdate() - timedelta(days=31))  # too long ago to say anything
    InitiatiefFactory(naam="Verborgen", is_vindbaar=False, domein="zorg")
    InitiatiefFactory(naam="Weg", lidmaatschap="gestopt", domein="zorg")


@pytest.mark.parametrize(
    ("gekozen", "namen"),
    [
        ({}, ["Hof", "Tuin", "Web"]),
        ({"provincie": ["Gelderland"]}, ["Hof", "Tuin"]),
        ({"provincie": ["Utrecht"]}, ["Hof"]),
        ({"provincie": ["Utrecht", "Gelderland"]}, ["Hof", "Tuin"]),
        ({"provincie": ["Zeeland"]}, []),
        ({"leeftijd": ["0-11"]}, ["Tuin", "Web"]),  # who says nothing about age may fit any
        ({"leeftijd": ["12-15"]}, ["Hof", "Tuin", "Web"]),
        ({"leeftijd": ["18-30"]}, ["Hof", "Web"]),
        ({"voor": ["doener"]}, ["Tuin"]),
        ({"voor": ["rust"], "samen": ["individueel"]}, ["Hof"]),
        ({"aanbod": ["handen", "hoofd"]}, ["Tuin", "Web"]),
        ({"domein": ["zorg"]}, ["Tuin"]),
        ({"betaald": ["pgb"]}, ["Tuin"]),
        ({"plek": ["plek_vrij"]}, ["Tuin"]),
        ({"plek": ["wachtlijst"]}, ["Hof"]),
        ({"online": ["online"]}, ["Web"]),
        ({"bereik": ["landelijk"]}, ["Tuin", "Web"]),  # online is for everybody
        ({"q": "moestuin"}, ["Tuin"]),
        ({"q": "moestuin", "domein": ["onderwijs"]}, []),
    ],
)
def test_what_each_choice_leaves(gids_van_drie, gekozen, namen):
    assert zoek(**gekozen)[0] == namen


def test_a_value_counts_what_it_would_give_beside_the_other_facets(gids_van_drie):
    _, tellingen = zoek(provincie=["Utrecht"])

    assert tellingen["provincie"]["Gelderland"] == 2  # its own facet does not hold it back
    assert tellingen["provincie"]["Utrecht"] == 1
    assert tellingen["domein"] == {"snijvlak": 1, "onderwijs": 0, "jeugdhulp": 0, "zorg": 0}
    assert tellingen["plek"] == {"plek_vrij": 0, "eerst_kennismaken": 0, "wachtlijst": 1}


def test_near_comes_first_by_the_nearest_of_its_places_and_nowhere_comes_last(gids_van_drie):
    namen, _ = zoek(punt=naar_rd(52.09, 5.12), op_afstand=True)

    assert namen == ["Hof", "Tuin", "Web"]
    assert zoek(punt=naar_rd(52.09, 5.12))[0] == ["Hof", "Tuin", "Web"]


def test_counting_by_bits_is_counting_by_hand():
    """A count over many, beside the same count with a loop."""
    rijen = [
        {"pk": pk, "domein": ("zorg", "onderwijs")[pk % 2], "leeftijd_van": pk % 20, "leeftijd_tot": pk % 20 + 4}
        | {"doelgroepen": ["rust"] * (pk % 3 == 0), "begeleiding": [], "bekostiging": []}
        | {"heeft_hoofd": pk % 5 == 0, "heeft_hart": False, "heeft_handen": True}
        for pk in range(1000)
    ]
    bak = Kaartenbak(rijen, [], [])

    over, tellingen = bak.filter(bak.alle, {"voor": frozenset(["rust"]), "domein": frozenset(["zorg"])})

    assert over.bit_count() == sum(pk % 3 == 0 and pk % 2 == 0 for pk in range(1000))
    assert tellingen["aanbod"]["hoofd"] == sum(pk % 30 == 0 for pk in range(1000))
    assert tellingen["domein"]["onderwijs"] == sum(pk % 6 == 3 for pk in range(1000))


def test_the_address_holds_everything_and_each_filter_can_be_taken_off():
    adres = "q=hof&bij=Zutphen&sorteer=afstand&voor=rust&voor=doener&plek=plek_vrij"
    vraag = ZoekForm(QueryDict(adres + "&pagina=3&onzin=1&voor=onzin")).vraag()

    assert vraag.bladzijde == 3
    opnieuw = ZoekForm(QueryDict(vraag.adres()[1:])).vraag()
    assert (opnieuw.q, opnieuw.bij, opnieuw.sorteer, opnieuw.gekozen) == (
        "hof", "Zutphen", "afstand", {"voor": {"rust", "doener"}, "plek": {"plek_vrij"}},
    )  # fmt: skip
    zonder = dict(vraag.losse_filters)
    assert "voor=doener" not in zonder["leert door te doen"]
    assert "voor=rust" in zonder["leert door te doen"]
    assert "sorteer" not in zonder["bij Zutphen"]


def test_the_page_shows_counts_distance_and_a_way_back(client, gids_van_drie):
    tekst = client.get(LIJST, {"bij": "3511", "sorteer": "afstand", "voor": "rust"}).text

    assert "2 initiatieven die passen bij je vraag, dichtbij eerst." in tekst
    assert "Gelderland (2)" in tekst
    assert "Zeeland" not in tekst  # gives nothing
    assert "ca. " in tekst or "minder dan 1 km" in tekst
    assert tekst.index("<h2>Hof") < tekst.index("<h2>Tuin")
    assert "Laat alle initiatieven zien" in tekst


def test_a_place_that_we_do_not_know_gets_a_sentence_and_the_list_stays(client, gids_van_drie):
    tekst = client.get(LIJST, {"bij": "Xqzzy", "sorteer": "afstand"}).text

    assert "We vonden geen plaats of postcode bij “Xqzzy”." in tekst
    assert "<h2>Tuin" in tekst


@pytest.mark.parametrize(
    ("waarde", "cel"),
    [
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("De Hof", "De Hof"),
        ("a=b", "a=b"),
        (None, ""),
        (12, "12"),
    ],
)
def test_no_cell_becomes_a_formula(waarde, cel):
    assert veilige_cel(waarde) == cel


def test_core_team_takes_the_public_fields_along(als, kernteamlid, gids_van_drie):
    InitiatiefFactory(naam="=HYPERLINK(1)", domein="zorg")
    gids.vergeet()

    antwoord = als(kernteamlid).get("/initiatieven/export/", {"domein": "zorg"})

    rijen = list(csv.DictReader(StringIO(antwoord.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert [rij["naam"] for rij in rijen] == ["'=HYPERLINK(1)", "Tuin"]
    assert rijen[1]["provincies"] == "Gelderland"
    assert rijen[1]["is er plek"] == "plek vrij"


@pytest.mark.parametrize("wie", ["begeleider", "verbondgenoot"])
def test_others_take_nothing_along(request, als, wie):
    assert als(request.getfixturevalue(wie)).get("/initiatieven/export/").status_code == 404


def test_words_are_looked_up_once_while_the_directory_is_kept(gids_van_drie, django_assert_num_queries):
    gids.vergeet()
    vraag = {"gekozen": {}, "punt": None, "op_afstand": False, "bladzijde": 1}
    eerst = vind(q="moestuin", **vraag)

    with django_assert_num_queries(0):
        weer = vind(q="  Moestuin ", **vraag)
    Initiatief.objects.filter(naam="Hof").update(aanbod_hoofd="Moestuin")
    gids.vergeet()

    assert (eerst.aantal, weer.aantal) == (1, 1)
    assert vind(q="moestuin", **vraag).aantal == 2


def test_no_more_than_so_many_searches_are_kept(gids_van_drie, monkeypatch):
    monkeypatch.setattr("initiatieven.vinden.MEESTE_WOORDEN", 2)
    bak = Kaartenbak([], [], [])

    for woord in ("een", "twee", "drie"):
        bak.met_woorden(woord)

    assert len(bak._gevonden) == 2
