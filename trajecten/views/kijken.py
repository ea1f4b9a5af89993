"""How it goes: what young person, parents and counsellor say of it, each as herself."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from collectief.getallen import als_getal
from trajecten.forms.kijken import KijkForm
from trajecten.models import Beleving, Traject
from trajecten.views.laden import open_traject
from trajecten.weerlijn import HOOGSTENS, Weerlijn, teken_weer

PER_KEER = 40


@dataclass(frozen=True)
class Stemlijn:
    """One person about one need: the drawing, and the same in words, newest first."""

    wie: str
    lijn: Weerlijn
    antwoorden: list[Beleving]


@require_GET
def kijken(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw a line per need and per person; with `?voor=` (a number, or nothing) list all answers before that one."""
    traject = open_traject(request, pk, "kijken")
    if "voor" in request.GET:
        return render(request, "trajecten/kijken_eerder.html", _eerder(traject, request.GET["voor"]))
    antwoorden = _met_namen(traject.belevingen.all().laatste_per_stem(HOOGSTENS))
    context = {"traject": traject, "behoeften": _per_behoefte(traject, list(antwoorden))}
    return render(request, "trajecten/kijken.html", context)


@require_http_methods(["GET", "POST"])
def kijken_nieuw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what somebody answers, oneself or another, in that person's own words."""
    traject = open_traject(request, pk, "kijken_nieuw")
    form = KijkForm(request.POST or None, traject=traject, door=request.user)
    if form.is_valid():
        Beleving.noteer(form.antwoorden(), traject=traject, door=request.user, **form.van_wie())
        messages.success(request, "Bewaard, zoals het nu is. Morgen mag het anders zijn.")
        return redirect("trajecten:kijken", pk=pk)
    return render(request, "trajecten/kijken_nieuw.html", {"traject": traject, "form": form})


def _met_namen(antwoorden: QuerySet[Beleving]) -> QuerySet[Beleving]:
    return antwoorden.select_related("door", "ouder")


def _per_behoefte(traject: Traject, antwoorden: Iterable[Beleving]) -> list[tuple[Beleving.Behoefte, list[Stemlijn]]]:
    """Every need, also the ones nobody answered; in it the young person first, then parents, then counsellors."""
    volgorde = list(Beleving.Stem)
    op_stem = sorted(antwoorden, key=lambda a: (volgorde.index(a.stem), str(a.ouder_id), a.stem_sleutel[2] or 0))
    return [
        (
            behoefte,
            [
                _stemlijn(traject, list(groep))
                for _, groep in groupby((a for a in op_stem if a.behoefte == behoefte), key=lambda a: a.stem_sleutel)
            ],
        )
        for behoefte in Beleving.Behoefte
    ]


def _stemlijn(traject: Traject, antwoorden: list[Beleving]) -> Stemlijn:
    lijn = teken_weer([antwoord.weer for antwoord in antwoorden if antwoord.weer])
    return Stemlijn(antwoorden[0].van_wie(traject.jongere.roepnaam), lijn, antwoorden[::-1])


def _eerder(traject: Traject, voor: str) -> dict:
    """All answers, newest first, forty at a time; `ouder` is the number to go on from."""
    antwoorden = _met_namen(traject.belevingen.order_by("-id"))
    if (nummer := als_getal(voor)) is not None:
        antwoorden = antwoorden.filter(pk__lt=nummer)
    gevonden = list(antwoorden[: PER_KEER + 1])
    for antwoord in gevonden:
        antwoord.wie = antwoord.van_wie(traject.jongere.roepnaam)
    ouder = gevonden[PER_KEER - 1].pk if len(gevonden) > PER_KEER else None
    return {"traject": traject, "antwoorden": gevonden[:PER_KEER], "ouder": ouder}
