"""Stories of places, as everybody may read them. Touches neither session nor user."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from initiatieven.models import Plekverhaal

PER_BLADZIJDE = 12
ANDERE = 6  # of the same place, below a story


@require_safe
@login_not_required
def verhalenlijst(request: HttpRequest) -> HttpResponse:
    """All public stories, the newest first."""
    verhalen = Plekverhaal.objects.vindbaar().nieuwste_eerst().select_related("initiatief")
    pagina = Paginator(verhalen.fetch_mode(models.FETCH_RAISE), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "initiatieven/verhalenlijst.html", {"pagina": pagina})


@require_safe
@login_not_required
def verhaal(request: HttpRequest, pk: int) -> HttpResponse:
    """One story, with the way to its place, to other stories of that place and to getting in touch."""
    openbaar = Plekverhaal.objects.openbaar().fetch_mode(models.FETCH_RAISE)
    rijen = openbaar.select_related("foto", "initiatief").prefetch_related("initiatief__locaties")
    gevonden = get_object_or_404(rijen, pk=pk)
    andere = openbaar.filter(initiatief=gevonden.initiatief_id).exclude(pk=pk).nieuwste_eerst()
    context = {"verhaal": gevonden, "initiatief": gevonden.initiatief, "andere": andere[:ANDERE]}
    return render(request, "initiatieven/verhaal.html", context)
