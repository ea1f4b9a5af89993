"""The rhythm that is proposed for aftercare; the people concerned change it as they like.

Source: docs/ontwerp.md. All days are days in the Netherlands.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import TextChoices

from collectief.werkdagen import werkdag_vanaf

MEESTE_WEKEN = 208  # four years: further ahead nobody agrees on anything
HALF_JAAR = timedelta(weeks=26)


class Na(TextChoices):
    """When contact is proposed, counted from the day the aftercare begins."""

    WEEK_1 = "week_1", "na een week"
    WEEK_4 = "week_4", "na vier weken"
    MAAND_3 = "maand_3", "na drie maanden"
    MAAND_6 = "maand_6", "na een half jaar"
    MAAND_12 = "maand_12", "na een jaar"


WEKEN = {Na.WEEK_1: 1, Na.WEEK_4: 4}
MAANDEN = {Na.MAAND_3: 3, Na.MAAND_6: 6, Na.MAAND_12: 12}


def maanden_later(dag: date, maanden: int) -> date:
    """Return the same day of the month `maanden` later, or the last day of that month when it is shorter."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    maand += 1
    return date(jaar, maand, min(dag.day, monthrange(jaar, maand)[1]))


def een_jaar_later(dag: date) -> date:
    return maanden_later(dag, 12)


def dag_na(na: Na, begin: date) -> date:
    """Return the day itself that falls `na` the begin, working day or not."""
    return begin + timedelta(weeks=WEKEN[na]) if na in WEKEN else maanden_later(begin, MAANDEN[na])


def dag_van(na: Na, begin: date) -> date:
    """Return the working day that falls `na` the begin."""
    return werkdag_vanaf(dag_na(na, begin))


def data_van_ritme(begin: date, gekozen: Iterable[Na] = tuple(Na)) -> list[date]:
    """Return the working days of the chosen rhythm; without a choice after 1 and 4 weeks, 3, 6 and 12 months."""
    return [dag_van(Na(na), begin) for na in gekozen]


def vrije_werkdag(dag: date, bezet: Collection[date] = ()) -> date:
    """Return `dag`, or the first working day after it on which nothing was planned yet."""
    dag = werkdag_vanaf(dag)
    while dag in bezet:
        dag = werkdag_vanaf(dag + timedelta(days=1))
    return dag


def spreid(dagen: Iterable[date], bezet: Collection[date] = ()) -> list[date]:
    """Return a working day for each of these days, in their order: never a day earlier, and never two on one day."""
    gespreid: list[date] = []
    for dag in sorted(dagen):
        vroegst = max(dag, gespreid[-1] + timedelta(days=1)) if gespreid else dag
        gespreid.append(vrije_werkdag(vroegst, bezet))
    return gespreid


def volgende_jaardag(jaardag: date, na: date) -> date:
    """Return the first anniversary of `jaardag` that lies at least half a year after `na`.

    Counted from the agreed day itself, so that weekends, holidays and late answers do not push it along over the
    years, and 29 February comes back every fourth year.
    """
    jaren = max(1, na.year - jaardag.year)
    while maanden_later(jaardag, 12 * jaren) < na + HALF_JAAR:
        jaren += 1
    return maanden_later(jaardag, 12 * jaren)
