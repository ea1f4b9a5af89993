"""At the door: who is here, by name or by the code on her phone; and how it was over the years."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bijeenkomsten.aanwezigheid import per_jaar
from bijeenkomsten.forms.bezoek import BinnenForm
from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.permissions import mag_ontvangen
from bijeenkomsten.views.gastenlijst import gasten
from bijeenkomsten.views.kernteam import voor_kernteam
from bijeenkomsten.views.weigering import zegt_wat_niet_kan


def _bijeenkomst(request: HttpRequest, pk: int) -> Bijeenkomst:
    """The meeting, for who stands at its door. Raises Http404."""
    bijeenkomst = get_object_or_404(Bijeenkomst.objects.aangekondigd(), pk=pk)
    if not mag_ontvangen(request.user, bijeenkomst):
        raise Http404
    return bijeenkomst


@require_http_methods(["GET", "HEAD", "POST"])
def aanwezig(request: HttpRequest, pk: int) -> HttpResponse:
    """The list at the door: who comes stands on top, who is here is ticked."""
    bijeenkomst = _bijeenkomst(request, pk)
    if request.method == "POST":
        _vink_af(request, bijeenkomst)
        return redirect(request.get_full_path())
    context = {"bijeenkomst": bijeenkomst, **gasten(bijeenkomst, request.GET)}
    return render(request, "bijeenkomsten/aanwezig.html", context)


def _vink_af(request: HttpRequest, bijeenkomst: Bijeenkomst) -> None:
    """Tick somebody off, or take that back."""
    form = BinnenForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dat is niet gelukt. Probeer het nog eens.")
        return
    uitnodiging = get_object_or_404(bijeenkomst.uitnodigingen, pk=form.cleaned_data["uitnodiging"])
    if form.cleaned_data["doe"] == "terug":
        uitnodiging.is_toch_niet_binnen()
        return
    with zegt_wat_niet_kan(request):
        uitnodiging.is_binnen()


@require_http_methods(["GET", "HEAD", "POST"])
def inchecken(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What the code on somebody's phone leads to: her name, and one button."""
    bijeenkomst = _bijeenkomst(request, pk)
    gevonden = bijeenkomst.uitnodigingen.met_incheckcode(code).select_related("gebruiker", "initiatief")
    uitnodiging = get_object_or_404(gevonden)
    if request.method == "POST":
        with zegt_wat_niet_kan(request):
            uitnodiging.is_binnen()
            messages.success(request, f"{uitnodiging.wie} is er.")
        return redirect(reverse("bijeenkomsten:aanwezig", args=[pk]))
    return render(request, "bijeenkomsten/inchecken.html", {"bijeenkomst": bijeenkomst, "uitnodiging": uitnodiging})


@require_safe
@voor_kernteam
def aanwezigheid(request: HttpRequest) -> HttpResponse:
    """At how many meetings each initiative was, school year by school year."""
    return render(request, "bijeenkomsten/aanwezigheid.html", per_jaar())
