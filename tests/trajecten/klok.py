"""The summer in which tests of aftercare live: it begins on a Tuesday, and contact is on a Thursday."""

from datetime import date, datetime

from collectief.werkdagen import AMSTERDAM

DONDERDAG = date(2027, 6, 17)


def om(moment: str) -> datetime:
    """A moment as the clock in Amsterdam shows it: `om("2027-06-17T09:00")`."""
    return datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)


BEGIN = om("2027-06-01T10:00")
