"""The intake in words."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trajecten.forms.verhaal import VerhaalForm
from trajecten.models import Traject, Verhaal
from trajecten.views.laden import open_traject


@require_http_methods(["GET", "POST"])
def verhaal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read and write who this young person is. A colleague's answer is never written over unseen."""
    traject = open_traject(request, pk, "verhaal")
    form = VerhaalForm(request.POST or None, nu=traject.verhalen.nu())
    if form.is_valid():
        gezien = form.cleaned_data["gezien"] or 0
        intussen = Verhaal.schrijf(traject, form.antwoorden(), gezien=gezien, door=request.user)
        if not intussen:
            messages.success(request, "Opgeschreven.")
            return redirect("trajecten:traject", pk=pk)
        form.wijs_op(intussen)
    return render(request, "trajecten/verhaal.html", {"traject": traject, "form": form, "eerder": _eerder(traject)})


def _eerder(traject: Traject) -> list[tuple[str, list[Verhaal]]]:
    """Per question what stood there before, newest first."""
    alle = traject.verhalen.select_related("door").order_by("vraag", "-pk")
    per_vraag = {vraag: list(groep)[1:] for vraag, groep in groupby(alle, key=lambda antwoord: antwoord.vraag)}
    return [(vraag.label, per_vraag[vraag]) for vraag in Verhaal.Vraag if per_vraag.get(vraag)]
