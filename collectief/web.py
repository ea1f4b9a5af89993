"""python -m collectief.web: the web server, with its own lines in our log like everybody else's.

The image, ./dev and the measurements start this one. On the command line granian reads its logging from a file
only, and so tells without a time what happened to a process.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

DRADEN = 8  # requests at a time in one process
GEDULD = 5  # seconds that a request may still take when the process is asked to stop


def main(argumenten: Sequence[str] | None = None) -> None:
    """Serve until asked to stop. A process that dies is started anew; one that cannot start ends everything."""
    keuze = _lezer().parse_args(argumenten)
    bestanden = {"static_path_route": ["/bestanden"], "static_path_mount": [keuze.bestanden]} if keuze.bestanden else {}
    Granian(
        keuze.toepassing,
        address=keuze.host,
        port=keuze.poort,
        interface=Interfaces.WSGI,
        workers=keuze.workers,
        blocking_threads=DRADEN,
        workers_kill_timeout=GEDULD,
        respawn_failed_workers=True,
        websockets=False,
        log_dictconfig=settings.LOGGING,
        **bestanden,
    ).serve()


def _lezer() -> argparse.ArgumentParser:
    lezer = argparse.ArgumentParser(prog="python -m collectief.web", description="Serve the platform.")
    lezer.add_argument("toepassing", nargs="?", default="collectief.wsgi:application")
    lezer.add_argument("--host", default="127.0.0.1")
    lezer.add_argument("--poort", type=int, default=8000)
    lezer.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="how many processes")
    lezer.add_argument("--bestanden", type=Path, help="a folder that the server itself serves below /bestanden/")
    return lezer


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collectief.settings")
    main()
