"""Ten years of mornings: no step early, late by a day or twice. The calendar is worked out a second time, by hand."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

import pytest
import time_machine

from collectief.post.models import Bericht, Berichtdeel
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import is_werkdag, werkdag_vanaf
from trajecten.herinneringen import zet_klaar
from trajecten.ladder import momenten_van_stappen
from trajecten.models import Contactmoment, Herinnering, NazorgAfspraak

JAREN = range(2027, 2037)
ALLE_DAGEN = [date(2027, 1, 1) + timedelta(days=n) for n in range(3653)]
NA = {"vooraf": -3, "vandaag": 0, "daarna": 4, "coordinator": 10, "bord": 30}


def pasen(jaar: int) -> date:
    """Easter Sunday by the method of Meeus, Jones and Butcher."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    maand, dag = divmod(h + m - 7 * n + 114, 31)
    return date(jaar, maand, dag + 1)


def vrij(jaar: int) -> set[date]:
    """The Dutch public holidays of a year; King's Day on a Sunday is kept on the Saturday before."""
    zondag = pasen(jaar)
    rond_pasen = {zondag + timedelta(days=dagen) for dagen in (-2, 0, 1, 39, 49, 50)}
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() == 6:
        koningsdag -= timedelta(days=1)
    return rond_pasen | {date(jaar, 1, 1), koningsdag, date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26)}


VRIJ = set(chain.from_iterable(vrij(jaar) for jaar in range(2026, 2039)))


def werkdag(dag: date) -> date:
    while dag.weekday() >= 5 or dag in VRIJ:
        dag += timedelta(days=1)
    return dag


def laatste_zondag(jaar: int, maand: int) -> date:
    einde = date(jaar, maand, 31)
    return einde - timedelta(days=(einde.weekday() + 1) % 7)


def negen_uur(dag: date) -> datetime:
    """Nine in the morning in the Netherlands, in UTC, by the rule of summer time itself."""
    zomer = laatste_zondag(dag.year, 3) <= dag < laatste_zondag(dag.year, 10)
    return datetime.combine(dag, time(7 if zomer else 8), tzinfo=UTC)


def test_every_day_of_ten_years_is_a_working_day_or_free_as_the_calendar_says():
    assert [dag for dag in ALLE_DAGEN if is_werkdag(dag) != (dag.weekday() < 5 and dag not in VRIJ)] == []


def test_the_years_hold_what_is_hard():
    koningsdagen = {date(jaar, 4, 27).strftime("%a") for jaar in JAREN}

    assert {"Sat", "Sun"} <= koningsdagen
    assert {jaar for jaar in JAREN if date(jaar, 2, 28) + timedelta(days=1) == date(jaar, 3, 1)} != set(JAREN)


def test_the_steps_of_every_day_of_ten_years_fall_as_the_calendar_says():
    anders = []
    for dag in ALLE_DAGEN:
        verwacht = {stap: negen_uur(werkdag(dag + timedelta(days=na))) for stap, na in NA.items()}
        verwacht = {stap: op for stap, op in verwacht.items() if NA[stap] >= 0 or op < negen_uur(dag)}
        boven = [stap for stap in verwacht if any(verwacht[stap] == verwacht[b] and NA[b] > NA[stap] for b in verwacht)]
        verwacht = {stap: op for stap, op in verwacht.items() if stap not in boven}
        if {str(stap): op for stap, op in momenten_van_stappen(dag).items()} != verwacht:
            anders.append(dag)

    assert anders == []


def lastige_dagen() -> list[date]:
    """Planned days around DST nights, leap days, the turn of years, every King's Day, and all holidays of one year."""
    dagen = {date(2028, 2, 29), date(2032, 2, 27), date(2036, 2, 29)}
    dagen |= {date(jaar, 4, 27) for jaar in JAREN} | vrij(2031)
    for jaar in (2027, 2031, 2036):
        dagen |= {laatste_zondag(jaar, 3), laatste_zondag(jaar, 10), date(jaar, 12, 31)}
    return sorted({werkdag_vanaf(dag) for dag in dagen})


@pytest.fixture
def contacten(traject, begeleider, coordinator) -> dict[int, date]:
    """Contact on every hard day, written as planning does, but all at once."""
    with time_machine.travel("2026-11-01"), als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        rijen = Contactmoment.objects.bulk_create(
            Contactmoment(traject=traject, afspraak=afspraak, gepland_op=dag, eigenaar=begeleider)
            for dag in lastige_dagen()
        )
        Herinnering.objects.bulk_create(
            Herinnering(contactmoment=rij, traject=traject, stap=stap, planningversie=1, op=op)
            for rij in rijen
            for stap, op in momenten_van_stappen(rij.gepland_op).items()
        )
    return {rij.pk: rij.gepland_op for rij in rijen}


def test_in_ten_years_every_step_goes_out_at_its_moment_and_once(contacten, begeleider):
    with als_gebruiker(begeleider.pk):
        momenten = sorted(set(Herinnering.objects.values_list("op", flat=True)))
    te_vroeg = zet_klaar(momenten[0] - timedelta(seconds=1))
    uit = sum(zet_klaar(moment) for moment in momenten)  # what comes early is dealt with by the sweep before its own

    with als_gebruiker(begeleider.pk):
        stappen = list(Herinnering.objects.values_list("pk", "stap", "op", "gezet_op", "vervallen_op"))
    verteld = [groep for groep in Bericht.objects.values_list("groep", flat=True) if groep]
    verteld += Berichtdeel.objects.values_list("groep", flat=True)
    assert (te_vroeg, uit) == (0, len(stappen))
    assert [stap for stap in stappen if stap[3] != stap[2] or stap[4]] == []
    assert sorted(verteld) == sorted(f"herinnering:{pk}" for pk, stap, *_ in stappen if stap != "bord")
