"""The public places for other people's programs: GeoJSON (RFC 7946) and CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
import json

from django.conf import settings

from kaart.openbaar import PLEK_VRIJ, RUIMTE, Regel

LICENTIE = "https://creativecommons.org/licenses/by/4.0/deed.nl"
FORMULE = ("=", "+", "-", "@", "\t", "\r")  # how a spreadsheet knows that a cell is to be calculated


def _vaste_velden(regel: Regel, basis: str) -> dict:
    """What both files say of a place; `basis` is the address of this site."""
    return {
        "naam": regel.initiatief,
        "locatie": regel.naam,
        "adres": regel.adres,
        "postcode": regel.pc4,
        "plaats": regel.plaats,
        "provincie": regel.provincie,
        "nauwkeurigheid": "online" if regel.is_online else "ongeveer" if regel.is_ongeveer else "exact",
        "landelijk": regel.is_landelijk,
        "soort": regel.soort,
        "domein": regel.domein,
        "leeftijd_van": regel.leeftijd_van,
        "leeftijd_tot": regel.leeftijd_tot,
        "doelgroepen": regel.doelgroepen,
        "begeleiding": regel.begeleiding,
        "bekostiging": regel.bekostiging,
        "toegankelijk": regel.toegankelijk,
        "groepsgrootte": regel.groepsgrootte,
        "website": regel.website,
        "pagina": f"{basis}/initiatieven/{regel.slug}/",
        "is_voorbeeld": regel.is_demo,
    }


def _feature(regel: Regel, basis: str) -> dict:
    punt = None if regel.is_online else {"type": "Point", "coordinates": [regel.lon, regel.lat]}
    return {
        "type": "Feature",
        "id": regel.pk,
        "geometry": punt,
        "properties": _vaste_velden(regel, basis)
        | {"ruimte": [dict(zip(RUIMTE, groep, strict=True)) for groep in regel.ruimte]},
    }


def schrijf_geojson(regels: list[Regel]) -> bytes:
    """Return all places as one FeatureCollection; an online place has no geometry (RFC 7946, 3.2)."""
    basis = settings.BASIS_URL
    features = [_feature(regel, basis) for regel in regels]
    inhoud = {"type": "FeatureCollection", "licentie": LICENTIE, "features": features}
    return json.dumps(inhoud, ensure_ascii=False, separators=(",", ":")).encode()


def veilige_cel(waarde: object) -> object:
    """Return what may stand in a cell: a text that looks like a formula gets a quote before it, lists become text."""
    if isinstance(waarde, str):
        return f"'{waarde}" if waarde.startswith(FORMULE) else waarde
    if isinstance(waarde, list):
        return " ".join(waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return waarde


def _rij(regel: Regel, basis: str) -> list[object]:
    vrij = " ".join(f"{groep.van}-{groep.tot}" for groep in regel.ruimte if groep.toestand == PLEK_VRIJ)
    waarden = [*_vaste_velden(regel, basis).values(), regel.lat, regel.lon, vrij]
    return [regel.pk, *map(veilige_cel, waarden)]


# What each field means, for the page about it.
VELDEN = [
    ("nummer", "nummer van de plek; in GeoJSON heet het id"),
    ("naam", "naam van het initiatief"),
    ("locatie", "naam van deze plek, als het initiatief er meer heeft"),
    ("adres", "straat en huisnummer"),
    ("postcode", "vier cijfers"),
    ("plaats", "woonplaats"),
    ("provincie", "provincie"),
    ("nauwkeurigheid", "exact, ongeveer (bij iemand thuis) of online"),
    ("landelijk", "of jongeren uit heel Nederland er terecht kunnen"),
    ("soort", "wat voor plek het is"),
    ("domein", "onderwijs, jeugdhulp, zorg, of op het snijvlak"),
    ("leeftijd_van", "jongste leeftijd; leeg als dat niet vastligt"),
    ("leeftijd_tot", "oudste leeftijd"),
    ("doelgroepen", "voor wie het goed past"),
    ("begeleiding", "individueel, in een groep of allebei"),
    ("bekostiging", "hoe het betaald kan worden"),
    ("toegankelijk", "wat het makkelijker maakt om binnen te komen of er te zijn"),
    ("groepsgrootte", "hoeveel jongeren er in de grootste groep zijn"),
    ("website", "eigen site"),
    ("pagina", "bladzijde bij ons"),
    ("is_voorbeeld", "ja: deze plek is verzonnen"),
    ("lat", "breedtegraad (WGS84); in GeoJSON in geometry"),
    ("lon", "lengtegraad (WGS84); in GeoJSON in geometry"),
    ("plek_vrij_leeftijd", "alleen in CSV: leeftijden waarvoor nu plek is"),
    ("ruimte", "alleen in GeoJSON: per leeftijd of er plek is, en wanneer dat is opgeschreven"),
]
KOP = [naam for naam, _ in VELDEN if naam != "ruimte"]  # of the CSV


def schrijf_csv(regels: list[Regel]) -> bytes:
    """Return one row a place, with a heading; UTF-8 with a mark, so that spreadsheets read accents."""
    uit = io.StringIO()
    schrijver = csv.writer(uit)
    schrijver.writerow(KOP)
    basis = settings.BASIS_URL
    schrijver.writerows(_rij(regel, basis) for regel in regels)
    return uit.getvalue().encode("utf-8-sig")
