"""The directory for whoever has no network: what a card shows of every place, with its texts while that stays small."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict

from initiatieven.models import Initiatief
from kaart.openbaar import Regel

HOOGSTENS = 300_000  # bytes, packed: what a phone may keep of it without asking
MET_TEKST = 500  # more initiatives than this do not fit with their texts
SOORT = dict(Initiatief.Soort.choices)
UITGEBREID = [("omschrijving", "werkwijze"), ("omschrijving",), ()]  # the first that stays small enough


def _locatie(regel: Regel) -> dict:
    plek = {
        "nr": regel.pk,
        "naam": regel.naam,
        "plaats": regel.plaats,
        "online": regel.is_online,
        "landelijk": regel.is_landelijk,
        "ongeveer": regel.is_ongeveer,
    }
    punt = {} if regel.is_online else {"lat": round(regel.lat, 4), "lon": round(regel.lon, 4)}
    return {naam: waarde for naam, waarde in plek.items() if waarde} | punt


def _initiatief(regels: list[Regel], teksten: dict[str, str]) -> dict:
    eerste = regels[0]
    leeftijd = [] if eerste.leeftijd_van is None else [eerste.leeftijd_van, eerste.leeftijd_tot]
    return {
        "naam": eerste.initiatief,
        "slug": eerste.slug,
        "soort": SOORT[eerste.soort],
        "leeftijd": leeftijd,
        "ruimte": eerste.ruimte,
        "plekken": [_locatie(regel) for regel in regels],
        **{veld: tekst for veld, tekst in teksten.items() if tekst},
    }


def schrijf_gids(regels: list[Regel]) -> bytes:
    """Return the directory: as much text as fits in what a phone may keep."""
    per_initiatief = defaultdict(list)
    for regel in regels:
        per_initiatief[regel.initiatief_id].append(regel)
    keuzes = UITGEBREID if len(per_initiatief) <= MET_TEKST else UITGEBREID[-1:]
    for velden in keuzes:
        teksten = _teksten(list(per_initiatief), velden)
        gids = [_initiatief(eigen, teksten.get(pk, {})) for pk, eigen in per_initiatief.items()]
        inhoud = json.dumps(gids, ensure_ascii=False, separators=(",", ":")).encode()
        if velden == keuzes[-1] or len(gzip.compress(inhoud, 6, mtime=0)) <= HOOGSTENS:
            return inhoud
    raise AssertionError("the last choice always ends the loop")


def _teksten(nummers: list[int], velden: tuple[str, ...]) -> dict[int, dict[str, str]]:
    if not velden:
        return {}
    rijen = Initiatief.objects.filter(pk__in=nummers).order_by("pk").values("pk", *velden)
    return {rij.pop("pk"): rij for rij in rijen}
