"""Publishing: what is public about the places goes into files that never change, and a manifest names the newest.

A worker looks every few seconds. When something changed since the last time, or a new day began, it writes the files
anew: under a temporary name first, then in their place in one step, and the manifest last. Same content, same name.
The manifest lies beside the files: whoever can serve them also knows which are the newest, without asking a database.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kaart.feed import schrijf_kaart
from kaart.gids import schrijf_gids
from kaart.models import Wijziging
from kaart.openbaar import Regel, lees_regels
from kaart.opendata import schrijf_csv, schrijf_geojson
from kaart.voorpagina import Voorpagina, lees_voorpagina, schrijf_voorpagina

MANIFEST = "nieuwste.json"
MAKERS = (
    "clusters.py",
    "feed.py",
    "filters.py",
    "gids.py",
    "openbaar.py",
    "opendata.py",
    "voorpagina.py",
)  # write the files
BEZIG = ".bezig"
SLOT = 6_203_001  # of this work, among PostgreSQL's advisory locks


class Soort(StrEnum):
    """What is published."""

    KAART = "kaart"
    GIDS = "gids"
    GEOJSON = "geojson"
    CSV = "csv"
    VOORPAGINA = "voorpagina"


SCHRIJVERS: dict[Soort, Callable[[list[Regel]], bytes]] = {
    Soort.KAART: schrijf_kaart,
    Soort.GIDS: schrijf_gids,
    Soort.GEOJSON: schrijf_geojson,
    Soort.CSV: schrijf_csv,
    Soort.VOORPAGINA: schrijf_voorpagina,
}
EXTENSIE = dict.fromkeys(Soort, "json") | {Soort.GEOJSON: "geojson", Soort.CSV: "csv"}


@dataclass(frozen=True)
class Uitgave:
    """A published file. Its name holds the hash of its content, so it never changes and may be kept for ever."""

    bestand: str

    @property
    def adres(self) -> str:
        return settings.UITGAVE_URL + self.bestand

    @property
    def pad(self) -> Path:
        return map_van_uitgaven() / self.bestand

    @property
    def verpakt(self) -> Path:
        return self.pad.with_name(f"{self.bestand}.gz")

    @property
    def etag(self) -> str:
        """Weak: pressed or not, to a reader it is the same."""
        return f'W/"{self.bestand.split(".")[1]}"'


def map_van_uitgaven() -> Path:
    return Path(settings.UITGAVE_MAP)


def _manifest() -> dict:
    pad = os.path.join(settings.UITGAVE_MAP, MANIFEST)  # noqa: PTH118 (every page of the map asks: a Path costs more)
    try:
        stand = os.stat(pad)  # noqa: PTH116
        return _gelezen(pad, stand.st_ino, stand.st_mtime_ns)
    except FileNotFoundError:
        return {"dag": "", "bestanden": {}}


@lru_cache(maxsize=4)
def _gelezen(pad: str, nummer: int, geschreven: int) -> dict:
    """Read the manifest. It is replaced as a whole, and then has another number and another time."""
    return json.loads(Path(pad).read_bytes())


def nieuwste(soort: Soort) -> Uitgave | None:
    """Return the newest file of this kind, or None when nothing was published yet."""
    bestand = _manifest()["bestanden"].get(soort)
    return Uitgave(bestand) if bestand else None


def voorpagina() -> Voorpagina:
    """Return what the front page tells; nothing when that was not published, or its file is gone."""
    uitgave = nieuwste(Soort.VOORPAGINA)
    try:
        return _voorpagina(uitgave.pad) if uitgave else Voorpagina()
    except FileNotFoundError:
        return Voorpagina()


@lru_cache(maxsize=2)
def _voorpagina(pad: Path) -> Voorpagina:
    return lees_voorpagina(pad)


@lru_cache(maxsize=1)
def vorm() -> str:
    """Return what the files look like: another after an update of the code that writes them."""
    bronnen = (Path(__file__).with_name(naam).read_bytes() for naam in MAKERS)
    return hashlib.sha256(b"".join(bronnen)).hexdigest()[:12]


def is_nodig(vandaag: date) -> bool:
    """Whether something changed, a day passed, the code writes otherwise, or a file that should be there is not."""
    manifest = _manifest()
    klaar = {soort for soort, bestand in manifest["bestanden"].items() if Uitgave(bestand).pad.exists()}
    is_van_nu = (manifest["dag"], manifest.get("vorm")) == (vandaag.isoformat(), vorm())
    return not is_van_nu or klaar != set(SCHRIJVERS) or Wijziging.objects.exists()


@transaction.atomic
def geef_uit() -> bool:
    """Publish when that is needed; True when it was. Only one worker at a time; another leaves it to the first.

    When anything fails the change stays noted, and the next round tries again.
    """
    vandaag = timezone.localdate()
    if not is_nodig(vandaag) or not _mag_beginnen():
        return False
    Wijziging.objects.all().delete()  # first: what changes from here on is noted again
    leg_neer(lees_regels(vandaag), vandaag)
    return True


def leg_neer(regels: list[Regel], vandaag: date, soorten: Iterable[Soort] = SCHRIJVERS) -> None:
    """Write the files of these places and name each the newest as soon as it is there, the map first.

    The day comes into the manifest last: until then this work is not done.
    """
    map_van_uitgaven().mkdir(parents=True, exist_ok=True)
    for soort in soorten:
        _maak_nieuwste(soort, _bewaar(soort, SCHRIJVERS[soort](regels)))
    _schrijf_manifest(_manifest() | {"dag": vandaag.isoformat(), "vorm": vorm()})


def _maak_nieuwste(soort: Soort, bestand: str) -> None:
    manifest = _manifest()
    oud = manifest["bestanden"].get(soort)
    if oud != bestand:
        if oud:
            _noteer_vervangen(Uitgave(oud))
        _schrijf_manifest(manifest | {"bestanden": manifest["bestanden"] | {soort: bestand}})


def _schrijf_manifest(manifest: dict) -> None:
    _schrijf_in_een_keer(MANIFEST, json.dumps(manifest).encode())


def _mag_beginnen() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])
        return cursor.fetchone()[0]


def _bewaar(soort: Soort, inhoud: bytes) -> str:
    """Write a file and its packed twin, unless they are there already. Returns the name, which holds the hash."""
    uitgave = Uitgave(f"{soort}.{hashlib.sha256(inhoud).hexdigest()[:20]}.{EXTENSIE[soort]}")
    if not uitgave.pad.exists():
        _schrijf_in_een_keer(uitgave.verpakt.name, gzip.compress(inhoud, 6, mtime=0))
        _schrijf_in_een_keer(uitgave.bestand, inhoud)  # last: whoever sees the file also has its twin
    return uitgave.bestand


def _schrijf_in_een_keer(naam: str, inhoud: bytes) -> None:
    """Nobody ever sees half a file, whatever happens halfway."""
    with tempfile.NamedTemporaryFile(dir=map_van_uitgaven(), prefix=BEZIG, delete=False) as bezig:
        bezig.write(inhoud)
        bezig.flush()
        os.fsync(bezig.fileno())
    Path(bezig.name).chmod(0o644)
    Path(bezig.name).replace(map_van_uitgaven() / naam)


def _noteer_vervangen(uitgave: Uitgave) -> None:
    """From now on nobody new gets this file: the time of the file says since when."""
    if uitgave.pad.exists():
        nu = timezone.now().timestamp()
        os.utime(uitgave.pad, (nu, nu))


def _op_te_ruimen() -> Iterator[Path]:
    """What no page can be open with any more, and what a worker left that was killed while writing."""
    grens = timezone.now().timestamp() - settings.UITGAVE_BEWAREN.total_seconds()
    huidig = {MANIFEST, *_manifest()["bestanden"].values()}
    for pad in map_van_uitgaven().glob("*"):
        if pad.suffix != ".gz" and pad.name not in huidig and pad.stat().st_mtime < grens:
            yield pad


@transaction.atomic
def ruim_oude_op() -> None:
    """Remove what was replaced more than a day ago, while nobody publishes."""
    if _mag_beginnen():
        for pad in list(_op_te_ruimen()):
            pad.unlink(missing_ok=True)
            pad.with_name(f"{pad.name}.gz").unlink(missing_ok=True)
