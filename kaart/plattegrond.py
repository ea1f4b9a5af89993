"""The map without JavaScript: an outline of the country with the found places on it, drawn in RD metres."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.safestring import mark_safe

from collectief.geo.rd import Punt
from kaart.aanbod import Rij

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
    """A cut-out of the drawing, in its own units, with dots; whole numbers so that no language writes a comma."""

    links: int = 0
    boven: int = 0
    breedte: int = BREEDTE
    hoogte: int = HOOGTE
    stippen: list[Stip] = field(default_factory=list)
    midden: Stip | None = None

    @property
    def uitsnede(self) -> str:
        return f"{self.links} {self.boven} {self.breedte} {self.hoogte}"

    @property
    def getekend(self) -> str:
        """The middle and the dots with their numbers, as SVG; the last one drawn, number 1, lies on top."""
        r, delen = self.straal, []
        if self.midden:
            delen.append(f'<circle class="midden" cx="{self.midden.x}" cy="{self.midden.y}" r="{r}"/>')
        for x, y, nummer in self.stippen:
            delen.append(f'<circle cx="{x}" cy="{y}" r="{r}"/><text x="{x}" y="{y}">{nummer}</text>')
        return mark_safe(f'<g font-size="{r}">{"".join(delen)}</g>')  # noqa: S308 (whole numbers only)

    @property
    def straal(self) -> int:
        """Radius of a dot: the same size on screen whatever the cut-out."""
        return max(self.breedte // 28, 1)


def stip(punt: Punt, nummer: int = 0) -> Stip:
    return Stip(round(punt.x / MAAT), round((BOVEN - punt.y) / MAAT), nummer)


def teken(midden: Punt | None, plekken: list[Rij]) -> Plattegrond:
    """Cut out a square around the middle that holds all these places; without a middle the whole country."""
    if midden is None:
        return Plattegrond()
    verste = max([KLEINSTE, *(plek.meter for plek in plekken)]) * RAND
    punt, half = stip(midden), round(verste / MAAT)
    stippen = [stip(plek.punt, plek.nummer) for plek in reversed(plekken)]
    return Plattegrond(punt.x - half, punt.y - half, 2 * half, 2 * half, stippen, punt)
