"""Chances and perspective: small steps, and places to go on to. Nothing here is required and nothing is late."""

from copy import copy
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trajecten.forms.perspectief import KleineStapForm, MogelijkePlekForm, ToestandForm
from trajecten.models import Traject
from trajecten.models.perspectief import volgende_versie
from trajecten.views.laden import open_traject

SOORTEN = {"stap": KleineStapForm, "plek": MogelijkePlekForm}
GEZET = {
    "open": "Staat weer open.",
    "gedaan": "Gedaan. Mooi om even bij stil te staan.",
    "losgelaten": "Losgelaten. Dat mag, en het kan altijd terug.",
}


@require_http_methods(["GET", "POST"])
def perspectief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show wishes, steps and places, and write down a new step or place."""
    traject = open_traject(request, pk, "perspectief")
    soort = request.POST.get("soort_formulier", "")
    formulieren = {
        naam: Form(request.POST if naam == soort else None, auto_id=f"id_{naam}_%s") for naam, Form in SOORTEN.items()
    }
    form = formulieren.get(soort)
    if form and form.is_valid():
        nieuw = form.save(commit=False)
        nieuw.traject, nieuw.door = traject, request.user
        nieuw.save(force_insert=True)
        messages.success(request, f"Opgeschreven: {nieuw}")
        return redirect("trajecten:perspectief", pk=pk)
    context = {"traject": traject, "formulieren": formulieren} | _stappen_en_plekken(traject)
    return render(request, "trajecten/perspectief.html", context)


@require_http_methods(["GET", "POST"])
def kleine_stap(request: HttpRequest, pk: UUID, sleutel: UUID) -> HttpResponse:
    """Change a small step, or say that it is done, let go, or open again. How it was before stays below it."""
    traject = open_traject(request, pk, "kleine_stap")
    return _een(request, traject, KleineStapForm, sleutel, "trajecten/kleine_stap.html")


@require_http_methods(["GET", "POST"])
def mogelijke_plek(request: HttpRequest, pk: UUID, sleutel: UUID) -> HttpResponse:
    """Change a place, let it go, or take it up again. How it was before stays below it."""
    traject = open_traject(request, pk, "mogelijke_plek")
    return _een(request, traject, MogelijkePlekForm, sleutel, "trajecten/mogelijke_plek.html")


def _een(request: HttpRequest, traject: Traject, formulier: type[ModelForm], sleutel: UUID, sjabloon: str):
    """One step or place with all its versions, newest first."""
    model = formulier.Meta.model
    versies = list(model.objects.filter(traject=traject, sleutel=sleutel).select_related("door").order_by("-id"))
    if not versies:
        raise Http404
    huidig, is_tik = versies[0], "toestand" in request.POST
    # on a copy: ModelForm writes what is being typed into its instance, and the page still tells how it is now
    form = formulier(None if is_tik else request.POST or None, instance=copy(huidig))
    tik = ToestandForm(request.POST, model=model) if is_tik else form
    if tik.is_valid():
        nieuw = volgende_versie(huidig, door=request.user, **tik.cleaned_data)
        messages.success(request, GEZET[nieuw.toestand] if is_tik else "Opgeschreven.")
        return redirect("trajecten:perspectief", pk=traject.pk)
    context = {"traject": traject, "huidig": huidig, "eerder": versies[1:], "form": form}
    return render(request, sjabloon, context)


def _stappen_en_plekken(traject: Traject) -> dict:
    """Steps and places of now, apart by how they stand; what has a day comes in the order of those days."""
    stappen = sorted(traject.kleine_stappen.nu(), key=lambda stap: (stap.wanneer or date.max, stap.op))
    plekken = sorted(traject.mogelijke_plekken.nu(), key=lambda plek: plek.op)

    def die(alle: list, toestand: str) -> list:
        return [een for een in alle if een.toestand == toestand]

    return {
        "stappen": die(stappen, "open"),
        "gedaan": die(stappen, "gedaan"),
        "losgelaten": die(stappen, "losgelaten"),
        "plekken": die(plekken, "open"),
        "eerdere_plekken": die(plekken, "losgelaten"),
    }
