"""The way in: an application in steps, kept between them, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from collectief.gebruikers.tevaak import mag_nog_eens
from initiatieven.forms import AanmeldingForm
from initiatieven.forms.aanmelden import STAP, STAPPEN, na_te_lezen, stappen_met_vragen
from initiatieven.forms.velden import vragen_terug
from initiatieven.gesprek import begin_concept, verstuur_concept
from initiatieven.links import Doel, lees_token
from initiatieven.models import Aanmeldconcept

TE_VEEL = "Er kwamen net veel aanmeldingen binnen. Wacht een uur en probeer het dan nog eens. Je tekst staat er nog."


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def aanmelden(request: HttpRequest) -> HttpResponse:
    """The first step. From here on everything is kept, and a mail brings its writer back."""
    form = AanmeldingForm(request.POST or None, stap="begin")
    if form.is_valid():
        if form.is_van_een_robot:
            return redirect("initiatieven:dank")
        if mag_nog_eens(request, action="aanmelding", key=form.cleaned_data["contact_email"].lower()):
            concept = begin_concept(email=form.cleaned_data["contact_email"], antwoorden=form.getypt)
            return redirect("initiatieven:verder_stap", concept.token, STAPPEN[1].naam)
        form.add_error(None, TE_VEEL)
    return _stap(request, form, "begin")


def _stap(request: HttpRequest, form: AanmeldingForm, stap: str, concept: Aanmeldconcept | None = None) -> HttpResponse:
    nummer = STAPPEN.index(STAP[stap])
    context = {
        "form": form,
        "vragen": vragen_terug(form),
        "stap": STAP[stap],
        "nummer": nummer + 1,
        "aantal": len(STAPPEN),
        "concept": concept,
        "vorige": STAPPEN[nummer - 1] if nummer else None,
        "benadering": form.nu,
    }
    return render(request, "initiatieven/aanmelden.html", context)


def _concept(token: str) -> Aanmeldconcept | None:
    return Aanmeldconcept.objects.filter(pk=lees_token(Doel.CONCEPT, token)).first()


def _weg(request: HttpRequest) -> HttpResponse:
    """The link was used up, or is not ours: say so, and how to begin anew."""
    return render(request, "initiatieven/aanmelding_weg.html", status=404)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def verder_stap(request: HttpRequest, token: str, stap: str) -> HttpResponse:
    """One step. Everything that was typed is kept, also what is not right yet."""
    concept = _concept(token)
    if concept is None or stap not in STAP:
        return _weg(request)
    if request.method != "POST":
        return _stap(request, AanmeldingForm(initial=concept.antwoorden, stap=stap), stap, concept)
    form = AanmeldingForm(request.POST, stap=stap)
    concept.bewaar(form.getypt)
    if "later" in request.POST:
        return redirect("initiatieven:verder", token)
    if not form.is_valid():
        return _stap(request, form, stap, concept)
    verder = STAPPEN.index(STAP[stap]) + 1
    if verder < len(STAPPEN) and not AanmeldingForm(concept.antwoorden).is_valid():  # who mends one answer reads over
        return redirect("initiatieven:verder_stap", token, STAPPEN[verder].naam)
    return redirect("initiatieven:verder", token)


def _mag_mailen(request: HttpRequest, concept: Aanmeldconcept, email: str) -> bool:
    """Whether a mail may go there. An address that was changed on the way counts as a new one."""
    return email.lower() == concept.email.lower() or mag_nog_eens(request, action="aanmelding", key=email.lower())


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def verder(request: HttpRequest, token: str) -> HttpResponse:
    """Where the application stands; send it when every step is done. GET only shows."""
    concept = _concept(token)
    if concept is None:
        return _weg(request)
    form = AanmeldingForm(concept.antwoorden)
    if request.method == "POST" and form.is_valid():
        if _mag_mailen(request, concept, form.cleaned_data["contact_email"]):
            verstuur_concept(concept=concept, form=form)
            return redirect("initiatieven:dank")
        form.add_error(None, TE_VEEL)
    if request.method == "POST" and _concept(token) is None:
        return _weg(request)  # sent a moment ago: she pressed twice
    return _toon(request, concept, form)


def _toon(request: HttpRequest, concept: Aanmeldconcept, form: AanmeldingForm) -> HttpResponse:
    """Every step with what it still asks, and once all are done what was answered."""
    stappen = stappen_met_vragen(form)
    context = {
        "concept": concept,
        "stappen": stappen,
        "verder_met": next((stap for stap, vragen in stappen if vragen), None),
        "nalezen": na_te_lezen(form) if form.is_valid() else [],
        "losse": form.non_field_errors(),
        "bewaard_tot": timezone.localdate(concept.bewaard_tot),
    }
    return render(request, "initiatieven/verder.html", context)


@require_safe
@login_not_required
def dank(request: HttpRequest) -> HttpResponse:
    return render(request, "initiatieven/dank.html")
