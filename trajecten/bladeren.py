"""Leaf through trajectories by position instead of by page number: page 1,000 costs the same as page 1."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from trajecten.models import Traject

SLEUTELS = {"begonnen": "-begonnen_op", "roepnaam": "jongere__roepnaam_sleutel"}


@dataclass(frozen=True)
class Bladwijzer:
    """Where a page begins: after trajectory `na`, or ending just before trajectory `voor`."""

    sorteer: str = ""
    na: UUID | None = None
    voor: UUID | None = None


@dataclass(frozen=True)
class Bladzijde:
    trajecten: list[Traject]
    vorige: dict[str, UUID]  # parameters of the page before; empty when there is none
    volgende: dict[str, UUID]


def blader(
    trajecten: QuerySet[Traject],
    bladwijzer: Bladwijzer,
    aantal: int,
    *,
    zichtbaar: QuerySet[Traject],
    haal: Callable[[QuerySet[Traject]], QuerySet[Traject]],
) -> Bladzijde:
    """Return one page in a stable order; `haal` adds what a row shows, to the rows of this page alone.

    The bookmark is looked up among all that are `zichtbaar`: also when its trajectory was moved and is no longer
    among the chosen ones, its position still says where to go on. An unknown one means the beginning.
    """
    sleutel = SLEUTELS.get(bladwijzer.sorteer, SLEUTELS["begonnen"])
    grens = _grens(zichtbaar, sleutel, bladwijzer.voor or bladwijzer.na)
    terug = bool(bladwijzer.voor and grens)
    volgorde = [_keer_om(sleutel), "-pk"] if terug else [sleutel, "pk"]
    gezocht = trajecten.filter(_voorbij(sleutel, grens, terug=terug)) if grens else trajecten
    plek = gezocht.order_by(*volgorde).values("pk")[: aantal + 1]
    rijen = list(haal(Traject.objects.filter(pk__in=plek).order_by(*volgorde)))
    is_er_meer, rijen = len(rijen) > aantal, rijen[:aantal]
    if terug:
        rijen.reverse()
    heeft_vorige, heeft_volgende = (is_er_meer, True) if terug else (grens is not None, is_er_meer)
    return Bladzijde(
        trajecten=rijen,
        vorige={"voor": rijen[0].pk} if rijen and heeft_vorige else {},
        volgende={"na": rijen[-1].pk} if rijen and heeft_volgende else {},
    )


def _keer_om(sleutel: str) -> str:
    return sleutel[1:] if sleutel.startswith("-") else f"-{sleutel}"


def _grens(trajecten: QuerySet[Traject], sleutel: str, pk: UUID | None) -> tuple | None:
    """The position of one trajectory, or None."""
    if pk is None:
        return None
    return trajecten.filter(pk=pk).values_list(sleutel.removeprefix("-"), "pk").first()


def _voorbij(sleutel: str, grens: tuple, *, terug: bool) -> Q:
    """Everything past a position. The first condition alone lets an index jump there."""
    veld = sleutel.removeprefix("-")
    op = "lt" if sleutel.startswith("-") != terug else "gt"
    pk_op = "lt" if terug else "gt"
    waarde, pk = grens
    past = Q(**{f"{veld}__{op}": waarde}) | Q(**{veld: waarde, f"pk__{pk_op}": pk})
    return Q(**{f"{veld}__{op}e": waarde}) & past
