"""Consent: who decides at which age, that a yes holds only when everybody who decides said it, and taking it back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.rijbeveiliging import als_gebruiker
from trajecten.beslissen import EEN_OUDER, Beslist, wie_beslist, wie_is_nodig
from trajecten.models import Betrokkene, Leeftijdsgrenzen, Toestemming
from trajecten.models.toestemming import Toestemmingstand

GEBOREN = date(2014, 6, 17)


# --- The rule, by hand ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("geboren", "dag", "wie"),
    [
        (GEBOREN, date(2026, 6, 16), "ouders"),  # 11 years and 364 days
        (GEBOREN, date(2026, 6, 17), "beiden"),  # 12
        (GEBOREN, date(2029, 6, 17), "beiden"),  # 15
        (GEBOREN, date(2030, 6, 16), "beiden"),
        (GEBOREN, date(2030, 6, 17), "jongere"),  # 16
        (GEBOREN, date(2032, 6, 17), "jongere"),  # 18
        (date(2012, 2, 29), date(2024, 2, 28), "ouders"),
        (date(2012, 2, 29), date(2024, 2, 29), "beiden"),
        (date(2012, 2, 29), date(2028, 2, 28), "beiden"),
        (date(2012, 2, 29), date(2028, 2, 29), "jongere"),
        (date(2088, 2, 29), date(2100, 2, 28), "ouders"),  # 2100 has no 29 February
        (date(2088, 2, 29), date(2100, 3, 1), "beiden"),
        (None, date(2026, 6, 17), "beiden"),
    ],
)
def test_who_decides_on_a_day_in_code_and_in_the_database(traject, begeleider, kijkt_als, geboren, dag, wie):
    kijkt_als(begeleider)
    grenzen = Leeftijdsgrenzen.leid_af(traject.jongere_id, geboren)

    with connection.cursor() as cursor:
        cursor.execute("SELECT wie_beslist(%s, %s)", [traject.jongere_id, dag])
        in_database = cursor.fetchone()[0]

    assert (wie_beslist(grenzen.bereikt_op(dag)), in_database) == (wie, wie)


@pytest.mark.parametrize(
    ("beslist", "met_gezag", "ontvanger", "nodig"),
    [
        (Beslist.OUDERS, {1}, None, {1}),
        (Beslist.OUDERS, {1, 2}, None, {1, 2}),
        (Beslist.OUDERS, set(), None, {EEN_OUDER}),
        (Beslist.OUDERS, {1, 2}, 1, set()),  # a parent with authority reads along without asking the other
        (Beslist.OUDERS, {1, 2}, 3, {1, 2}),
        (Beslist.BEIDEN, {1}, None, {None, 1}),
        (Beslist.BEIDEN, set(), None, {None, EEN_OUDER}),
        (Beslist.BEIDEN, {1, 2}, 1, {None}),
        (Beslist.JONGERE, {1, 2}, None, {None}),
        (Beslist.JONGERE, {1, 2}, 1, {None}),
        (Beslist.JONGERE, set(), 3, {None}),
    ],
)
def test_whose_yes_is_needed(beslist, met_gezag, ontvanger, nodig):
    assert wie_is_nodig(beslist, met_gezag=met_gezag, ontvanger=ontvanger) == nodig


# --- Whether it holds -------------------------------------------------------------------------------------------------


def adres_van(traject) -> str:
    return reverse("trajecten:toestemming", args=[traject.pk])


def geldt(traject, doel: str, mens: Betrokkene, dag: date | None = None) -> bool:
    """Whether it holds, by the code and by the database, which have to agree."""
    dag = dag or timezone.localdate()
    in_code = Toestemmingstand(traject, dag).kwestie(doel, ("b", mens.pk)).geldt
    with connection.cursor() as cursor:
        cursor.execute("SELECT toestemming_geldt(%s, %s, %s, NULL, %s)", [traject.pk, doel, mens.pk, dag])
        assert cursor.fetchone()[0] == in_code
    return in_code


@pytest.mark.parametrize(
    ("leeftijd", "wie", "genoeg"),
    [
        (11, ["moeder", "vader"], True),
        (11, ["moeder"], False),
        (11, ["jongere"], False),
        (12, ["moeder", "vader"], False),
        (12, ["jongere"], False),
        (12, ["jongere", "moeder", "vader"], True),
        (15, ["jongere", "moeder"], False),
        (16, ["jongere"], True),
        (16, ["moeder", "vader"], False),
        (18, ["jongere"], True),
        (None, ["moeder", "vader"], False),
        (None, ["jongere", "moeder", "vader"], True),
    ],
)
def test_a_yes_holds_when_everybody_who_decides_said_it(traject, gezin, zeg_ja, leeftijd, wie, genoeg):
    geboren = timezone.localdate() - timedelta(days=round(leeftijd * 365.25) + 5) if leeftijd else None
    Leeftijdsgrenzen.leid_af(traject.jongere_id, geboren)

    zeg_ja("overleg", "school", *wie)

    assert geldt(traject, "overleg", gezin["school"]) is genoeg


def test_a_yes_of_a_parent_without_authority_does_not_count(traject, gezin, zeg_ja):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, timezone.localdate() - timedelta(days=3000))
    zeg_ja("overleg", "school", "moeder", "stiefvader")

    assert not geldt(traject, "overleg", gezin["school"])


def test_a_parent_who_loses_authority_is_not_asked_any_more(traject, gezin, zeg_ja):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, timezone.localdate() - timedelta(days=3000))
    zeg_ja("overleg", "school", "moeder")
    eerst = geldt(traject, "overleg", gezin["school"])

    Betrokkene.objects.filter(pk=gezin["vader"].pk).update(heeft_gezag=False)

    assert (eerst, geldt(traject, "overleg", gezin["school"])) == (False, True)


def test_on_the_twelfth_birthday_the_young_person_has_to_agree_too(traject, gezin, zeg_ja):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, GEBOREN)
    zeg_ja("overleg", "school", "moeder", "vader", van=date(2026, 1, 1), tot=date(2031, 1, 1))
    uitkomst = [geldt(traject, "overleg", gezin["school"], dag) for dag in (date(2026, 6, 16), date(2026, 6, 17))]

    zeg_ja("overleg", "school", "jongere", van=date(2026, 6, 17), tot=date(2031, 1, 1))

    assert uitkomst == [True, False]
    assert geldt(traject, "overleg", gezin["school"], date(2026, 6, 17))


def test_from_the_sixteenth_birthday_no_parent_is_needed(traject, gezin, zeg_ja):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, GEBOREN)
    zeg_ja("overleg", "school", "jongere", van=date(2026, 1, 1), tot=date(2031, 1, 1))

    dagen = (date(2030, 6, 16), date(2030, 6, 17))

    assert [geldt(traject, "overleg", gezin["school"], dag) for dag in dagen] == [False, True]


@pytest.mark.parametrize(
    ("klok", "wie"),
    [
        ("2026-06-16 23:59:59", "ouders"),  # midnight in Amsterdam, which is still 22:00 in UTC
        ("2026-06-17 00:00:00", "beiden"),
    ],
)
def test_the_change_comes_at_midnight_in_amsterdam(traject, begeleider, kijkt_als, klok, wie):
    kijkt_als(begeleider)
    Leeftijdsgrenzen.leid_af(traject.jongere_id, GEBOREN)

    with time_machine.travel(datetime.fromisoformat(klok).replace(tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False):
        assert Toestemmingstand(traject).beslist == wie


@pytest.mark.parametrize(
    ("moment", "dag"), [("2026-06-16 21:59:59+00", "2026-06-16"), ("2026-06-16 22:00+00", "2026-06-17")]
)
def test_a_day_of_the_database_is_a_day_in_amsterdam(db, moment, dag):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('amsterdam_vandaag'::regproc)")
        regel = cursor.fetchone()[0]
        cursor.execute("SELECT (%s::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date", [moment])

        assert f"{cursor.fetchone()[0]}" == dag
    assert "(now() AT TIME ZONE 'Europe/Amsterdam')::date" in regel


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 9, 1), True), (date(2026, 9, 2), False)],
)
def test_a_yes_holds_from_its_first_day_to_its_last(traject, gezin, zeg_ja, dag, verwacht):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2005, 1, 1))
    zeg_ja("overleg", "school", "jongere", van=date(2026, 3, 1), tot=date(2026, 9, 1))

    assert geldt(traject, "overleg", gezin["school"], dag) is verwacht


def test_a_yes_for_one_purpose_or_person_is_none_for_another(traject, gezin, zeg_ja):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2005, 1, 1))
    zeg_ja("overleg", "school", "jongere")

    assert not geldt(traject, "overdracht", gezin["school"])
    assert not geldt(traject, "overleg", gezin["moeder"])


MENSEN = ("jongere", "moeder", "vader", "stiefvader")


@given(
    geboren=st.none() | st.dates(date(2004, 1, 1), date(2020, 12, 31)),
    dag=st.dates(date(2024, 1, 1), date(2036, 12, 31)),
    rijen=st.lists(
        st.tuples(st.sampled_from(MENSEN), st.integers(0, 4000), st.integers(0, 2000), st.booleans()), max_size=6
    ),
    gezag=st.sets(st.sampled_from(MENSEN[1:])),
    ontvanger=st.sampled_from(["school", "moeder", "stiefvader"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_code_and_database_never_disagree(traject, gezin, zeg_ja, begeleider, geboren, dag, rijen, gezag, ontvanger):
    with transaction.atomic():
        Leeftijdsgrenzen.leid_af(traject.jongere_id, geboren)
        for naam in MENSEN[1:]:
            Betrokkene.objects.filter(pk=gezin[naam].pk).update(heeft_gezag=naam in gezag)
        for wie, na, duur, is_ingetrokken in rijen:
            van = date(2024, 1, 1) + timedelta(days=na)
            [ja] = zeg_ja("meelezen", ontvanger, wie, van=van, tot=van + timedelta(days=duur))
            if is_ingetrokken:
                ja.trek_in(begeleider)

        geldt(traject, "meelezen", gezin[ontvanger], dag)
        transaction.set_rollback(True)


# --- Reading along ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dag", "lezers"),
    [
        (date(2026, 6, 16), ["Moeder"]),  # with authority; what was agreed with the father is: nothing
        (date(2026, 6, 17), []),  # from now on the young person has to agree
    ],
)
def test_on_her_birthday_it_changes_who_reads_along(traject, gezin, dag, lezers):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, GEBOREN)

    assert [mens.naam for mens in Toestemmingstand(traject, dag).meelezers()] == lezers


def test_a_parent_without_authority_reads_along_when_it_was_allowed(traject, gezin, zeg_ja):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2005, 1, 1))
    zeg_ja("meelezen", "stiefvader", "jongere")

    assert [mens.naam for mens in Toestemmingstand(traject).meelezers()] == ["Stiefvader"]


def test_the_day_before_a_birthday_it_is_noticed(als, begeleider, traject, gezin):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, GEBOREN)

    with time_machine.travel("2026-06-16 12:00+02:00", tick=False):
        tekst = als(begeleider).get(adres_van(traject)).text

    assert "Op woensdag 17 juni 2026 wordt Noor 12. Vanaf die dag beslist Noor mee." in tekst
    assert "beslissen de ouders met gezag" in tekst


def test_turning_eighteen_changes_nothing_about_who_decides(traject, begeleider, kijkt_als):
    kijkt_als(begeleider)
    Leeftijdsgrenzen.leid_af(traject.jongere_id, GEBOREN)

    assert Toestemmingstand(traject, date(2032, 6, 16)).volgende_grens() is None


# --- Taking back, and what the database refuses -----------------------------------------------------------------------


def test_taking_back_works_at_once_and_stays(als, begeleider, traject, gezin, zeg_ja, kijkt_als):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2005, 1, 1))
    [ja] = zeg_ja("overleg", "school", "jongere")
    eerst = geldt(traject, "overleg", gezin["school"])

    als(begeleider).post(reverse("trajecten:toestemming_intrekken", args=[traject.pk, ja.pk]))

    kijkt_als(begeleider)
    ja.refresh_from_db()
    assert (eerst, geldt(traject, "overleg", gezin["school"])) == (True, False)
    assert ja.ingetrokken_door == begeleider


def test_what_was_taken_back_cannot_be_given_again_in_the_same_row(begeleider, zeg_ja):
    [ja] = zeg_ja("overleg", "school", "jongere")
    ja.trek_in(begeleider)

    with pytest.raises(DatabaseError, match="blijft ingetrokken"), transaction.atomic():
        Toestemming.objects.filter(pk=ja.pk).update(ingetrokken_op=None, ingetrokken_door=None)


@pytest.mark.parametrize("kolom", ["doel", "geldig_tot", "namens_id", "van", "betrokkene_id"])
def test_a_yes_is_never_changed(zeg_ja, kolom):
    zeg_ja("overleg", "school", "jongere")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE trajecten_toestemming SET {kolom} = {kolom}")  # noqa: S608


def test_nobody_writes_a_yes_in_the_name_of_a_colleague(traject, gezin, coordinator):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Toestemming.objects.create(
            traject=traject, doel="overleg", betrokkene=gezin["school"], geldig_tot="2099-01-01", door=coordinator
        )


def test_people_of_another_trajectory_cannot_be_named(traject, gezin, ander_traject, buitenstaander):
    with (
        als_gebruiker(buitenstaander.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Toestemming.objects.create(
            traject=ander_traject,
            doel="overleg",
            betrokkene=gezin["school"],
            geldig_tot="2099-01-01",
            door=buitenstaander,
        )


def test_a_school_cannot_say_yes(traject, gezin, begeleider):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Toestemming.objects.create(
            traject=traject,
            doel="overleg",
            betrokkene=gezin["school"],
            namens=gezin["school"],
            geldig_tot="2099-01-01",
            door=begeleider,
        )
