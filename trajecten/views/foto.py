"""The photo of a moment: shown and taken away behind the same permission as the moment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from collectief.bestanden import stuur_foto
from trajecten.actions import haal_foto_weg
from trajecten.models import Momentfoto
from trajecten.views.laden import alleen_post, open_traject


@require_GET
def foto(request: HttpRequest, pk: UUID, foto_pk: UUID) -> HttpResponse:
    """The picture itself, for who sees the trajectory."""
    traject = open_traject(request, pk, "foto")
    gevonden = get_object_or_404(Momentfoto, traject=traject, pk=foto_pk, weggehaald_op=None)
    return stuur_foto(gevonden.bestand)


@alleen_post
def foto_weg(request: HttpRequest, pk: UUID, foto_pk: UUID) -> HttpResponse:
    """Take a photo away, also later: who is on it may change her mind at any time."""
    traject = open_traject(request, pk, "foto")
    gevonden = get_object_or_404(Momentfoto, traject=traject, pk=foto_pk, weggehaald_op=None)
    haal_foto_weg(foto=gevonden, door=request.user)
    messages.success(request, "De foto is weggehaald.")
    return redirect("trajecten:een_moment", pk=pk, moment_pk=gevonden.moment_id)
