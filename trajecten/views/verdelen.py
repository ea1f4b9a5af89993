"""What a colleague left behind, for the coördinator to divide."""

from django.contrib import messages
from django.db.models import FETCH_RAISE, Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trajecten.forms.mensen import VerdeelForm
from trajecten.kring import verdeel
from trajecten.models import Betrokkene, wie_schrijft_nog
from trajecten.models.traject import TrajectQuerySet
from trajecten.permissions import mag_verdelen


@require_http_methods(["GET", "POST"])
def verdelen(request: HttpRequest) -> HttpResponse:
    """Show the trajectories without a steady counsellor, and give those that are ticked to a colleague."""
    if not mag_verdelen(request.user):
        raise Http404
    form = VerdeelForm(request.POST or None, door=request.user)
    if form.is_valid():
        aan = form.cleaned_data["aan"]
        aantal = verdeel(trajecten=form.cleaned_data["trajecten"], aan=aan)
        wat = "1 traject" if aantal == 1 else f"{aantal} trajecten"
        messages.success(request, f"{aan.naam} is nu de vaste begeleider van {wat}.")
        return redirect("trajecten:verdelen")
    trajecten = list(_rijen(form)[: VerdeelForm.PER_KEER + 1])
    gekozen = set(request.POST.getlist("trajecten"))
    concepten = wie_schrijft_nog(traject.pk for traject in trajecten) if trajecten else []
    for traject in trajecten:
        traject.is_gekozen = str(traject.pk) in gekozen
        traject.open_concepten = [concept for concept in concepten if concept.traject_id == traject.pk]
    context = {"form": form, "trajecten": trajecten[: VerdeelForm.PER_KEER]}
    return render(request, "trajecten/verdelen.html", context | {"is_meer": len(trajecten) > VerdeelForm.PER_KEER})


def _rijen(form: VerdeelForm) -> TrajectQuerySet:
    """The rows of the page, who waits longest first: who counselled last, who stands in, how much contact waits."""
    mensen = Betrokkene.objects.filter(rol__in=Betrokkene.BEGELEIDENDE_ROLLEN).select_related("gebruiker")
    open_ = form.fields["trajecten"].queryset
    return (
        open_.with_fase()
        .select_related("jongere", "initiatief")
        .prefetch_related(Prefetch("betrokkenen", mensen.order_by("tot", "-van"), to_attr="begeleiders"))
        .annotate(wacht=Count("contactmomenten", Q(contactmomenten__resultaat="", contactmomenten__vervallen_op=None)))
        .order_by("begonnen_op", "jongere__roepnaam_sleutel", "pk")
        .fetch_mode(FETCH_RAISE)
    )
