"""Working days in the Netherlands: weekends and public holidays move to the next working day."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OCHTEND = time(9, 0)


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """Return the public holidays of one year: those of the Algemene termijnenwet, and Good Friday and Liberation Day.

    Kingsday on a Sunday moves to Saturday 26 April; the holidays package knows that.
    """
    return frozenset(holidays.country_holidays("NL", years=jaar, categories=("public", "optional")))


def is_werkdag(dag: date) -> bool:
    return dag.weekday() < 5 and dag not in feestdagen(dag.year)


def werkdag_vanaf(dag: date) -> date:
    """Return `dag`, or the first working day after it."""
    while not is_werkdag(dag):
        dag += timedelta(days=1)
    return dag


def ochtend(dag: date) -> datetime:
    """Return nine o'clock in Amsterdam on that day, also on the nights that the clock changes."""
    return datetime.combine(dag, OCHTEND, tzinfo=AMSTERDAM)
