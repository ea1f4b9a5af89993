"""Data in and out: a table with a trial run, open data, and the bin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collectief.rekenblad import csv_antwoord
from initiatieven.forms.rij import SLEUTEL, VELDEN, ImportForm, PrullenbakForm
from initiatieven.forms.rijdelen import PLEK, RUIMTE, kolommen
from initiatieven.hsds import hsds, tabel
from initiatieven.importeren import ImportGeweigerd, neem_over, plan_van
from initiatieven.models import Importproef, Initiatief
from initiatieven.prullenbak import BEDENKTIJD, WeggooienGeweigerd, gooi_weg, zet_terug
from initiatieven.views.toegang import alleen_toetsers

MEEST = 50  # initiatives on the page of the bin, and rows of a trial that are written out


@require_http_methods(["GET", "HEAD", "POST"])
def importeren(request: HttpRequest) -> HttpResponse:
    """Upload a table; it is looked at, and nothing is written yet."""
    alleen_toetsers(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        proef = Importproef.objects.create(
            bestandsnaam=form.cleaned_data["bestand"].name[:200],
            kop=form.tabel.kop,
            rijen=form.tabel.rijen,
            zijn_lid=form.cleaned_data["zijn_lid"],
            door=request.user,
        )
        return redirect("initiatieven:importproef", proef.pk)
    bekend = [SLEUTEL, *VELDEN, *kolommen(PLEK, 1), *kolommen(RUIMTE, 1)]
    return render(request, "initiatieven/importeren.html", {"form": form, "kolommen": bekend})


@require_http_methods(["GET", "HEAD", "POST"])
def importproef(request: HttpRequest, pk: int) -> HttpResponse:
    """What this table would change; a POST takes it over."""
    alleen_toetsers(request)
    proef = get_object_or_404(Importproef, pk=pk, door=request.user)
    if request.method == "POST":
        try:
            plan = neem_over(proef=proef, door=request.user)
        except ImportGeweigerd as geweigerd:
            messages.error(request, str(geweigerd))
            return redirect("initiatieven:importproef", pk)
        messages.success(request, f"Ingelezen: {len(plan.nieuw)} nieuw, {len(plan.gewijzigd)} gewijzigd.")
        return redirect("initiatieven:importeren")
    plan = plan_van(proef)
    context = {"proef": proef, "plan": plan, "fouten": plan.fouten[:MEEST], "gewijzigd": plan.gewijzigd[:MEEST]}
    return render(request, "initiatieven/importproef.html", {**context, "nieuw": plan.nieuw[:MEEST], "meest": MEEST})


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600)
def open_data_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Public fields as a table."""
    rijen = tabel()
    return csv_antwoord("initiatieven", next(rijen), rijen)


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600)
def open_data_json(request: HttpRequest) -> StreamingHttpResponse:
    """The same in the shape of HSDS."""
    return StreamingHttpResponse(hsds(), content_type="application/json")


@require_safe
def prullenbak(request: HttpRequest) -> HttpResponse:
    """What was thrown away, until when it can come back, and what could go."""
    alleen_toetsers(request)
    form = PrullenbakForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    weg = Initiatief.objects.exclude(verwijderd_op=None).order_by("verwijderd_op", "pk")
    kan_weg = Initiatief.objects.filter(verwijderd_op=None).exclude(lidmaatschap__in=Initiatief.OPENBAAR)
    kan_weg = kan_weg.zoek(q).op_naam().fetch_mode(models.FETCH_RAISE)[:MEEST]
    context = {"weg": [(rij, rij.verwijderd_op + BEDENKTIJD) for rij in weg], "kan_weg": kan_weg, "form": form}
    return render(request, "initiatieven/prullenbak.html", context)


@require_POST
def weggooien(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away, or take back out of the bin."""
    alleen_toetsers(request)
    initiatief = get_object_or_404(Initiatief, pk=pk)
    if "terug" in request.POST:
        zet_terug(initiatief=initiatief)
        messages.success(request, f"{initiatief} is terug.")
        return redirect("initiatieven:prullenbak")
    try:
        gooi_weg(initiatief=initiatief, door=request.user)
        messages.success(request, f"{initiatief} ligt in de prullenbak. Je kunt het dertig dagen terugzetten.")
    except WeggooienGeweigerd as geweigerd:
        messages.error(request, str(geweigerd))
    return redirect("initiatieven:prullenbak")
