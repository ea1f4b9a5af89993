"""Searches in vain, tallied in this process for a moment: however many come, the database hears of it now and then.

Only people who look count, and each visit once. Whether it is one is read from the request itself; nothing is kept.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from threading import Lock

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, QueryDict

from collectief.geo.rd import Punt
from collectief.geo.zoeken import Gevonden
from kaart.aanbod import Zoeker
from kaart.forms.vraag import lees_vraag
from kaart.models import Zoekvraag
from kaart.vraag import zoek_vraag
from kaart.wegwijzer import wegwijzer

logger = logging.getLogger(__name__)
ELKE = 0 if settings.MODUS == "test" else 10  # seconds between two writes; the first after a quiet time goes at once
MACHINE = re.compile(  # by what they say they are; "Cubot" is a telephone
    r"(?<!cu)bot\b|bot/|crawl|spider|slurp|preview|monitor|scan|fetch|curl|wget|python|java/|go-http|headless|lighthouse",
    re.IGNORECASE,
)
HOOGSTENS = 500  # points that wait; more are written before their time


class Turflijst:
    """How often was looked where. What still waits when a process is killed is lost: it is a count, not a promise."""

    def __init__(self) -> None:
        self._slot = Lock()
        self._gezocht: Counter[Punt] = Counter()
        self._vanaf = 0.0  # on the monotonic clock

    def tel(self, punt: Punt) -> None:
        """Count one search around this point, and nothing else about it. Without a database the page comes too."""
        with self._slot:
            self._gezocht[punt] += 1
            if time.monotonic() < self._vanaf and len(self._gezocht) < HOOGSTENS:
                return
            gezocht, self._gezocht = self._gezocht, Counter()
            self._vanaf = time.monotonic() + ELKE
        try:
            Zoekvraag.objects.tel_samen(gezocht)
        except DatabaseError as fout:
            logger.warning("searches in vain are not counted (%s)", type(fout).__name__)


turflijst = Turflijst()


def telt_mee(request: HttpRequest, punt: Punt) -> bool:
    """Tell whether somebody looks around this point who was not counted already on this visit."""
    return _kijkt_iemand(request) and not _zocht_hier_al(request, punt)


def _kijkt_iemand(request: HttpRequest) -> bool:
    """A person with a browser; not a crawler, a page that is fetched in case it is wanted, or the same page again."""
    koppen = request.headers
    programma = koppen.get("User-Agent", "")
    is_vooruit = "prefetch" in koppen.get("Sec-Purpose", koppen.get("Purpose", ""))
    is_opnieuw = koppen.get("Cache-Control", "") in ("max-age=0", "no-cache")
    return request.method == "GET" and bool(programma) and not (MACHINE.search(programma) or is_vooruit or is_opnieuw)


def _zocht_hier_al(request: HttpRequest, punt: Punt) -> bool:
    """Whether the page she comes from was in vain too, around the same point: she only changed a filter."""
    hier, _, zoekvraag = request.headers.get("Referer", "").partition("?")
    if hier != request.build_absolute_uri(request.path):
        return False
    vraag = lees_vraag(QueryDict(zoekvraag)).vraag
    uitkomst = zoek_vraag(vraag)
    if not isinstance(uitkomst, Gevonden) or uitkomst.doel.punt != punt:
        return False
    return not Zoeker(punt, vraag, wegwijzer()).aantal
