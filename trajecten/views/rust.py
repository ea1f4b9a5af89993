"""Rest, and on again. The way back is never further than one button."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from collectief.gebruikers.models import Rol
from trajecten.actions import laat_rusten
from trajecten.forms.rust import RustForm
from trajecten.models import Traject
from trajecten.views.laden import alleen_post, open_traject


@require_http_methods(["GET", "POST"])
def rust(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the trajectory rest, at the young person's wish or after the agreed time; or agree on another day."""
    traject = open_traject(request, pk, "rust")
    periode = traject.rustperioden.nu().select_related("door").first()
    initial = {"reden": request.GET["reden"]} if "reden" in request.GET else None
    form = RustForm(request.POST or None, initial=initial)
    terug = _terug(request, traject)
    if traject.toestand != Traject.Toestand.OVERGEDRAGEN and form.is_valid():
        laat_rusten(traject=traject, door=request.user, periode=form.save(commit=False))
        messages.success(request, f"Opgeschreven. {traject.jongere.roepnaam} heeft nu rust.")
        return redirect(terug)
    context = {"traject": traject, "form": form, "periode": periode, "vandaag": timezone.localdate(), "terug": terug}
    return render(request, "trajecten/rust.html", context)


def _terug(request: HttpRequest, traject: Traject) -> str:
    """Where she came from: the trajectory, or the list of who still needs a place when the initiative stops."""
    coordineert = request.user.initiatieven_als(Rol.Soort.COORDINATOR)
    if "stoppen" in request.GET and traject.initiatief_id in coordineert:
        return reverse("trajecten:stoppen", args=[traject.initiatief_id])
    return reverse("trajecten:traject", args=[traject.pk])


@alleen_post
def verder(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on after resting, where it rested and with who was there; when nobody is, that is the first question."""
    traject = open_traject(request, pk, "verder")
    traject.pak_op()
    messages.success(request, f"Fijn. {traject.jongere.roepnaam} gaat weer verder.")
    if traject.betrokkenen.vaste_begeleiders().werkend().exists():
        return redirect("trajecten:traject", pk=pk)
    messages.info(request, "Wie er eerder was, werkt hier niet meer. Wie gaat er nu mee?")
    return redirect("trajecten:mensen", pk=pk)
