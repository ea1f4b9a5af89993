"""Of what a handover may take along: every piece of a trajectory, each to be chosen by itself.

Nothing here decides what goes along; that is chosen together, and only what was chosen is copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from trajecten.models import Moment, Overdrachtstuk, Traject

Soort = Overdrachtstuk.Soort
MOMENTEN_PER_KEER = 40


@dataclass(frozen=True)
class Stuk:
    """One piece: what kind, by which key it is known, a title and its text as it is now."""

    soort: Soort
    sleutel: str
    titel: str
    tekst: str = ""


def dag(datum) -> str:
    return date_format(datum, "j F Y")


def vaste_stukken(traject: Traject) -> list[Stuk]:
    """Everything but the moments, in the order of the page. Empty things are no pieces."""
    van_traject = [
        Stuk(Soort.ROEPNAAM, "roepnaam", "Roepnaam", traject.jongere.roepnaam),
        Stuk(Soort.WENSEN, "wensdroom", "Wensdroom", traject.wensdroom),
        Stuk(Soort.WENSEN, "waardevol", "Wat waardevol is", traject.wat_waardevol_is),
        Stuk(Soort.WENSEN, "interesses", "Interesses", traject.interesses),
    ]
    alle = [*van_traject, *_van_de_weg(traject), *_van_nu(traject)]
    return [stuk for stuk in alle if stuk.tekst]


def _van_de_weg(traject: Traject) -> list[Stuk]:
    verblijven = list(traject.verblijven.all())
    regels = [f"{verblijf.fase_kort}: vanaf {dag(verblijf.van)}" for verblijf in verblijven]
    return [
        Stuk(Soort.WEG, "weg", "De fasen en wanneer ze begonnen", "\n".join(regels)),
        *(
            Stuk(Soort.WOORDEN, f"woorden:{v.pk}", f"{v.fase_kort}, {dag(v.van)}", v.woorden_van_jongere)
            for v in verblijven
        ),
    ]


def _van_nu(traject: Traject) -> list[Stuk]:
    stappen = [stap for stap in traject.kleine_stappen.nu() if stap.toestand == "open"]
    mensen = traject.betrokkenen.nu().select_related("gebruiker").order_by("van", "id")
    afspraken = traject.nazorgafspraken.filter(tot=None).order_by("van", "id")
    return [
        *(Stuk(Soort.STAP, f"stap:{stap.sleutel}", "Kleine stap", stap.wat) for stap in stappen),
        *(Stuk(Soort.MENS, f"mens:{mens.pk}", mens.get_rol_display().capitalize(), mens.noem) for mens in mensen),
        *(
            Stuk(Soort.NAZORG, f"nazorg:{a.pk}", str(a).capitalize(), a.afspraak or "Zo afgesproken.")
            for a in afspraken
        ),
    ]


def momentstukken(traject: Traject, voor: str = "") -> tuple[list[Stuk], int | None]:
    """The moments, newest first, forty at a time; and the number from which to go on, or None.

    `voor` is the number of a moment: those before it.
    """
    momenten = list(_momenten(traject, voor)[: MOMENTEN_PER_KEER + 1])
    ouder = momenten[MOMENTEN_PER_KEER - 1].pk if len(momenten) > MOMENTEN_PER_KEER else None
    stukken = [
        Stuk(Soort.MOMENT, f"moment:{m.pk}", f"{m.get_soort_display().capitalize()}, {dag(m.datum)}", m.tekst)
        for m in momenten[:MOMENTEN_PER_KEER]
    ]
    return stukken, ouder


def _momenten(traject: Traject, voor: str) -> QuerySet[Moment]:
    momenten = traject.momenten.order_by("-datum", "-id")
    if voor.isascii() and voor.isdigit() and len(voor) < 19:
        op = traject.momenten.filter(pk=voor).values("datum")[:1]
        momenten = momenten.filter(Q(datum__lt=op) | Q(datum=op, pk__lt=voor))
    return momenten
