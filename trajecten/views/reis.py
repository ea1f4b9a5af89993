"""The journey of the young person as a booklet: choose, read, and print to fold."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from collectief.getallen import als_getal
from trajecten.forms.reis import ReisForm, TerugblikForm
from trajecten.models import Reisboekje, Traject
from trajecten.models.reis import terugblik_gevraagd
from trajecten.reis import op_papier
from trajecten.views.laden import alleen_post, open_traject
from trajecten.vouwen import bladzijden, katern

HOOGSTE_NUMMER = 2**31 - 1  # of a booklet: what fits in the column


@require_GET
def boekjes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the booklets that were kept; in the waakvlam also ask, once a year, to look back."""
    traject = open_traject(request, pk, "boekjes")
    context = {
        "traject": traject,
        "boekjes": traject.boekjes.select_related("door").order_by("-nummer"),
        "wordt_gevraagd": terugblik_gevraagd(Traject.objects.filter(pk=pk), timezone.localdate()).exists(),
    }
    return render(request, "trajecten/boekjes.html", context)


@require_http_methods(["GET", "POST"])
def boekje_nieuw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a booklet together. Nothing is chosen to begin with, unless `?van=` names an earlier booklet."""
    traject = open_traject(request, pk, "boekje_nieuw")
    form = ReisForm(request.POST or None, traject=traject, **_begin(traject, request.GET.get("van", "")))
    if form.is_valid():
        titel = form.cleaned_data["titel"]
        boekje = Reisboekje.bewaar(traject, titel=titel, bladen=form.bladen(), door=request.user)
        messages.success(request, "Het boekje is bewaard.")
        return redirect("trajecten:boekje", pk=pk, nummer=boekje.nummer)
    keuzes, vorige, volgende = form.keuzes()
    context = {"traject": traject, "form": form, "gekozen": form.bladen(), "keuzes": keuzes}
    return render(request, "trajecten/boekje_nieuw.html", context | {"vorige": vorige, "volgende": volgende})


@require_GET
def boekje(request: HttpRequest, pk: UUID, nummer: int) -> HttpResponse:
    """Read a booklet on a screen, in the words of when it was chosen."""
    traject = open_traject(request, pk, "boekje")
    gevonden = get_object_or_404(traject.boekjes, nummer=nummer)
    stukken = op_papier(gevonden, list(gevonden.bladen.all()))
    return render(request, "trajecten/boekje.html", {"traject": traject, "boekje": gevonden, "stukken": stukken})


@require_GET
def boekje_vouwen(request: HttpRequest, pk: UUID, nummer: int) -> HttpResponse:
    """The same booklet on sheets of A4, two pages a side, in the order in which they are folded."""
    traject = open_traject(request, pk, "boekje_vouwen")
    gevonden = get_object_or_404(traject.boekjes, nummer=nummer)
    paginas = bladzijden(op_papier(gevonden, list(gevonden.bladen.all())))
    omslag: list = []
    inhoud = [omslag, *paginas]
    zijden = [[(nummer, inhoud[nummer - 1] if nummer else []) for nummer in zijde] for zijde in katern(len(inhoud))]
    return render(request, "trajecten/boekje_vouwen.html", {"traject": traject, "boekje": gevonden, "zijden": zijden})


@alleen_post
def terugblik(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that they looked back together, or would rather not now. It is not asked again for a year."""
    traject = open_traject(request, pk, "terugblik")
    form = TerugblikForm(request.POST)
    if form.is_valid():
        nieuw = form.save(commit=False)
        nieuw.traject, nieuw.door = traject, request.user
        nieuw.save(force_insert=True)
        messages.success(request, "Genoteerd. Over een jaar vragen we het weer.")
    return redirect("trajecten:boekjes", pk=pk)


def _begin(traject: Traject, van: str) -> dict:
    """What the form begins with: an empty choice, or that of an earlier booklet."""
    nummer = als_getal(van, HOOGSTE_NUMMER)
    eerder = traject.boekjes.filter(nummer=nummer).first() if nummer else None
    titel = eerder.titel if eerder else f"De reis van {traject.jongere.roepnaam}"
    return {
        "gekozen": list(eerder.bladen.values_list("sleutel", flat=True)) if eerder else [],
        "initial": {"titel": titel},
    }
