"""What admins do with an application: see whose turn it is, judge the checks, decide."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from initiatieven.actions import beoordeel, beslis
from initiatieven.forms import BesluitForm, StapForm, ToetsFormSet
from initiatieven.forms.velden import vragen_terug
from initiatieven.lidmaatschap import BESLUIT_VAN, Stap
from initiatieven.models import Aanmelding, AanmeldingLezing, Gelijkenis, Initiatief, StapGeweigerd
from initiatieven.views.toegang import alleen_toetsers
from initiatieven.views.toetsformulieren import GESPREK, lees_formulier

PER_BLADZIJDE = 24
MOGELIJK = (Stap.TOETSEN, *StapForm.STAPPEN, Stap.TWEEDE_VRAAG, Stap.TWEEDE_LEZER)


def voor_toetser(request: HttpRequest) -> models.QuerySet:
    """Return all applications that were handed in; 404 for whoever does not vet them."""
    alleen_toetsers(request)
    return Aanmelding.objects.ingediend()


@require_safe
def toetsing(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first, with whose turn it is; below it what waits or is done."""
    alle = voor_toetser(request).fetch_mode(models.FETCH_RAISE).prefetch_related("toetsen")
    afgerond = alle.afgerond().order_by(F("ingediend_op").desc(nulls_last=True), "-pk")
    context = {
        "wachtrij": alle.in_behandeling().order_by("ingediend_op", "pk"),
        "aangehouden": alle.aangehouden().order_by("aangehouden_tot", "pk"),
        "pagina": Paginator(afgerond, PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "zijn_er_initiatieven": Initiatief.objects.exists,  # asked only when the queue is empty
    }
    return render(request, "initiatieven/toetsing.html", context)


def blad(request: HttpRequest, aanmelding: Aanmelding, **formulieren) -> HttpResponse:
    """Show one application as it is now, with the forms as they were filled in; from now on she has read it."""
    alles = Aanmelding.objects.select_related("initiatief", "benadering", "bezwaar_tegen", "tweede_vrager")
    aanmelding = alles.prefetch_related("toetsen__door").get(pk=aanmelding.pk)
    AanmeldingLezing.objects.leest(aanmelding, request.user)
    context = {"aanmelding": aanmelding, **_formulieren(aanmelding, formulieren), **_rondom(aanmelding)}
    context |= _wat_kan(aanmelding, context["besluit"])
    return render(request, "initiatieven/toets.html", context)


def _formulieren(aanmelding: Aanmelding, ingevuld: dict) -> dict:
    """Every form of the page, as it was filled in or empty, and what they ask back together."""
    toetsen = ingevuld.get("toetsen") or ToetsFormSet(
        queryset=aanmelding.toetsen.select_related("door"), prefix="toets"
    )
    besluit = ingevuld.get("besluit") or BesluitForm(aanmelding=aanmelding)
    los = {wat: ingevuld.get(wat) or lees_formulier(wat, aanmelding) for wat in GESPREK}
    vragen = vragen_terug(*toetsen, *los.values(), besluit)
    return {"toetsen": toetsen, "besluit": besluit, "vragen": vragen} | {
        f"{wat}_form": form for wat, form in los.items()
    }


def _wat_kan(aanmelding: Aanmelding, besluit: BesluitForm) -> dict:
    """Which steps may be taken now, and what stands in the way of deciding."""
    redenen = {stap: aanmelding.belemmering(stap, waarom="bekend", tot=date.max) for stap in BESLUIT_VAN}
    return {
        "mag": {stap.value: not aanmelding.belemmering(stap, waarom="bekend") for stap in MOGELIJK},
        "mag_besluiten": besluit.is_bound or not all(redenen.values()),
        "waarom_niet": list(dict.fromkeys(filter(None, redenen.values()))),
    }


def _rondom(aanmelding: Aanmelding) -> dict:
    """What was said, agreed and done around an application."""
    zelfde = Gelijkenis.van(vars(aanmelding))
    return {
        "stappen": aanmelding.stappen.select_related("door"),
        "berichten": aanmelding.berichten.select_related("door"),
        "gekozen": aanmelding.gespreksmomenten.gekozen().first(),
        "te_kiezen": aanmelding.gespreksmomenten.te_kiezen(),
        "referenties": aanmelding.referenties.select_related("initiatief", "door"),
        "lijkt_op": zelfde.initiatieven().exclude(pk=aanmelding.initiatief_id),
        "tegelijk": zelfde.aanmeldingen().exclude(pk=aanmelding.pk),
    }


@require_safe
def toets(request: HttpRequest, pk: int) -> HttpResponse:
    return blad(request, get_object_or_404(voor_toetser(request), pk=pk))


@require_POST
def oordelen(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge one or more of the three checks."""
    aanmelding = get_object_or_404(voor_toetser(request), pk=pk)
    formset = ToetsFormSet(request.POST, queryset=aanmelding.toetsen.all(), prefix="toets")
    if not formset.is_valid():
        return blad(request, aanmelding, toetsen=formset)
    try:
        beoordeel(oordelen=formset.nieuwe_oordelen(), door=request.user)
    except StapGeweigerd as geweigerd:
        messages.error(request, str(geweigerd))
        return blad(request, aanmelding, toetsen=formset)
    messages.success(request, "Opgeslagen.")
    return redirect(aanmelding)


@require_POST
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the introduction, take up again, or note that the applicant withdrew."""
    aanmelding = get_object_or_404(voor_toetser(request), pk=pk)
    form = StapForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Deze stap kennen we niet.")
        return blad(request, aanmelding)
    try:
        aanmelding.zet_stap(form.cleaned_data["stap"], door=request.user, waarom=form.cleaned_data["toelichting"])
    except StapGeweigerd as geweigerd:
        messages.error(request, str(geweigerd))
        return blad(request, aanmelding)
    messages.success(request, "Opgeslagen.")
    return redirect(aanmelding)


@require_POST
def besluit(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide; the applicant reads why in a mail."""
    aanmelding = get_object_or_404(voor_toetser(request), pk=pk)
    form = BesluitForm(request.POST, aanmelding=aanmelding)
    if not form.is_valid():
        return blad(request, aanmelding, besluit=form)
    try:
        beslis(aanmelding=aanmelding, door=request.user, **form.cleaned_data)
    except StapGeweigerd as geweigerd:
        form.add_error(None, str(geweigerd))
        return blad(request, aanmelding, besluit=form)
    messages.success(request, f"Besloten. {aanmelding.contactpersoon} krijgt een mail met de reden.")
    return redirect(aanmelding)
