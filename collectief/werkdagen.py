"""Working days in the Netherlands: weekends and public holidays move to the next working day."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OCHTEND = time(9, 0)
VROEGST, LAATST = 8, 20  # hours between which a reminder may ever arrive
WEEKDAGEN = (1, 2, 3, 4, 5)


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """Return the public holidays of one year: those of the Algemene termijnenwet, and Good Friday and Liberation Day.

    Kingsday on a Sunday moves to Saturday 26 April; the holidays package knows that.
    """
    return frozenset(holidays.country_holidays("NL", years=jaar, categories=("public", "optional")))


def is_werkdag(dag: date) -> bool:
    """Tell whether people are at work on this day: Monday to Friday, and no public holiday."""
    return dag.weekday() < 5 and dag not in feestdagen(dag.year)


def werkdag_vanaf(dag: date, weekdagen: Collection[int] = WEEKDAGEN) -> date:
    """Return `dag`, or the first working day after it; `weekdagen` are the days of the week that count (1 = Monday)."""
    while not (is_werkdag(dag) and dag.isoweekday() in weekdagen):
        dag += timedelta(days=1)
    return dag


def ochtend(dag: date, uur: int = OCHTEND.hour) -> datetime:
    """Return nine o'clock (or `uur`) in Amsterdam on that day, also on the nights that the clock changes."""
    return datetime.combine(dag, time(uur), tzinfo=AMSTERDAM)


def is_overdag(moment: datetime) -> bool:
    """Tell whether people are at work then: a working day, between eight in the morning and eight in the evening.

    Where RUSTIGE_UREN is off, as in a demo, it is always day.
    """
    if not settings.RUSTIGE_UREN:
        return True
    lokaal = moment.astimezone(AMSTERDAM)
    return is_werkdag(lokaal.date()) and VROEGST <= lokaal.hour < LAATST


def laatste_overdag(moment: datetime) -> datetime:
    """Return `moment` itself by day, else the end of the last day on which people were at work."""
    if is_overdag(moment):
        return moment
    lokaal = moment.astimezone(AMSTERDAM)
    dag = lokaal.date() if lokaal.hour >= LAATST else lokaal.date() - timedelta(days=1)
    while not is_werkdag(dag):
        dag -= timedelta(days=1)
    return ochtend(dag, LAATST)
