"""One stack at a time in one data folder.

The lock is held by the kernel for as long as the holder lives, so it can't go stale; the pid inside is information.
"""

import fcntl
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from .fouten import Startfout
from .geheimen import schrijf_besloten
from .processen import wacht_tot

_KORT = 0.3


@dataclass(frozen=True)
class Houder:
    """Who holds the data folder: a running stack, or a command that started the servers for itself."""

    pid: int
    wat: str
    poort: int = 0


class Slot:
    """Exclusive use of a data folder, with the environment of the running servers beside it for later commands."""

    def __init__(self, map_: Path, wat: str, poort: int = 0) -> None:
        self.pad = map_ / "slot"
        self.omgeving = map_ / "omgeving.json"
        self.wie = Houder(os.getpid(), wat, poort)

    def __enter__(self) -> Self:
        try:
            self.pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.bestand = self.pad.open("a+")
        except OSError as fout:
            raise Startfout(f"De map {self.pad.parent} is niet te schrijven: {fout.strerror}.") from fout
        if not wacht_tot(lambda: _pak(self.bestand.fileno()), _KORT):  # somebody may be looking who holds it
            self.bestand.close()
            raise Startfout(_bezet(houder(self.pad.parent)))
        self.omgeving.unlink(missing_ok=True)
        self.bestand.truncate(0)
        self.bestand.write(json.dumps(asdict(self.wie)))
        self.bestand.flush()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.omgeving.unlink(missing_ok=True)
        self.bestand.truncate(0)
        self.bestand.close()

    def deel(self, omgeving: dict[str, str]) -> None:
        """Let later commands, such as ./dev manage, use the servers that run now."""
        schrijf_besloten(self.omgeving, json.dumps(omgeving))


def _pak(nummer: int) -> bool:
    try:
        fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _bezet(wie: Houder | None) -> str:
    if wie is None or not wie.poort:
        return "Er loopt in deze map al een opdracht van ./dev. Wacht tot die klaar is, of gebruik ./dev stop."
    return f"Er draait uit deze map al een stapel op http://localhost:{wie.poort}. Stop hem met ./dev stop."


def houder(map_: Path) -> Houder | None:
    """Who holds the folder now; None when nobody does."""
    try:
        with (map_ / "slot").open("a+") as bestand:
            if _pak(bestand.fileno()):
                return None
            bestand.seek(0)
            return Houder(**json.loads(bestand.read()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        return Houder(0, "onbekend")
    except OSError as fout:
        raise Startfout(f"De map {map_} is niet te lezen: {fout.strerror}.") from fout


def gedeelde_omgeving(map_: Path, geduld: float = 30) -> dict[str, str] | None:
    """The environment of the servers that run in this folder; waits while they are starting. None when none run."""
    pad = map_ / "omgeving.json"
    wacht_tot(lambda: pad.exists() or houder(map_) is None, geduld)
    try:
        return None if houder(map_) is None else json.loads(pad.read_text())
    except (OSError, ValueError):
        return None


@contextmanager
def deelname(map_: Path) -> Iterator[None]:
    """Use servers that another command started: it waits for us before it stops them."""
    with (map_ / "deelname").open("a") as bestand:
        fcntl.flock(bestand, fcntl.LOCK_SH)
        yield


def wacht_op_deelnemers(map_: Path) -> None:
    """Wait until no other command uses our servers."""
    with (map_ / "deelname").open("a") as bestand:
        fcntl.flock(bestand, fcntl.LOCK_EX)


def vraag_te_stoppen(map_: Path, geduld: float = 60) -> bool:
    """Ask the holder to stop and wait for it; False when nobody held the folder.

    Raises Startfout when the holder does not stop in time.
    """
    wie = houder(map_)
    if wie is None or not wie.pid:
        return False
    try:
        os.kill(wie.pid, signal.SIGTERM)
    except ProcessLookupError:
        return False
    except PermissionError as fout:
        raise Startfout("De stapel is door een andere gebruiker gestart. Laat die hem stoppen.") from fout
    if not wacht_tot(lambda: houder(map_) is None, geduld):
        raise Startfout(f"De stapel (proces {wie.pid}) stopt niet. Bekijk de logs in {map_ / 'log'}.")
    return True
