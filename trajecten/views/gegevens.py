"""What is known about the young person on paper and in wishes, and who looked."""

from datetime import date
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from trajecten.actions import bewaar_identiteit
from trajecten.forms.begin import GegevensForm, RoepnaamForm, WensenForm
from trajecten.models import JongereIdentiteit, Traject
from trajecten.views.laden import open_traject

DAGEN_PER_KEER = 60


@require_http_methods(["GET", "POST"])
def wensen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down the dream and what is of value."""
    traject = open_traject(request, pk, "wensen")
    form = WensenForm(request.POST or None, instance=traject)
    if form.is_valid():
        traject.save(update_fields=form.Meta.fields)
        messages.success(request, "Opgeschreven.")
        return redirect("trajecten:traject", pk=pk)
    return render(request, "trajecten/wensen.html", {"traject": traject, "form": form})


@require_http_methods(["GET", "POST"])
def gegevens(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read and edit who the young person is on paper; each time is written in the read log."""
    traject = open_traject(request, pk, "identiteit")
    jongere = traject.jongere
    identiteit = JongereIdentiteit.objects.filter(jongere=jongere).first() or JongereIdentiteit(jongere=jongere)
    roepnaamform = RoepnaamForm(request.POST or None, instance=jongere)
    form = GegevensForm(request.POST or None, instance=identiteit)
    if form.is_valid() and roepnaamform.is_valid():
        roepnaamform.save()
        bewaar_identiteit(identiteit=form.save(commit=False))
        messages.success(request, "De gegevens zijn bewaard.")
        return redirect("trajecten:traject", pk=pk)
    context = {"traject": traject, "form": form, "roepnaamform": roepnaamform}
    return render(request, "trajecten/gegevens.html", context)


@require_GET
def inzage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who opened this trajectory, day by day, newest first; `?voor=` with a date shows the days before it."""
    traject = open_traject(request, pk, "inzagelog")
    dagen = _dagen(traject, _dag(request.GET.get("voor", "")))
    ouder = dagen[DAGEN_PER_KEER - 1][0] if len(dagen) > DAGEN_PER_KEER else None
    context = {"traject": traject, "dagen": dagen[:DAGEN_PER_KEER], "ouder": ouder}
    return render(request, "trajecten/inzage.html", context)


def _dag(tekst: str) -> date | None:
    try:
        return parse_date(tekst)
    except ValueError:
        return None


def _dagen(traject: Traject, voor: date | None) -> list[tuple[date, list[dict]]]:
    """Per day: who, what, how often, and at what time last."""
    inzagen = traject.inzagen.annotate(dag=TruncDate("op"))
    if voor:
        inzagen = inzagen.filter(dag__lt=voor)
    dagen = inzagen.values_list("dag", flat=True).distinct().order_by("-dag")[: DAGEN_PER_KEER + 1]
    regels = (
        inzagen.filter(dag__in=list(dagen))
        .values("dag", "gebruiker__naam", "wat", "grond")
        .annotate(aantal=Count("pk"), laatst=Max("op"))
        .order_by("-dag", "gebruiker__naam", "wat")
    )
    return [(dag, list(groep)) for dag, groep in groupby(regels, key=lambda regel: regel["dag"])]
