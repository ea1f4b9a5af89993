"""From degrees to metres: WGS84 to the Dutch national grid (Rijksdriehoekstelsel, EPSG:28992).

The polynomial and its coefficients are those of F.H. Schreutelkamp and G.L. Strang van Hees,
"Benaderingsformules voor de transformatie tussen RD- en WGS84-kaartcoördinaten" (Geodesia, 2001): better than
a metre over the whole country. The same table makes the SQL function, so that the database and Python agree.
"""

from math import isinf
from typing import NamedTuple

AMERSFOORT = (52.15517440, 5.38720621)  # degrees of latitude and longitude
AMERSFOORT_RD = (155_000, 463_000)  # the same point in metres
# p, q, coefficient of (0.36·Δlat)^p · (0.36·Δlon)^q
OOST = [
    (0, 1, 190094.945),
    (1, 1, -11832.228),
    (2, 1, -114.221),
    (0, 3, -32.391),
    (1, 0, -0.705),
    (3, 1, -2.340),
    (1, 3, -0.608),
    (0, 2, -0.008),
    (2, 3, 0.148),
]
NOORD = [
    (1, 0, 309056.544),
    (0, 2, 3638.893),
    (2, 0, 73.077),
    (1, 2, -157.984),
    (3, 0, 59.788),
    (0, 1, 0.433),
    (2, 2, -6.439),
    (1, 1, -0.032),
    (0, 4, 0.092),
    (1, 4, -0.054),
]
# Where the polynomial holds: the European Netherlands with a margin, in degrees.
LAT_BEREIK = (50.6, 53.7)
LON_BEREIK = (3.2, 7.4)


class Punt(NamedTuple):
    """A point in RD metres: x to the east, y to the north."""

    x: float
    y: float

    def afstand(self, ander: "Punt") -> float:
        """Straight-line distance in metres, as the operator `<->` of PostgreSQL gives it."""
        return ((self.x - ander.x) ** 2 + (self.y - ander.y) ** 2) ** 0.5


def circa(meter: float | None) -> str:
    """A straight-line distance as people say it; nothing when it is unknown, or of what is nowhere.

    The points are rounded, so more digits would not be true.
    """
    if meter is None or isinf(meter):
        return ""
    return f"ca. {meter / 1000:.0f} km" if meter >= 1000 else "minder dan 1 km"


def naar_rd(lat: float, lon: float) -> Punt:
    """Return the point in RD metres of a latitude and longitude in degrees (WGS84), inside the Netherlands."""
    p, q = 0.36 * (lat - AMERSFOORT[0]), 0.36 * (lon - AMERSFOORT[1])
    return Punt(
        AMERSFOORT_RD[0] + sum(factor * p**i * q**j for i, j, factor in OOST),
        AMERSFOORT_RD[1] + sum(factor * p**i * q**j for i, j, factor in NOORD),
    )


def _veelterm(termen: list[tuple[int, int, float]]) -> str:
    """Write a polynomial in SQL with products instead of powers: exact, and fast at every insert."""
    p, q = f"(0.36*(lat-{AMERSFOORT[0]}))", f"(0.36*(lon-{AMERSFOORT[1]}))"
    return " + ".join("*".join([f"({factor})", *[p] * i, *[q] * j]) for i, j, factor in termen)


def rd_functie_sql() -> str:
    """Return the SQL that makes `rd_punt(lat, lon)`, the same rule for generated columns; null in, null out."""
    return (
        "CREATE FUNCTION rd_punt(lat double precision, lon double precision) RETURNS point "
        "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT point("
        f"{AMERSFOORT_RD[0]} + {_veelterm(OOST)}, {AMERSFOORT_RD[1]} + {_veelterm(NOORD)}) $$"
    )
