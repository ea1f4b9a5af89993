"""Weighty changes: what waits, what was decided, and how a page came to be what it is."""

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from collectief.gebruikers.models import Gebruiker
from initiatieven.forms import BesluitWijzigingForm
from initiatieven.geschiedenis import BLADZIJDE, PLEK, Verandering, veranderingen
from initiatieven.models import Bladzijdewijziging, Initiatief
from initiatieven.permissions import (
    eigen_initiatieven,
    mag_geschiedenis_zien,
    mag_wijziging_beslissen,
    mag_wijzigingen_beslissen,
)
from initiatieven.wijzigen import WijzigingGeweigerd, beslis_wijziging, trek_wijziging_in, zet_plek_terug, zet_terug
from initiatieven.zwaarte import Wijzigingsstand


@require_safe
def wijzigingen(request: HttpRequest) -> HttpResponse:
    """Everything that waits for an admin, the oldest first."""
    if not mag_wijzigingen_beslissen(request.user):
        raise Http404
    return _wachtrij(request)


def _wachtrij(request: HttpRequest, pk: int | None = None, form: BesluitWijzigingForm | None = None) -> HttpResponse:
    wachtend = Bladzijdewijziging.objects.wachtend().select_related("initiatief", "door").fetch_mode(models.FETCH_RAISE)
    rijen = [
        (
            wijziging,
            form if wijziging.pk == pk else BesluitWijzigingForm(auto_id=f"id_{wijziging.pk}_%s"),
            not mag_wijziging_beslissen(request.user, wijziging),
        )
        for wijziging in wachtend
    ]
    return render(request, "initiatieven/wijzigingen.html", {"rijen": rijen})


@require_POST
def wijziging_besluit(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry a change out, or say why not."""
    if not mag_wijzigingen_beslissen(request.user):
        raise Http404
    wijziging = get_object_or_404(Bladzijdewijziging, pk=pk)
    form = BesluitWijzigingForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _wachtrij(request, pk, form)
    try:
        beslis_wijziging(
            wijziging=wijziging,
            stand=Wijzigingsstand(form.cleaned_data["stand"]),
            waarom=form.cleaned_data["waarom"],
            door=request.user,
        )
    except WijzigingGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
    else:
        messages.success(request, "Besloten. Wie het voorstelde, krijgt een mail.")
    return redirect("initiatieven:wijzigingen")


@require_POST
def wijziging_intrekken(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let an own proposal go."""
    initiatief = get_object_or_404(Initiatief.objects.van(request.user), slug=slug)
    trek_wijziging_in(wijziging=get_object_or_404(initiatief.wijzigingen, pk=pk), door=request.user)
    messages.success(request, "Ingetrokken. De bladzijde blijft zoals hij was.")
    return redirect("initiatieven:beheer")


@require_safe
def geschiedenis(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what and when, for who keeps the page and for admins."""
    initiatief = get_object_or_404(Initiatief, slug=slug)
    if not mag_geschiedenis_zien(request.user, initiatief):
        raise Http404
    besloten = (
        initiatief.wijzigingen.exclude(stand=Wijzigingsstand.WACHT)
        .select_related("door", "beslist_door")
        .fetch_mode(models.FETCH_RAISE)
        .order_by("-beslist_op")[:30]
    )
    context = {
        "initiatief": initiatief,
        "veranderingen": veranderingen(initiatief),
        "besloten": besloten,
        "is_eigen": initiatief.pk in eigen_initiatieven(request.user),
    }
    return render(request, "initiatieven/geschiedenis.html", context)


def _zet_terug(initiatief: Initiatief, verandering: Verandering, door: Gebruiker) -> None:
    """Raises WijzigingGeweigerd."""
    if verandering.wat == PLEK:
        zet_plek_terug(initiatief=initiatief, locatie_pk=verandering.van, waarden=verandering.eerder, door=door)
    else:
        zet_terug(initiatief=initiatief, waarden=verandering.eerder, door=door)


@require_POST
def terugzetten(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give the fields of one change the values that they had before it; weighty ones wait again."""
    initiatief = get_object_or_404(Initiatief.objects.van(request.user), slug=slug)
    is_die = (pk, request.POST.get("wat", BLADZIJDE))
    gevonden = next((een for een in veranderingen(initiatief) if (een.pk, een.wat) == is_die and een.kan_terug), None)
    if gevonden is None:
        raise Http404
    try:
        _zet_terug(initiatief, gevonden, request.user)
    except WijzigingGeweigerd as geweigerd:
        messages.warning(request, str(geweigerd))
    else:
        messages.success(request, "Teruggezet. Wat een beheerder eerst bekijkt, wacht nog.")
    return redirect("initiatieven:geschiedenis", initiatief.slug)
