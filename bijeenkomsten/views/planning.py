"""Pages on which the core team plans a year. For everyone else they do not exist, but for the sheet to print."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.actions import haal_concept_weg, wijzig
from bijeenkomsten.agenda import als_agenda
from bijeenkomsten.forms.bijeenkomst import SchooljaarForm
from bijeenkomsten.forms.planning import PlanningBestandForm, SchoolvakantiesForm, SjabloonForm, VerplaatsForm
from bijeenkomsten.importeren import OnleesbaarBestand, Plan, als_csv, maak_plan, voer_uit
from bijeenkomsten.jaarplanning import per_maand, stippen
from bijeenkomsten.models import Bijeenkomst, Schoolvakantie
from bijeenkomsten.planning import botsingen, kalender, publiceer_jaar, stel_jaar_voor
from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.views.kernteam import voor_kernteam
from bijeenkomsten.views.weigering import zegt_wat_niet_kan
from collectief.agenda import MEDIATYPE


def _schooljaar(request: HttpRequest) -> Schooljaar:
    """The school year in the address; this one when there is none, or none that we know."""
    form = SchooljaarForm(request.GET if "jaar" in request.GET else {"jaar": Schooljaar.nu().jaar})
    return form.cleaned_data["jaar"] if form.is_valid() else Schooljaar.nu()


def _naar(schooljaar: Schooljaar) -> HttpResponse:
    return redirect(f"{reverse('bijeenkomsten:planning')}?jaar={schooljaar.jaar}")


@require_safe
@voor_kernteam
def planning(request: HttpRequest) -> HttpResponse:
    """One school year with drafts and clashes, and everything that can be done with it."""
    schooljaar = _schooljaar(request)
    bijeenkomsten = list(Bijeenkomst.objects.in_schooljaar(schooljaar))
    vakanties = list(Schoolvakantie.objects.rond(schooljaar))
    for bijeenkomst in bijeenkomsten:
        bijeenkomst.botsingen = botsingen(bijeenkomst, bijeenkomsten, vakanties)
    context = {
        "schooljaar": schooljaar,
        "bijeenkomsten": bijeenkomsten,
        "concepten": [bijeenkomst for bijeenkomst in bijeenkomsten if bijeenkomst.is_concept],
        "maanden": per_maand(schooljaar, bijeenkomsten),
        "kalender": kalender(schooljaar, bijeenkomsten, vakanties),
        "is_bekend": Schoolvakantie.objects.is_bekend(schooljaar),
        "sjabloon": SjabloonForm(),
    }
    return render(request, "bijeenkomsten/planning.html", context)


@require_POST
@voor_kernteam
def voorstel(request: HttpRequest) -> HttpResponse:
    """Add drafts with proposed dates, up to the numbers that were asked."""
    schooljaar, form = _schooljaar(request), SjabloonForm(request.POST)
    if not form.is_valid():
        return render(request, "bijeenkomsten/voorstel.html", {"form": form, "schooljaar": schooljaar})
    aantal, te_kort = stel_jaar_voor(
        schooljaar=schooljaar, aantallen=form.aantallen, weekdagen=form.cleaned_data["weekdagen"]
    )
    if aantal:
        messages.success(request, f"Er {'staat 1 concept' if aantal == 1 else f'staan {aantal} concepten'} bij.")
    elif not te_kort:
        messages.info(request, "Er kwam niets bij: zoveel bijeenkomsten staan er al.")
    if te_kort:
        messages.warning(request, f"Voor {te_kort} vonden we geen vrije dag meer. Kies die zelf.")
    return _naar(schooljaar)


@require_POST
@voor_kernteam
def verplaatsen(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft on another day; the times stay."""
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.concept(), pk=pk)
    van = bijeenkomst.schooljaar
    form = VerplaatsForm(request.POST, bijeenkomst=bijeenkomst)
    if not form.is_valid():
        context = {"form": form, "bijeenkomst": bijeenkomst, "schooljaar": van}
        return render(request, "bijeenkomsten/verplaatsen.html", context)
    wijzig(bijeenkomst=bijeenkomst)
    messages.success(request, f"{bijeenkomst.naam} staat nu op {bijeenkomst.wanneer}.")
    return _naar(bijeenkomst.schooljaar)


@require_POST
@voor_kernteam
def weghalen(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    schooljaar = bijeenkomst.schooljaar
    with zegt_wat_niet_kan(request):
        haal_concept_weg(bijeenkomst=bijeenkomst)
        messages.success(request, "Het concept is weg.")
        return _naar(schooljaar)
    return redirect("bijeenkomsten:beheer", pk)


@require_POST
@voor_kernteam
def jaar_publiceren(request: HttpRequest) -> HttpResponse:
    """Publish every draft of the year that is ready, and say of the others what they lack."""
    schooljaar = _schooljaar(request)
    aantal, nog_niet = publiceer_jaar(schooljaar=schooljaar)
    if aantal:
        messages.success(request, f"{aantal} gepubliceerd. Je kunt nu mensen uitnodigen.")
    for reden, welke in nog_niet.items():
        messages.warning(request, f"Nog niet gepubliceerd: {'; '.join(welke)}. {reden}")
    return _naar(schooljaar)


@require_safe
@voor_kernteam
def planning_csv(request: HttpRequest) -> HttpResponse:
    """The whole year as a table, drafts too."""
    schooljaar = _schooljaar(request)
    tekst = als_csv(Bijeenkomst.objects.in_schooljaar(schooljaar))
    return _download(tekst.encode("utf-8-sig"), "text/csv; charset=utf-8", f"planning-{schooljaar.jaar}.csv")


@require_safe
@voor_kernteam
def planning_ics(request: HttpRequest) -> HttpResponse:
    """The whole year as a calendar file, drafts too."""
    schooljaar = _schooljaar(request)
    inhoud = als_agenda(Bijeenkomst.objects.in_schooljaar(schooljaar), naam=f"Jaarplanning {schooljaar}")
    return _download(inhoud, MEDIATYPE, f"planning-{schooljaar.jaar}.ics")


def _download(inhoud: bytes, mediatype: str, naam: str) -> HttpResponse:
    antwoord = HttpResponse(inhoud, content_type=mediatype)
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def planning_inlezen(request: HttpRequest) -> HttpResponse:
    """Read a planning from a file: first what would happen, then, with the same file, that it happens."""
    form, plan = PlanningBestandForm(request.POST or None, request.FILES or None), None
    if form.is_valid():
        plan = _plan(form)
    if plan and "inlezen" in request.POST and plan.is_iets:
        voer_uit(plan)
        messages.success(request, plan.samenvatting)
        return _naar(plan.schooljaar)
    return render(request, "bijeenkomsten/planning_inlezen.html", {"form": form, "plan": plan})


def _plan(form: PlanningBestandForm) -> Plan | None:
    try:
        return maak_plan(form.cleaned_data["bestand"].read(), soort=form.cleaned_data["soort"])
    except OnleesbaarBestand as fout:
        form.add_error("bestand", str(fout))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def schoolvakanties(request: HttpRequest) -> HttpResponse:
    """The school holidays of one year, to look at and to fill in; and which years are known."""
    schooljaar = _schooljaar(request)
    form = SchoolvakantiesForm(request.POST or None, schooljaar=schooljaar)
    if form.is_valid():
        form.save()
        messages.success(request, f"De schoolvakanties van {schooljaar} zijn bewaard.")
        return redirect(f"{request.path}?jaar={schooljaar.jaar}")
    context = {"form": form, "schooljaar": schooljaar, "bekend": Schoolvakantie.objects.bekende_jaren()}
    return render(request, "bijeenkomsten/schoolvakanties.html", context)


@require_safe
@login_not_required
def blad(request: HttpRequest) -> HttpResponse:
    """The public planning of one school year on one sheet of paper."""
    schooljaar = _schooljaar(request)
    bijeenkomsten = list(Bijeenkomst.objects.openbaar().in_schooljaar(schooljaar))
    context = {
        "schooljaar": schooljaar,
        "bijeenkomsten": bijeenkomsten,
        "maanden": per_maand(schooljaar, bijeenkomsten),
        "stippen": stippen(schooljaar, bijeenkomsten),
    }
    return render(request, "bijeenkomsten/blad.html", context)
