"""What was looked for in vain is counted by area and month, and shown only when it tells of nobody."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from collectief.geo.models import Postcode
from collectief.rijbeveiliging import met_sleutel
from kaart.contactrondes import loop_na
from kaart.models import Contactcijfer, Contactplek, Contactverzoek, Dekking, Zoekvraag
from kaart.tasks import werk_dekking_bij
from tests.kaart.turven import BROWSER
from tests.kaart.vragen import maak_vraag


@pytest.fixture(autouse=True)
def _vandaag():
    with time_machine.travel("2026-11-27 12:00+01:00"):
        yield


def punt(pc4: str):
    return Postcode.objects.get(pc4=pc4).rd


def test_a_search_is_counted_at_its_postcode_and_month(db):
    for _ in range(3):
        Zoekvraag.objects.tel_samen({punt("7201"): 1})
    Zoekvraag.objects.tel_samen({punt("3511"): 1})

    assert set(Zoekvraag.objects.values_list("pc4", "maand", "aantal")) == {
        ("7201", date(2026, 11, 1), 3),
        ("3511", date(2026, 11, 1), 1),
    }


def test_a_search_that_is_near_a_postcode_is_counted_there(db):
    hier = punt("7201")
    Zoekvraag.objects.tel_samen({hier._replace(x=hier.x + 30): 1})

    assert Zoekvraag.objects.get().pc4 == "7201"


def test_the_table_has_no_room_for_anything_else(db):
    assert [veld.name for veld in Zoekvraag._meta.fields] == ["id", "pc4", "maand", "aantal"]
    for fout in ({"pc4": "7201", "maand": date(2026, 11, 27)}, {"pc4": "zut", "maand": date(2026, 11, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Zoekvraag.objects.create(**fout)


def rijen(*aantallen: tuple[str, date, int]) -> None:
    Zoekvraag.objects.bulk_create(Zoekvraag(pc4=pc4, maand=maand, aantal=aantal) for pc4, maand, aantal in aantallen)


def test_fewer_than_five_in_a_month_are_shown_to_nobody(als, kernteamlid):
    rijen(("7201", date(2026, 11, 1), 4), ("7201", date(2026, 10, 1), 4), ("3511", date(2026, 11, 1), 5))

    tekst = als(kernteamlid).get("/kaart/dekking/witte-vlekken/").text

    assert "3511 Utrecht" in tekst
    assert "7201" not in tekst


def test_months_that_may_be_shown_are_added_up_for_a_year(db):
    rijen(
        ("7201", date(2026, 11, 1), 6),
        ("7201", date(2025, 12, 1), 7),
        ("7201", date(2025, 11, 1), 50),  # longer ago
        ("7201", date(2026, 5, 1), 4),  # too few
        ("3511", date(2026, 5, 1), 30),
    )

    gebieden = Zoekvraag.objects.laatste_jaar().toonbaar().per_gebied()

    assert [(gebied.pc4, gebied.aantal) for gebied in gebieden] == [("3511", 30), ("7201", 13)]


def test_what_is_more_than_two_years_ago_goes(db):
    rijen(("7201", date(2024, 10, 1), 9), ("7201", date(2024, 11, 1), 9))

    Postcode.objects.exclude(pc4__startswith="72").delete()

    werk_dekking_bij()

    assert Zoekvraag.objects.get().maand == date(2024, 11, 1)
    assert Dekking.objects.exists()


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_page_takes_as_many_queries_however_long_it_is(als, kernteamlid, django_assert_num_queries, aantal):
    pc4s = Postcode.objects.order_by("pc4").values_list("pc4", flat=True)[:aantal]
    rijen(*((pc4, date(2026, 11, 1), 5) for pc4 in pc4s))
    client = als(kernteamlid)

    with django_assert_num_queries(8):
        client.get("/kaart/dekking/witte-vlekken/")


# --- Counted by the map itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zoek", "telt"),
    [
        ("q=7201&straal=10", 1),  # the only place is 33 km away
        ("q=7201&straal=50", 0),
        ("q=7201&straal=50&leeftijd=5", 1),
        ("q=7201&straal=10&pagina=2", 0),
        ("bij=52.14,6.20&straal=10", 1),
        ("q=Hengelo", 0),  # which one?
        ("q=", 0),
    ],
)
def test_a_search_that_finds_nothing_within_reach_is_counted_every_time(client, maak_plek, zoek, telt):
    maak_plek("Ver weg", noord=0.3, leeftijd=(12, 18))

    for _ in range(2):
        assert client.get(f"/kaart/?{zoek}", headers={"user-agent": BROWSER}).status_code == 200

    assert sum(Zoekvraag.objects.values_list("aantal", flat=True)) == 2 * telt


def test_a_search_that_cannot_be_counted_gets_its_page(client, maak_plek, monkeypatch):
    maak_plek("Ver weg", noord=0.3)
    monkeypatch.setattr("kaart.models.cijfers.TEL", "SELECT nergens")

    assert "Ver weg" in client.get("/kaart/?q=7201&straal=10", headers={"user-agent": BROWSER}).text


# --- What became of questions of families ---------------------------------------------------------------------------


def test_the_core_team_reads_counts_of_what_became_of_questions_and_no_small_ones(als, kernteamlid, initiatief):
    for nummer in range(6):
        vraag = maak_vraag(initiatief)
        with met_sleutel(vraag.pk):
            Contactverzoek.objects.update(gevonden="ja" if nummer < 5 else "elders")
            Contactplek.objects.update(stand="geen_plek", reden="vol" if nummer < 4 else "afstand")
    loop_na()
    loop_na()

    tekst = als(kernteamlid).get("/kaart/dekking/witte-vlekken/").text

    assert "gesteld: 6" in tekst
    assert "ja, bij een plek van hier: 5" in tekst
    assert "nu geen plek: 6" in tekst
    assert not [woorden for woorden in ("ja, ergens anders", "we zitten vol", "het is te ver weg") if woorden in tekst]


def test_a_count_follows_a_question_that_moves(initiatief):
    vraag = maak_vraag(initiatief)
    loop_na()
    with met_sleutel(vraag.pk):
        Contactplek.objects.update(stand="in_gesprek")
    loop_na()

    standen = Contactcijfer.objects.filter(soort="stand").values_list("waarde", "aantal")
    assert list(standen) == [("in_gesprek", 1)]
