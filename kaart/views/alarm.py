"""Alerts: asked for without an account, started by a yes in the mail, stopped by one press."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from collectief.gebruikers.tevaak import mag_nog_eens
from collectief.geo.doorsturen import houdt_adres_schoon
from collectief.rijbeveiliging import met_sleutel
from kaart import alarmen
from kaart.alarmen import Zoekopdracht
from kaart.forms.contact import AlarmForm
from kaart.models import Zoekalarm
from kaart.views.prive import lees_sleutel

TE_VEEL = "Er kwamen net veel verzoeken binnen. Wacht een uur en probeer het dan nog eens."


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@houdt_adres_schoon
def nieuw(request: HttpRequest) -> HttpResponse:
    """Ask for mail about `?q=7201&straal=25`, the same address as that of the search."""
    opdracht = Zoekopdracht.van(request.GET)
    form = AlarmForm(request.POST or None)
    if opdracht and form.is_valid():
        if form.is_van_een_robot:
            return redirect("kaart:alarm_dank")
        adres = form.cleaned_data["email"]
        if mag_nog_eens(request, action="zoekalarm", key=adres.lower()):
            alarm = Zoekalarm(adres=adres, vraag=opdracht.adres)
            with met_sleutel(alarm.pk):
                alarmen.vraag_om_ja(alarm)
            return redirect("kaart:alarm_dank")
        form.add_error(None, TE_VEEL)
    return render(request, "kaart/alarm_nieuw.html", {"opdracht": opdracht, "form": form})


@require_safe
@login_not_required
def dank(request: HttpRequest) -> HttpResponse:
    return render(request, "kaart/alarm_dank.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def alarm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes to an alert, and see what it is about. Looking does nothing: a scanner of mail says no yes."""
    sleutel = lees_sleutel(Zoekalarm, token)
    with met_sleutel(sleutel):
        gevonden = Zoekalarm.objects.filter(pk=sleutel).first()
        if gevonden and request.method == "POST":
            alarmen.bevestig(gevonden)
            return redirect("kaart:alarm", token=token)
    opdracht = Zoekopdracht.van_alarm(gevonden) if gevonden else None
    context = {"alarm": gevonden, "opdracht": opdracht, "token": token}
    return render(request, "kaart/alarm.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop an alert and forget the address. Looking does nothing; what is gone already counts as stopped.

    Without a check of cookies, because mail programs post here themselves (RFC 8058); the link is the secret.
    """
    sleutel = lees_sleutel(Zoekalarm, token)
    with met_sleutel(sleutel):
        gevonden = Zoekalarm.objects.filter(pk=sleutel).first()
        if gevonden and request.method == "POST":
            alarmen.stop(gevonden)
            gevonden = None
    return render(request, "kaart/alarm_stop.html", {"alarm": gevonden})
