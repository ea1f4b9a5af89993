"""Mail around meetings: what came in as an answer, and what became of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bijeenkomsten.models import Antwoordmail
from bijeenkomsten.permissions import mag_antwoorden_zien

MEEST = 100  # lines on the page, the latest first


@require_safe
def antwoorden(request: HttpRequest) -> HttpResponse:
    """Show what was not taken as it came, and after that everything else."""
    if not mag_antwoorden_zien(request.user):
        raise Http404
    alles = Antwoordmail.objects.lijst()
    context = {"aandacht": alles.vraagt_aandacht()[:MEEST], "gewoon": alles.gewoon()[:MEEST]}
    return render(request, "bijeenkomsten/antwoorden.html", context)
