"""Rest, and on again. The way back is never further than one button."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trajecten.actions import laat_rusten
from trajecten.forms.rust import RustForm
from trajecten.models import Traject
from trajecten.views.laden import alleen_post, open_traject


@require_http_methods(["GET", "POST"])
def rust(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the trajectory rest, at the young person's wish or after the agreed time; or agree on another day."""
    traject = open_traject(request, pk, "rust")
    periode = traject.rustperioden.nu().select_related("door").first()
    form = RustForm(request.POST or None, initial={"reden": request.GET.get("reden", "")} if request.GET else None)
    if traject.toestand != Traject.Toestand.OVERGEDRAGEN and form.is_valid():
        laat_rusten(traject=traject, door=request.user, periode=form.save(commit=False))
        messages.success(request, "Opgeschreven.")
        return redirect("trajecten:traject", pk=pk)
    context = {"traject": traject, "form": form, "periode": periode, "vandaag": timezone.localdate()}
    return render(request, "trajecten/rust.html", context)


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
