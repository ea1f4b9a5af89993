"""What a process remembers for a while: a thread of its own makes it anew while visitors go on with the old one."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread

from django.db import connections

logger = logging.getLogger(__name__)


class Onthouden[T]:
    """One thing. `maak` gets the one before (None at first) and may give it back when it is still true.

    Nobody waits for what has just grown old: it is given once more while it is made anew. What is twice as old as it
    may be is too old for that, so after a quiet hour the first visitor waits. With `houdbaar` 0 everybody does.
    """

    def __init__(self, maak: Callable[[T | None], T], houdbaar: float) -> None:
        self.houdbaar = houdbaar  # seconds before it is made again
        self._maak = maak
        self._slot = Lock()
        self._huidig: T | None = None
        self._tot = 0.0  # on the monotonic clock

    def geef(self) -> T:
        """Return it; only who comes first in a new process or after a silence, and those with her, wait for it."""
        huidig, over_tijd = self._huidig, time.monotonic() - self._tot
        if huidig is not None and over_tijd < 0:
            return huidig
        if huidig is not None and over_tijd < self.houdbaar:
            self._begin_ernaast()
            return huidig
        if not self._slot.acquire(blocking=huidig is None):
            return huidig
        try:
            if self._huidig is huidig:
                self._vernieuw()
            return self._huidig
        finally:
            self._slot.release()

    def _vernieuw(self) -> None:
        self._huidig = self._maak(self._huidig)
        self._tot = time.monotonic() + self.houdbaar

    def _begin_ernaast(self) -> None:
        """Start the thread, unless one is at it. It is started at a request, so never before a server forks."""
        if self._slot.acquire(blocking=False):
            try:
                Thread(target=self._ernaast, name="onthouden", daemon=True).start()
            except RuntimeError:  # no more threads, or the process is ending: whoever asks next tries again
                self._slot.release()

    def _ernaast(self) -> None:
        """Make it anew, with a connection to the database that is this thread's own and goes with it."""
        try:
            self._vernieuw()
        except Exception:
            logger.exception("what a process remembers could not be made anew")
        finally:
            connections.close_all()
            self._slot.release()

    def vergeet(self) -> None:
        """Make it anew at the next question."""
        self._huidig = None
