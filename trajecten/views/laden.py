"""Load a trajectory for a page. Whoever may not see it gets a 404; whoever does leaves a line in the read log."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from trajecten.models import Momentconcept, Traject
from trajecten.permissions import mag_trajecten


def alleen_medewerkers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to everybody without a staff role: for them these pages do not exist."""

    @wraps(view)
    def beschermd(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not mag_trajecten(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return beschermd


def alleen_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST do its work; a GET goes to the trajectory: that is where someone lands who had to sign in first."""

    @wraps(view)
    def met_terugweg(request: HttpRequest, pk: UUID, **kwargs) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk, **kwargs)
        get_object_or_404(zichtbare_trajecten(request), pk=pk)
        return redirect("trajecten:traject", pk=pk)

    return met_terugweg


def zichtbare_trajecten(request: HttpRequest) -> QuerySet[Traject]:
    """The trajectories this visitor may see, with phase, young person and her own draft of a moment."""
    concept = Momentconcept.objects.filter(traject=OuterRef("pk"), gebruiker=request.user)
    getypt = concept.values_list(JSONObject(tekst="tekst", keuzes="keuzes"))
    return (
        Traject.objects.zichtbaar_voor(request.user)
        .with_fase()
        .select_related("jongere", "initiatief")
        .annotate(concept=Subquery(getypt[:1]))
    )


def zichtbaar_traject(request: HttpRequest, pk: UUID) -> Traject:
    """Return the trajectory, or answer 404. Whoever shows something of it also writes in the read log."""
    return get_object_or_404(zichtbare_trajecten(request), pk=pk)


def open_traject(request: HttpRequest, pk: UUID, wat: str, *, trajecten: QuerySet[Traject] | None = None) -> Traject:
    """Return the trajectory and write in the read log, in the request's transaction, that `wat` was opened.

    `trajecten` is `zichtbare_trajecten` with more annotated to it, when the page needs that.
    """
    traject = get_object_or_404(zichtbare_trajecten(request) if trajecten is None else trajecten, pk=pk)
    traject.noteer_inzage(request.user, wat)
    return traject
