"""All public places for the map, in one compact file that browsers may keep.

Columns instead of rows, whole numbers instead of degrees, each a step from the one before, and the pyramid of clusters
as lengths of runs: about ten bytes a place after compression. Published by `kaart.uitgeven`; what stands in `Feed` is
only for a platform where nothing was published yet.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

from initiatieven.models import Initiatief
from kaart.clusters import piramide
from kaart.openbaar import Regel, lees_regels

HOUDBAAR = 60  # seconds before the places are read again
TIENDUIZENDSTE = 10_000  # degrees are written as whole ten-thousandths (some ten metres) above LAT0 and LON0
LAT0, LON0 = 50, 3
PLEK_VRIJ, ONGEVEER = 1, 2  # added up to one digit a place
# By which words places can be filtered on the map. A place has one bit for each word that fits it.
FILTERS = {
    "soort": Initiatief.Soort,
    "domein": Initiatief.Domein,
    "doelgroepen": Initiatief.Doelgroep,
    "begeleiding": Initiatief.Begeleiding,
    "bekostiging": Initiatief.Bekostiging,
    "toegankelijk": Initiatief.Toegankelijkheid,
}


@dataclass(frozen=True)
class Bestand:
    """The file, ready to send."""

    inhoud: bytes
    verpakt: bytes
    etag: str
    tot: float  # on the monotonic clock


def stappen(getallen: Sequence[int]) -> list[int]:
    """Write each number as the step from the one before, which packs better."""
    return [getal - vorige for vorige, getal in pairwise([0, *getallen])]


def _bits(woorden: list[str], bit: dict[str, int]) -> int:
    return sum(bit[woord] for woord in woorden if woord in bit)


def _filter(regels: list[Regel], veld: str, keuzes: type) -> dict:
    bit = {woord: 1 << nummer for nummer, woord in enumerate(keuzes.values)}
    waarden = [getattr(regel, veld) for regel in regels]
    return {
        "woorden": keuzes.values,
        "bits": [_bits([waarde] if isinstance(waarde, str) else waarde, bit) for waarde in waarden],
    }


def kolommen(regels: list[Regel]) -> dict:
    """Return the places column by column, in the order of the pyramid; ages 0 and 99 are open ends."""
    op_kaart = [regel for regel in regels if not regel.is_online]
    volgorde, lengtes = piramide([(regel.lat, regel.lon) for regel in op_kaart])
    rijen = [op_kaart[nummer] for nummer in volgorde]
    return {
        "id": stappen([regel.pk for regel in rijen]),
        "lat": stappen([round((regel.lat - LAT0) * TIENDUIZENDSTE) for regel in rijen]),
        "lon": stappen([round((regel.lon - LON0) * TIENDUIZENDSTE) for regel in rijen]),
        "van": [regel.leeftijd_van or 0 for regel in rijen],
        "tot": [99 if regel.leeftijd_tot is None else regel.leeftijd_tot for regel in rijen],
        "groep": [regel.groepsgrootte or 0 for regel in rijen],
        "hoe": "".join(str(PLEK_VRIJ * regel.heeft_plek + ONGEVEER * regel.is_ongeveer) for regel in rijen),
        "filters": {veld: _filter(rijen, veld, keuzes) for veld, keuzes in FILTERS.items()},
        "zoom": lengtes,
    }


def schrijf_kaart(regels: list[Regel]) -> bytes:
    """Return the file. The same places always give the same bytes and so the same hash."""
    return json.dumps(kolommen(regels), separators=(",", ":")).encode()


def maak() -> Bestand:
    """Read the places and pack them."""
    inhoud = schrijf_kaart(lees_regels())
    etag = f'W/"{hashlib.sha256(inhoud).hexdigest()[:24]}"'
    return Bestand(inhoud, gzip.compress(inhoud, 9, mtime=0), etag, time.monotonic() + HOUDBAAR)


class Feed:
    """The newest file of this process; one thread at a time makes it anew while others still send the old one."""

    def __init__(self) -> None:
        self._slot = Lock()
        self._bestand: Bestand | None = None

    def bestand(self) -> Bestand:
        huidig = self._bestand
        if huidig and huidig.tot > time.monotonic():
            return huidig
        if not self._slot.acquire(blocking=huidig is None):
            return huidig
        try:
            if self._bestand is huidig:
                self._bestand = maak()
            return self._bestand
        finally:
            self._slot.release()

    def vergeet(self) -> None:
        """Make the file anew at the next request."""
        self._bestand = None


feed = Feed()
