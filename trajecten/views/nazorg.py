"""Aftercare: what was agreed, new agreements and other days, and the sheet that the young person takes home."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trajecten.actions import spreek_nazorg_af, verander_data, wie_houdt_contact
from trajecten.forms.nazorg import AfspraakForm, DataForm, DeurForm
from trajecten.models import NazorgAfspraak, Traject
from trajecten.views.laden import open_traject

EERDER = 30  # results on the page


@require_GET
def nazorg(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything about aftercare of one young person, on one page."""
    traject = open_traject(request, pk, "nazorg")
    afspraken = list(traject.nazorgafspraken.order_by("van", "pk"))
    contacten = traject.contactmomenten.select_related("afspraak", "eigenaar", "afgerond_door")
    context = {
        "traject": traject,
        "afspraken": [afspraak for afspraak in afspraken if not afspraak.tot],
        "eerdere_afspraken": [afspraak for afspraak in afspraken if afspraak.tot],
        "gepland": list(contacten.wacht().order_by("gepland_op", "pk")),
        "geweest": list(contacten.exclude(resultaat="").order_by("-afgerond_op", "-pk")[:EERDER]),
        "pauze": traject.pauzes.nog_niet_voorbij().first(),
        "seintjes": list(traject.seintjes.nu().order_by("pk")),
    }
    return render(request, "trajecten/nazorg.html", context)


@require_http_methods(["GET", "POST"])
def nazorg_nieuw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make an agreement: first the wishes, then a look at the days, then it is kept. Or choose an open door."""
    traject = open_traject(request, pk, "nazorg")
    if request.POST.get("knop") == "deur":
        return _open_deur(request, traject)
    form = _afspraakform(request, traject, request.POST or None)
    if form.wil_bewaren:
        spreek_nazorg_af(traject=traject, door=request.user, **form.afspraak())
        messages.success(request, "De afspraak is bewaard.")
        return redirect("trajecten:nazorg", pk=pk)
    if form.is_valid():
        form = form.met_dagen()
    return _toon(request, traject, form)


def _afspraakform(request: HttpRequest, traject: Traject, data: QueryDict | None) -> AfspraakForm:
    return AfspraakForm(data, traject=traject, initial={"eigenaar": wie_houdt_contact(traject, request.user)})


def _toon(request: HttpRequest, traject: Traject, form: AfspraakForm, deurform: DeurForm | None = None) -> HttpResponse:
    lopend = traject.nazorgafspraken.nu().exclude(vormen=[]).exists()
    context = {"traject": traject, "form": form, "deurform": deurform or DeurForm(), "er_loopt_al_iets": lopend}
    return render(request, "trajecten/nazorg_nieuw.html", context)


def _open_deur(request: HttpRequest, traject: Traject) -> HttpResponse:
    """Choose that nothing is agreed: what ran ends kindly, what was planned falls silent."""
    form = DeurForm(request.POST)
    if not form.is_valid():
        return _toon(request, traject, _afspraakform(request, traject, None), form)
    spreek_nazorg_af(traject=traject, vormen=[], door=request.user, afspraak=form.cleaned_data["afspraak"])
    messages.success(request, "De deur staat open, zonder afspraken. Er staat niets meer gepland.")
    return redirect("trajecten:nazorg", pk=traject.pk)


def _afspraak(traject: Traject, afspraak_pk: int) -> NazorgAfspraak:
    return get_object_or_404(traject.nazorgafspraken.nu(), pk=afspraak_pk)


@require_http_methods(["GET", "POST"])
def nazorg_data(request: HttpRequest, pk: UUID, afspraak_pk: int) -> HttpResponse:
    """Choose other days for an agreement that runs, and how it goes on."""
    traject = open_traject(request, pk, "nazorg")
    afspraak = _afspraak(traject, afspraak_pk)
    form = DataForm(request.POST or None, afspraak=afspraak)
    if form.wil_bewaren:
        afspraak.herhaling = form.cleaned_data["herhaling"]
        afspraak.herhaling_weken = form.cleaned_data["herhaling_weken"]
        verander_data(afspraak=afspraak, dagen=form.dagen, jaardag=form.jaardag, door=request.user)
        messages.success(request, "De dagen zijn bewaard.")
        return redirect("trajecten:nazorg", pk=pk)
    if form.is_valid():
        form = form.met_dagen()
    return render(request, "trajecten/nazorg_data.html", {"traject": traject, "afspraak": afspraak, "form": form})


@require_http_methods(["GET", "POST"])
def nazorg_stoppen(request: HttpRequest, pk: UUID, afspraak_pk: int) -> HttpResponse:
    """End an agreement. Looking asks; pressing the button ends it, and what it had planned falls silent."""
    traject = open_traject(request, pk, "nazorg")
    if request.method == "POST":
        if traject.nazorgafspraken.filter(pk=afspraak_pk).nu().stop():
            messages.success(request, "De afspraak loopt niet meer. De deur blijft open.")
        return redirect("trajecten:nazorg", pk=pk)
    afspraak = _afspraak(traject, afspraak_pk)
    context = {
        "traject": traject,
        "afspraak": afspraak,
        "gepland": list(afspraak.contactmomenten.wacht().order_by("gepland_op")),
    }
    return render(request, "trajecten/nazorg_stoppen.html", context)


@require_GET
def nazorg_blad(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agreement on one sheet of paper, in words for the young person."""
    traject = open_traject(request, pk, "nazorg_blad")
    vandaag = timezone.localdate()
    afspraken = list(traject.nazorgafspraken.nu().order_by("van", "pk"))
    komend = traject.contactmomenten.wacht().filter(gepland_op__gte=vandaag).select_related("afspraak", "eigenaar")
    context = {
        "traject": traject,
        "afspraken": afspraken,
        "gepland": list(komend.order_by("gepland_op", "pk")),
        "daarna": sorted({een.noem_herhaling for een in afspraken if een.gaat_vanzelf_verder}),
        "vandaag": vandaag,
    }
    return render(request, "trajecten/nazorg_blad.html", context)
