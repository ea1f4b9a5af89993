"""The answers of one person about one need, drawn as a line that may go any way.

Every answer takes the same room, however much time lies between: the drawing tells, it measures nothing. It holds no
number, no colour and no arrow; each point shows the little drawing that was chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trajecten.krommen import pad, vloeiend
from trajecten.models import Beleving

Weer = Beleving.Weer

HOOGTES = {Weer.ZON: 26, Weer.OPKLARING: 56, Weer.WOLKEN: 86, Weer.REGEN: 116, Weer.ONWEER: 146}
BREEDTE = 340
HOOGTE = 172
RAND = 26
HOOGSTENS = 8  # points that stay apart on the narrowest phone


@dataclass(frozen=True)
class Weerpunt:
    x: int
    y: int
    weer: str


@dataclass(frozen=True)
class Weerlijn:
    pad: str  # "" when there is one point or none
    punten: list[Weerpunt]
    breedte: int = BREEDTE
    hoogte: int = HOOGTE


def teken_weer(weren: Sequence[str]) -> Weerlijn:
    """Draw these answers, oldest first; of more than fit the last ones."""
    getekend = weren[-HOOGSTENS:]
    ruimte = (BREEDTE - 2 * RAND) / max(len(getekend) - 1, 1)
    punten = [
        Weerpunt(round(RAND + nummer * ruimte), HOOGTES[Weer(weer)], weer) for nummer, weer in enumerate(getekend)
    ]
    lijn = pad(vloeiend([(punt.x, punt.y) for punt in punten])) if len(punten) > 1 else ""
    return Weerlijn(lijn, punten)
