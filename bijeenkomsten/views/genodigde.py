"""Pages for people who are invited, or welcome: look, answer, say what you need, help to prepare."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.actions import beantwoord, help_mee, meld_aan, toon_belangstelling, zet_wensen
from bijeenkomsten.bladzijde import bladzijde, met_nog_open, met_stukken, nog_open
from bijeenkomsten.forms.bijeenkomst import AntwoordForm
from bijeenkomsten.forms.voorbereiding import WensenForm
from bijeenkomsten.models import Bijeenkomst, Uitnodiging, Vraag
from bijeenkomsten.permissions import mag_antwoorden_zien, mag_plannen
from bijeenkomsten.soorten import Kring
from bijeenkomsten.views.uitleg import leg_uit
from collectief.gebruikers.models import Gebruiker

BEVESTIGING = {
    "ja": "Fijn, we rekenen op je.",
    "misschien": "We hebben genoteerd dat je misschien komt.",
    "nee": "Dank je dat je het laat weten.",
    "wachtlijst": "De bijeenkomst is vol. Je staat op de wachtlijst en krijgt een mail zodra er plek is.",
}
BEWAARD = "Bewaard. Fijn dat we het weten."
LAATSTE = 10  # meetings of the past in a list


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    """Show one's own invitations; the core team also sees what it is planning."""
    uitnodigingen = Uitnodiging.objects.voor(request.user)
    context = {"komend": uitnodigingen.komend(), "geweest": uitnodigingen.geweest()[:LAATSTE]}
    if mag_plannen(request.user):
        context["mag_plannen"] = True
        context["concepten"] = Bijeenkomst.objects.concept().order_by("begint_op", "pk")
        context["gepland"] = Bijeenkomst.objects.aangekondigd().komend().met_aantallen()
        context["pas_geweest"] = Bijeenkomst.objects.aangekondigd().geweest()[:LAATSTE]
    if not context["komend"]:
        context["welkom"] = _waar_welkom(request.user)
    context["mag_antwoorden_zien"] = mag_antwoorden_zien(request.user)
    return render(request, "bijeenkomsten/mijn.html", context)


def _waar_welkom(gebruiker: Gebruiker) -> Bijeenkomst | None:
    """The next meeting she may come to without being invited, such as the first one of a new member."""
    kring = Kring.VERBONDGENOTEN if gebruiker.is_verbondgenoot else Kring.LEDEN
    volgende = Bijeenkomst.objects.openbaar().komend().waar_welkom(kring).first()
    return volgende if volgende and volgende.is_welkom(gebruiker) else None


def _uitnodiging(request: HttpRequest, pk: int) -> Uitnodiging:
    """Her invitation; for who is welcome without one, an invitation that is not stored yet. Raises Http404."""
    eigen = met_nog_open(met_stukken(Uitnodiging.objects.voor(request.user)), request.user)
    if uitnodiging := eigen.filter(bijeenkomst=pk).first():
        return uitnodiging
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.met_ligging(), pk=pk)
    if not bijeenkomst.is_welkom(request.user):
        raise Http404
    return Uitnodiging(bijeenkomst=bijeenkomst, gebruiker=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@leg_uit("Voor deze bijeenkomst kun je je niet zelf aanmelden. Wil je er toch bij zijn? Vraag het aan het kernteam.")
def meedoen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting to someone who is invited or welcome, and take her answer or what she needs."""
    uitnodiging = _uitnodiging(request, pk)
    if request.method == "POST" and "antwoord" in request.POST and not uitnodiging.pk:
        uitnodiging = meld_aan(bijeenkomst=uitnodiging.bijeenkomst, gebruiker=request.user)
    fout, wensen = _verwerk(request, uitnodiging)
    if request.method == "POST" and fout is None and not wensen.errors:
        messages.success(request, BEWAARD if "wensen" in request.POST else BEVESTIGING[uitnodiging.antwoord])
        return redirect("bijeenkomsten:mijn" if request.POST.get("terug") == "mijn" else request.path)
    vragen = Vraag.objects.zichtbaar_voor(request.user).in_programma(uitnodiging.bijeenkomst).met_steun()
    context = bladzijde(uitnodiging, request.user) | nog_open(uitnodiging)
    context |= {"fout": fout, "wensen": wensen, "vragen": vragen}
    return render(request, "bijeenkomsten/meedoen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def antwoord(request: HttpRequest, token: str) -> HttpResponse:
    """The same for someone without an account, by the personal link from the mail. Touches no session."""
    uitnodiging = get_object_or_404(met_stukken(Uitnodiging.objects.zichtbaar().filter(gebruiker=None)), token=token)
    fout, wensen = _verwerk(request, uitnodiging)
    if request.method == "POST" and fout is None and not wensen.errors:
        return redirect(request.path)
    context = bladzijde(uitnodiging, None) | {"fout": fout, "wensen": wensen}
    return render(request, "bijeenkomsten/antwoord.html", context)


def _verwerk(request: HttpRequest, uitnodiging: Uitnodiging) -> tuple[str | None, WensenForm]:
    """Record what was posted: an answer, or what she needs. Return what is in the way, and the form of her needs."""
    if request.method == "POST" and "wensen" in request.POST:
        form = WensenForm(request.POST, instance=uitnodiging)
        if form.is_valid():
            _bewaar_wensen(form)
        return None, form
    return _neem_antwoord(request, uitnodiging), WensenForm(instance=uitnodiging)


def _bewaar_wensen(form: WensenForm) -> None:
    try:
        zet_wensen(uitnodiging=form.instance, wensen=form.wensen, meegenomen=form.cleaned_data.get("meegenomen"))
    except ValidationError as fout:
        form.add_error("meegenomen" if "meegenomen" in form.fields else None, fout)


def _neem_antwoord(request: HttpRequest, uitnodiging: Uitnodiging) -> str | None:
    """Record a posted answer. Return what is in the way, in Dutch, or None."""
    if request.method != "POST":
        return None
    form = AntwoordForm(request.POST)
    if not form.is_valid():
        return form.errors["antwoord"][0]
    try:
        beantwoord(uitnodiging=uitnodiging, antwoord=form.cleaned_data["antwoord"])
    except ValidationError as fout:
        return fout.messages[0]
    return None


@require_POST
def voorbereiden(request: HttpRequest, pk: int) -> HttpResponse:
    """Join the preparation group of a meeting, or leave it."""
    uitnodiging = get_object_or_404(Uitnodiging.objects.voor(request.user), bijeenkomst=pk)
    helpt = help_mee(bijeenkomst=uitnodiging.bijeenkomst, gebruiker=request.user)
    messages.success(request, "Fijn dat je meehelpt." if helpt else "Je helpt niet meer mee met voorbereiden.")
    return redirect("bijeenkomsten:meedoen", pk)


@require_POST
def belangstelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Want to hear of a meeting on a theme, or not any more."""
    uitnodiging = _uitnodiging(request, pk)
    wil = toon_belangstelling(bijeenkomst=uitnodiging.bijeenkomst, gebruiker=request.user)
    messages.success(request, "Je krijgt een uitnodiging." if wil else "Je krijgt geen uitnodiging.")
    return redirect("bijeenkomsten:meedoen", pk)
