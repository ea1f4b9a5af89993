"""The site as an app on a phone: what it is called, and what stays there without a network. Public; no cookie."""

from __future__ import annotations

import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from kaart.uitgeven import Soort, nieuwste

SCHIL = [
    *("css/tokens.css", "css/basis.css", "css/onderdelen.css", "css/print.css", "js/basis.js"),
    *("js/kaart-zonder-netwerk.js", "kaart/postcodes.json", "beeld/merk.svg"),
]
ICONEN = [("beeld/icoon-192.png", 192, "any"), ("beeld/icoon-512.png", 512, "any maskable")]


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows when somebody puts the site on its first screen."""
    iconen = [
        {"src": static(naam), "sizes": f"{maat}x{maat}", "type": "image/png", "purpose": doel}
        for naam, maat, doel in ICONEN
    ]
    inhoud = {
        "id": "/",
        "name": "het initiatieven collectief",
        "short_name": "Plekken",
        "description": "Vind een plek waar je kind kan landen.",
        "lang": "nl",
        "start_url": reverse("kaart:kaart"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf7ef",
        "theme_color": "#fbf7ef",
        "icons": [*iconen, {"src": static("beeld/merk.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(inhoud, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})


@require_safe
@login_not_required
def dienst(request: HttpRequest) -> HttpResponse:
    """The service worker. It changes with every piece that it keeps, so that browsers fetch the new ones."""
    schil = [static(naam) for naam in SCHIL]
    bladzijde = render_to_string("kaart/zonder_netwerk.html", request=request)
    versie = hashlib.sha256("".join([*schil, bladzijde]).encode()).hexdigest()[:12]
    instellingen = {
        "versie": versie,
        "schil": schil,
        "bladzijde": reverse("kaart:zonder_netwerk"),
        "wijzer": reverse("kaart:uitgave"),
    }
    inhoud = f'self.DIENST = {json.dumps(instellingen)};\nimportScripts("{static("js/dienst.js")}");\n'
    return HttpResponse(inhoud, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
@login_not_required
def zonder_netwerk(request: HttpRequest) -> HttpResponse:
    """The page that a phone keeps."""
    return render(request, "kaart/zonder_netwerk.html")


@require_safe
@login_not_required
def uitgave(request: HttpRequest) -> HttpResponse:
    """Where the newest directory is."""
    gids = nieuwste(Soort.GIDS)
    return JsonResponse({"gids": gids.adres if gids else None}, headers={"Cache-Control": "public, max-age=60"})
