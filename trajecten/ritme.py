"""The rhythm that is proposed for aftercare; the people concerned change it as they like."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import TextChoices

from collectief.werkdagen import werkdag_vanaf


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


def dag_van(na: Na, begin: date) -> date:
    """Return the working day that falls `na` the begin."""
    dag = begin + timedelta(weeks=WEKEN[na]) if na in WEKEN else maanden_later(begin, MAANDEN[na])
    return werkdag_vanaf(dag)


def data_van_ritme(begin: date, gekozen: Iterable[Na] = tuple(Na)) -> list[date]:
    """Return the working days of the chosen rhythm; without a choice after 1 and 4 weeks, 3, 6 and 12 months."""
    return [dag_van(Na(na), begin) for na in gekozen]
