"""Consent: who decides now, what was allowed, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trajecten.forms.toestemming import ToestemmingForm
from trajecten.kring import geef_toestemming
from trajecten.models.toestemming import Toestemmingstand
from trajecten.views.laden import alleen_post, open_traject


@require_http_methods(["GET", "POST"])
def toestemming(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what holds today and what is missing, and write down a new yes."""
    traject = open_traject(request, pk, "toestemming")
    stand = Toestemmingstand(traject)
    form = ToestemmingForm(request.POST or None, traject=traject, stand=stand)
    if form.is_valid():
        geef_toestemming(traject=traject, door=request.user, rijen=form.toestemmingen())
        messages.success(request, "Opgeschreven. Intrekken kan altijd.")
        return redirect("trajecten:toestemming", pk=pk)
    context = {"traject": traject, "stand": stand, "form": form, "vandaag": timezone.localdate()}
    return render(request, "trajecten/toestemming.html", context | {"grens": stand.volgende_grens()})


@alleen_post
def trek_in(request: HttpRequest, pk: UUID, toestemming_pk: int) -> HttpResponse:
    """Take one yes back. It works at once, for everybody."""
    traject = open_traject(request, pk, "toestemming")
    get_object_or_404(traject.toestemmingen, pk=toestemming_pk).trek_in(request.user)
    messages.success(request, "Ingetrokken. Dat geldt meteen.")
    return redirect("trajecten:toestemming", pk=pk)
