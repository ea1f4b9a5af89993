"""School years: the collective plans from August to July, in Dutch time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

EERSTE_MAAND = 8
EERSTE_JAAR, LAATSTE_JAAR = 2000, 2099


@dataclass(frozen=True, order=True)
class Schooljaar:
    """One school year, named after the calendar year in which it begins."""

    jaar: int

    @classmethod
    def van_moment(cls, moment: datetime) -> Schooljaar:
        """The school year of an aware moment, by the Dutch calendar."""
        return cls.van_dag(timezone.localdate(moment))

    @classmethod
    def van_dag(cls, dag: date) -> Schooljaar:
        return cls(dag.year if dag.month >= EERSTE_MAAND else dag.year - 1)

    @classmethod
    def nu(cls) -> Schooljaar:
        return cls.van_dag(timezone.localdate())

    def __str__(self) -> str:
        return f"{self.jaar}–{self.jaar + 1}"

    @property
    def begint_op(self) -> datetime:
        """The first moment that belongs to this school year."""
        return datetime(self.jaar, EERSTE_MAAND, 1, tzinfo=timezone.get_current_timezone())

    @property
    def eerste_dag(self) -> date:
        return date(self.jaar, EERSTE_MAAND, 1)

    @property
    def maanden(self) -> list[date]:
        """The first day of each of its twelve months, August first."""
        nummers = [*range(EERSTE_MAAND, 13), *range(1, EERSTE_MAAND)]
        return [date(self.jaar if maand >= EERSTE_MAAND else self.jaar + 1, maand, 1) for maand in nummers]

    @property
    def vorige(self) -> Schooljaar:
        return Schooljaar(self.jaar - 1)

    @property
    def volgende(self) -> Schooljaar:
        return Schooljaar(self.jaar + 1)
