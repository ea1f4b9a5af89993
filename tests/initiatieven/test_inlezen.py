"""A table in, all of it or nothing; open data out."""

import csv
import io
import json
import zipfile

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from collectief.rekenblad import veilige_cel
from collectief.tabel import OnleesbareTabel, lees_tabel
from initiatieven.importeren import ImportGeweigerd, maak_plan, neem_over
from initiatieven.models import Importproef, Initiatief, OudAdres
from tests.factories import InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory
from tests.initiatieven.rekenbladen import KOP, PAD, als_csv, als_xlsx, bestand, lees_in, plan

GOED = ("de-hoek", "De Hoek", "boerderij", 8, 16, "rust, doener", "https://hoek.example", 9)


# --- Reading a file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inhoud", [als_csv(GOED), als_xlsx(GOED), b"\xef\xbb\xbf" + als_csv(GOED)])
def test_csv_and_xlsx_say_the_same(inhoud):
    tabel = lees_tabel(inhoud)

    assert tabel.kop == KOP
    assert tabel.rijen == [(2, dict(zip(KOP, map(str, GOED), strict=True)))]


def bom() -> bytes:
    """A spreadsheet of a few kilobytes that unpacks to seventy million."""
    inhoud = io.BytesIO()
    with zipfile.ZipFile(inhoud, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    return inhoud.getvalue()


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "leeg"),
        (b" \n \n", "leeg"),
        (b";\n;\n", "leeg"),
        ("adres;naam\nx;Café\n".encode("latin-1"), "niet in UTF-8"),
        ("adres;naam\n".encode("utf-16"), "niet in UTF-8"),
        (b'adres;naam\nx;"half\n', "Klopt een aanhalingsteken"),
        (b"adres;;naam\nx;y;z\n", "mist de naam van een kolom"),
        (b"adres;naam;Naam\nx;y;z\n", "staat er twee keer: naam"),
        (b"adres;naam\nx;y;z\n", "Rij 2 heeft meer cellen"),
        (als_csv(*[("x", "y")] * 20_000, kop=("adres", "naam")), "meer dan 2000 rijen"),
        (b"adres;naam\nx;" + b"y" * 10_001, "meer dan 10000 tekens"),
        (als_csv(kop=tuple(f"k{n}" for n in range(161))), "meer dan 160 kolommen"),
        (als_xlsx(GOED, samen="A2:B2"), "cellen samengevoegd"),
        (b"PK\x03\x04 is geen rekenblad", "niet te lezen"),
        (als_xlsx(GOED)[:900], "niet te lezen"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(inhoud, zin):
    with pytest.raises(OnleesbareTabel, match=zin):
        lees_tabel(inhoud)


def test_a_spreadsheet_that_is_made_to_choke_on_is_not_unpacked():
    with pytest.raises(OnleesbareTabel, match="te groot"):
        lees_tabel(bom())


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda rest: als_xlsx(GOED)[:400] + rest)))
def test_whatever_is_in_a_file_it_is_read_or_refused_in_words(inhoud):
    try:
        rijen = lees_tabel(inhoud).rijen
    except OnleesbareTabel:
        return

    assert all(isinstance(cel, str) for _, rij in rijen for cel in rij.values())


# --- What a row says -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anders", "kolom", "zin"),
    [
        ({"adres": ""}, "adres", "Vul het adres in"),
        ({"adres": "De Hoek!"}, "adres", "alleen kleine letters"),
        ({"adres": "toetsing"}, "adres", "gebruiken we zelf al"),
        ({"naam": ""}, "naam", "verplicht"),
        ({"naam": "x" * 121}, "naam", "120"),
        ({"soort": "kasteel"}, "soort", "Kies uit: boerderij"),
        ({"leeftijd_van": "-3"}, "leeftijd_van", "Vul 0 of meer in."),
        ({"leeftijd_van": "twaalf"}, "leeftijd_van", "heel getal"),
        ({"leeftijd_tot": "99"}, "leeftijd_tot", "te groot"),
        ({"leeftijd_tot": "5"}, "leeftijd_tot", "Staan ze andersom?"),
        ({"leeftijd_tot": ""}, "leeftijd_tot", "Vul ook de hoogste"),
        ({"doelgroepen": "rust, ruzie"}, "doelgroepen", "“ruzie” kennen we niet"),
        ({"website": "javascript:alert(1)"}, "website", "Vul een webadres in"),
        ({"aantal_jongeren": "-3"}, "aantal_jongeren", "Vul 0 of meer in."),
        ({"aantal_jongeren": "10000"}, "aantal_jongeren", "is veel voor een kleine plek"),
    ],
)
def test_each_wrong_cell_is_named(db, anders, kolom, zin):
    rij = {**dict(zip(KOP, map(str, GOED), strict=True)), **anders}

    gevonden = maak_plan(KOP, [(2, rij)], zijn_lid=False)

    (fout,) = gevonden.fouten
    assert fout[:2] == (2, kolom)
    assert zin in fout[2]
    assert not gevonden.nieuw


def test_a_key_that_stands_there_twice_is_named_with_the_other_row(db):
    gevonden = plan(als_csv(GOED, ("ander", "Ander", *GOED[2:]), GOED))

    assert gevonden.fouten == [(4, "adres", "Dit adres staat ook in rij 2.")]


def test_an_address_of_before_is_the_same_initiative_and_not_a_second_one(db):
    hoek = InitiatiefFactory(slug="de-hoek", naam="De Hoek")
    OudAdres.objects.create(slug="de-bocht", initiatief=hoek)
    oud = ("de-bocht", *GOED[1:])

    alleen, samen = plan(als_csv(oud)), plan(als_csv(GOED, oud))

    assert not alleen.nieuw
    assert not alleen.fouten
    assert samen.fouten == [(3, "adres", "Dit initiatief staat met een ander adres ook in rij 2.")]


def test_a_founding_day_in_the_future_is_refused(db):
    gevonden = plan(als_csv(("x", "X", "2999-01-01"), kop=("adres", "naam", "opgericht_op")))

    assert gevonden.fouten == [(2, "opgericht_op", "Kies een datum tot en met vandaag.")]


@pytest.mark.parametrize("aantal", [1, 100])
def test_a_trial_asks_as_much_for_one_row_as_for_a_hundred(db, django_assert_num_queries, aantal):
    rijen = als_csv(*[(f"hof-{nummer}", f"Hof {nummer}", *GOED[2:]) for nummer in range(aantal)])

    with django_assert_num_queries(2):
        gevonden = plan(rijen)

    assert len(gevonden.nieuw) == aantal


# --- Taking over -----------------------------------------------------------------------------------------------------


def test_a_trial_writes_nothing_and_taking_over_twice_changes_nothing(als, beheerder):
    client = als(beheerder)
    proef = client.post(PAD, bestand(als_xlsx(GOED), "lijst.xlsx")).headers["Location"]
    voor = Initiatief.objects.count()
    tekst = client.get(proef).text

    client.post(proef)
    lees_in(client, als_csv(GOED))

    nieuw = Initiatief.objects.get()
    assert voor == 0
    assert "1 nieuw, 0 gewijzigd" in tekst
    assert (nieuw.naam, nieuw.doelgroepen, nieuw.leeftijd_tot) == ("De Hoek", ["rust", "doener"], 16)
    assert nieuw.lidmaatschap == "geen"
    assert not Importproef.objects.exists()
    assert nieuw.events.count() == 1


def test_what_changed_is_shown_and_other_fields_stay(als, beheerder):
    InitiatiefFactory(slug="de-hoek", naam="De Hoek", werkwijze="We beginnen met thee.")
    client = als(beheerder)
    proef = client.post(PAD, bestand(als_csv(("de-hoek", "De Nieuwe Hoek"), kop=("adres", "naam")))).headers["Location"]
    tekst = client.get(proef).text

    client.post(proef)

    hoek = Initiatief.objects.get()
    assert "naam: <del>De Hoek</del> wordt <ins>De Nieuwe Hoek</ins>" in tekst
    assert (hoek.naam, hoek.werkwijze, hoek.lidmaatschap) == ("De Nieuwe Hoek", "We beginnen met thee.", "lid")


def test_one_wrong_cell_and_nothing_is_taken_over(als, beheerder):
    client = als(beheerder)
    proef = client.post(PAD, bestand(als_csv(GOED, ("x", "", *GOED[2:])))).headers["Location"]

    client.post(proef)

    assert "Alles inlezen" not in client.get(proef).text
    assert not Initiatief.objects.exists()


def test_a_file_is_taken_over_once(beheerder, db):
    proef = Importproef.objects.create(
        bestandsnaam="x", kop=["adres", "naam"], rijen=[[2, {"adres": "x", "naam": "X"}]], door=beheerder
    )
    nog_eens = Importproef.objects.get()
    neem_over(proef=proef, door=beheerder)

    with pytest.raises(ImportGeweigerd, match="al ingelezen"):
        neem_over(proef=nog_eens, door=beheerder)


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [(b"", "leeg"), (b"naam\nX\n", "In de bovenste rij mist: adres."), (b"x" * 15_000_001, "te groot")],
)
def test_a_file_that_is_wrong_is_said_beside_the_field(als, beheerder, inhoud, zin):
    response = als(beheerder).post(PAD, bestand(inhoud))

    assert zin in response.context["form"].errors["bestand"][0]


# --- Out -------------------------------------------------------------------------------------------------------------


def tekst_van(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula_and_comes_back_as_it_was(client, initiatief, begin):
    Initiatief.objects.update(naam=f"{begin}SUM(A1)")

    rijen = list(
        csv.DictReader(io.StringIO(tekst_van(client.get("/initiatieven/export/open-data.csv"))), delimiter=";")
    )

    assert rijen[0]["naam"] == f"'{begin}SUM(A1)"


def test_open_data_is_what_the_page_shows_and_no_more(client, initiatief):
    LocatieFactory(initiatief=initiatief, nauwkeurigheid="ongeveer", adres="", lat=52.14, lon=6.2)
    LocatieFactory(initiatief=initiatief, is_landelijk=True)
    InitiatiefFactory(naam="Nog geen lid", lidmaatschap="geen")

    response = client.get("/initiatieven/export/hsds.json")

    (organisatie,) = json.loads(tekst_van(response))["organizations"]
    assert organisatie["services"][0]["service_areas"][0]["name"] == "Nederland"
    thuis, hof = sorted(organisatie["locations"], key=lambda plek: plek["latitude"])
    assert organisatie["name"] == initiatief.naam
    assert organisatie["services"][0]["status"] == "active"
    assert "address_1" not in thuis["addresses"][0]
    assert "postal_code" not in thuis["addresses"][0]
    assert hof["addresses"][0]["address_1"] == "Dorpsweg 1"
    assert not response.cookies


@pytest.mark.parametrize("aantal", [1, 3])
def test_open_data_costs_the_same_at_one_and_at_three(client, db, django_assert_num_queries, aantal):
    for _ in range(aantal):
        LocatieFactory()

    with django_assert_num_queries(2):
        tekst_van(client.get("/initiatieven/export/hsds.json"))


def test_a_row_for_what_lies_in_the_bin_is_refused(db):
    InitiatiefFactory(slug="de-hoek", lidmaatschap="geen", verwijderd_op=timezone.now())

    assert plan(als_csv(GOED)).fouten == [(2, "adres", "Dit initiatief ligt in de prullenbak. Zet het eerst terug.")]


def test_cells_that_a_spreadsheet_would_calculate_get_a_quote():
    assert [veilige_cel(cel) for cel in ("=1+1", "gewoon", None, -3)] == ["'=1+1", "gewoon", "", "'-3"]
