"""The crooked line: a trajectory drawn as a winding path.

Every stay is a stretch of one line, equally long whatever it lasted: the drawing tells a way, it measures nothing.
A return is a curl in the line, a leap is an arch, and nothing points up. Moments are small lights on the path.
Rows run to the right and back again, so that forty stays still fit on a page.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils import timezone

from trajecten.fases import Fase, Stap
from trajecten.krommen import Bocht, Punt, pad, vloeiend
from trajecten.models import FaseVerblijf

# One word for each phase: four phases fit beside each other on the drawing.
WOORDEN = {
    Fase.LANDING: "Landen",
    Fase.ONDERZOEKEND: "Verkennen",
    Fase.ORIENTATIE: "Doorstromen",
    Fase.WAAKVLAM: "Waakvlam",
}

# Each figure as points to pass through, in a box a hundred wide; the line enters and leaves it level.
KRUL: tuple[Punt, ...] = (
    *((28, 14), (56, 13), (76, -4), (81, -26), (70, -48), (50, -57)),
    *((30, -48), (19, -26), (24, -4), (44, 13), (72, 14), (100, 0)),
)
BOOG: tuple[Punt, ...] = ((12, -5), (28, -30), (50, -42), (72, -30), (88, -5), (100, 0))
FIGUREN: dict[str, tuple[Punt, ...]] = {Stap.TERUG: KRUL, Stap.TERUGKEER: KRUL, Stap.SPRONG: BOOG}
FIGUURBREEDTE = 130
GOLFBREEDTE = 105
GOLFHOOGTES = (11, 15, 9, 13)  # taken in turn, so that the line looks drawn by hand
LICHTAFSTAND = 24


@dataclass(frozen=True)
class Tekenvel:
    """How wide the drawing is and how many stays go in one row, in units of one CSS pixel."""

    breedte: int
    marge: int
    per_rij: int
    hoogste_aantal: int
    rijhoogte: int = 148
    boven: int = 78


BREED = Tekenvel(breedte=1000, marge=64, per_rij=6, hoogste_aantal=42)
SMAL = Tekenvel(breedte=340, marge=34, per_rij=2, hoogste_aantal=12)


Plek = tuple[int, int]


@dataclass(frozen=True)
class Stuk:
    """One stay on the drawing: its path, where its words stand, and where its moments shine."""

    verblijf: FaseVerblijf
    woord: str
    pad: str
    x: int
    y: int
    naar_links: bool
    lichten: list[Plek]
    lichtjes: list[Plek]


@dataclass(frozen=True)
class Lijn:
    breedte: int
    hoogte: int
    stukken: list[Stuk]
    eerdere: int  # stays before the first one that is drawn
    einde: Plek
    rest: int  # how far the dotted line goes on after the end
    naar_links: bool


def jaren(verblijven: Sequence[FaseVerblijf]) -> list[int]:
    """The years that the stays touch, first to now."""
    return list(range(verblijven[0].van.year, timezone.localdate().year + 1))


def in_jaar(verblijven: Sequence[FaseVerblijf], jaar: int) -> list[FaseVerblijf]:
    """The stays that touch a year."""
    vandaag = timezone.localdate()
    return [verblijf for verblijf in verblijven if verblijf.van.year <= jaar <= (verblijf.tot or vandaag).year]


def teken(
    verblijven: Sequence[FaseVerblijf],
    momenten: Iterable[tuple[date, bool]],
    vel: Tekenvel,
    jaar: int | None = None,
) -> Lijn:
    """Draw the stays, oldest first, with `momenten` as (day, whether it is a little light) on them.

    There is at least one stay. With `jaar` the stays are those of `in_jaar`, and only that year shines on them.
    """
    getekend = list(verblijven)[-vel.hoogste_aantal :]
    per_verblijf = _verdeel(getekend, [m for m in momenten if m[0].year == jaar] if jaar else momenten, jaar)
    rijen = _in_rijen(getekend, vel.per_rij)
    laatste = len(rijen) - 1
    naar_links = laatste % 2 == 1
    return Lijn(
        breedte=vel.breedte,
        hoogte=vel.boven + laatste * vel.rijhoogte + 76,
        stukken=list(_stukken(rijen, per_verblijf, vel)),
        eerdere=len(verblijven) - len(getekend),
        einde=(vel.marge if naar_links else vel.breedte - vel.marge, vel.boven + laatste * vel.rijhoogte),
        rest=vel.marge - 6,
        naar_links=naar_links,
    )


def _stukken(
    rijen: list[list[FaseVerblijf]], per_verblijf: Iterable[list[tuple[float, bool]]], vel: Tekenvel
) -> Iterator[Stuk]:
    """Draw the rows from above, each stay with its moments; the last of a row bends to the next one."""
    lichten = iter(per_verblijf)
    for nummer, rij in enumerate(rijen):
        y = vel.boven + nummer * vel.rijhoogte
        for plaats, verblijf in enumerate(rij):
            is_bocht = plaats == len(rij) - 1 and nummer < len(rijen) - 1
            yield _stuk(verblijf, next(lichten), vel, (nummer, y), (plaats, len(rij)), is_bocht=is_bocht)


def _in_rijen(verblijven: list[FaseVerblijf], per_rij: int) -> list[list[FaseVerblijf]]:
    """Spread the stays over as few rows as needed, as evenly as possible."""
    aantal = -(-len(verblijven) // per_rij)
    grenzen = [round(nummer * len(verblijven) / aantal) for nummer in range(aantal + 1)]
    return [verblijven[van:tot] for van, tot in pairwise(grenzen)]


def _verdeel(
    verblijven: list[FaseVerblijf], momenten: Iterable[tuple[date, bool]], jaar: int | None = None
) -> list[list[tuple[float, bool]]]:
    """Give each stay its moments, as (how far along, is a little light). Earlier days stand at the beginning."""
    begin = [verblijf.van for verblijf in verblijven]
    vandaag = timezone.localdate()
    verdeeld: list[list[tuple[float, bool]]] = [[] for _ in verblijven]
    for dag, is_lichtje in momenten:
        plek = max(bisect_right(begin, dag) - 1, 0)
        verblijf = verblijven[plek]
        van, tot = verblijf.van, verblijf.tot or vandaag
        if jaar:
            van, tot = max(van, date(jaar, 1, 1)), min(tot, date(jaar, 12, 31))
        deel = (dag - van).days / (tot - van).days if tot > van else 0.5
        verdeeld[plek].append((min(max(deel, 0.0), 1.0), is_lichtje))
    return verdeeld


def _stuk(verblijf, momenten, vel: Tekenvel, rij: tuple[int, int], plek: tuple[int, int], *, is_bocht: bool) -> Stuk:
    """Draw one stay at place (which, of how many) in row (number, height)."""
    nummer, y = rij
    plaats, aantal = plek
    breedte = (vel.breedte - 2 * vel.marge) / aantal
    naar_links = nummer % 2 == 1
    begin, richting = (vel.breedte - vel.marge, -1) if naar_links else (vel.marge, 1)
    x = begin + richting * plaats * breedte
    punten = [(x + richting * u, y + v) for u, v in _punten(verblijf.stap, breedte, verblijf.volgnummer)]
    bochten = vloeiend(punten)
    lichten = _lichten(bochten, momenten, breedte)
    if is_bocht:
        eind_x, uit = punten[-1][0], richting * vel.marge * 1.05
        bochten.append(((eind_x, y), (eind_x + uit, y), (eind_x + uit, y + vel.rijhoogte), (eind_x, y + vel.rijhoogte)))
    return Stuk(
        verblijf,
        WOORDEN[Fase(verblijf.fase)],
        pad(bochten),
        round(x),
        y,
        naar_links,
        lichten=[plek for plek, is_lichtje in lichten.items() if not is_lichtje],
        lichtjes=[plek for plek, is_lichtje in lichten.items() if is_lichtje],
    )


def _punten(stap: str, breedte: float, volgnummer: int) -> list[Punt]:
    """The points one stretch passes through, from (0, 0) to (breedte, 0): its figure first, then waves."""
    punten: list[Punt] = [(0.0, 0.0)]
    figuur = FIGUREN.get(stap, ())
    figuurbreedte = min(FIGUURBREEDTE, breedte) if figuur else 0
    if breedte - figuurbreedte < GOLFBREEDTE / 2:
        figuurbreedte = breedte if figuur else 0
    punten += [(u * figuurbreedte / 100, v) for u, v in figuur]
    rest = breedte - figuurbreedte
    golven = round(rest / GOLFBREEDTE) or (1 if rest else 0)
    for golf in range(golven):
        hoogte = GOLFHOOGTES[(volgnummer + golf) % len(GOLFHOOGTES)]
        u, lengte = figuurbreedte + golf * rest / golven, rest / golven
        punten += [(u + lengte * 0.27, -hoogte), (u + lengte * 0.73, hoogte)]
    return [*punten, (breedte, 0.0)] if golven else punten


def _lichten(bochten: list[Bocht], momenten: list[tuple[float, bool]], breedte: float) -> dict[Plek, bool]:
    """Put the moments on the path, at most one light per place; a little light outshines the others."""
    plaatsen = max(int(breedte / LICHTAFSTAND), 3)
    per_plaats: dict[int, bool] = {}
    for deel, is_lichtje in momenten:
        plaats = round(deel * (plaatsen - 1))
        per_plaats[plaats] = per_plaats.get(plaats, False) or is_lichtje
    return {_op_bocht(bochten, (plaats + 0.5) / plaatsen): is_lichtje for plaats, is_lichtje in per_plaats.items()}


def _op_bocht(bochten: list[Bocht], deel: float) -> Plek:
    """The point at `deel` (0 to 1) of a row of curves."""
    nummer = min(int(deel * len(bochten)), len(bochten) - 1)
    t = deel * len(bochten) - nummer
    gewichten = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    x, y = (sum(g * punt[as_] for g, punt in zip(gewichten, bochten[nummer], strict=True)) for as_ in (0, 1))
    return round(x), round(y)
