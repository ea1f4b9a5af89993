"""One trajectory: the line, the moments, and what matters now."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trajecten.forms.lijst import JaarForm
from trajecten.lijn import BREED, SMAL, in_jaar, jaren, teken
from trajecten.models import Betrokkene, FaseVerblijf, Traject
from trajecten.models.perspectief import met_open_stappen
from trajecten.views.laden import open_traject, zichtbare_trajecten
from trajecten.views.momentenlijst import leeg_momentform, momenten_context

HOOGSTENS_CONTACTEN = 60


@require_GET
def traject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the whole way; `?voor=` with the number of a moment shows the moments before that one."""
    gevonden = open_traject(request, pk, "traject", trajecten=hele_trajecten(request))
    voor = request.GET.get("voor", "")
    context = traject_context(request, gevonden)
    context |= momenten_context(gevonden, leeg_momentform(gevonden, context["betrokkenen"]), voor)
    context["bewaard"] = "bewaard" in request.GET
    if request.htmx and voor:
        return render(request, "trajecten/traject.html#lijst", context)
    return render(request, "trajecten/traject.html", context)


def hele_trajecten(request: HttpRequest) -> QuerySet[Traject]:
    """What this visitor may see, with all that the page of one trajectory shows of it in the query itself."""
    return met_open_stappen(zichtbare_trajecten(request).voor_de_pagina())


def traject_context(request: HttpRequest, gevonden: Traject) -> dict:
    """The line, the people and the aftercare of one trajectory: three queries."""
    verblijven = list(gevonden.verblijven.select_related("door"))
    betrokkenen = list(gevonden.betrokkenen.nu().select_related("gebruiker").order_by("van", "id"))
    nazorg = list(gevonden.nazorgafspraken.with_contacten()[:HOOGSTENS_CONTACTEN])
    return {
        "traject": gevonden,
        "verblijven": verblijven,
        **_lijn_context(request, gevonden, [verblijf for verblijf in verblijven if not verblijf.teruggenomen_op]),
        "betrokkenen": betrokkenen,
        "begeleiders": [mens for mens in betrokkenen if mens.rol == Betrokkene.Rol.VASTE_BEGELEIDER],
        "afspraken": list({afspraak.pk: afspraak for afspraak in nazorg if not afspraak.tot}.values()),
        "contacten": [afspraak.contact for afspraak in nazorg if afspraak.contact],
    }


def _lijn_context(request: HttpRequest, gevonden: Traject, verblijven: list[FaseVerblijf]) -> dict:
    """The line of all years or of the one in the address, and the step that this visitor may take back."""
    alle_jaren = jaren(verblijven)
    jaar = JaarForm(request.GET, jaren=alle_jaren).gekozen_jaar()
    getekend = in_jaar(verblijven, jaar) if jaar else verblijven
    lichten = gevonden.lichten
    is_terug = verblijven[-1].is_terug_te_nemen_door(request.user)
    return {
        "jaren": alle_jaren if len(alle_jaren) > 1 else [],
        "jaar": jaar,
        "breed": teken(getekend, lichten, BREED, jaar),
        "smal": teken(getekend, lichten, SMAL, jaar),
        "terug_te_nemen": verblijven[-1] if is_terug else None,
    }
