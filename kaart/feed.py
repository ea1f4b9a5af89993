"""All public places for the map, in one compact file that browsers may keep.

Columns instead of rows, whole numbers instead of degrees, each a step from the one before, and the pyramid of clusters
as lengths of runs: about ten bytes a place after compression. Published by `kaart.uitgeven`; what stands in `feed` is
only for a platform where nothing was published yet.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from collectief.onthouden import Onthouden
from kaart.clusters import piramide
from kaart.filters import FILTERS, Filter
from kaart.openbaar import Regel, lees_regels

HOUDBAAR = 60  # seconds before the places are read again
TIENDUIZENDSTE = 10_000  # degrees are written as whole ten-thousandths (some ten metres) above LAT0 and LON0
LAT0, LON0 = 50, 3


@dataclass(frozen=True)
class Bestand:
    """The file, ready to send."""

    inhoud: bytes
    verpakt: bytes
    etag: str


def stappen(getallen: Sequence[int]) -> list[int]:
    """Write each number as the step from the one before, which packs better."""
    return [getal - vorige for vorige, getal in pairwise([0, *getallen])]


def _filter(regels: list[Regel], filter_: Filter) -> dict:
    """Return a number per place, in which every choice that fits it has a bit; with the choices in that order."""
    bit = {keuze: 1 << nummer for nummer, keuze in enumerate(filter_.keuzes)}
    samen = {}  # many places have the same answer
    bits = []
    for waarden in map(attrgetter(filter_.veld), regels):
        sleutel = waarden if isinstance(waarden, str) else tuple(waarden)
        if sleutel not in samen:
            samen[sleutel] = sum(bit.get(keuze, 0) for keuze in ([sleutel] if isinstance(sleutel, str) else sleutel))
        bits.append(samen[sleutel])
    return {"keuzes": list(filter_.keuzes), "alle": filter_.eist_alle, "bits": bits}


def kolommen(regels: list[Regel]) -> dict:
    """Return the places column by column, in the order of the pyramid.

    Ages 0 and 99 are open ends; `vrij` has a bit for each year of age for which there is room.
    """
    op_kaart = [regel for regel in regels if not regel.is_online]
    volgorde, lengtes = piramide([(regel.lat, regel.lon) for regel in op_kaart])
    rijen = [op_kaart[nummer] for nummer in volgorde]
    return {
        "id": stappen([regel.pk for regel in rijen]),
        "lat": stappen([round((regel.lat - LAT0) * TIENDUIZENDSTE) for regel in rijen]),
        "lon": stappen([round((regel.lon - LON0) * TIENDUIZENDSTE) for regel in rijen]),
        "van": [regel.leeftijd_van or 0 for regel in rijen],
        "tot": [99 if regel.leeftijd_tot is None else regel.leeftijd_tot for regel in rijen],
        "vrij": [regel.vrij for regel in rijen],
        "ongeveer": "".join(str(int(regel.is_ongeveer)) for regel in rijen),
        "filters": {filter_.naam: _filter(rijen, filter_) for filter_ in FILTERS},
        "zoom": lengtes,
    }


def schrijf_kaart(regels: list[Regel]) -> bytes:
    """Return the file. The same places always give the same bytes and so the same hash."""
    return json.dumps(kolommen(regels), separators=(",", ":")).encode()


def maak() -> Bestand:
    """Read the places and pack them."""
    inhoud = schrijf_kaart(lees_regels())
    etag = f'W/"{hashlib.sha256(inhoud).hexdigest()[:24]}"'
    return Bestand(inhoud, gzip.compress(inhoud, 9, mtime=0), etag)


feed = Onthouden(lambda _: maak(), HOUDBAAR)
