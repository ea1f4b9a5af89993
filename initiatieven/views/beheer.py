"""What the staff of an initiative do: keep its page true."""

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatieven.actions import bewaar_bladzijde
from initiatieven.forms import LocatieFormSet, PlekkenFormSet, ProfielForm
from initiatieven.forms.velden import vragen_terug
from initiatieven.models import Initiatief
from initiatieven.permissions import eigen_initiatieven


@require_safe
def beheer(request: HttpRequest) -> HttpResponse:
    """The initiatives whose page the visitor keeps."""
    if not eigen_initiatieven(request.user):
        raise Http404
    initiatieven = (
        Initiatief.objects.van(request.user)
        .op_naam()
        .fetch_mode(models.FETCH_RAISE)
        .prefetch_related("locaties", "plekken")
    )
    return render(request, "initiatieven/beheer.html", {"initiatieven": initiatieven})


@require_http_methods(["GET", "HEAD", "POST"])
def bewerken(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit profile, room and places on one page: everything is kept together, or nothing."""
    eigen = Initiatief.objects.van(request.user)
    if request.method == "POST":
        eigen = eigen.select_for_update(no_key=True)  # colleagues save one after the other
    initiatief = get_object_or_404(eigen, slug=slug)
    data = request.POST or None
    profiel = ProfielForm(data, instance=initiatief)
    plekken = PlekkenFormSet(data, instance=initiatief, queryset=initiatief.plekken.order_by("leeftijd_van", "pk"))
    locaties = LocatieFormSet(data, instance=initiatief, queryset=initiatief.locaties.order_by("pk"))
    if data and all([profiel.is_valid(), plekken.is_valid(), locaties.is_valid()]):
        bewaar_bladzijde(formulieren=[profiel, plekken, locaties], door=request.user)
        messages.success(request, "Opgeslagen.")
        return redirect("initiatieven:beheer")
    context = {
        "initiatief": Initiatief.objects.get(pk=initiatief.pk),  # as it is, without what was typed
        "profiel": profiel,
        "plekken": plekken,
        "locaties": locaties,
        "vragen": vragen_terug(profiel, *plekken, *locaties),
        "losse_vragen": [*plekken.non_form_errors(), *locaties.non_form_errors()],
    }
    return render(request, "initiatieven/bewerken.html", context)


@require_POST
def plekken_kloppen(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm with one press that the room is still as it says."""
    initiatief = get_object_or_404(Initiatief.objects.van(request.user), slug=slug)
    initiatief.plekken.update(per_datum=timezone.localdate())
    messages.success(request, f"Genoteerd: bij {initiatief} kloppen de plekken vandaag nog.")
    return redirect("initiatieven:beheer")
