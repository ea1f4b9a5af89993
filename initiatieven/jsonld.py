"""What search engines read of a public page: nothing that the page itself does not show.

Form: https://schema.org/Organization, as JSON-LD in a data block; a browser runs nothing of it, so it needs no nonce.
"""

import json
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from initiatieven.models import Initiatief, Locatie, Plekfoto

NIET_IN_EEN_BLOK = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}  # could end the data block


def volledig(pad: str) -> str:
    """The whole address of one of our own paths."""
    return settings.BASIS_URL + pad


def _plaats(locatie: Locatie) -> dict:
    """A place at somebody's home gets neither street nor point, as on the page."""
    adres = {"@type": "PostalAddress", "addressLocality": locatie.plaats, "addressCountry": "NL"}
    if locatie.is_ongeveer:
        return {"@type": "Place", "address": adres}
    if locatie.adres:
        adres["streetAddress"] = locatie.adres
    punt = {"@type": "GeoCoordinates", "latitude": locatie.lat, "longitude": locatie.lon}
    return {"@type": "Place", "address": adres, "geo": punt}


def beschrijf(initiatief: Initiatief, fotos: Iterable[Plekfoto]) -> dict:
    """The initiative as an Organization of schema.org. Reads `locaties`."""
    gegevens = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": initiatief.naam,
        "url": volledig(initiatief.get_absolute_url()),
        "description": initiatief.omschrijving,
        "telephone": initiatief.telefoon,
        "email": initiatief.email,
        "sameAs": [initiatief.website] if initiatief.website else [],
        "foundingDate": initiatief.opgericht_op.isoformat() if initiatief.opgericht_op else "",
        "image": [volledig(reverse("initiatieven:foto", args=[foto.pk])) for foto in fotos],
        "location": [_plaats(locatie) for locatie in initiatief.locaties.all() if not locatie.is_online],
        "areaServed": {"@type": "Country", "name": "Nederland"} if initiatief.is_landelijk else {},
        "memberOf": {"@type": "Organization", "name": "Initiatieven Collectief", "url": volledig("/")},
    }
    return {naam: waarde for naam, waarde in gegevens.items() if waarde}


def datablok(gegevens: dict) -> SafeString:
    """The data as text that may stand between script tags: nothing in it can end them."""
    return mark_safe(json.dumps(gegevens, ensure_ascii=False).translate(NIET_IN_EEN_BLOK))  # noqa: S308
