"""Which date suits best, and why: the one place that weighs the answers to a date poll.

Whoever has to be there comes first: a date on which one of them cannot never goes before a date on which all can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import TextChoices
from django.utils.text import get_text_list

MEESTE_DATA, MEESTE_MENSEN = 60, 60  # of one poll
VOORAF = timedelta(days=2)  # before the last day to answer, who did not is reminded


class Prikkeuze(TextChoices):
    JA = "ja", "Kan"
    DESNOODS = "desnoods", "Als het moet"
    NEE = "nee", "Kan niet"


class Prikstand(TextChoices):
    OPEN = "open", "loopt"
    GEKOZEN = "gekozen", "datum gekozen"
    GESTOPT = "gestopt", "gestopt"


class Prikker(Protocol):
    is_open: bool
    is_te_laat: bool


def belemmering(prikker: Prikker) -> str:
    """Return why nobody answers this poll now, as a sentence; empty when everybody may."""
    if not prikker.is_open:
        return "Deze vraag loopt niet meer. Je hoeft niets te doen."
    if prikker.is_te_laat:
        return "Kiezen kan niet meer: de laatste dag is voorbij. Wil je nog iets laten weten, mail dan wie je vroeg."
    return ""


class Datum(Protocol):
    pk: int
    begint_op: datetime


class Gast(Protocol):
    naam: str
    is_nodig: bool
    keuzes: Mapping[int, str]  # by key of the date; a date that is not there was not answered


@dataclass
class Weging:
    """One date with what people say about it."""

    datum: Datum
    aantal: int
    ja: int = 0
    desnoods: int = 0
    nee: int = 0
    kan_niet: list[str] = field(default_factory=list)  # names of who has to be there
    onbekend: list[str] = field(default_factory=list)

    @property
    def kunnen(self) -> int:
        return self.ja + self.desnoods

    @property
    def volgorde(self) -> tuple:
        """What to sort by: who must be there can; most people; most who like it; least unknown; the earliest."""
        return len(self.kan_niet), -self.kunnen, -self.ja, len(self.onbekend), self.datum.begint_op, self.datum.pk

    @property
    def waarom(self) -> str:
        zinnen = [f"{self.kunnen} van de {self.aantal} {'kan' if self.kunnen == 1 else 'kunnen'}"]
        zinnen[0] += f", {self.desnoods} daarvan als het moet." if self.desnoods else "."
        if self.kan_niet:
            zinnen.append(f"{get_text_list(self.kan_niet, 'en')} moet erbij zijn en kan niet.")
        if self.onbekend:
            zinnen.append(f"Van {get_text_list(self.onbekend, 'en')}, die erbij moet zijn, weten we het nog niet.")
        return " ".join(zinnen)


def weeg(data: Sequence[Datum], gasten: Sequence[Gast]) -> list[Weging]:
    """Weigh every date, in the order in which they were given."""
    wegingen = [Weging(datum, len(gasten)) for datum in data]
    for weging in wegingen:
        for gast in gasten:
            keuze = gast.keuzes.get(weging.datum.pk)
            if keuze:
                setattr(weging, keuze, getattr(weging, keuze) + 1)
            if gast.is_nodig and keuze == Prikkeuze.NEE:
                weging.kan_niet.append(gast.naam)
            elif gast.is_nodig and not keuze:
                weging.onbekend.append(gast.naam)
    return wegingen


def beste(wegingen: Sequence[Weging], *, nu: datetime) -> list[Weging]:
    """The dates that still have to come and on which somebody can, the best first."""
    kan = [weging for weging in wegingen if weging.datum.begint_op > nu and weging.kunnen]
    return sorted(kan, key=lambda weging: weging.volgorde)
