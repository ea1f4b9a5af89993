"""./dev keuring: are there known leaks in what we depend on? pip-audit answers, or a copy of the list on this disk.

Nothing of ours is installed or run.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .fouten import Startfout
from .lekkenlijst import nieuwste, zoek
from .omgeving import WORTEL
from .scherm import zeg, zeg_fout

VERGRENDELD = "requirements-dev.txt"  # everything, with what production has in it
WACHT = 300  # seconds
ONBEREIKBAAR = (
    "De lijst met bekende lekken is hiervandaan niet te bereiken, dus er is niets nagekeken. "
    "Doe dit op een computer met internet, of haal de lijst op en geef haar mee: ./dev keuring --lijst MAP."
)


def keur_pakketten(argumenten: Sequence[str]) -> int:
    """Ask about every locked package. 0: none is known to leak; 1: some are; 2: nobody could tell."""
    lezer = argparse.ArgumentParser(prog="./dev keuring", description="Zijn er bekende lekken in onze pakketten?")
    lezer.add_argument("--lijst", type=Path, help="map met een kopie van github.com/pypa/advisory-database")
    lijst = lezer.parse_args(argumenten).lijst
    if lijst:
        return _keur_uit(Path(os.environ.get("COLLECTIEF_VANUIT", ".")) / lijst)
    uitvoer = _vraag(Path(os.environ.get("COLLECTIEF_UV", "uv")))
    try:
        pakketten = json.loads(uitvoer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        zeg_fout(ONBEREIKBAAR)
        return 2
    return beoordeel(pakketten)


def _keur_uit(lijst: Path) -> int:
    """The same from a copy of the list, with its age: it says nothing of what was found later."""
    try:
        pakketten = zoek(lijst, (WORTEL / VERGRENDELD).read_text())
    except Startfout as fout:
        zeg_fout(str(fout))
        return 2
    zeg(f"De lijst is bijgewerkt tot {nieuwste(lijst)}; wat later gevonden is, staat er niet in.")
    return beoordeel(pakketten)


def beoordeel(pakketten: Sequence[dict]) -> int:
    """Say what was found, and return the exit code. A package about which nothing is known was not audited."""
    onbekend = [pakket["name"] for pakket in pakketten if "skip_reason" in pakket]
    lek = [(pakket, vondst) for pakket in pakketten for vondst in pakket.get("vulns", ())]
    for pakket, vondst in lek:
        beter = ", ".join(vondst["fix_versions"]) or "er is nog geen betere versie"
        zeg_fout(f"{pakket['name']} {pakket['version']}: {vondst['id']} (opgelost in: {beter})")
    if lek:
        return 1
    if onbekend or not pakketten:
        zeg_fout(ONBEREIKBAAR if len(onbekend) == len(pakketten) else f"Niet nagekeken: {', '.join(onbekend)}.")
        return 2
    zeg(f"Van {len(pakketten)} pakketten is geen lek bekend.")
    return 0


def _vraag(uv: Path) -> str:
    """What pip-audit says, as JSON; an empty string when it could not be fetched or found nobody to ask."""
    opdracht = ["tool", "run", "pip-audit", "--requirement", VERGRENDELD, "--require-hashes", "--disable-pip"]
    opdracht += ["--format", "json", "--progress-spinner", "off"]
    try:
        klaar = subprocess.run(  # noqa: S603 - our own list, no shell
            [uv, *opdracht], cwd=WORTEL, capture_output=True, text=True, check=False, timeout=WACHT
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return klaar.stdout
