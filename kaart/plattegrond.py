"""The map without JavaScript: an outline of the country with the found places on it, drawn in RD metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from collectief.geo.rd import Punt
from kaart.aanbod import Rij

Stipvorm = tuple[bytes, bytes]
MAAT = 100  # metres per unit of the drawing
BOVEN = 627_000  # RD y at the top edge
BREEDTE, HOOGTE = 2900, 3300
RAND = 1.25  # how much of the drawing stays visible around the outermost place
KLEINSTE = 8_000  # metres: half the width of the closest view


class Stip(NamedTuple):
    """A numbered dot."""

    x: int
    y: int
    nummer: int


@dataclass(frozen=True)
class Plattegrond:
    """A cut-out of the drawing, in its own units; whole numbers so that no language writes a comma."""

    links: int = 0
    boven: int = 0
    breedte: int = BREEDTE
    hoogte: int = HOOGTE
    midden: Stip | None = None

    @property
    def uitsnede(self) -> str:
        return f"{self.links} {self.boven} {self.breedte} {self.hoogte}"

    def getekend(self, stippen: Sequence[tuple[Stipvorm, int]]) -> bytes:
        """The middle and these dots with their numbers, as SVG; the last one drawn, number 1, lies on top."""
        r = b"%d" % self.straal
        delen = [b'<g font-size="', r, b'">']
        if self.midden:
            delen.append(b'<circle class="midden" cx="%d" cy="%d" r="%b"/>' % (self.midden.x, self.midden.y, r))
        for (voor_straal, voor_nummer), nummer in reversed(stippen):
            delen += (voor_straal, r, voor_nummer, b"%d" % nummer, b"</text>")
        return b"".join([*delen, b"</g>"])

    @property
    def straal(self) -> int:
        """Radius of a dot: the same size on screen whatever the cut-out."""
        return max(self.breedte // 28, 1)


def stip(punt: Punt, nummer: int = 0) -> Stip:
    return Stip(round(punt.x / MAAT), round((BOVEN - punt.y) / MAAT), nummer)


def stipvorm(punt: Punt) -> Stipvorm:
    """What stands in the SVG of a dot before its radius and before its number."""
    x, y, _ = stip(punt)
    return b'<circle cx="%d" cy="%d" r="' % (x, y), b'"/><text x="%d" y="%d">' % (x, y)


def teken(midden: Punt | None, plekken: list[Rij]) -> Plattegrond:
    """Cut out a square around the middle that holds all these places; without a middle the whole country."""
    if midden is None:
        return Plattegrond()
    verste = max([KLEINSTE, *(plek.meter for plek in plekken)]) * RAND
    punt, half = stip(midden), round(verste / MAAT)
    return Plattegrond(punt.x - half, punt.y - half, 2 * half, 2 * half, punt)
