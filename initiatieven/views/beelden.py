"""Photos and stories of an initiative, as its own staff keep them."""

from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collectief.bestanden import stuur_foto
from initiatieven.actions import bewaar_foto, doe_met_foto, doe_met_verhaal, schrijf_verhaal
from initiatieven.forms import KeuzeForm, PlekfotoForm, PlekverhaalForm
from initiatieven.models import Initiatief

GEDAAN = {
    "openbaar": "Vanaf nu kan iedereen dit zien.",
    "besloten": "Vanaf nu zien alleen jullie dit.",
    "weg": "Weggehaald.",
}


def _eigen(request: HttpRequest, slug: str) -> Initiatief:
    return get_object_or_404(Initiatief.objects.van(request.user), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def fotos(request: HttpRequest, slug: str) -> HttpResponse:
    """All photos, public or not, and a form for one more."""
    initiatief = _eigen(request, slug)
    form = PlekfotoForm(request.POST or None, request.FILES or None, initiatief=initiatief)
    if request.method == "POST" and form.is_valid():
        gegevens = form.cleaned_data
        bewaar_foto(
            initiatief=initiatief,
            foto=gegevens["foto"],
            alt=gegevens["alt"],
            door=request.user,
            openbaar=gegevens["is_openbaar"],
        )
        messages.success(request, "De foto is bewaard.")
        return redirect("initiatieven:fotos", slug)
    alle = initiatief.fotos.fetch_mode(models.FETCH_RAISE)
    return render(request, "initiatieven/fotos.html", {"initiatief": initiatief, "form": form, "fotos": alle})


@require_safe
def eigen_foto(request: HttpRequest, slug: str, sleutel: UUID) -> HttpResponse:
    """The picture itself, also when it is not public, for the place it belongs to."""
    return stuur_foto(get_object_or_404(_eigen(request, slug).fotos, pk=sleutel).bestand)


@require_POST
def foto_anders(request: HttpRequest, slug: str, sleutel: UUID) -> HttpResponse:
    """Show a photo to everybody, to nobody else, or take it away."""
    foto = get_object_or_404(_eigen(request, slug).fotos, pk=sleutel)
    form = KeuzeForm(request.POST)
    if form.is_valid():
        doe_met_foto(foto=foto, doe=form.cleaned_data["doe"])
        messages.success(request, GEDAAN[form.cleaned_data["doe"]])
    return redirect("initiatieven:fotos", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def verhalen(request: HttpRequest, slug: str) -> HttpResponse:
    """All stories: those that wait for a word, those that are public, and a form for a new one."""
    initiatief = _eigen(request, slug)
    form = PlekverhaalForm(request.POST or None, initiatief=initiatief)
    if request.method == "POST" and form.is_valid():
        schrijf_verhaal(initiatief=initiatief, verhaal=form.save(commit=False), door=request.user)
        messages.success(request, "Het verhaal staat op jullie bladzijde.")
        return redirect("initiatieven:verhalen", slug)
    alle = initiatief.verhalen.select_related("foto", "door").fetch_mode(models.FETCH_RAISE)
    return render(request, "initiatieven/verhalen.html", {"initiatief": initiatief, "form": form, "verhalen": alle})


@require_POST
def verhaal_anders(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make a story public, take it back, or let it go."""
    verhaal = get_object_or_404(_eigen(request, slug).verhalen, pk=pk)
    form = KeuzeForm(request.POST)
    if form.is_valid():
        doe_met_verhaal(verhaal=verhaal, doe=form.cleaned_data["doe"], door=request.user)
        messages.success(request, GEDAAN[form.cleaned_data["doe"]])
    return redirect("initiatieven:verhalen", slug)
