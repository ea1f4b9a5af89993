"""The map: search, the list that belongs to it, and the data that draw it. Public; no cookie, nothing stored."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from collectief.geo.forms import PROVINCIES
from collectief.geo.register import Doel
from collectief.geo.zoeken import Gevonden, Uitkomst, zoek
from initiatieven.models import Locatie
from kaart.aanbod import met_ruimte, ruimte, zoek_aanbod
from kaart.feed import feed
from kaart.forms import Vraag, ZoekForm
from kaart.plattegrond import teken

BEWAREN = 60  # seconds that a search result may be kept by this process


@require_safe
@login_not_required
@gzip_page
def kaart(request: HttpRequest) -> HttpResponse:
    """Answer `?q=3511&straal=25`. What may not stand in an address, letters of a postcode or a street, is taken out."""
    form = ZoekForm(request.GET)
    vraag = form.vraag()
    uitkomst = zoek(vraag.q)
    if isinstance(uitkomst, Gevonden) and uitkomst.zoekterm != vraag.q:
        return redirect(reverse("kaart:kaart") + vraag.adres(q=uitkomst.zoekterm))
    context = {
        "form": form,
        "vraag": vraag,
        "uitkomst": uitkomst,
        "soort": type(uitkomst).__name__.lower(),
        "keuzes": _koppelingen(getattr(uitkomst, "keuzes", []) + getattr(uitkomst, "suggesties", []), vraag),
        "provincies": [(naam, vraag.adres(q=f"provincie {naam}", pagina=1)) for naam in PROVINCIES],
        **_antwoord(uitkomst, vraag),
    }
    return render(request, "kaart/kaart.html", context)


def _koppelingen(doelen: list[Doel], vraag: Vraag) -> list[tuple[Doel, str]]:
    """Put beside each possible answer the address that asks for exactly that."""
    return [(doel, vraag.adres(q=doel.zoekterm, pagina=1)) for doel in doelen]


def _antwoord(uitkomst: Uitkomst, vraag: Vraag) -> dict[str, str]:
    """Return the list and the drawing as HTML, from memory when the same was asked less than a minute ago."""
    if not isinstance(uitkomst, Gevonden):
        return {"tekening": render_to_string("kaart/tekening.html", {"plattegrond": teken(None, [])})}
    doel = uitkomst.doel
    sleutel = f"kaart:{doel.soort}:{doel.naam}:{doel.gemeente}{vraag.adres(q='')}".replace(" ", "_")
    antwoord = caches["lokaal"].get(sleutel)
    if antwoord is None:
        aanbod = zoek_aanbod(doel.punt, vraag)
        plattegrond = teken(doel.punt, aanbod.plekken)
        zuiver = replace(vraag, q=doel.zoekterm)  # what is kept for others holds nothing that this visitor typed
        antwoord = {
            "lijst": render_to_string("kaart/lijst.html", {"aanbod": aanbod, "vraag": zuiver, "doel": doel}),
            "tekening": render_to_string("kaart/tekening.html", {"plattegrond": plattegrond}),
        }
        caches["lokaal"].set(sleutel, antwoord, BEWAREN)
    return antwoord


@require_safe
@login_not_required
def plek(request: HttpRequest, pk: int) -> HttpResponse:
    """One place as a small piece of HTML, for whoever presses a dot on the map."""
    locatie = get_object_or_404(met_ruimte(Locatie.objects.op_de_kaart()), pk=pk)
    return render(request, "kaart/plek.html", {"locatie": locatie, "ruimte": ruimte(locatie)})


@require_safe
@login_not_required
@condition(etag_func=lambda request: feed.bestand().etag)
def plekken(request: HttpRequest) -> HttpResponse:
    """All public places for the map; see `kaart.feed` for the form."""
    bestand = feed.bestand()
    verpakt = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(bestand.verpakt if verpakt else bestand.inhoud, content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=60, stale-while-revalidate=600"
    response.headers["Vary"] = "Accept-Encoding"
    if verpakt:
        response.headers["Content-Encoding"] = "gzip"
    return response
