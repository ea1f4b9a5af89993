"""The map: search, the list that belongs to it, and the data that draw it. Public; no cookie, nothing stored."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csp import get_nonce
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from collectief.geo.forms import PROVINCIES
from collectief.geo.register import Doel
from collectief.geo.zoeken import Gevonden, Uitkomst, zoek
from initiatieven.models import Locatie
from kaart.aanbod import Aanbod, Plek, met_ruimte, zoek_aanbod
from kaart.feed import feed
from kaart.forms import Vraag, ZoekForm
from kaart.plattegrond import teken
from kaart.uitgeven import Soort, nieuwste

BEWAREN = 60  # seconds that an answer may be kept by this process
NONCE = secrets.token_urlsafe(16)  # stands in a kept page where each visitor gets another; nobody can type it


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
    pagina = _bewaarde_pagina(request, form, vraag, uitkomst)
    return HttpResponse(pagina.replace(NONCE, str(get_nonce(request))))


def _bewaarde_pagina(request: HttpRequest, form: ZoekForm, vraag: Vraag, uitkomst: Uitkomst) -> str:
    """Return the page, from memory when the same was asked less than a minute ago.

    Only a name or code that we know is kept: what else people type stays nowhere.
    """
    if not isinstance(uitkomst, Gevonden) or uitkomst.uitleg or form.errors:
        return _pagina(request, form, vraag, uitkomst)
    sleutel = "kaart:" + hashlib.sha256(vraag.adres().encode()).hexdigest()
    pagina = caches["lokaal"].get(sleutel)
    if pagina is None:
        pagina = _pagina(request, form, vraag, uitkomst)
        caches["lokaal"].set(sleutel, pagina, BEWAREN)
    return pagina


def _pagina(request: HttpRequest, form: ZoekForm, vraag: Vraag, uitkomst: Uitkomst) -> str:
    """Render the page. Of the request it reads only the path: whoever asks the same gets the same."""
    doel = uitkomst.doel if isinstance(uitkomst, Gevonden) else None
    aanbod = zoek_aanbod(doel.punt, vraag) if doel else Aanbod()
    context = {
        "csp_nonce": NONCE,
        "stippen": nieuwste(Soort.KAART),
        "form": form,
        "vraag": vraag,
        "uitkomst": uitkomst,
        "soort": type(uitkomst).__name__.lower(),
        "doel": doel,
        "aanbod": aanbod,
        "plattegrond": teken(doel.punt if doel else None, aanbod.plekken),
        "keuzes": _koppelingen(getattr(uitkomst, "keuzes", []) + getattr(uitkomst, "suggesties", []), vraag),
        "provincies": [] if doel else [(naam, vraag.adres(q=f"provincie {naam}", pagina=1)) for naam in PROVINCIES],
    }
    return render_to_string("kaart/kaart.html", context, request)


def _koppelingen(doelen: list[Doel], vraag: Vraag) -> list[tuple[Doel, str]]:
    """Put beside each possible answer the address that asks for exactly that."""
    return [(doel, vraag.adres(q=doel.zoekterm, pagina=1)) for doel in doelen]


@require_safe
@login_not_required
def plek(request: HttpRequest, pk: int) -> HttpResponse:
    """One place as a small piece of HTML, for whoever presses a dot on the map."""
    rij = get_object_or_404(met_ruimte(Locatie.objects.op_de_kaart()), pk=pk)
    return render(request, "kaart/plek.html", {"plek": Plek(*rij)})


@require_safe
@login_not_required
def plekken(request: HttpRequest) -> HttpResponse:
    """All public places for the map: where the newest file is, or before anything was published, the file itself."""
    if uitgave := nieuwste(Soort.KAART):
        response = HttpResponseRedirect(uitgave.adres)
        response.headers["Cache-Control"] = "public, max-age=60"
        return response
    return _ongepubliceerd(request)


@condition(etag_func=lambda request: feed.bestand().etag)
def _ongepubliceerd(request: HttpRequest) -> HttpResponse:
    bestand = feed.bestand()
    verpakt = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(bestand.verpakt if verpakt else bestand.inhoud, content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=60, stale-while-revalidate=600"
    response.headers["Vary"] = "Accept-Encoding"
    if verpakt:
        response.headers["Content-Encoding"] = "gzip"
    return response
