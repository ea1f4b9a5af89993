"""One trajectory: the line, the moments, and what matters now."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import trigger_client_event

from trajecten.actions import bewaar_concept, bewaar_moment
from trajecten.forms.lijst import JaarForm
from trajecten.forms.moment import ConceptForm, MomentForm
from trajecten.lijn import BREED, SMAL, in_jaar, jaren, teken
from trajecten.models import Betrokkene, FaseVerblijf, Moment, Traject
from trajecten.views.laden import alleen_post, open_traject, zichtbare_trajecten

PER_KEER = 20
HOOGSTENS_CONTACTEN = 60


@require_GET
def traject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the whole way; `?voor=` with the number of a moment shows the moments before that one."""
    gevonden = open_traject(request, pk, "traject", trajecten=zichtbare_trajecten(request).voor_de_pagina())
    form = MomentForm(traject=gevonden, initial={"tekst": gevonden.concepttekst or ""})
    voor = request.GET.get("voor", "")
    context = {**traject_context(request, gevonden), **momenten_context(gevonden, form, voor)}
    if request.htmx and voor:
        return render(request, "trajecten/traject.html#lijst", context)
    return render(request, "trajecten/traject.html", context)


@alleen_post
def moment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a moment. With mistakes in it everything that was typed stays, also as a draft."""
    gevonden = open_traject(request, pk, "moment", trajecten=zichtbare_trajecten(request).voor_de_pagina())
    form = MomentForm(request.POST, traject=gevonden)
    if form.is_valid():
        bewaar_moment(traject=gevonden, moment=form.save(commit=False), door=request.user)
        if not request.htmx:
            messages.success(request, "Je moment is bewaard.")
            return redirect("trajecten:traject", pk=pk)
        context = momenten_context(gevonden, MomentForm(traject=gevonden)) | {"bewaard": True}
        antwoord = render(request, "trajecten/traject.html#momenten", context)
        return trigger_client_event(antwoord, "moment-bewaard")
    _bewaar_concept_als_het_mag(request, gevonden)
    context = momenten_context(gevonden, form)
    if request.htmx:
        return render(request, "trajecten/traject.html#momenten", context)
    return render(request, "trajecten/traject.html", {**traject_context(request, gevonden), **context})


@alleen_post
def concept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what is being typed, and say so. Shows nothing of the trajectory, so it leaves no line in the read log."""
    gevonden = get_object_or_404(zichtbare_trajecten(request), pk=pk)
    form = _bewaar_concept_als_het_mag(request, gevonden)
    antwoord = render(request, "trajecten/traject.html#conceptstand", {"conceptform": form, "nu": timezone.now()})
    return trigger_client_event(antwoord, "concept-bewaard") if form.is_valid() else antwoord


def _bewaar_concept_als_het_mag(request: HttpRequest, gevonden: Traject) -> ConceptForm:
    """Keep the posted text as a draft unless it holds what we never keep."""
    form = ConceptForm(request.POST)
    if form.is_valid():
        bewaar_concept(traject=gevonden, tekst=form.cleaned_data["tekst"], door=request.user)
    return form


def momenten_context(gevonden: Traject, form: MomentForm, voor: str = "") -> dict:
    """The moments, newest first, twenty at a time; `ouder` is the number to go on from."""
    momenten = list(_momenten(gevonden, voor)[: PER_KEER + 1])
    ouder = momenten[PER_KEER - 1].pk if len(momenten) > PER_KEER else None
    return {"traject": gevonden, "momentform": form, "momenten": momenten[:PER_KEER], "ouder": ouder, "voor": voor}


def _momenten(gevonden: Traject, voor: str) -> QuerySet[Moment]:
    momenten = gevonden.momenten.select_related("door").order_by("-datum", "-id")
    if voor.isascii() and voor.isdigit() and len(voor) < 19:
        grens = gevonden.momenten.filter(pk=voor)
        op = grens.values("datum")[:1]
        momenten = momenten.filter(Q(datum__lt=op) | Q(datum=op, pk__lt=voor))
    return momenten


def traject_context(request: HttpRequest, gevonden: Traject) -> dict:
    """The line, the people and the aftercare of one trajectory: three queries."""
    verblijven = list(gevonden.verblijven.select_related("door"))
    betrokkenen = list(gevonden.betrokkenen.nu().select_related("gebruiker").order_by("van", "id"))
    nazorg = list(gevonden.nazorgafspraken.with_contacten()[:HOOGSTENS_CONTACTEN])
    return {
        "traject": gevonden,
        "verblijven": verblijven,
        **_lijn_context(request, gevonden, [verblijf for verblijf in verblijven if not verblijf.teruggenomen_op]),
        "betrokkenen": betrokkenen,
        "begeleiders": [mens for mens in betrokkenen if mens.rol == Betrokkene.Rol.VASTE_BEGELEIDER],
        "afspraken": list({afspraak.pk: afspraak for afspraak in nazorg if not afspraak.tot}.values()),
        "contacten": [afspraak.contact for afspraak in nazorg if afspraak.contact],
    }


def _lijn_context(request: HttpRequest, gevonden: Traject, verblijven: list[FaseVerblijf]) -> dict:
    """The line of all years or of the one in the address, and the step that this visitor may take back."""
    alle_jaren = jaren(verblijven)
    jaar = JaarForm(request.GET, jaren=alle_jaren).gekozen_jaar()
    lichtjes = set(gevonden.dagen_met_lichtje)
    lichten = [(dag, dag in lichtjes) for dag in gevonden.dagen_met_moment]
    getekend = in_jaar(verblijven, jaar) if jaar else verblijven
    is_terug = verblijven[-1].is_terug_te_nemen_door(request.user)
    return {
        "jaren": alle_jaren if len(alle_jaren) > 1 else [],
        "jaar": jaar,
        "breed": teken(getekend, lichten, BREED, jaar),
        "smal": teken(getekend, lichten, SMAL, jaar),
        "terug_te_nemen": verblijven[-1] if is_terug else None,
    }
