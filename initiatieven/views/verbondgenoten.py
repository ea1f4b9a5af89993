"""Allies: the public list, and what core team keeps of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collectief.beurt import wacht_op_beurt
from initiatieven.forms import ContactForm, VerbondgenootForm, VerbondgenotenZoekForm
from initiatieven.models import Verbondgenoot
from initiatieven.permissions import mag_gids_bijhouden


@require_safe
@login_not_required
def verbondgenoten(request: HttpRequest) -> HttpResponse:
    """The allies in alphabetical order, or those that fit the question."""
    form = VerbondgenotenZoekForm(request.GET)
    form.full_clean()
    q, alleen = form.cleaned_data.get("q", ""), form.cleaned_data.get("ambassadeur", False)
    gevonden = Verbondgenoot.objects.zoek(q).op_naam().fetch_mode(models.FETCH_RAISE)
    if alleen:
        gevonden = gevonden.filter(is_ambassadeur=True)
    context = {"verbondgenoten": gevonden, "form": form, "is_gezocht": bool(q or alleen)}
    return render(request, "initiatieven/verbondgenoten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def beheer(request: HttpRequest) -> HttpResponse:
    """Everybody we stand beside, who was spoken with longest ago first; and a form for a new one."""
    if not mag_gids_bijhouden(request.user):
        raise Http404
    if request.method == "POST":
        wacht_op_beurt("verbondgenoot")
    form = VerbondgenootForm(request.POST or None)
    if form.is_valid():
        nieuw = form.save()
        messages.success(request, f"{nieuw} staat nu bij de verbondgenoten.")
        return redirect("initiatieven:verbondgenoot", nieuw.pk)
    alle = Verbondgenoot.objects.met_laatste_contact().fetch_mode(models.FETCH_RAISE)
    lang_geleden = alle.order_by(models.F("laatste_contact").asc(nulls_first=True), "organisatie", "pk")
    return render(request, "initiatieven/verbondgenoten_beheer.html", {"verbondgenoten": lang_geleden, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def verbondgenoot(request: HttpRequest, pk: int) -> HttpResponse:
    """One ally: what everybody reads, with whom we speak, and what was spoken about."""
    if not mag_gids_bijhouden(request.user):
        raise Http404
    gevonden = get_object_or_404(Verbondgenoot, pk=pk)
    form = VerbondgenootForm(request.POST or None, instance=gevonden)
    if form.is_valid():
        form.save()
        messages.success(request, "Opgeslagen.")
        return redirect("initiatieven:verbondgenoot", pk)
    return _toon(request, pk, form, ContactForm(prefix="contact"))


def _toon(request: HttpRequest, pk: int, form: VerbondgenootForm, contact: ContactForm) -> HttpResponse:
    gevonden = get_object_or_404(Verbondgenoot, pk=pk)
    contacten = gevonden.contacten.select_related("door").fetch_mode(models.FETCH_RAISE)
    context = {"verbondgenoot": gevonden, "form": form, "contact": contact, "contacten": contacten}
    return render(request, "initiatieven/verbondgenoot.html", context)


@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody of core team spoke with an ally."""
    if not mag_gids_bijhouden(request.user):
        raise Http404
    gevonden = get_object_or_404(Verbondgenoot, pk=pk)
    form = ContactForm(request.POST, prefix="contact")
    if not form.is_valid():
        return _toon(request, pk, VerbondgenootForm(instance=gevonden), form)
    form.instance.verbondgenoot, form.instance.door = gevonden, request.user
    form.save()
    messages.success(request, "Genoteerd.")
    return redirect("initiatieven:verbondgenoot", pk)
