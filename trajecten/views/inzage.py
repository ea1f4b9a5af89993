"""Who looked along: for staff day by day, and for the family as a page to print."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from trajecten.views.laden import open_traject

DAGEN_PER_KEER = 60


@require_GET
def inzage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who opened this trajectory, day by day, newest first; `?voor=` with a date shows the days before it."""
    traject = open_traject(request, pk, "inzagelog")
    dagen = traject.inzagen.laatste_dagen(DAGEN_PER_KEER + 1, voor=_dag(request.GET.get("voor", "")))
    getoond = dagen[:DAGEN_PER_KEER]
    context = {
        "traject": traject,
        "dagen": traject.inzagen.per_dag(getoond[-1], getoond[0]) if getoond else [],
        "ouder": getoond[-1] if len(dagen) > DAGEN_PER_KEER else None,
    }
    return render(request, "trajecten/inzage.html", context)


@require_GET
def inzage_familie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for the young person and the parents: one year on a page without our words, made to print."""
    traject = open_traject(request, pk, "inzagelog")
    jaren = traject.inzagen.jaren()
    gevraagd = request.GET.get("jaar", "")
    jaar = next((jaar for jaar in jaren if str(jaar) == gevraagd), jaren[0])
    context = {
        "traject": traject,
        "dagen": traject.inzagen.per_dag(date(jaar, 1, 1), date(jaar, 12, 31)),
        "jaar": jaar,
        "jaren": jaren,
        "vandaag": timezone.localdate(),
    }
    return render(request, "trajecten/inzage_familie.html", context)


def _dag(tekst: str) -> date | None:
    try:
        return parse_date(tekst)
    except ValueError:
        return None
