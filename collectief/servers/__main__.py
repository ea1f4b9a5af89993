"""python -m collectief.servers: what ./dev hands over once the virtual environment is there."""

import argparse
import errno
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

from . import opdrachten, proeven
from .fouten import Gestopt, Startfout
from .keuring import keur
from .lekken import keur_pakketten
from .omgeving import DATA, STANDAARD_POORT
from .scherm import zeg_fout
from .stapel import Keuze, start


def main(argumenten: Sequence[str]) -> int:
    """Run one command; every foreseen trouble ends as one sentence and exit code 1."""
    opdracht, *rest = argumenten
    for signaal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signaal, _stop_netjes)
    try:
        return _OPDRACHTEN[opdracht](rest)
    except Gestopt:
        return 0 if opdracht == "start" else 130
    except Startfout as fout:
        zeg_fout(f"Fout: {fout}")
    except OSError as fout:
        if fout.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        zeg_fout(f"Fout: er kan niet op de schijf geschreven worden ({fout.strerror}). Maak ruimte vrij.")
    return 1


def _stop_netjes(_nummer: int, _frame: FrameType | None) -> None:
    """The first request unwinds everything; later ones wait for that."""
    for signaal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signaal, lambda *_: None)
    raise Gestopt


def _start(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(prog="./dev start", description="Start het hele platform op deze computer.")
    lezer.add_argument("--poort", type=int, default=STANDAARD_POORT, help="poort van de website (standaard 8000)")
    lezer.add_argument("--leeg", action="store_true", help="zonder demogegevens")
    lezer.add_argument("--schaal", choices=["klein", "groot"], help="hoeveel demogegevens (standaard klein)")
    keuze = Keuze(**vars(lezer.parse_args(argumenten)))
    if keuze.leeg and keuze.schaal:
        raise Startfout("Kies --leeg of --schaal, niet allebei.")
    start(keuze, DATA)
    return 0


_OPDRACHTEN: dict[str, Callable[[Sequence[str]], int]] = {
    "start": _start,
    "stop": opdrachten.stop,
    "test": opdrachten.test,
    "lint": keur,
    "dekking": proeven.dekking,
    "mutanten": proeven.mutanten,
    "keuring": keur_pakketten,
    "bench": opdrachten.bench,
    "manage": opdrachten.manage,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
