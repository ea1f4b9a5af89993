"""Inviting allies to a meeting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from bijeenkomsten.actions import nodig_verbondgenoten_uit
from bijeenkomsten.forms.verbondgenoten import VerbondgenotenForm
from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.views.kernteam import voor_kernteam


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def verbondgenoten_uitnodigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose allies with an address; each gets a mail of its own, and it stands with what we spoke about."""
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    form = VerbondgenotenForm(request.POST if request.method == "POST" else None, bijeenkomst=bijeenkomst)
    if form.is_valid():
        gekozen = form.cleaned_data["wie"]
        try:
            nodig_verbondgenoten_uit(bijeenkomst=bijeenkomst, verbondgenoten=gekozen, door=request.user)
        except ValidationError as fout:
            form.add_error(None, fout)
        else:
            wie = "1 verbondgenoot krijgt" if len(gekozen) == 1 else f"{len(gekozen)} verbondgenoten krijgen"
            messages.success(request, f"{wie} een uitnodiging per mail.")
            return redirect("bijeenkomsten:uitnodigen", pk)
    return render(request, "bijeenkomsten/verbondgenoten.html", {"bijeenkomst": bijeenkomst, "form": form})
