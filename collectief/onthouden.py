"""What a process remembers for a while: one thread makes it anew while the others go on with the old one."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class Onthouden[T]:
    """One thing. `maak` gets the one before (None at first) and may give it back when it is still true."""

    def __init__(self, maak: Callable[[T | None], T], houdbaar: float) -> None:
        self.houdbaar = houdbaar  # seconds before it is made again
        self._maak = maak
        self._slot = Lock()
        self._huidig: T | None = None
        self._tot = 0.0  # on the monotonic clock

    def geef(self) -> T:
        """Return it; only who comes first in a new process, and those with her, wait until it is made."""
        huidig = self._huidig
        if huidig is not None and self._tot > time.monotonic():
            return huidig
        if not self._slot.acquire(blocking=huidig is None):
            return huidig
        try:
            if self._huidig is huidig:
                self._huidig = self._maak(huidig)
                self._tot = time.monotonic() + self.houdbaar
            return self._huidig
        finally:
            self._slot.release()

    def vergeet(self) -> None:
        """Make it anew at the next question."""
        self._huidig = None
