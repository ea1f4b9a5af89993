"""Searches in vain, tallied in this process for a moment: however many come, the database hears of it now and then."""

from __future__ import annotations

import logging
import time
from collections import Counter
from threading import Lock

from django.conf import settings
from django.db import DatabaseError

from collectief.geo.rd import Punt
from kaart.models import Zoekvraag

logger = logging.getLogger(__name__)
ELKE = 0 if settings.MODUS == "test" else 10  # seconds between two writes; the first after a quiet time goes at once
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
