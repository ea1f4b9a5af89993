"""Steps to another phase, and taking one back."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trajecten.actions import neem_stap_terug, zet_stap
from trajecten.fases import Stap
from trajecten.forms.stap import FaseForm, TerugneemForm
from trajecten.models import FaseVerblijf, StapGeweigerd, Traject
from trajecten.permissions import mag_begeleiding_wijzigen
from trajecten.views.laden import alleen_post, open_traject


@require_http_methods(["GET", "POST"])
def fase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a step. What stands in the way is said in the form, and everything typed stays."""
    traject = open_traject(request, pk, "fase")
    form = _form(request, traject)
    if form.is_valid():
        try:
            verblijf = zet_stap(traject=traject, door=request.user, **form.stap())
        except StapGeweigerd as geweigerd:
            form = _form(request, traject)  # read again: when somebody else was first, the form itself says so
            if form.is_valid():
                form.add_error(geweigerd.veld, str(geweigerd))
        else:
            messages.success(request, _bericht(traject, verblijf))
            return redirect("trajecten:traject", pk=pk)
    sjabloon = "trajecten/fase.html#ritme" if request.htmx else "trajecten/fase.html"
    return render(request, sjabloon, {"traject": traject, "form": form, "verblijf": form.verblijf})


def _form(request: HttpRequest, traject: Traject) -> FaseForm:
    return FaseForm(
        request.POST or None,
        traject=traject,
        verblijf=traject.verblijf_nu,
        vanaf=_vanaf(request, traject),
        mag_begeleiding=mag_begeleiding_wijzigen(request.user, traject),
    )


def _vanaf(request: HttpRequest, traject: Traject) -> date:
    """The day from which the proposed rhythm counts: the day asked for, or today when that is no sensible day."""
    vandaag = timezone.localdate()
    try:
        op = forms.DateField(required=False).clean((request.POST or request.GET).get("op", ""))
    except ValidationError:
        op = None
    return op if op and traject.begonnen_op <= op <= vandaag else vandaag


def _bericht(traject: Traject, verblijf: FaseVerblijf) -> str:
    """Tell what happened. Going back is as good as going forward."""
    waar = f"{traject.jongere.roepnaam} is nu in de {verblijf.fase_kort.lower()}."
    return {
        Stap.TERUG: f"{waar} Teruggaan is net zo goed als vooruitgaan.",
        Stap.TERUGKEER: f"{waar} Fijn dat de deur openstond.",
    }.get(verblijf.stap, waar)


@alleen_post
def terugnemen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back the last step; what stands in the way is said on the page of the trajectory."""
    traject = open_traject(request, pk, "fase")
    form = TerugneemForm(request.POST)
    try:
        verblijf = neem_stap_terug(traject=traject, door=request.user, volgnummer=form.volgnummer())
    except StapGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
    else:
        waar = f"{traject.jongere.roepnaam} is nog in de {verblijf.fase_kort.lower()}."
        messages.success(request, f"De stap is teruggenomen. {waar}")
    return redirect("trajecten:traject", pk=pk)
