"""Pages for people who are invited: look, and answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bijeenkomsten.actions import beantwoord
from bijeenkomsten.forms.bijeenkomst import AntwoordForm
from bijeenkomsten.models import Bijeenkomst, Uitnodiging, Vraag
from bijeenkomsten.permissions import mag_antwoorden_zien, mag_plannen

BEVESTIGING = {
    "ja": "Fijn, we rekenen op je.",
    "misschien": "We hebben genoteerd dat je misschien komt.",
    "nee": "Dank je dat je het laat weten.",
    "wachtlijst": "De bijeenkomst is vol. Je staat op de wachtlijst en krijgt een mail zodra er plek is.",
}
LAATSTE = 10  # meetings of the past on one's own page


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    """Show one's own invitations; the core team also sees what it is planning."""
    uitnodigingen = Uitnodiging.objects.voor(request.user)
    context = {"komend": uitnodigingen.komend(), "geweest": uitnodigingen.geweest()[:LAATSTE]}
    if mag_plannen(request.user):
        context["mag_plannen"] = True
        context["concepten"] = Bijeenkomst.objects.concept().order_by("begint_op", "pk")
        context["gepland"] = Bijeenkomst.objects.aangekondigd().komend().met_aantallen()
    context["mag_antwoorden_zien"] = mag_antwoorden_zien(request.user)
    return render(request, "bijeenkomsten/mijn.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meedoen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting to someone who is invited, and take her answer."""
    uitnodiging = get_object_or_404(Uitnodiging.objects.voor(request.user), bijeenkomst=pk)
    fout = _neem_antwoord(request, uitnodiging)
    if fout is None and request.method == "POST":
        messages.success(request, BEVESTIGING[uitnodiging.antwoord])
        return redirect("bijeenkomsten:mijn" if request.POST.get("terug") == "mijn" else request.path)
    context = {
        "uitnodiging": uitnodiging,
        "bijeenkomst": uitnodiging.bijeenkomst,
        "trekkers": uitnodiging.bijeenkomst.trekkers.order_by("naam", "pk"),
        "vragen": Vraag.objects.zichtbaar_voor(request.user).in_programma(uitnodiging.bijeenkomst).met_steun(),
        "fout": fout,
    }
    return render(request, "bijeenkomsten/meedoen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def antwoord(request: HttpRequest, token: str) -> HttpResponse:
    """The same for someone without an account, by the personal link from the mail. Touches no session."""
    uitnodiging = get_object_or_404(Uitnodiging.objects.zichtbaar().filter(gebruiker=None), token=token)
    fout = _neem_antwoord(request, uitnodiging)
    if fout is None and request.method == "POST":
        return redirect(request.path)
    context = {"uitnodiging": uitnodiging, "bijeenkomst": uitnodiging.bijeenkomst, "fout": fout}
    return render(request, "bijeenkomsten/antwoord.html", context)


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
        return fout.message
    return None
