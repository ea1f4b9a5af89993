"""What everybody may read: the list, one initiative, the allies. Touches neither session nor user."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from initiatieven.forms import ZoekForm
from initiatieven.lidmaatschap import Besluit
from initiatieven.models import Initiatief, Verbondgenoot

PER_BLADZIJDE = 24


@require_safe
@login_not_required
def lijst(request: HttpRequest) -> HttpResponse:
    """Every public initiative in alphabetical order, or those whose name is looked for."""
    form = ZoekForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    initiatieven = (
        Initiatief.objects.vindbaar()
        .zoek(q)
        .op_naam()
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("locaties", "plekken")
    )
    pagina = Paginator(initiatieven, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "initiatieven/lijst.html", {"form": form, "q": q, "pagina": pagina})


@require_safe
@login_not_required
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative, for a parent who is tired; and why it may stand here."""
    initiatief = get_object_or_404(
        Initiatief.objects.openbaar().fetch_mode(models.FETCH_RAISE).prefetch_related("locaties", "plekken"), slug=slug
    )
    toegelaten = (
        initiatief.aanmeldingen.filter(besluit=Besluit.LID)
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("toetsen")
        .order_by("-ingediend_op")
        .first()
    )
    context = {
        "initiatief": initiatief,
        "plekken": sorted(initiatief.plekken.all(), key=lambda plekken: (plekken.leeftijd_van, plekken.leeftijd_tot)),
        "toetsen": toegelaten.toetsen.all() if toegelaten else [],
    }
    return render(request, "initiatieven/detail.html", context)


@require_safe
@login_not_required
def verbondgenoten(request: HttpRequest) -> HttpResponse:
    alle = Verbondgenoot.objects.op_naam().fetch_mode(models.FETCH_RAISE)
    return render(request, "initiatieven/verbondgenoten.html", {"verbondgenoten": alle})
