"""Keep a moment and what is still being typed, look at one moment, change it, add to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from trajecten.actions import bewaar_concept, bewaar_moment
from trajecten.forms.moment import AanvullingForm, ConceptForm, KeuzesForm, MomentAanpassenForm, MomentForm
from trajecten.models import Betrokkene, Moment, MomentAangepast, Momentconcept, Traject
from trajecten.permissions import mag_moment_aanpassen
from trajecten.views.laden import alleen_post, open_traject, zichtbare_trajecten
from trajecten.views.momentenlijst import momenten_context
from trajecten.views.traject import hele_trajecten, traject_context

TE_LAAT = "Aanpassen kan nu niet meer. Wat je typte staat hieronder: bewaar het als aanvulling."
INTUSSEN = (
    "Intussen is dit moment ook ergens anders aangepast. Kijk eerst wat er nu staat. Wat jij typte, staat er nog."
)


@alleen_post
def moment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a moment. With mistakes in it everything that was typed stays, also as a draft."""
    gevonden = open_traject(request, pk, "moment", trajecten=Traject.objects.zichtbaar_voor(request.user))
    form = MomentForm(request.POST, request.FILES, traject=gevonden)
    if form.is_valid():
        erbij = {naam: form.cleaned_data[naam] for naam in ("foto", "beschrijving", "formulier")}
        bewaar_moment(traject=gevonden, moment=form.save(commit=False), door=request.user, **erbij)
        return _bewaard(request, gevonden)
    _bewaar_concept_als_het_mag(request, gevonden)
    context = momenten_context(gevonden, form)
    if request.htmx:
        return render(request, "trajecten/traject.html#momenten", context)
    heel = hele_trajecten(request).get(pk=pk)
    return render(request, "trajecten/traject.html", traject_context(request, heel) | context | {"traject": heel})


def _bewaard(request: HttpRequest, gevonden: Traject) -> HttpResponse:
    if not request.htmx:
        # In the address and not in the session: writing that would be a second transaction.
        return HttpResponseRedirect(reverse("trajecten:traject", args=[gevonden.pk]) + "?bewaard#bewaren")
    context = momenten_context(gevonden, MomentForm(traject=gevonden)) | {"bewaard": True}
    antwoord = render(request, "trajecten/traject.html#momenten", context)
    return trigger_client_event(antwoord, "moment-bewaard")


@alleen_post
def concept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what is being typed, and say so. Shows nothing of the trajectory, so it leaves no line in the read log."""
    gevonden = get_object_or_404(zichtbare_trajecten(request), pk=pk)
    form = _bewaar_concept_als_het_mag(request, gevonden)
    antwoord = render(request, "trajecten/traject.html#conceptstand", {"conceptform": form, "nu": timezone.now()})
    return trigger_client_event(antwoord, "concept-bewaard") if form.is_valid() else antwoord


@alleen_post
def concept_weg(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw away what she was typing herself. Shows nothing of the trajectory, so it leaves no line in the read log."""
    gevonden = get_object_or_404(zichtbare_trajecten(request), pk=pk)
    Momentconcept.objects.gooi_weg(traject=gevonden.pk, gebruiker=request.user.pk)
    messages.success(request, "Je concept is weg.")
    return redirect("trajecten:traject", pk=pk)


def _bewaar_concept_als_het_mag(request: HttpRequest, gevonden: Traject) -> ConceptForm:
    """Keep the posted text as a draft unless it holds what we never keep."""
    form = ConceptForm(request.POST)
    if form.is_valid():
        keuzes = KeuzesForm(request.POST).gekozen()
        bewaar_concept(traject=gevonden, tekst=form.cleaned_data["tekst"], door=request.user, keuzes=keuzes)
    return form


@require_http_methods(["GET", "POST"])
def een_moment(request: HttpRequest, pk: UUID, moment_pk: int) -> HttpResponse:
    """One moment with everything that hangs on it; a POST adds a supplement."""
    gevonden = open_traject(request, pk, "moment")
    dit = get_object_or_404(gevonden.momenten.met_wat_erbij_hoort(), pk=moment_pk)
    form = AanvullingForm(request.POST or None)
    if form.is_valid():
        form.instance.moment, form.instance.traject, form.instance.door = dit, gevonden, request.user
        form.save()
        messages.success(request, "Je aanvulling is bewaard.")
        return redirect("trajecten:een_moment", pk=pk, moment_pk=moment_pk)
    return _toon_moment(request, gevonden, dit, form)


def _toon_moment(request: HttpRequest, gevonden: Traject, dit: Moment, form: AanvullingForm) -> HttpResponse:
    versies = list(dit.versies.order_by("-pk"))
    context = {
        "traject": gevonden,
        "moment": dit,
        "versies": [(versie, versie.toen) for versie in versies],
        "mag_aanpassen": mag_moment_aanpassen(request.user, dit),
        "form": form,
    }
    for _, toen in context["versies"]:
        toen.namen_erbij = _namen(gevonden, toen.erbij)
    return render(request, "trajecten/moment.html", context)


def _namen(gevonden: Traject, sleutels: list[UUID]) -> list[str]:
    mensen = Betrokkene.objects.filter(traject=gevonden, pk__in=sleutels).select_related("gebruiker")
    return [mens.noem for mens in mensen.order_by("van", "pk")] if sleutels else []


@require_http_methods(["GET", "POST"])
def moment_aanpassen(request: HttpRequest, pk: UUID, moment_pk: int) -> HttpResponse:
    """Let the writer change her moment. Who may not, or not any more, can add to it with what she typed."""
    gevonden = open_traject(request, pk, "moment")
    dit = get_object_or_404(gevonden.momenten.met_wat_erbij_hoort(), pk=moment_pk)
    if not mag_moment_aanpassen(request.user, dit):
        messages.warning(request, TE_LAAT if request.POST else "Aanpassen kan nu niet meer. Aanvullen wel.")
        return _toon_moment(request, gevonden, dit, AanvullingForm(initial={"tekst": request.POST.get("tekst", "")}))
    gezien = {"gezien": dit.versies.count()}
    form = MomentAanpassenForm(request.POST or None, instance=dit, traject=gevonden, initial=gezien)
    if form.is_valid() and _pas_aan(form):
        messages.success(request, "Het moment is aangepast. De eerdere versie blijft bewaard.")
        return redirect("trajecten:een_moment", pk=pk, moment_pk=moment_pk)
    return render(request, "trajecten/moment_aanpassen.html", {"traject": gevonden, "moment": dit, "form": form})


def _pas_aan(form: MomentAanpassenForm) -> bool:
    """Change the moment; when somebody did so in the meantime, say so and let the next try go on from there."""
    dit = form.save(commit=False)
    try:
        if form.has_changed():
            dit.pas_aan(gezien=form.cleaned_data["gezien"])
    except MomentAangepast:
        form.add_error(None, INTUSSEN)
        form.data = form.data.copy()
        form.data["gezien"] = dit.versies.count()
        return False
    return True
