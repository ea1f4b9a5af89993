"""The map: search, the list that belongs to it, and the data that draw it. Public; no cookie, nothing stored."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csp import get_nonce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import condition, require_safe

from collectief.geo.doorsturen import stuurt_door
from collectief.geo.zoeken import Gevonden, Uitkomst
from kaart.bladzijde import FEED, NONCE, Bladzijde, feed_adres, maak_gevonden, maak_vraag_terug
from kaart.feed import feed
from kaart.forms.vraag import lees_vraag, schoon_adres
from kaart.turven import telt_mee, turflijst
from kaart.uitgeven import Soort, nieuwste
from kaart.verpakking import als_gzip, als_tekst, ongedrukt
from kaart.vraag import Vraag, voor_adres, zoek_vraag
from kaart.wegwijzer import wegwijzer

# Only here, and only for pictures: nobody asks for them before the visitor switches the streets on.
STRATEN_VAN = urlsplit(settings.STRATENKAART)._replace(path="", query="").geturl()
MET_STRATEN = {**settings.SECURE_CSP, "img-src": [*settings.SECURE_CSP["img-src"], STRATEN_VAN]}


@stuurt_door(schoon_adres)
@login_not_required
@csp_override(MET_STRATEN)
def kaart(request: HttpRequest) -> HttpResponse:
    """Answer `?q=3511&straal=25`. What may not stand in an address, letters of a postcode or a street, is taken out."""
    vraag, klacht, is_schoon = lees_vraag(request.GET)
    uitkomst = zoek_vraag(vraag)
    schoon = voor_adres(vraag, uitkomst)
    if not is_schoon or schoon is not vraag:
        return redirect(reverse("kaart:kaart") + schoon.adres())
    bladzijde = _bladzijde(vraag, uitkomst, klacht)
    if bladzijde.is_vergeefs and telt_mee(request, uitkomst.doel.punt):
        turflijst.tel(uitkomst.doel.punt)
    return _stuur(request, bladzijde)


def _bladzijde(vraag: Vraag, uitkomst: Uitkomst, klacht: str) -> Bladzijde:
    """Return the page, from memory when the same was asked before and no place changed since.

    Only a name or code that we know is kept: what else people type, and where they are, stays nowhere.
    """
    if not isinstance(uitkomst, Gevonden):
        return maak_vraag_terug(vraag, uitkomst, klacht)
    gids = wegwijzer()
    if uitkomst.uitleg or vraag.bij or klacht:
        return maak_gevonden(vraag, uitkomst, klacht, gids)
    return gids.antwoorden.neem_of_maak(vraag, lambda: maak_gevonden(vraag, uitkomst, klacht, gids))


def _stuur(request: HttpRequest, bladzijde: Bladzijde) -> HttpResponse:
    """Fill in what is only known now and send the page, pressed when the browser takes it so."""
    nu = {NONCE: lambda: str(get_nonce(request)), FEED: feed_adres}
    rest = [ongedrukt(nu[stuk]().encode()) if isinstance(stuk, str) else stuk for stuk in bladzijde.rest]
    koppen = {"Vary": "Accept-Encoding"}
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):  # `request.headers` reads all that there are first
        return HttpResponse(als_gzip(bladzijde.begin, rest), headers=koppen | {"Content-Encoding": "gzip"})
    return HttpResponse(als_tekst(bladzijde.begin, rest), headers=koppen)


@require_safe
@login_not_required
def plek(request: HttpRequest, pk: int) -> HttpResponse:
    """One place as a small piece of HTML, for whoever presses a dot on the map."""
    gevonden = wegwijzer().plek(pk)
    if gevonden is None or gevonden.is_online:
        raise Http404
    return render(request, "kaart/plek.html", {"plek": gevonden, "ruimte": gevonden.ruimte()})


@require_safe
@login_not_required
def plekken(request: HttpRequest) -> HttpResponse:
    """All public places for the map: where the newest file is, or before anything was published, the file itself."""
    if uitgave := nieuwste(Soort.KAART):
        response = HttpResponseRedirect(uitgave.adres)
        response.headers["Cache-Control"] = "public, max-age=60"
        return response
    return _ongepubliceerd(request)


@condition(etag_func=lambda request: feed.geef().etag)
def _ongepubliceerd(request: HttpRequest) -> HttpResponse:
    bestand = feed.geef()
    verpakt = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(bestand.verpakt if verpakt else bestand.inhoud, content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=60, stale-while-revalidate=600"
    response.headers["Vary"] = "Accept-Encoding"
    if verpakt:
        response.headers["Content-Encoding"] = "gzip"
    return response
