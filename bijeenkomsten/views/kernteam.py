"""Pages for the core team: plan, publish, invite, call off, see who comes. For everyone else they do not exist."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.actions import beantwoord, gelast_af, nodig_doelgroep_uit, nodig_uit, wijzig
from bijeenkomsten.bladzijde import inhoud, met_overzicht
from bijeenkomsten.forms.bijeenkomst import AfgelastForm, AntwoordVanForm, BijeenkomstForm, GastForm
from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.permissions import mag_plannen
from bijeenkomsten.views.gastenlijst import gasten
from bijeenkomsten.views.weigering import zegt_wat_niet_kan


def voor_kernteam(view):
    """Answer 404 to everyone else, before anything is read."""

    @wraps(view)
    def alleen_kernteam(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not mag_plannen(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return alleen_kernteam


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def nieuw(request: HttpRequest) -> HttpResponse:
    """Plan a meeting. It stays a draft until it is published."""
    form = BijeenkomstForm(request.POST or None)
    if form.is_valid():
        bijeenkomst = form.save()
        messages.success(request, "Bewaard als concept. Publiceer de bijeenkomst als alles klopt.")
        return redirect("bijeenkomsten:beheer", bijeenkomst.pk)
    return render(request, "bijeenkomsten/bewerken.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def bewerken(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a meeting; guests hear about a new time or place."""
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    form = BijeenkomstForm(request.POST or None, instance=bijeenkomst)
    if form.is_valid():
        try:
            wijzig(bijeenkomst=form.save(commit=False))
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            form.save_m2m()
            messages.success(request, "Opgeslagen.")
            return redirect("bijeenkomsten:beheer", pk)
    return render(request, "bijeenkomsten/bewerken.html", {"form": form, "bijeenkomst": bijeenkomst})


@require_safe
@voor_kernteam
def beheer(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one meeting, and what can be done with it now."""
    bijeenkomst = get_object_or_404(met_overzicht(Bijeenkomst.objects.met_aantallen()), pk=pk)
    mensen = list(bijeenkomst.mensen())
    context = {
        "bijeenkomst": bijeenkomst,
        "trekkers": [mens for mens in mensen if mens.is_trekker],
        "voorbereiders": [mens for mens in mensen if not mens.is_trekker],
    }
    return render(request, "bijeenkomsten/beheer.html", context | inhoud(bijeenkomst))


@require_POST
@voor_kernteam
def publiceren(request: HttpRequest, pk: int) -> HttpResponse:
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    with zegt_wat_niet_kan(request):
        bijeenkomst.publiceer()
        messages.success(request, "Gepubliceerd. Je kunt nu mensen uitnodigen.")
    return redirect("bijeenkomsten:beheer", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def afgelasten(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then call the meeting off and mail the guests."""
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.met_aantallen(), pk=pk)
    form = AfgelastForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with zegt_wat_niet_kan(request):
            gelast_af(bijeenkomst=bijeenkomst, **form.cleaned_data)
            messages.success(request, "De bijeenkomst is afgelast. De genodigden krijgen bericht.")
        return redirect("bijeenkomsten:beheer", pk)
    context = {"form": form, "bijeenkomst": bijeenkomst, "url_terug": reverse("bijeenkomsten:beheer", args=[pk])}
    return render(request, "bijeenkomsten/afgelasten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def uitnodigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is invited as a group, and invite one person by address."""
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.met_aantallen(), pk=pk)
    form = GastForm(request.POST or None)
    if form.is_valid():
        try:
            uitnodiging = nodig_uit(bijeenkomst=bijeenkomst, **form.cleaned_data)
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            messages.success(request, f"{uitnodiging.wie} krijgt een uitnodiging per mail.")
            return redirect("bijeenkomsten:uitnodigen", pk)
    context = {"form": form, "bijeenkomst": bijeenkomst, "aantal_genodigden": bijeenkomst.genodigden().count()}
    return render(request, "bijeenkomsten/uitnodigen.html", context)


@require_POST
@voor_kernteam
def doelgroep_uitnodigen(request: HttpRequest, pk: int) -> HttpResponse:
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    with zegt_wat_niet_kan(request):
        aantal = nodig_doelgroep_uit(bijeenkomst=bijeenkomst)
        messages.success(request, f"Uitgenodigd: {aantal} {'mens' if aantal == 1 else 'mensen'}.")
    return redirect("bijeenkomsten:beheer", pk)


@require_safe
@voor_kernteam
def deelnemers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, who may come and who does not; printable."""
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.met_aantallen(), pk=pk)
    context = {
        "bijeenkomst": bijeenkomst,
        **gasten(bijeenkomst, request.GET),
        "kan_nog": bijeenkomst.is_gepubliceerd and not bijeenkomst.is_voorbij,
        "keuzes": [(keuze.value, keuze.label) for keuze in Uitnodiging.TE_KIEZEN],
    }
    return render(request, "bijeenkomsten/deelnemers.html", context)


@require_POST
@voor_kernteam
def antwoord_van(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody told the core team, also when she can no longer do so herself."""
    terug = reverse("bijeenkomsten:deelnemers", args=[pk], query=request.GET)
    form = AntwoordVanForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dat is niet gelukt. Kies een antwoord.")
        return redirect(terug)
    uitnodigingen = Uitnodiging.objects.filter(bijeenkomst=pk)
    uitnodiging = get_object_or_404(uitnodigingen, pk=form.cleaned_data["uitnodiging"])
    antwoord = form.cleaned_data["antwoord"]
    with zegt_wat_niet_kan(request):
        beantwoord(uitnodiging=uitnodiging, antwoord=antwoord, bron=Uitnodiging.Bron.KERNTEAM)
        messages.success(request, f"{uitnodiging.wie} {uitnodiging.get_antwoord_display()}.")
    return redirect(terug)
