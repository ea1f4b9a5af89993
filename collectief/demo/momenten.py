"""Moments along a crooked line: each one fits the phase of its day and the kind of place."""

from collections.abc import Iterator
from datetime import date, timedelta

from collectief.demo.loopbaan import Loopbaan
from collectief.demo.toeval import Toeval
from collectief.demo.woorden.momenten import KLUSSEN, LANG_MOMENT, MOMENTEN, PLEKJES
from trajecten.fases import Fase
from trajecten.models import Moment

KANS_OP_STILTE = 0.08
STIL = (23, 70)  # days: three weeks and more since anything was heard
PAS_NOG = 18
KANS_OP_LANG = 0.01


def maak_momenten(
    toeval: Toeval, loopbaan: Loopbaan, soort_plek: str, *, aantal: int, dagen_stil: int | None
) -> Iterator[tuple[date, str, str]]:
    """Yield day, kind and text, oldest first; `dagen_stil` is how long ago the last one was, None for chance."""
    gebruikt: set[str] = set()
    for dag in _dagen(toeval, loopbaan.begin, aantal, dagen_stil):
        fase = loopbaan.fase_op(dag)
        soort, tekst = _kies(toeval, fase, gebruikt)
        woorden = {"n": loopbaan.roepnaam, "k": toeval.choice(KLUSSEN[soort_plek])}
        yield dag, soort, tekst.format(p=toeval.choice(PLEKJES[soort_plek]), **woorden)


def _dagen(toeval: Toeval, begin: date, aantal: int, dagen_stil: int | None) -> list[date]:
    if dagen_stil is None:
        dagen_stil = toeval.randint(*STIL) if toeval.soms(KANS_OP_STILTE) else toeval.randint(0, PAS_NOG)
    laatste = max(begin, toeval.vandaag - timedelta(days=dagen_stil))
    return sorted([*(toeval.werkdag(begin, laatste) for _ in range(aantal - 1)), laatste])


def _kies(toeval: Toeval, fase: Fase, gebruikt: set[str]) -> tuple[str, str]:
    """A text that this trajectory did not have yet, as long as there is one."""
    if toeval.soms(KANS_OP_LANG):
        return Moment.Soort.INDRUK, LANG_MOMENT
    for _ in range(6):
        soort, tekst = toeval.choice(MOMENTEN[fase])
        if tekst not in gebruikt:
            break
    gebruikt.add(tekst)
    return soort, tekst
