"""A copy on disk of what is known to leak: the advisory database of the Python Package Authority (OSV format, in YAML).

    git clone --depth 1 https://github.com/pypa/advisory-database

Each file tells of one leak: which versions have it, one by one or as ranges, and whether it was withdrawn later.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import yaml
from packaging.version import InvalidVersion, Version

from .fouten import Startfout

_PIN = re.compile(r"^([a-z0-9._-]+)(?:\[.*?\])?==([^\s;\\]+)", re.MULTILINE | re.IGNORECASE)
_BEGIN = "0"  # "from the first version on"


def zoek(lijst: Path, vergrendeld: str) -> list[dict]:
    """What pip-audit would say of every locked package, from the copy. Raises Startfout when that is no such copy."""
    map_ = lijst / "vulns" if (lijst / "vulns").is_dir() else lijst
    if not any(map_.glob("*/*.yaml")):
        raise Startfout(f"In {lijst} staat geen lijst met lekken: er is geen map vulns/ met per pakket een map.")
    return [
        {"name": naam, "version": versie, "vulns": list(_lekken(map_ / genormeerd(naam), naam, Version(versie)))}
        for naam, versie in _PIN.findall(vergrendeld)
    ]


def nieuwste(lijst: Path) -> str:
    """The day of the last change in the copy, so that the reader can tell how old it is."""
    wanneer = re.compile(r"^modified: ['\"]?(\d{4}-\d\d-\d\d)", re.MULTILINE)
    dagen = (dag[1] for pad in lijst.glob("**/*.yaml") if (dag := wanneer.search(pad.read_text())))
    return datetime.fromisoformat(max(dagen, default="1970-01-01")).strftime("%d-%m-%Y")


def genormeerd(naam: str) -> str:
    """A name as the index writes it: Django_Leaflet and django-leaflet are one."""
    return re.sub(r"[-_.]+", "-", naam).lower()


def _lekken(map_: Path, naam: str, versie: Version) -> Iterator[dict]:
    for pad in sorted(map_.glob("*.yaml")):
        melding = yaml.safe_load(pad.read_text())
        delen = [deel for deel in melding.get("affected", ()) if _gaat_over(deel["package"], naam)]
        if not melding.get("withdrawn") and any(_raakt(deel, versie) for deel in delen):
            yield {"id": melding["id"], "fix_versions": _beter(delen, versie)}


def _gaat_over(pakket: dict, naam: str) -> bool:
    return pakket["ecosystem"] == "PyPI" and genormeerd(pakket["name"]) == genormeerd(naam)


def _raakt(deel: dict, versie: Version) -> bool:
    """Whether this version is on the list, or inside one of the ranges."""
    genoemd = {gelezen for tekst in deel.get("versions", ()) if (gelezen := _lees(tekst))}
    return versie in genoemd or any(_binnen(reeks["events"], versie) for reeks in _reeksen(deel))


def _reeksen(deel: dict) -> Iterable[dict]:
    """Ranges of versions; those of commits say nothing about what is installed."""
    return (reeks for reeks in deel.get("ranges", ()) if reeks["type"] == "ECOSYSTEM")


def _binnen(gebeurtenissen: list[dict], versie: Version) -> bool:
    """Walk the events in the order of their versions: the last one at or before this version decides."""
    lek = False
    for op, soort in sorted(
        (_lees(op) or Version(_BEGIN), soort) for stap in gebeurtenissen for soort, op in stap.items()
    ):
        if soort == "introduced" and versie >= op:
            lek = True
        elif (soort == "fixed" and versie >= op) or (soort == "last_affected" and versie > op):
            lek = False
    return lek


def _beter(delen: list[dict], versie: Version) -> list[str]:
    """The versions above this one in which it was mended."""
    mogelijk = {
        op
        for deel in delen
        for reeks in _reeksen(deel)
        for stap in reeks["events"]
        if (op := _lees(stap.get("fixed"))) and op > versie
    }
    return [str(op) for op in sorted(mogelijk)]


def _lees(tekst: str | None) -> Version | None:
    """A version, or None for one that no index takes (any more)."""
    try:
        return Version(str(tekst))
    except InvalidVersion:
        return None
