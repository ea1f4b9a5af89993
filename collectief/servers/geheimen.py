"""Passwords and keys of one data folder: made once, readable for the owner only, never in git."""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from .fouten import Startfout


def _wachtwoord() -> str:
    return secrets.token_hex(24)  # hexadecimal: needs no quoting in a URL, in SQL or in a configuration file


def _fernet_sleutel() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


@dataclass(frozen=True)
class Geheimen:
    """Everything secret that the embedded stack needs."""

    postgres: str = field(default_factory=_wachtwoord, repr=False)
    eigenaar: str = field(default_factory=_wachtwoord, repr=False)
    app: str = field(default_factory=_wachtwoord, repr=False)
    kopie: str = field(default_factory=_wachtwoord, repr=False)
    valkey: str = field(default_factory=_wachtwoord, repr=False)
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(64), repr=False)
    sleutel: str = field(default_factory=_fernet_sleutel, repr=False)


def haal_geheimen(map_: Path) -> Geheimen:
    """Read the secrets of a data folder, or make them on the first run.

    Raises Startfout when the file is there but can't be used, or is missing beside existing data.
    """
    pad = map_ / "geheimen.json"
    if pad.exists():
        return _lees(pad)
    if (map_ / "postgres").exists():
        raise Startfout(
            f"{pad} ontbreekt, en zonder dat bestand gaat de database in {map_} niet open. "
            f"Zet het terug, of verwijder de map {map_} om leeg te beginnen."
        )
    geheimen = Geheimen()
    schrijf_besloten(pad, json.dumps(asdict(geheimen), indent=2))
    return geheimen


def _lees(pad: Path) -> Geheimen:
    try:
        inhoud = json.loads(pad.read_text())
        geheimen = Geheimen(**{veld.name: str(inhoud[veld.name]) for veld in fields(Geheimen) if veld.name != "kopie"})
        if "kopie" not in inhoud:  # a folder from before there were backups
            schrijf_besloten(pad, json.dumps(asdict(geheimen), indent=2))
            return geheimen
        return replace(geheimen, kopie=str(inhoud["kopie"]))
    except PermissionError as fout:
        raise Startfout(f"{pad} is van een andere gebruiker. Start ./dev als die gebruiker.") from fout
    except (ValueError, KeyError, TypeError) as fout:
        raise Startfout(
            f"{pad} is beschadigd. Zet een reservekopie terug, of verwijder de map {pad.parent} om leeg te beginnen."
        ) from fout


def schrijf_besloten(pad: Path, tekst: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    nieuw = pad.with_name(f"{pad.name}.nieuw")
    nieuw.unlink(missing_ok=True)
    with os.fdopen(os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as bestand:
        bestand.write(tekst)
        bestand.flush()
        os.fsync(bestand.fileno())
    nieuw.replace(pad)
