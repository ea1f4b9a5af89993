"""What everybody may read: the list, one initiative, the allies. Touches neither session nor user."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from initiatieven.bladzijde import beeld, bladzijde, op_leeftijd, qr
from initiatieven.forms import ZoekForm
from initiatieven.jsonld import volledig
from initiatieven.models import Initiatief, Plekfoto, Verbondgenoot

PER_BLADZIJDE = 24


@require_safe
@login_not_required
def lijst(request: HttpRequest) -> HttpResponse:
    """Every public initiative in alphabetical order, or those whose name is looked for."""
    form = ZoekForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    initiatieven = (
        Initiatief.objects.vindbaar()
        .zoek(q)
        .op_naam()
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("locaties", "plekken")
    )
    pagina = Paginator(initiatieven, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "initiatieven/lijst.html", {"form": form, "q": q, "pagina": pagina})


def _openbaar_of_verhuisd(slug: str) -> Initiatief:
    """The public initiative at this address, also when it had the address before. Raises Http404."""
    openbaar = Initiatief.objects.openbaar().fetch_mode(models.FETCH_RAISE).prefetch_related("locaties", "plekken")
    if gevonden := openbaar.filter(slug=slug).first():
        return gevonden
    return get_object_or_404(openbaar, oude_adressen__slug=slug)


@require_safe
@login_not_required
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative, for a parent who is tired; and why it may stand here."""
    initiatief = _openbaar_of_verhuisd(slug)
    if initiatief.slug != slug:
        return redirect(initiatief, permanent=True)
    return render(request, "initiatieven/detail.html", bladzijde(initiatief))


@require_safe
@login_not_required
def blad(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet of paper to give to somebody, with a code that leads back to the page."""
    initiatief = _openbaar_of_verhuisd(slug)
    if initiatief.slug != slug:
        return redirect("initiatieven:blad", initiatief.slug, permanent=True)
    adres = volledig(initiatief.get_absolute_url())
    context = {"initiatief": initiatief, "plekken": op_leeftijd(initiatief), "adres": adres, "qr": qr(adres)}
    return render(request, "initiatieven/blad.html", context)


@require_safe
@login_not_required
def foto(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """A photo that everybody may see. It never changes under this address, so it may be kept for a month."""
    antwoord = beeld(get_object_or_404(Plekfoto.objects.openbaar(), pk=sleutel))
    antwoord.headers["Cache-Control"] = "public, max-age=2592000, immutable"
    return antwoord


@require_safe
@login_not_required
def verbondgenoten(request: HttpRequest) -> HttpResponse:
    alle = Verbondgenoot.objects.op_naam().fetch_mode(models.FETCH_RAISE)
    return render(request, "initiatieven/verbondgenoten.html", {"verbondgenoten": alle})
