"""The rhythm that is proposed for aftercare; the people concerned change it as they like."""

from calendar import monthrange
from datetime import date, timedelta

from collectief.werkdagen import werkdag_vanaf

WEKEN = (1, 4)
MAANDEN = (3, 6, 12)


def maanden_later(dag: date, maanden: int) -> date:
    """Return the same day of the month `maanden` later, or the last day of that month when it is shorter."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    maand += 1
    return date(jaar, maand, min(dag.day, monthrange(jaar, maand)[1]))


def een_jaar_later(dag: date) -> date:
    return maanden_later(dag, 12)


def data_van_ritme(begin: date) -> list[date]:
    """Return the proposed working days: after 1 and 4 weeks, and after 3, 6 and 12 months."""
    dagen = [begin + timedelta(weeks=weken) for weken in WEKEN]
    dagen += [maanden_later(begin, maanden) for maanden in MAANDEN]
    return [werkdag_vanaf(dag) for dag in dagen]
