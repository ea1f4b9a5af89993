"""The drawing of coverage: squares of ten kilometres over the outline of the country, in units of `kaart.plattegrond`.

How far a place is, is said by the size of a square as well as by its tint: the larger, the farther.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from collectief.geo.rd import Punt
from kaart.dekking import VAK
from kaart.plattegrond import MAAT, Stip, stip

ZIJDEN = {"dichtbij": 26, "verder": 56, "ver": 92}  # of a square of 100 units
MEESTE = 70  # units: the radius of the largest dot of searches


@dataclass(frozen=True)
class Vlekken:
    """Three SVG paths of squares, near to far, and numbered dots where a new place would help most."""

    dichtbij: str
    verder: str
    ver: str
    stippen: list[Stip]


def _soort(aantal: int, dichtbij: int, binnen: int) -> str:
    """What holds for at least half of the postcodes in a square."""
    if 2 * dichtbij >= aantal:
        return "dichtbij"
    return "verder" if 2 * binnen >= aantal else "ver"


def _vierkant(x: int, y: int, zijde: int) -> str:
    midden = stip(Punt(x * VAK + VAK / 2, y * VAK + VAK / 2))
    return f"M{midden.x - zijde // 2} {midden.y - zijde // 2}h{zijde}v{zijde}h-{zijde}z"


def teken_vlekken(vakken: Iterable[list[int]], voorstellen: Iterable[list]) -> Vlekken:
    """Draw the squares of `kaart.dekking` and its proposals."""
    paden = dict.fromkeys(ZIJDEN, "")
    for x, y, *telling in vakken:
        soort = _soort(*telling)
        paden[soort] += _vierkant(x, y, ZIJDEN[soort])
    stippen = [stip(Punt(*voorstel[-2:]), nummer) for nummer, voorstel in enumerate(voorstellen, 1)]
    return Vlekken(**paden, stippen=stippen)


def teken_zoekvragen(gebieden: Iterable[tuple[Punt, int]]) -> list[Stip]:
    """Dots whose area grows with how often was searched; `nummer` is the radius in units of the drawing."""
    gebieden = list(gebieden)
    meeste = max((aantal for _, aantal in gebieden), default=1)
    return [stip(punt, max(round(MEESTE * (aantal / meeste) ** 0.5), 1500 // MAAT)) for punt, aantal in gebieden]
