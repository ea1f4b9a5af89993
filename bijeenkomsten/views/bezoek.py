"""Op bezoek: initiatives offer a time to come and look, others sign up, and tell about it afterwards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bijeenkomsten.actions import bied_bezoek_aan, gelast_af, vertel_over_bezoek, wijzig
from bijeenkomsten.bezoeken import aanbod, nooit_ontmoet
from bijeenkomsten.forms.bezoek import BezoekForm, BezoekverhaalForm
from bijeenkomsten.forms.bijeenkomst import AfgelastForm
from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.permissions import mag_bezoeken
from bijeenkomsten.soorten import Soort
from bijeenkomsten.views.weigering import zegt_wat_niet_kan
from collectief.gebruikers.models import Rol
from initiatieven.models import Initiatief


@require_safe
def op_bezoek(request: HttpRequest) -> HttpResponse:
    """What can be visited, who never met, and what one may still tell about."""
    if not mag_bezoeken(request.user):
        raise Http404
    wij = request.user.initiatieven_als(*Rol.BIJ_INITIATIEF)
    geweest = Uitnodiging.objects.gegaan_op_bezoek().voor(request.user)
    context = {
        "aanbod": aanbod(wij),
        "nooit_ontmoet": nooit_ontmoet(wij) if wij else [],
        "te_vertellen": geweest.order_by("-bijeenkomst__begint_op")[:5],
        "mag_aanbieden": bool(wij),
    }
    return render(request, "bijeenkomsten/op_bezoek.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bezoek_aanbieden(request: HttpRequest) -> HttpResponse:
    """Offer a time at which others may come and look."""
    if not Initiatief.objects.openbaar().van(request.user).exists():
        raise Http404
    form = BezoekForm(request.POST or None, gebruiker=request.user)
    if form.is_valid():
        bied_bezoek_aan(bezoek=form.save(commit=False), door=request.user)
        messages.success(request, "Je bezoek staat erbij. Anderen kunnen zich nu aanmelden.")
        return redirect("bijeenkomsten:op_bezoek")
    return render(request, "bijeenkomsten/bezoek_aanbieden.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def bezoek_wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a visit to one's own place; when time or place changes, who signed up gets a mail that says what."""
    bezoek = _eigen_bezoek(request, pk)
    form = BezoekForm(request.POST or None, gebruiker=request.user, instance=bezoek)
    if form.is_valid():
        try:
            is_verplaatst = wijzig(bijeenkomst=form.save(commit=False))
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            messages.success(
                request,
                "Bewaard. Wie zich aanmeldde, krijgt een mail met wat er verandert." if is_verplaatst else "Bewaard.",
            )
            return redirect("bijeenkomsten:op_bezoek")
    return render(request, "bijeenkomsten/bezoek_aanbieden.html", {"form": form, "bezoek": bezoek})


def _eigen_bezoek(request: HttpRequest, pk: int) -> Bijeenkomst:
    """A visit to her own place that still has to come. Raises Http404."""
    eigen = Bijeenkomst.objects.filter(soort=Soort.OP_BEZOEK, gastheer__in=Initiatief.objects.van(request.user))
    return get_object_or_404(eigen.aangekondigd().komend().met_aantallen(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def bezoek_vertellen(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell about a visit; the place that was visited decides whether everybody may read it."""
    mijn = Uitnodiging.objects.bezoeken().voor(request.user).select_related("bijeenkomst__gastheer")
    uitnodiging = get_object_or_404(mijn, bijeenkomst=pk)
    form = BezoekverhaalForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        vertel_over_bezoek(bezoek=uitnodiging.bijeenkomst, door=request.user, **form.cleaned_data)
        messages.success(
            request, f"Dank je. {uitnodiging.bijeenkomst.gastheer} beslist of het verhaal op de site komt."
        )
        return redirect("bijeenkomsten:op_bezoek")
    context = {"form": form, "bijeenkomst": uitnodiging.bijeenkomst}
    return render(request, "bijeenkomsten/bezoek_vertellen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bezoek_afzeggen(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off a visit to one's own place, with the reason; who would come gets a mail."""
    bezoek = _eigen_bezoek(request, pk)
    form = AfgelastForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with zegt_wat_niet_kan(request):
            gelast_af(bijeenkomst=bezoek, **form.cleaned_data)
            messages.success(request, "Het bezoek gaat niet door. Wie zou komen, krijgt bericht.")
        return redirect("bijeenkomsten:op_bezoek")
    context = {"form": form, "bijeenkomst": bezoek, "url_terug": reverse("bijeenkomsten:op_bezoek")}
    return render(request, "bijeenkomsten/afgelasten.html", context)
