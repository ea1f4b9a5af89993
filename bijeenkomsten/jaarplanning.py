"""A school year as twelve months with their meetings, and as dots on a wheel."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.schooljaar import Schooljaar

MIDDEN, STRAAL, NAAMSTRAAL = 500, 340, 450  # the wheel is drawn in a square of 1000 by 1000


@dataclass
class Maand:
    """One month of the plan; `x` and `y` say where its name stands on the wheel."""

    eerste_dag: date
    x: int
    y: int
    bijeenkomsten: list[Bijeenkomst] = field(default_factory=list)


def per_maand(schooljaar: Schooljaar, bijeenkomsten: Iterable[Bijeenkomst]) -> list[Maand]:
    """Return the twelve months, August first; each with its meetings in the order in which they were given."""
    maanden = {
        (dag.year, dag.month): Maand(dag, *_plek(schooljaar, dag.replace(day=15), NAAMSTRAAL))
        for dag in schooljaar.maanden
    }
    for bijeenkomst in bijeenkomsten:
        dag = timezone.localdate(bijeenkomst.begint_op)
        maanden[dag.year, dag.month].bijeenkomsten.append(bijeenkomst)
    return list(maanden.values())


def stippen(schooljaar: Schooljaar, bijeenkomsten: Iterable[Bijeenkomst]) -> list[dict]:
    """Return a dot per meeting: its place on the wheel, clockwise from the first of August at the top."""
    return [
        {"x": x, "y": y, "bijeenkomst": bijeenkomst}
        for bijeenkomst in bijeenkomsten
        for x, y in [_plek(schooljaar, timezone.localdate(bijeenkomst.begint_op), STRAAL)]
    ]


def buren(schooljaar: Schooljaar, jaren: Iterable[Schooljaar]) -> tuple[Schooljaar | None, Schooljaar | None]:
    """Return the nearest of these years before and after this one."""
    jaren = list(jaren)
    eerder = max((jaar for jaar in jaren if jaar < schooljaar), default=None)
    later = min((jaar for jaar in jaren if jaar > schooljaar), default=None)
    return eerder, later


def _plek(schooljaar: Schooljaar, dag: date, straal: int) -> tuple[int, int]:
    eerste, laatste = schooljaar.maanden[0], schooljaar.volgende.maanden[0]
    hoek = 2 * math.pi * (dag - eerste).days / (laatste - eerste).days
    return round(MIDDEN + straal * math.sin(hoek)), round(MIDDEN - straal * math.cos(hoek))
