"""Published files from memory: what Django answered the first time is given again, without asking it.

Whoever opens the map fetches such a file, and it never changes. Only the plain question is answered here, and the 304
to whoever has the file already; all else goes to Django. The headers are always those that Django gave to the same
question, and nothing is written in the log: neither does Django, of a file that is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import Lock
from typing import NamedTuple

from django.conf import settings

from collectief.verzoeken import Toepassing
from kaart.middleware import NAAM

GEHEUGEN = 8_000_000  # bytes of files per process; more are forgotten at once
HOOGSTENS = 64  # answers
# Everything in a request that decides about the answer, and what asks for something else than the whole file.
BESLIST = ("PATH_INFO", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_ENCODING", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")
ANDERS = ("HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE")
Koppen = list[tuple[str, str]]
Sleutel = tuple[str | None, ...]
Stand = tuple[int, int]


class Antwoord(NamedTuple):
    """What Django answered, and how the file stood then."""

    stand: Stand
    status: str
    koppen: Koppen
    inhoud: list[bytes]


class Uitreiker:
    """Wraps the WSGI application."""

    def __init__(self, toepassing: Toepassing) -> None:
        self._toepassing = toepassing
        self._antwoorden: dict[Sleutel, Antwoord] = {}
        self._slot = Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        pad = environ.get("PATH_INFO", "")
        if not pad.startswith(settings.UITGAVE_URL) or (stand := _stand(environ, pad)) is None:
            return self._toepassing(environ, start_response)
        sleutel = tuple(map(environ.get, BESLIST))
        antwoord = self._antwoorden.get(sleutel)
        if antwoord is None or antwoord.stand != stand:
            return self._vraag(environ, start_response, sleutel, stand)
        start_response(antwoord.status, antwoord.koppen.copy())
        return antwoord.inhoud

    def _vraag(self, environ: dict, start_response: Callable, sleutel: Sleutel, stand: Stand) -> Iterable[bytes]:
        """Let Django answer, and remember that when it is the file, or the 304 to whoever says that she has it."""
        gezegd = []
        stuk = self._toepassing(environ, lambda *wat: gezegd.append(wat))
        [(status, koppen, *_)] = gezegd
        start_response(status, koppen)
        verwacht = HTTPStatus.NOT_MODIFIED if environ.get("HTTP_IF_NONE_MATCH") else HTTPStatus.OK
        lengte = int(dict(koppen).get("Content-Length", 0))
        if not status.startswith(str(verwacht.value)) or lengte > GEHEUGEN // 4:
            return stuk
        try:
            antwoord = Antwoord(stand, status, koppen, [b"".join(stuk)])
        finally:
            stuk.close()
        self._onthoud(sleutel, antwoord)
        return antwoord.inhoud

    def _onthoud(self, sleutel: Sleutel, antwoord: Antwoord) -> None:
        with self._slot:
            alle = [antwoord, *self._antwoorden.values()]
            if len(alle) > HOOGSTENS or sum(len(een.inhoud[0]) for een in alle) > GEHEUGEN:
                self._antwoorden.clear()
            self._antwoorden[sleutel] = antwoord


def _stand(environ: dict, pad: str) -> Stand | None:
    """Which file this is a plain question for: None when it is no such question, or there is no such file."""
    naam = pad.removeprefix(settings.UITGAVE_URL)
    if environ["REQUEST_METHOD"] != "GET" or any(map(environ.get, ANDERS)) or not NAAM.fullmatch(naam):
        return None
    try:
        stand = os.stat(os.path.join(settings.UITGAVE_MAP, naam))  # noqa: PTH116, PTH118 (every visitor asks)
    except OSError:
        return None
    return stand.st_ino, stand.st_mtime_ns
