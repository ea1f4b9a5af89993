"""Of what a handover may take along: every piece of a trajectory, each to be chosen by itself.

Nothing here decides what goes along; that is chosen together, and only what was chosen is copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format

from collectief.getallen import als_getal
from trajecten.models import (
    Aanvulling,
    EerdereWens,
    Moment,
    Momentfoto,
    Overdracht,
    Overdrachtstuk,
    PlanAkkoord,
    Traject,
    Verhaal,
)

Soort = Overdrachtstuk.Soort
MOMENTEN_PER_KEER = 40
SLEUTEL_VAN_WENS = {EerdereWens.Onderdeel.WAT_WAARDEVOL_IS: "waardevol"}  # as handovers keep it; the others as they are


@dataclass(frozen=True)
class Stuk:
    """One piece: what kind, by which key it is known, a title and its text as it is now."""

    soort: Soort
    sleutel: str
    titel: str
    tekst: str = ""
    foto: Momentfoto | None = None


def dag(datum) -> str:
    return date_format(datum, "j F Y")


def vaste_stukken(traject: Traject) -> list[Stuk]:
    """Everything but the moments, in the order of the page. Empty things are no pieces."""
    roepnaam = Stuk(Soort.ROEPNAAM, "roepnaam", "Roepnaam", traject.jongere.roepnaam)
    wensen = [
        Stuk(Soort.WENSEN, SLEUTEL_VAN_WENS.get(wens, wens.value), wens.label.capitalize(), getattr(traject, wens))
        for wens in EerdereWens.Onderdeel
    ]
    verhalen = traject.verhalen.nu()
    verhaal = [
        Stuk(Soort.VERHAAL, f"verhaal:{v.pk}", v.get_vraag_display(), v.tekst)
        for v in (verhalen[vraag] for vraag in Verhaal.Vraag if vraag in verhalen)
    ]
    alle = [roepnaam, *wensen, *verhaal, *_van_de_weg(traject), *_van_nu(traject), *_van_het_plan(traject)]
    return [stuk for stuk in alle if stuk.tekst]


def _van_de_weg(traject: Traject) -> list[Stuk]:
    verblijven = list(traject.verblijven.geldig())
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


def _van_het_plan(traject: Traject) -> list[Stuk]:
    """The parts of the plan of now, each by itself, once the young person or the parents agreed with it."""
    plan = traject.preventieplannen.order_by("-versie").first()
    partijen = (PlanAkkoord.Partij.JONGERE, PlanAkkoord.Partij.OUDERS)
    akkoord = plan and plan.akkoorden.filter(ingetrokken_op=None, partij__in=partijen).order_by("datum", "pk").last()
    if not akkoord:
        return []
    delen = {veld: getattr(plan, veld) for veld in plan.INHOUD} | {"bellen": "\n".join(plan.belregels)}
    return [
        Stuk(
            Soort.PLAN,
            f"plan:{plan.versie}:{veld}",
            f"{plan._meta.get_field(veld).verbose_name.capitalize()} Afgesproken op {dag(akkoord.datum)}",
            tekst,
        )
        for veld, tekst in delen.items()
    ]


def plan_wacht(traject: Traject) -> bool:
    """Whether there is a plan that nobody agreed with yet: then it cannot go along."""
    return traject.preventieplannen.exists() and not _van_het_plan(traject)


def al_gekozen(overdracht: Overdracht, aanbod: list[Stuk]) -> list[Stuk]:
    """What goes along but is not in this offer any more, such as a step that was done since: it can be taken back."""
    getoond = [stuk.sleutel for stuk in aanbod]
    rest = overdracht.stukken.exclude(sleutel__in=getoond).order_by("pk")
    return [Stuk(Soort(rij.soort), rij.sleutel, rij.titel, rij.tekst) for rij in rest]


def momentstukken(traject: Traject, voor: str = "") -> tuple[list[Stuk], int | None]:
    """The moments with what hangs on them, newest first, forty at a time; and the number from which to go on, or None.

    `voor` is the number of a moment: those before it.
    """
    momenten = list(_momenten(traject, voor)[: MOMENTEN_PER_KEER + 1])
    ouder = momenten[MOMENTEN_PER_KEER - 1].pk if len(momenten) > MOMENTEN_PER_KEER else None
    return [stuk for moment in momenten[:MOMENTEN_PER_KEER] for stuk in _van_moment(moment)], ouder


def _van_moment(moment: Moment) -> list[Stuk]:
    """The moment, its photo and its supplements: each can go along without the others, so each says the day."""
    op, foto = dag(moment.datum), getattr(moment, "foto", None)
    is_er = foto and not foto.weggehaald_op
    soort = moment.get_soort_display().capitalize()
    return [
        Stuk(Soort.MOMENT, f"moment:{moment.pk}", f"{soort}, {op}", moment.tekst),
        *([Stuk(Soort.FOTO, f"foto:{foto.pk}", f"Foto bij {op}", foto.beschrijving, foto)] if is_er else []),
        *(
            Stuk(Soort.AANVULLING, f"aanvulling:{aanvulling.pk}", f"Aanvulling bij {op}", aanvulling.tekst)
            for aanvulling in moment.aanvullingen.all()
        ),
    ]


def met_fotos(overdracht: Overdracht, stukken: list[Overdrachtstuk]) -> list[Overdrachtstuk]:
    """Put the photo with each piece that is one, as far as it is still there for whoever looks."""
    sleutels = [stuk.sleutel.removeprefix("foto:") for stuk in stukken if stuk.soort == Soort.FOTO]
    if sleutels:
        fotos = Momentfoto.objects.filter(traject=overdracht.traject_id, weggehaald_op=None, pk__in=sleutels)
        bij_sleutel = {f"foto:{foto.pk}": foto for foto in fotos}
        for stuk in stukken:
            stuk.foto = bij_sleutel.get(stuk.sleutel)
    return stukken


def _momenten(traject: Traject, voor: str) -> QuerySet[Moment]:
    aanvullingen = Prefetch("aanvullingen", Aanvulling.objects.order_by("aangemaakt_op", "pk"))
    momenten = traject.momenten.voor(als_getal(voor)).nieuwste_eerst()
    return momenten.select_related("foto").prefetch_related(aanvullingen)
