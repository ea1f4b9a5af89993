"""All public places for the map, in one compact file that browsers may keep.

Columns instead of rows, whole numbers instead of degrees: about ten bytes a place after compression. The file is made
at most once a minute per process, and its content hash tells a browser whether it still has the newest.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from dataclasses import dataclass
from threading import Lock

from django.db.models import Exists, OuterRef

from initiatieven.models import Locatie, Plekken

HOUDBAAR = 60  # seconds before the places are read again
TIENDUIZENDSTE = 10_000  # degrees are written as whole ten-thousandths (some ten metres) above LAT0 and LON0
LAT0, LON0 = 50, 3
PLEK_VRIJ, ONGEVEER = 1, 2  # added up to one digit a place


@dataclass(frozen=True)
class Bestand:
    """The file, ready to send."""

    inhoud: bytes
    verpakt: bytes
    etag: str
    tot: float  # on the monotonic clock


def kolommen() -> dict[str, list[int] | str]:
    """Return the places column by column. `id` holds steps from the one before; ages 0 and 99 are open ends."""
    vrij = Plekken.objects.vrij().filter(initiatief=OuterRef("initiatief"))
    rijen = list(
        Locatie.objects.op_de_kaart()
        .annotate(is_vrij=Exists(vrij))
        .order_by("pk")
        .values_list(
            "pk", "lat", "lon", "nauwkeurigheid", "initiatief__leeftijd_van", "initiatief__leeftijd_tot", "is_vrij"
        )
    )
    nummers = [rij[0] for rij in rijen]
    return {
        "id": [nummer - vorige for vorige, nummer in zip([0, *nummers], nummers, strict=False)],
        "lat": [round((rij[1] - LAT0) * TIENDUIZENDSTE) for rij in rijen],
        "lon": [round((rij[2] - LON0) * TIENDUIZENDSTE) for rij in rijen],
        "van": [rij[4] or 0 for rij in rijen],
        "tot": [99 if rij[5] is None else rij[5] for rij in rijen],
        "hoe": "".join(
            str(PLEK_VRIJ * rij[6] + ONGEVEER * (rij[3] == Locatie.Nauwkeurigheid.ONGEVEER)) for rij in rijen
        ),
    }


def maak() -> Bestand:
    """Read the places and pack them. The same places always give the same bytes and so the same hash."""
    inhoud = json.dumps(kolommen(), separators=(",", ":")).encode()
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
