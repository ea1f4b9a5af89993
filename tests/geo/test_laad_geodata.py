"""Loading postcodes and places: repeatable, and honest about rows that do not fit."""

import csv
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from collectief.geo.inlezen import DATA
from collectief.geo.models import Plaats, Postcode

GOED = "NL\t3511\tUtrecht\tUtrecht\t09\tUtrecht\t0344\t\t\t52.0930\t5.1190\t6"


@pytest.fixture
def nl_txt(tmp_path):
    def schrijf(*regels: str):
        bestand = tmp_path / "NL.txt"
        bestand.write_text("\n".join(regels) + "\n", encoding="utf-8")
        return bestand

    return schrijf


def _laad(**opties) -> tuple[str, str]:
    uit, fout = StringIO(), StringIO()
    call_command("laad_geodata", stdout=uit, stderr=fout, **opties)
    return uit.getvalue(), fout.getvalue()


def test_every_test_database_has_the_whole_country(db):
    assert Postcode.objects.count() == 4068
    assert Plaats.objects.count() == 2487


def test_places_worked_out_from_postcodes_are_those_of_the_published_table(db):
    with (DATA / "plaatsen.csv").open(encoding="utf-8", newline="") as bestand:
        verwacht = {(r["plaats"], r["gemeente"], r["provincie"]): r for r in csv.DictReader(bestand)}

    for plaats in Plaats.objects.all():
        rij = verwacht.pop((plaats.naam, plaats.gemeente, plaats.provincie))
        assert plaats.lat == pytest.approx(float(rij["lat"]), abs=0.0002)
        assert plaats.lon == pytest.approx(float(rij["lon"]), abs=0.0002)
        assert plaats.aantal_postcodes == int(rij["aantal_postcodes"])
    assert verwacht == {}


def test_loading_again_changes_nothing_and_takes_less_than_ten_seconds(db):
    voor = list(Postcode.objects.order_by("pc4").values_list())
    begin = time.process_time()

    uit, fout = _laad()

    assert time.process_time() - begin < 10
    assert list(Postcode.objects.order_by("pc4").values_list()) == voor
    assert "4068 postcodes bijgewerkt, 0 regels overgeslagen" in uit
    assert fout == ""


def test_als_leeg_leaves_a_filled_table_alone(db, django_assert_num_queries):
    Postcode.objects.filter(pc4="3511").update(plaats="Elders")

    with django_assert_num_queries(1):
        _laad(als_leeg=True)

    assert Postcode.objects.get(pc4="3511").plaats == "Elders"


def test_als_leeg_fills_an_empty_table(db):
    Postcode.objects.all().delete()

    _laad(als_leeg=True)

    assert Postcode.objects.count() == 4068


def test_a_newer_geonames_file_replaces_what_it_knows_and_keeps_the_rest(db, nl_txt):
    _laad(bestand=nl_txt(GOED))

    nieuw = Postcode.objects.get(pc4="3511")
    assert (nieuw.lat, nieuw.lon, nieuw.nauwkeurigheid) == (52.0930, 5.1190, "postcode")
    assert Postcode.objects.count() == 4068


def test_a_merged_municipality_takes_its_place_along(db, nl_txt):
    _laad(bestand=nl_txt("NL\t7255\tHengelo (Gld)\tGelderland\t03\tNieuwstad\t9999\t\t\t52.05\t6.31\t4"))

    plaats = Plaats.objects.get(naam="Hengelo (Gld)")
    assert plaats.gemeente == "Nieuwstad"
    assert Postcode.objects.get(pc4="7255").nauwkeurigheid == "plaats"


def test_the_province_of_geonames_gets_its_own_name(db, nl_txt):
    _laad(bestand=nl_txt("NL\t8911\tLeeuwarden\tFriesland\t02\tLeeuwarden\t0080\t\t\t53.2\t5.79\t1"))

    assert Postcode.objects.get(pc4="8911").provincie == "Fryslân"
    assert Postcode.objects.get(pc4="8911").nauwkeurigheid == "benaderd"


@pytest.mark.parametrize(
    ("regel", "klacht"),
    [
        ("NL\t3511\tUtrecht", "postcode: "),
        ("BE\t3511\tUtrecht\tUtrecht\t\tUtrecht\t\t\t\t52.09\t5.11\t6", "postcode: "),
        ("NL\t0511\tUtrecht\tUtrecht\t\tUtrecht\t\t\t\t52.09\t5.11\t6", "dit zijn geen vier cijfers"),
        ("NL\t3511\t\tUtrecht\t\tUtrecht\t\t\t\t52.09\t5.11\t6", "plaats: "),
        ("NL\t3511\tUtrecht\tAtlantis\t\tUtrecht\t\t\t\t52.09\t5.11\t6", "provincie: "),
        ("NL\t3511\tUtrecht\tUtrecht\t\tUtrecht\t\t\t\tnan\t5.11\t6", "breedtegraad: "),
        ("NL\t3511\tUtrecht\tUtrecht\t\tUtrecht\t\t\t\t5.11\t52.09\t6", "breedtegraad: "),
        ("NL\t3511\tUt\x00recht\tUtrecht\t\tUtrecht\t\t\t\t52.09\t5.11\t6", "plaats: "),
        (f"NL\t3511\t{'x' * 81}\tUtrecht\t\tUtrecht\t\t\t\t52.09\t5.11\t6", "plaats: "),
    ],
)
def test_a_bad_row_is_named_with_its_line_number_and_the_others_are_stored(db, nl_txt, regel, klacht):
    uit, fout = _laad(bestand=nl_txt(regel, GOED.replace("52.0930", "52.0931")))

    assert fout.startswith("regel 1: ")
    assert klacht in fout
    assert "1 postcodes bijgewerkt, 1 regels overgeslagen" in uit
    assert Postcode.objects.get(pc4="3511").lat == 52.0931


def test_of_two_rows_with_one_code_the_first_counts(db, nl_txt):
    _, fout = _laad(bestand=nl_txt(GOED, GOED.replace("52.0930", "52.2")))

    assert fout == "regel 2: postcode 3511 stond al eerder in het bestand.\n"
    assert Postcode.objects.get(pc4="3511").lat == 52.0930


def test_a_file_without_one_good_row_changes_nothing(db, nl_txt):
    with pytest.raises(CommandError, match="geen enkele bruikbare postcode"):
        _laad(bestand=nl_txt("dit is geen tabel"))

    assert Postcode.objects.count() == 4068


def test_a_missing_file_is_one_clear_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="is niet te lezen"):
        _laad(bestand=tmp_path / "weg.txt")


def test_a_zip_is_one_clear_sentence(db, tmp_path):
    bestand = tmp_path / "NL.zip"
    bestand.write_bytes(b"PK\x03\x04\xff\xfe\x80")

    with pytest.raises(CommandError, match="Pak een zip eerst uit"):
        _laad(bestand=bestand)


@pytest.mark.parametrize("verkeerd", [{"pc4": "0511"}, {"pc4": "35a1"}, {"lat": 5.1}, {"lon": 52.0}])
def test_the_database_refuses_a_postcode_that_cannot_be(db, verkeerd):
    goed = {"pc4": "3510", "plaats": "Utrecht", "gemeente": "Utrecht", "provincie": "Utrecht", "lat": 52, "lon": 5}

    with pytest.raises(IntegrityError), transaction.atomic():
        Postcode.objects.create(**goed | verkeerd, nauwkeurigheid="postcode")
