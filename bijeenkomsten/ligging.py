"""Where a meeting is, as a dot on the outline of the country that the map draws (static/kaart/nederland.svg)."""

from __future__ import annotations

from dataclasses import dataclass

from collectief.geo.rd import naar_rd

MAAT = 100  # metres per unit of the drawing
BOVEN = 627_000  # RD y at its top edge
HALF = 500  # of the cut-out: fifty kilometres around


@dataclass(frozen=True)
class Ligging:
    """A point in units of the drawing."""

    x: int
    y: int

    @property
    def uitsnede(self) -> str:
        return f"{self.x - HALF} {self.y - HALF} {2 * HALF} {2 * HALF}"


def ligging(lat: float | None, lon: float | None) -> Ligging | None:
    """The place of this point on the drawing; None when it is not known."""
    if lat is None or lon is None:
        return None
    punt = naar_rd(lat, lon)
    return Ligging(round(punt.x / MAAT), round((BOVEN - punt.y) / MAAT))
