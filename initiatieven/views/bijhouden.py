"""Keeping the directory honest: whom to call, and what people reported."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collectief.gebruikers.tevaak import mag_nog_eens
from initiatieven.forms import AntwoordForm, MeldingForm, TelefoonForm
from initiatieven.meldingen import handel_af, meld
from initiatieven.models import Bevestiging, Bladzijdemelding, Initiatief, Versheid
from initiatieven.opfrissen import bevestig
from initiatieven.permissions import mag_gids_bijhouden, mag_melding_afhandelen
from initiatieven.versheid import Antwoord

TE_VEEL = "Er kwamen net veel meldingen binnen. Wacht een uur en probeer het dan nog eens. Je tekst staat er nog."
MEESTE = 100


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """What core team can do today for pages that nobody kept, and for who reported something."""
    if not mag_gids_bijhouden(request.user):
        raise Http404
    bellen = Versheid.objects.te_bellen().select_related("initiatief").fetch_mode(models.FETCH_RAISE)
    meldingen = Bladzijdemelding.objects.open().select_related("initiatief").fetch_mode(models.FETCH_RAISE)
    context = {
        "bellen": [(rij, TelefoonForm(auto_id=f"id_bel_{rij.pk}_%s")) for rij in bellen[:MEESTE]],
        "meldingen": [(rij, AntwoordForm(auto_id=f"id_meld_{rij.pk}_%s")) for rij in meldingen[:MEESTE]],
        "vandaag": timezone.localdate(),
    }
    return render(request, "initiatieven/overzicht.html", context)


@require_POST
def gebeld(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what came of a call."""
    if not mag_gids_bijhouden(request.user):
        raise Http404
    rij = get_object_or_404(Versheid.objects.te_bellen().select_related("initiatief"), pk=pk)
    form = TelefoonForm(request.POST)
    if form.is_valid():
        bevestig(
            initiatief=rij.initiatief,
            antwoord=Antwoord(form.cleaned_data["antwoord"]),
            weg=Bevestiging.Weg.TELEFOON,
            notitie=form.cleaned_data["notitie"],
            door=request.user,
        )
        messages.success(request, f"Genoteerd bij {rij.initiatief}.")
    else:
        messages.warning(request, " ".join(zin for zinnen in form.errors.values() for zin in zinnen))
    return redirect("initiatieven:overzicht")


@require_POST
def klopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Say on one's own page that all of it is still right."""
    initiatief = get_object_or_404(Initiatief.objects.van(request.user).openbaar(), slug=slug)
    bevestig(initiatief=initiatief, antwoord=Antwoord.KLOPT, weg=Bevestiging.Weg.PAGINA, door=request.user)
    messages.success(request, f"Genoteerd: de bladzijde van {initiatief} klopt vandaag.")
    return redirect("initiatieven:beheer")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def klopt_niet(request: HttpRequest, slug: str) -> HttpResponse:
    """Report that something on a public page is not right; no account needed."""
    initiatief = get_object_or_404(Initiatief.objects.openbaar(), slug=slug)
    form = MeldingForm(request.POST or None)
    if form.is_valid():
        if form.is_van_een_robot:
            return redirect("initiatieven:gemeld", initiatief.slug)
        if mag_nog_eens(request, action="melding", key=slug):
            form.instance.initiatief = initiatief
            meld(melding=form.instance)
            return redirect("initiatieven:gemeld", initiatief.slug)
        form.add_error(None, TE_VEEL)
    return render(request, "initiatieven/klopt_niet.html", {"initiatief": initiatief, "form": form})


@require_safe
@login_not_required
def gemeld(request: HttpRequest, slug: str) -> HttpResponse:
    initiatief = get_object_or_404(Initiatief.objects.openbaar(), slug=slug)
    return render(request, "initiatieven/gemeld.html", {"initiatief": initiatief})


@require_POST
def melding_klaar(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was done about a report; the reporter hears it."""
    melding = get_object_or_404(Bladzijdemelding, pk=pk)
    if not mag_melding_afhandelen(request.user, melding):
        raise Http404
    form = AntwoordForm(request.POST)
    if not form.is_valid():
        messages.warning(request, form.errors["antwoord"][0])
    elif handel_af(melding=melding, antwoord=form.cleaned_data["antwoord"], door=request.user):
        messages.success(request, "Bewaard. Wie het meldde, hoort wat je ermee deed.")
    else:
        messages.warning(request, "Iemand anders deed dit net al.")
    return redirect("initiatieven:overzicht" if mag_gids_bijhouden(request.user) else "initiatieven:beheer")
