"""Aftercare: make an agreement, and record what came of contact."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trajecten.actions import spreek_nazorg_af
from trajecten.forms.stap import ContactForm, RitmeForm
from trajecten.models import Contactmoment
from trajecten.views.laden import open_traject

DANK = {
    Contactmoment.Resultaat.GESPROKEN: "Genoteerd. Fijn dat jullie elkaar spraken.",
    Contactmoment.Resultaat.NIET_BEREIKT: "Genoteerd. Je hoeft nu niets te doen.",
    Contactmoment.Resultaat.WIL_NU_NIET: "Genoteerd. De deur blijft open.",
}


@require_http_methods(["GET", "POST"])
def nazorg(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make an agreement for the time after, with the days on which there is contact."""
    traject = open_traject(request, pk, "nazorg")
    form = RitmeForm(request.POST or None, vanaf=timezone.localdate())
    if form.is_valid():
        spreek_nazorg_af(traject=traject, door=request.user, **form.cleaned_data)
        messages.success(request, "De afspraak is bewaard.")
        return redirect("trajecten:traject", pk=pk)
    return render(request, "trajecten/nazorg.html", {"traject": traject, "form": form})


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, pk: UUID, contact_pk: int) -> HttpResponse:
    """Record in one tap what came of a contact moment, or move it to another day."""
    traject = open_traject(request, pk, "contact")
    contact = get_object_or_404(traject.contactmomenten.select_related("afspraak", "eigenaar"), pk=contact_pk)
    form = ContactForm(request.POST or None)
    if contact.wacht_nog and form.is_valid():
        messages.success(request, _noteer(contact, form.cleaned_data))
        return redirect("trajecten:vandaag")
    return render(request, "trajecten/contact.html", {"traject": traject, "contact": contact, "form": form})


def _noteer(contact: Contactmoment, data: dict) -> str:
    """Do what was asked and return what to say about it."""
    if data["resultaat"] == ContactForm.VERPLAATST:
        contact.verplaats(data["dag"], notitie=data["notitie"])
        return "Het contact is verplaatst."
    contact.rond_af(data["resultaat"], notitie=data["notitie"])
    return DANK[data["resultaat"]]
