"""The read log: who looked, for staff and for the family; and the table in parts of one month underneath."""

import importlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from trajecten import views
from trajecten.models import Inzagelog
from trajecten.models.inzage import WOORDEN, maak_inzagemaanden
from trajecten.tasks import maak_maanden_van_het_inzagelog

PER_MAAND = importlib.import_module("trajecten.migrations.0009_inzagelog_per_maand")


@pytest.fixture
def adres(traject) -> str:
    return reverse("trajecten:inzage", args=[traject.pk])


@pytest.fixture
def familie(traject) -> str:
    return reverse("trajecten:inzage_familie", args=[traject.pk])


def kijk(traject, wie, *momenten: datetime, wat="traject", grond="betrokken") -> None:
    with als_gebruiker(wie.pk):
        Inzagelog.objects.bulk_create(
            Inzagelog(traject=traject, gebruiker=wie, wat=wat, grond=grond, op=op) for op in momenten
        )


def delen(cursor) -> set[str]:
    cursor.execute(
        "SELECT replace(inhrelid::regclass::text, 'trajecten_inzagelog_', '') FROM pg_inherits"
        " WHERE inhparent = 'trajecten_inzagelog'::regclass"
    )
    return {naam for (naam,) in cursor.fetchall()}


# --- On the page ----------------------------------------------------------------------------------------------------


def test_the_read_log_groups_by_day_and_person(als, begeleider, coordinator, traject):
    with als_gebruiker(begeleider.pk):
        for _ in range(3):
            traject.noteer_inzage(begeleider, "traject")
    with als_gebruiker(coordinator.pk):
        traject.noteer_inzage(coordinator, "identiteit")

    [(dag, regels)] = als(begeleider).get(reverse("trajecten:inzage", args=[traject.pk])).context["dagen"]

    assert dag == timezone.localdate()
    assert [(regel["gebruiker__naam"], regel["wat"], regel["aantal"]) for regel in regels] == [
        ("Bo Begeleider", "deze lijst", 1),
        ("Bo Begeleider", "de eerste bladzijde", 3),
        ("Co Coördinator", "de gegevens op papier", 1),
    ]


def test_pages_with_the_same_words_are_one_line(als, begeleider, traject):
    nu = timezone.now()
    vroeg = nu.replace(hour=9)
    kijk(traject, begeleider, vroeg, vroeg + timedelta(hours=2), wat="kijken_nieuw")
    kijk(traject, begeleider, vroeg + timedelta(hours=1), wat="kijken")

    dagen = als(begeleider).get(reverse("trajecten:inzage", args=[traject.pk])).context["dagen"]

    [regel] = [regel for _, regels in dagen for regel in regels if regel["wat"] == "hoe het gaat"]
    assert (regel["aantal"], regel["laatst"]) == (3, vroeg + timedelta(hours=2))


def test_everything_that_is_opened_has_words_that_a_parent_reads():
    code = "".join(pad.read_text() for pad in Path(views.__file__).parent.glob("*.py"))
    geopend = set(re.findall(r'(?:open_traject|_open|noteer_inzage)\((?:\w+\.?)+, (?:pk, )?"(\w+)"', code))

    assert {"traject", "overdracht", "boekje_vouwen", "alles"} <= geopend
    assert geopend - set(WOORDEN) == set()


@pytest.mark.parametrize("voor", ["2020-01-01", "gisteren", "2020-13-45", "0001-01-01", "9999-12-31", ""])
def test_the_read_log_can_be_leafed_through(als, begeleider, traject, voor):
    assert als(begeleider).get(reverse("trajecten:inzage", args=[traject.pk]), {"voor": voor}).status_code == 200


def test_sixty_days_at_a_time(als, begeleider, traject):
    middag = timezone.now().replace(hour=11)
    with als_gebruiker(begeleider.pk):
        Inzagelog.objects.bulk_create(
            Inzagelog(
                traject=traject,
                gebruiker=begeleider,
                wat="traject",
                grond="betrokken",
                op=middag - timedelta(days=n),
            )
            for n in range(1, 80)
        )
    client, adres = als(begeleider), reverse("trajecten:inzage", args=[traject.pk])

    eerste = client.get(adres)
    tweede = client.get(adres, {"voor": eerste.context["ouder"].isoformat()})

    assert (len(eerste.context["dagen"]), len(tweede.context["dagen"])) == (60, 20)


def test_a_trajectory_that_was_opened_ten_thousand_times_reads_in_two_questions_by_index(
    als, begeleider, traject, adres, django_assert_num_queries, kijkt_als
):
    nu = timezone.now()
    kijk(traject, begeleider, *(nu - timedelta(minutes=40 * n) for n in range(10_000)))
    client = als(begeleider)

    with django_assert_num_queries(8):
        eerste = client.get(adres)
    with django_assert_num_queries(8):
        client.get(adres, {"voor": eerste.context["ouder"].isoformat()})

    kijkt_als(begeleider)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE trajecten_inzagelog")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT op FROM trajecten_inzagelog WHERE traject_id = %s AND op >= %s",
            [traject.pk, nu - timedelta(days=1)],
        )
        plan = "\n".join(regel for (regel,) in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan
    assert len(eerste.context["dagen"]) == 60


# --- For the family -------------------------------------------------------------------------------------------------


def test_the_page_for_the_family_says_who_as_what_and_what_in_plain_words(
    als, begeleider, coordinator, traject, familie
):
    vandaag = timezone.now()
    kijk(traject, begeleider, vandaag, wat="identiteit")
    kijk(traject, coordinator, vandaag, vandaag, wat="mensen", grond="coordinator")

    tekst = als(begeleider).get(familie).text

    assert "Bo Begeleider, betrokken begeleider" in tekst
    assert "Co Coördinator, coördinator van het initiatief" in tekst
    assert "de gegevens op papier" in tekst
    assert "de mensen eromheen (2 keer)" in tekst
    for ons_woord in ("identiteit", "inzagelog", "betrokken<", "coordinator<", str(begeleider.email)):
        assert ons_woord not in tekst.split("<main")[1].split("<footer")[0]


@pytest.mark.parametrize(("gevraagd", "jaar"), [("2024", 2024), ("2019", None), ("straks", None), ("", None)])
def test_the_family_gets_a_year_at_a_time(als, begeleider, traject, familie, gevraagd, jaar):
    kijk(traject, begeleider, datetime(2024, 12, 31, 22, 59, tzinfo=UTC), datetime(2024, 12, 31, 23, tzinfo=UTC))

    antwoord = als(begeleider).get(familie, {"jaar": gevraagd})

    assert antwoord.context["jaar"] == (jaar or timezone.localdate().year)
    assert antwoord.context["jaren"][-1] == 2024
    if jaar:  # the second look was on New Year's Day in Amsterdam
        assert [(dag.isoformat(), regels[0]["aantal"]) for dag, regels in antwoord.context["dagen"]] == [
            ("2024-12-31", 1)
        ]


# --- In parts of a month --------------------------------------------------------------------------------------------


def test_there_is_a_part_for_this_month_and_the_next_and_one_for_the_rest(db):
    dag = timezone.localdate().replace(day=1)
    volgende = (dag + timedelta(days=32)).replace(day=1)

    with connection.cursor() as cursor:
        assert delen(cursor) == {f"{dag:%Y_%m}", f"{volgende:%Y_%m}", "rest"}


def test_a_row_of_any_day_is_kept_and_found(traject, begeleider, kijkt_als):
    dagen = [datetime(jaar, 6, 1, tzinfo=UTC) for jaar in (1999, 2019, 2046)]
    kijk(traject, begeleider, *dagen)

    kijkt_als(begeleider)
    assert list(traject.inzagen.order_by("op").values_list("op", flat=True)) == dagen


def test_the_application_opens_no_part_by_itself(traject, begeleider, kijkt_als):
    kijk(traject, begeleider, timezone.now(), datetime(2019, 6, 1, tzinfo=UTC))
    kijkt_als(begeleider)
    with connection.cursor() as cursor:
        namen = [f"trajecten_inzagelog_{deel}" for deel in delen(cursor)]
    opdrachten = ["SELECT * FROM {}", "DELETE FROM {}", "UPDATE {} SET wat = 'niets'", "TRUNCATE {}", "DROP TABLE {}"]

    for opdracht in [opdracht.format(naam) for naam in namen for opdracht in opdrachten]:
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(opdracht)


def test_the_application_makes_no_month_of_its_own_choice(db):
    for opdracht in ("SELECT inzagelog_maand('2031-05-01')", "TRUNCATE trajecten_inzagelog"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(opdracht)


def test_every_part_has_forced_row_security_and_gives_nobody_rights(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity AND relforcerowsecurity, has_table_privilege(current_user, c.oid, "
            "'SELECT, INSERT, UPDATE, DELETE, TRUNCATE') FROM pg_class c JOIN pg_inherits ON inhrelid = c.oid "
            "WHERE inhparent = 'trajecten_inzagelog'::regclass"
        )
        assert set(cursor.fetchall()) == {(True, False)}


@pytest.mark.django_db(transaction=True)
def test_a_late_job_moves_the_rows_that_waited_and_a_second_run_does_nothing(traject, begeleider, kijkt_als):
    laat = [datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC), datetime(2026, 1, 31, 23, tzinfo=UTC)]
    kijk(traject, begeleider, *laat, datetime(2031, 1, 1, tzinfo=UTC))

    assert maak_inzagemaanden() == 2
    maak_maanden_van_het_inzagelog()

    with connection.cursor() as cursor:
        assert {"2026_01", "2026_02"} < delen(cursor)
        assert "2031_01" not in delen(cursor)  # nobody makes months far ahead by writing a strange day
    with als_gebruiker(begeleider.pk):
        assert traject.inzagen.count() == 3
        assert list(traject.inzagen.filter(op__in=laat).order_by("op").values_list("op", flat=True)) == laat
    assert maak_inzagemaanden() == 0


@pytest.mark.django_db(transaction=True)
def test_months_end_at_midnight_in_amsterdam_also_at_new_year_and_in_february(traject, begeleider, eigenaar):
    grenzen = {  # the last second of a month and the first of the next, in UTC, by hand
        "2027_12": ("2027-12-31 22:59:59+00", "2027-12-31 23:00:00+00"),
        "2028_02": ("2028-02-29 22:59:59+00", "2028-02-29 23:00:00+00"),
        "2028_03": ("2028-03-31 21:59:59+00", "2028-03-31 22:00:00+00"),
        "2028_10": ("2028-10-31 22:59:59+00", "2028-10-31 23:00:00+00"),
    }
    kijk(traject, begeleider, *(datetime.fromisoformat(op) for paar in grenzen.values() for op in paar))

    for maand in grenzen:
        eigenaar.execute("SELECT inzagelog_maand(%s)", [f"{maand.replace('_', '-')}-28"])

    eigenaar.execute("SELECT set_config('app.opruimen', 'ja', false)")
    for maand, (laatste, eerste) in grenzen.items():
        gevonden = eigenaar.execute("SELECT tableoid::regclass::text, op::text FROM trajecten_inzagelog").fetchall()
        per_deel = {op: deel for deel, op in gevonden}
        assert per_deel[laatste] == f"trajecten_inzagelog_{maand}"
        assert per_deel[eerste] != f"trajecten_inzagelog_{maand}"
    assert len(gevonden) == 8


@pytest.mark.django_db(transaction=True)
def test_the_migration_takes_the_rows_along_both_ways(traject, begeleider, eigenaar):
    momenten = [datetime(2025, 11, 30, 12, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC), timezone.now()]
    kijk(traject, begeleider, *momenten)

    with eigenaar.transaction():
        eigenaar.execute(PER_MAAND.terug())
        for opdracht in PER_MAAND.RIJBEVEILIGING.sql:
            eigenaar.execute(opdracht)
    with als_gebruiker(begeleider.pk), connection.cursor() as cursor:
        cursor.execute("SELECT relkind FROM pg_class WHERE relname = 'trajecten_inzagelog'")
        soort_tussen = cursor.fetchone()[0]
        tussen = list(Inzagelog.objects.order_by("op").values_list("pk", "op"))
    with eigenaar.transaction():
        eigenaar.execute(PER_MAAND.heen())
        for opdracht in [*PER_MAAND.RIJBEVEILIGING.sql, *PER_MAAND.RIJBEVEILIGING_REST.sql]:
            eigenaar.execute(opdracht)

    with als_gebruiker(begeleider.pk), connection.cursor() as cursor:
        traject.noteer_inzage(begeleider, "traject")
        regels = list(Inzagelog.objects.order_by("op", "pk").values_list("pk", "op"))
        assert {"2025_11", "2025_12", "2026_10", "rest"} <= delen(cursor)
    assert soort_tussen == "r"
    assert [op for _, op in tussen] == momenten
    assert regels[:3] == tussen
    assert len({pk for pk, _ in regels}) == 4
    with pytest.raises(DatabaseError, match="permission denied"), als_gebruiker(begeleider.pk):
        Inzagelog.objects.update(wat="niets")


@pytest.mark.django_db(transaction=True)
def test_when_the_read_log_cannot_be_written_the_page_does_not_open(traject, begeleider, eigenaar):
    client = Client(raise_request_exception=False)
    client.force_login(begeleider)
    eigenaar.execute(f"REVOKE INSERT ON trajecten_inzagelog FROM {settings.APP_ROL}")

    response = client.get(reverse("trajecten:traject", args=[traject.pk]))

    assert response.status_code == 500
    assert b"Noor" not in response.content
