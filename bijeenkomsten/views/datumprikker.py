"""Date polls: for the core team that asks, and for whoever answers by a personal link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.forms.datumprikker import DataForm, DatumprikkerForm, KiesForm, MensenForm, PrikForm, TermijnForm
from bijeenkomsten.models import Datumprikker, Prikdatum, Prikgast
from bijeenkomsten.prikken import (
    haal_datum_weg,
    haal_gast_weg,
    herinner,
    maak_bijeenkomst,
    stop,
    vraag_mensen,
    zet_data_erbij,
    zet_is_nodig,
)
from bijeenkomsten.prikstand import Prikstand, belemmering, beste, weeg
from bijeenkomsten.views.kernteam import voor_kernteam
from bijeenkomsten.views.weigering import zegt_wat_niet_kan

BOVENAAN = 3
# The cells of the table are made once: forty people and sixty dates are 2,400 of them.
WOORD = {"ja": "kan", "desnoods": "als het moet", "nee": "kan niet", None: "–"}
IN_WOORDEN = WOORD | {None: "koos nog niet"}
CEL = {keuze: format_html('<td data-keuze="{}">{}</td>', keuze or "", woord) for keuze, woord in WOORD.items()}


@require_safe
@voor_kernteam
def lijst(request: HttpRequest) -> HttpResponse:
    return render(request, "bijeenkomsten/datumprikkers.html", {"prikkers": Datumprikker.objects.op_nieuwste()[:50]})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def nieuw(request: HttpRequest) -> HttpResponse:
    """Begin a date poll; dates come next, then people."""
    form = DatumprikkerForm(request.POST or None, instance=Datumprikker(door=request.user))
    if form.is_valid():
        prikker = form.save()
        return redirect("bijeenkomsten:prikdata", prikker.pk)
    return render(request, "bijeenkomsten/datumprikker_nieuw.html", {"form": form})


@require_safe
@voor_kernteam
def prikker(request: HttpRequest, pk: int) -> HttpResponse:
    """Who can when, the best date with the reason, and what can be done now. Two queries, however many people."""
    data = list(Prikdatum.objects.filter(prikker=pk).select_related("prikker__bijeenkomst"))
    deze = data[0].prikker if data else get_object_or_404(Datumprikker, pk=pk)
    gasten = list(Prikgast.objects.filter(prikker=pk).met_keuzes())
    wegingen = weeg(data, gasten)
    for weging in wegingen:
        weging.per_keuze = _per_keuze(weging.datum.pk, gasten)
        weging.cellen = format_html_join("", "{}", ((CEL[gast.keuzes.get(weging.datum.pk)],) for gast in gasten))
    context = {
        "prikker": deze,
        "gasten": gasten,
        "wegingen": wegingen,
        "beste": beste(wegingen, nu=timezone.now())[:BOVENAAN],
        "aantal_open": sum(gast.beantwoord_op is None for gast in gasten),
    }
    return render(request, "bijeenkomsten/datumprikker.html", context)


def _per_keuze(datum: int, gasten: list[Prikgast]) -> list[tuple[str, str]]:
    """Who can, who can if need be, and so on, by name: the table as sentences, for a phone."""
    namen: dict[str | None, list[str]] = {keuze: [] for keuze in WOORD}
    for gast in gasten:
        namen[gast.keuzes.get(datum)].append(gast.naam)
    return [(woord, ", ".join(namen[keuze])) for keuze, woord in IN_WOORDEN.items() if namen[keuze]]


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def data_erbij(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one date, or a series."""
    deze = get_object_or_404(Datumprikker, pk=pk)
    form = DataForm(request.POST or None)
    if form.is_valid():
        try:
            aantal = zet_data_erbij(prikker=deze, data=form.cleaned_data["data"])
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            messages.success(request, f"Erbij gezet: {aantal} {'datum' if aantal == 1 else 'data'}.")
            return redirect(deze)
    return render(request, "bijeenkomsten/datumprikker_data.html", {"form": form, "prikker": deze})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def mensen_erbij(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask people; each gets a mail with a personal link."""
    deze = get_object_or_404(Datumprikker, pk=pk)
    form = MensenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wie = {"mensen": form.cleaned_data["mensen"], "is_nodig": form.cleaned_data["is_nodig"]}
        try:
            aantal = vraag_mensen(prikker=deze, **wie)
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            messages.success(
                request, f"Gevraagd: {aantal} {'mens' if aantal == 1 else 'mensen'}. Zij krijgen een mail."
            )
            return redirect(deze)
    return render(request, "bijeenkomsten/datumprikker_mensen.html", {"form": form, "prikker": deze})


@require_POST
@voor_kernteam
def gast(request: HttpRequest, pk: int, gast_pk: int) -> HttpResponse:
    """Say that somebody has to be there or not, or take her off the list."""
    wie = get_object_or_404(Prikgast.objects.select_related("prikker"), pk=gast_pk, prikker=pk)
    with zegt_wat_niet_kan(request):
        if "weg" in request.POST:
            haal_gast_weg(gast=wie)
        else:
            zet_is_nodig(gast=wie, is_nodig=request.POST.get("nodig") == "ja")
    return redirect("bijeenkomsten:datumprikker", pk)


@require_POST
@voor_kernteam
def datum_weg(request: HttpRequest, pk: int, datum_pk: int) -> HttpResponse:
    datum = get_object_or_404(Prikdatum.objects.select_related("prikker"), pk=datum_pk, prikker=pk)
    with zegt_wat_niet_kan(request):
        haal_datum_weg(datum=datum)
    return redirect("bijeenkomsten:datumprikker", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def termijn(request: HttpRequest, pk: int) -> HttpResponse:
    """Say until when people may answer, also when that was over already."""
    deze = get_object_or_404(Datumprikker, pk=pk, stand=Prikstand.OPEN)
    form = TermijnForm(request.POST if request.method == "POST" else None, instance=deze)
    if form.is_valid():
        get_object_or_404(Datumprikker, pk=pk).zet_termijn(**form.cleaned_data)
        messages.success(request, "Bewaard.")
        return redirect(deze)
    return render(request, "bijeenkomsten/datumprikker_termijn.html", {"form": form, "prikker": deze})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def kies(request: HttpRequest, pk: int, datum_pk: int) -> HttpResponse:
    """Look shows what will happen; doing it makes the meeting and invites."""
    datum = get_object_or_404(Prikdatum.objects.select_related("prikker__bijeenkomst"), pk=datum_pk, prikker=pk)
    form = KiesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with zegt_wat_niet_kan(request):
            bijeenkomst = maak_bijeenkomst(datum=datum, **form.cleaned_data)
            messages.success(request, "De bijeenkomst staat. Iedereen die je vroeg, krijgt een uitnodiging.")
            return redirect("bijeenkomsten:beheer", bijeenkomst.pk)
        return redirect(datum.prikker)
    weging = weeg([datum], Prikgast.objects.filter(prikker=pk).met_keuzes())[0]
    return render(request, "bijeenkomsten/datumprikker_kies.html", {"form": form, "datum": datum, "weging": weging})


@require_POST
@voor_kernteam
def herinneren(request: HttpRequest, pk: int) -> HttpResponse:
    with zegt_wat_niet_kan(request):
        aantal = herinner(prikker=get_object_or_404(Datumprikker, pk=pk))
        messages.success(request, f"Wie nog niets invulde krijgt een mail, hooguit één per dag: {aantal}.")
    return redirect("bijeenkomsten:datumprikker", pk)


@require_POST
@voor_kernteam
def stoppen(request: HttpRequest, pk: int) -> HttpResponse:
    with zegt_wat_niet_kan(request):
        stop(prikker=get_object_or_404(Datumprikker, pk=pk))
    return redirect("bijeenkomsten:datumprikker", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def prikken(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody say when she can, by the personal link from the mail. Touches no session."""
    wie = get_object_or_404(Prikgast.objects.select_related("prikker__bijeenkomst").met_keuzes(), token=token)
    data = list(wie.prikker.data.filter(begint_op__gt=timezone.now())) if wie.prikker.is_open else []
    form = PrikForm(request.POST if request.method == "POST" else None, data_van_prikker=data)
    fout = belemmering(wie.prikker)
    if form.is_valid():
        try:
            weg = wie.prik(form.keuzes())
        except ValidationError as geweigerd:
            fout = geweigerd.message
        else:
            return redirect(f"{request.path}?bewaard={'deels' if weg else 'ja'}")
    gekozen = wie.keuzes if not form.is_bound else {datum.pk: form.data.get(f"d{datum.pk}", "") for datum in data}
    for datum in data:
        datum.gekozen = gekozen.get(datum.pk, "")
    context = {"gast": wie, "prikker": wie.prikker, "data": data, "form": form, "fout": fout}
    context["bewaard"] = request.GET.get("bewaard", "")
    return render(request, "bijeenkomsten/prikken.html", context)
