"""Nudges: asked for by the young person or a parent, written down by staff, stopped by anybody with the link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from collectief.rijbeveiliging import als_taak
from trajecten.forms.seintje import SeintjeForm
from trajecten.models import Seintje
from trajecten.views.laden import alleen_post, open_traject


@require_http_methods(["GET", "POST"])
def seintje(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that somebody asked for a nudge, and see who gets one now."""
    traject = open_traject(request, pk, "seintje")
    form = SeintjeForm(request.POST or None, traject=traject)
    if form.is_valid():
        nieuw = form.save(commit=False)
        nieuw.traject, nieuw.door = traject, request.user
        nieuw.save(force_insert=True)
        messages.success(request, "Bewaard. Een seintje komt op de werkdag voor het contact.")
        return redirect("trajecten:seintje", pk=pk)
    nu = list(traject.seintjes.nu().select_related("door").order_by("pk"))
    return render(request, "trajecten/seintje.html", {"traject": traject, "form": form, "seintjes": nu})


@alleen_post
def seintje_weg(request: HttpRequest, pk: UUID, seintje_pk: int) -> HttpResponse:
    """Stop a nudge in the name of who asked for it; the address is erased."""
    traject = open_traject(request, pk, "seintje")
    get_object_or_404(traject.seintjes, pk=seintje_pk).stop()
    messages.success(request, "Gestopt. Het adres is gewist.")
    return redirect("trajecten:seintje", pk=pk)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@login_not_required
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one's own nudges, without an account. Looking does nothing: a scanner that opens every link stops nothing.

    Without a check of cookies: the link is the secret, and mail programs may post here themselves (RFC 8058).
    """
    gevonden = Seintje.van_token(token)
    if gevonden is None:
        return render(request, "trajecten/seintje_onbekend.html", status=404)
    is_gestopt = gevonden.gestopt_op is not None
    if request.method == "POST" and not is_gestopt:
        with als_taak(Seintje.TAAK):
            gevonden.stop()
        is_gestopt = True
    return render(request, "trajecten/seintje_stop.html", {"is_gestopt": is_gestopt})
