"""Talking about an application: the applicant by a signed link, admins and asked members behind sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collectief.agenda import MEDIATYPE
from initiatieven.forms.gesprek import AanmelderForm, ReferentieForm, wat_kan
from initiatieven.forms.velden import vragen_terug
from initiatieven.gesprek import COLLECTIEF, antwoord, geef_referentie, kies_tijd, maak_bezwaar, stuur_nieuwe_link
from initiatieven.gespreksagenda import als_bestand
from initiatieven.lidmaatschap import Stap
from initiatieven.links import Doel, lees_token
from initiatieven.models import Aanmelding, AanmeldingBericht, Gespreksmoment, Referentie, StapGeweigerd
from initiatieven.models.aanmelding import VERSE_LINK
from initiatieven.views.toetsformulieren import GESPREK, lees_formulier
from initiatieven.views.toetsing import blad, voor_toetser


def _aanmelding(token: str) -> Aanmelding:
    """The application that this link is for, however old the link is; 404 when we did not make it."""
    sleutel = lees_token(Doel.AANMELDING, token)
    if sleutel is None:
        raise Http404
    return get_object_or_404(Aanmelding, pk=sleutel)


def _is_verlopen(aanmelding: Aanmelding, token: str) -> bool:
    """Whether nothing happened for so long that this link shows nothing any more."""
    return timezone.now() > aanmelding.link_tot and not lees_token(Doel.AANMELDING, token, hooguit=VERSE_LINK)


def _verlopen(request: HttpRequest, aanmelding: Aanmelding) -> HttpResponse:
    """Say that the link ended, and mail a new one to the contact person when that is asked. Tells nothing else."""
    if request.method == "POST":
        stuur_nieuwe_link(aanmelding=aanmelding)
    context = {"is_verstuurd": request.method == "POST"}
    return render(request, "initiatieven/link_verlopen.html", context, status=410)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def gesprek(request: HttpRequest, token: str) -> HttpResponse:
    """What the applicant sees and can do, without an account. GET only shows."""
    aanmelding = _aanmelding(token)
    if _is_verlopen(aanmelding, token):
        return _verlopen(request, aanmelding)
    form = AanmelderForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect("initiatieven:gesprek", _doe(aanmelding, **form.cleaned_data).token)
        except StapGeweigerd as geweigerd:
            form.add_error(None, str(geweigerd))
            aanmelding.refresh_from_db()
    return render(request, "initiatieven/gesprek.html", _gesprek(aanmelding, form))


def _gesprek(aanmelding: Aanmelding, form: AanmelderForm) -> dict:
    kan = wat_kan(aanmelding)
    bij_het_veld = "tekst" if kan.get(form.data.get("doe")) and form.data["doe"] != "intrekken" else None
    return {
        "aanmelding": aanmelding,
        "form": form,
        "losse": [fout for veld, fouten in form.errors.items() if veld != bij_het_veld for fout in fouten],
        "bezwaar": getattr(aanmelding, "bezwaar", None),
        "berichten": aanmelding.berichten.exclude(soort=AanmeldingBericht.Soort.NOTITIE),
        "gekozen": aanmelding.gespreksmomenten.gekozen().first(),
        "te_kiezen": aanmelding.gespreksmomenten.te_kiezen(),
        "kan": kan,
    }


def _doe(aanmelding: Aanmelding, *, doe: str, tekst: str, moment: int | None) -> Aanmelding:
    """Do what the applicant chose; return the application to go on with. Raises StapGeweigerd."""
    if doe == "antwoord":
        antwoord(aanmelding=aanmelding, tekst=tekst)
    elif doe == "kies":
        kies_tijd(aanmelding=aanmelding, moment_pk=moment)
    elif doe == "intrekken":
        aanmelding.zet_stap(Stap.INTREKKEN, waarom=tekst)
    else:
        return maak_bezwaar(aanmelding=aanmelding, tekst=tekst)
    return aanmelding


def _ics(moment: Gespreksmoment | None, *, met: str, pad: str) -> HttpResponse:
    if moment is None:
        raise Http404
    inhoud = als_bestand(moment, met=met, pad=pad)
    naam = 'attachment; filename="kennismaking.ics"'
    return HttpResponse(inhoud, content_type=MEDIATYPE, headers={"Content-Disposition": naam})


@require_safe
@login_not_required
@never_cache
def gesprek_agenda(request: HttpRequest, token: str) -> HttpResponse:
    """The chosen time for the applicant's calendar."""
    aanmelding = _aanmelding(token)
    if _is_verlopen(aanmelding, token):
        return _verlopen(request, aanmelding)
    moment = aanmelding.gespreksmomenten.gekozen().first()
    return _ics(moment, met=COLLECTIEF, pad=request.path.removesuffix("agenda.ics"))


@require_safe
def toets_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen time for the admin's calendar."""
    aanmelding = get_object_or_404(voor_toetser(request), pk=pk)
    moment = aanmelding.gespreksmomenten.gekozen().first()
    return _ics(moment, met=aanmelding.naam, pad=aanmelding.get_absolute_url())


@require_POST
def toets_gesprek(request: HttpRequest, pk: int, wat: str) -> HttpResponse:
    """What an admin does around an application: write, note, offer times, ask a member or a colleague."""
    aanmelding = get_object_or_404(voor_toetser(request), pk=pk)
    if wat not in GESPREK:
        raise Http404
    form = lees_formulier(wat, aanmelding, request.POST)
    if not form.is_valid():
        return blad(request, aanmelding, **{wat: form})
    try:
        GESPREK[wat].doe(aanmelding=aanmelding, door=request.user, **getattr(form, "gegevens", form.cleaned_data))
    except StapGeweigerd as geweigerd:
        form.add_error(None, str(geweigerd))
        return blad(request, aanmelding, **{wat: form})
    messages.success(request, GESPREK[wat].gelukt)
    return redirect(aanmelding)


@require_http_methods(["GET", "HEAD", "POST"])
def referentie(request: HttpRequest, pk: int) -> HttpResponse:
    """A member tells what she knows of an applicant. Only the initiative that was asked, and admins not."""
    eigen = Referentie.objects.gevraagd_aan(request.user).select_related("aanmelding", "initiatief", "gevraagd_door")
    vraag = get_object_or_404(eigen, pk=pk)
    form = ReferentieForm(request.POST or None, instance=vraag)
    if form.is_valid():
        try:
            geef_referentie(referentie=vraag, tekst=form.cleaned_data["tekst"], door=request.user)
        except StapGeweigerd as geweigerd:
            form.add_error(None, str(geweigerd))
        else:
            messages.success(request, "Dank je wel. De beheerder krijgt een mail.")
            return redirect(request.path)
    return render(request, "initiatieven/referentie.html", {"vraag": vraag, "form": form, "vragen": vragen_terug(form)})
