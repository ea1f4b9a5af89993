"""Contact: what came of it in two taps, on another day, or in another way."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from trajecten.actions import bewaar_als_moment, kies_andere_vorm
from trajecten.forms.contact import ContactForm, VormForm
from trajecten.forms.moment import MomentForm
from trajecten.models import Contactmoment, Traject
from trajecten.views.laden import alleen_medewerkers, alleen_post, open_traject, zichtbare_trajecten

DANK = {
    Contactmoment.Resultaat.GESPROKEN: "Genoteerd. Fijn dat jullie elkaar spraken.",
    Contactmoment.Resultaat.NIET_BEREIKT: "Genoteerd. Je hoeft nu niets te doen.",
    Contactmoment.Resultaat.WIL_NU_NIET: "Genoteerd. De deur blijft open.",
    Contactmoment.Resultaat.GESTUURD: "Genoteerd. Zo weet de jongere dat jullie aan elkaar denken.",
}
UIT = "Dit was het laatste contact dat jullie afspraken. De deur staat open. Willen jullie iets nieuws afspreken?"


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, pk: UUID, contact_pk: int) -> HttpResponse:
    """Record in one tap what came of a contact moment, or move it. Who is second sees it, and keeps her text."""
    traject = open_traject(request, pk, "contact")
    contact = _contact(traject, contact_pk)
    form = ContactForm(request.POST or None, contact=contact)
    if contact.wacht_nog and form.is_valid():
        if _noteer(request, contact, form.cleaned_data):
            return _hierna(request, traject, contact.pk)
        contact = _contact(traject, contact_pk)
    context = {"traject": traject, "contact": contact, "form": form, "vormen": Contactmoment.Vorm.choices}
    if request.method == "POST" and form.is_valid():
        context["intussen"] = True
        context["momentform"] = MomentForm(traject=traject, initial={"tekst": form.cleaned_data["notitie"]})
    return render(request, "trajecten/contact.html", context)


def _contact(traject: Traject, contact_pk: int) -> Contactmoment:
    contacten = traject.contactmomenten.select_related("afspraak", "eigenaar", "afgerond_door")
    return get_object_or_404(contacten, pk=contact_pk)


def _noteer(request: HttpRequest, contact: Contactmoment, data: dict) -> bool:
    """Do what was asked. False when somebody else was first: then nothing changed."""
    notitie, gezien, resultaat = data["notitie"], data["gezien"], data["resultaat"]
    if resultaat == ContactForm.VERPLAATST:
        verplaats = contact.verschuif if data["schuif_op"] else contact.verplaats
        gelukt, dank = verplaats(data["dag"], notitie=notitie, gezien=gezien), "Het contact is verplaatst."
    else:
        gelukt = contact.rond_af(resultaat, notitie=notitie, door=request.user, gezien=gezien)
        dank = DANK[resultaat]
    if gelukt:
        messages.success(request, dank)
        contact.refresh_from_db()
        if data["als_moment"]:
            bewaar_als_moment(contact=contact, door=request.user)
    return gelukt


def _hierna(request: HttpRequest, traject: Traject, contact_pk: int) -> HttpResponse:
    """Say what comes next: nothing runs out unseen, and after twice in vain another way is proposed."""
    contact = _contact(traject, contact_pk)
    if contact.resultaat and contact.afspraak.tot:
        messages.info(request, UIT)
        return redirect("trajecten:nazorg", pk=traject.pk)
    if contact.resultaat == Contactmoment.Resultaat.NIET_BEREIKT and contact.niet_te_bereiken:
        return redirect("trajecten:contact", pk=traject.pk, contact_pk=contact.pk)
    volgende = traject.contactmomenten.eerstvolgende()
    if volgende:
        adres = reverse("trajecten:contact", args=[traject.pk, volgende.pk])
        zin = 'Het volgende contact met {} staat op <a href="{}">{}</a>.'
        dag = date_format(volgende.gepland_op, "l j F Y")
        messages.info(request, format_html(zin, traject.jongere.roepnaam, adres, dag))
    return redirect("trajecten:vandaag")


@alleen_post
def contact_moment(request: HttpRequest, pk: UUID, contact_pk: int) -> HttpResponse:
    """Keep the note of a contact as a moment too. A second tap changes nothing."""
    traject = open_traject(request, pk, "contact")
    contact = _contact(traject, contact_pk)
    if bewaar_als_moment(contact=contact, door=request.user):
        messages.success(request, "Ook bewaard als moment.")
    return redirect("trajecten:contact", pk=pk, contact_pk=contact_pk)


@alleen_post
def contact_anders(request: HttpRequest, pk: UUID, contact_pk: int) -> HttpResponse:
    """Keep in touch in another way: a card, a message, tea."""
    traject = open_traject(request, pk, "contact")
    contact = _contact(traject, contact_pk)
    form = VormForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies een kaartje, een berichtje of samen thee.")
        return redirect("trajecten:contact", pk=pk, contact_pk=contact_pk)
    gekozen = kies_andere_vorm(contact=contact, vorm=form.cleaned_data["vorm"])
    if not gekozen:
        messages.info(request, "Deze afspraak loopt nu niet. Spreek eerst samen iets nieuws af.")
        return redirect("trajecten:nazorg", pk=pk)
    wanneer = date_format(gekozen.gepland_op, "l j F Y")
    messages.success(
        request, f"{gekozen.get_vorm_display().capitalize()}, op {wanneer}. Een andere dag kiezen kan hier."
    )
    return redirect("trajecten:contact", pk=pk, contact_pk=gekozen.pk)


@require_GET
@alleen_medewerkers
def contact_openen(request: HttpRequest, contact_pk: int) -> HttpResponse:
    """Lead from an address that names no trajectory (in a calendar) to the page of one contact."""
    contact = get_object_or_404(Contactmoment, pk=contact_pk, traject__in=zichtbare_trajecten(request))
    return redirect("trajecten:contact", pk=contact.traject_id, contact_pk=contact.pk)
