"""The environment that Django, Celery and pytest get from ./dev."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from .ingebed import Ingebed
from .postgres import programma

WORTEL = Path(__file__).resolve().parents[2]
DATA = WORTEL / ".data"
STANDAARD_POORT = 8000
_RESTEN = {
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "PYTHONHOME",
    "DJANGO_SETTINGS_MODULE",
    "COLLECTIEF_VANUIT",
    "COLLECTIEF_DATABASE_ROL",
}


def eigen_servers(omgeving: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether the caller leaves PostgreSQL and Valkey to us, or points at servers of their own."""
    return not omgeving.get("DATABASE_URL"), not omgeving.get("REDIS_URL")


def schoon(omgeving: Mapping[str, str]) -> dict[str, str]:
    """Without leftovers of another project: other settings, and a client's choices about another PostgreSQL."""
    onze, _ = eigen_servers(omgeving)
    return {
        naam: waarde
        for naam, waarde in omgeving.items()
        if naam not in _RESTEN and not (onze and naam.startswith("PG"))
    }


def eigen(servers: Ingebed, *, poort: int, demo: bool) -> dict[str, str]:
    """What ./dev decides for the commands of one stack; a choice that the caller made already wins."""
    kies = {
        "TWEEDE_FACTOR_VERPLICHT": "nee",
        "COLLECTIEF_DEMO": "ja" if demo else "nee",
        "RUSTIGE_UREN": "nee" if demo else "ja",  # who tries the platform at night sees a reminder too
        "BASIS_URL": f"http://localhost:{poort}",
        "MAIL_MAP": str(servers.werkmap.map / "post"),
        "ANTWOORD_ADRES": "antwoord@localhost",
        "CONTACT_ADRES": "contact@voorbeeld.example",
        "ANTWOORD_MAP": str(servers.werkmap.map / "antwoorden"),
        "STATIC_MAP": str(servers.werkmap.map / "static"),
        "MEDIA_MAP": str(servers.werkmap.map / "media"),
        "PRIVE_MAP": str(servers.werkmap.map / "prive"),
        "UITGAVE_MAP": str(servers.werkmap.map / "uitgaven"),
        "TOEGESTANE_HOSTS": "localhost,127.0.0.1,[::1]",
        "SECRET_KEY": servers.geheimen.secret_key,
        "COLLECTIEF_SLEUTELS": servers.geheimen.sleutel,
    }
    return {
        **{naam: os.environ.get(naam) or waarde for naam, waarde in kies.items()},
        "COLLECTIEF_MODUS": "ingebed",
        "COLLECTIEF_BEVEILIGD": "nee",
        "DJANGO_SETTINGS_MODULE": "collectief.settings",
        "PYTHONUNBUFFERED": "1",
        **_adressen(servers),
    }


def _adressen(servers: Ingebed) -> dict[str, str]:
    """Addresses of the servers that are ours; PGHOST is for psql and pg_dump."""
    adressen = {}
    if servers.postgres:
        adressen = {
            "DATABASE_URL": servers.database_url,
            "DATABASE_OWNER_URL": servers.database_owner_url,
            "RESERVEKOPIE_DATABASE_URL": servers.kopie_url,
            "PGHOST": str(servers.postgres.socket),
        }
    if servers.valkey:
        adressen["REDIS_URL"] = servers.redis_url
    return adressen


def volledig(eigen_deel: Mapping[str, str]) -> dict[str, str]:
    """Our part over what the caller's shell has, with the programs of .venv and of PostgreSQL on the PATH."""
    mappen = (Path(sys.executable).parent, programma("psql").parent, os.environ.get("PATH", os.defpath))
    return {**schoon(os.environ), **eigen_deel, "PATH": os.pathsep.join(map(str, mappen))}


def als_eigenaar(omgeving: Mapping[str, str]) -> dict[str, str]:
    """The same, connecting as the owner of the tables: for migrations and for loading reference data."""
    return {**omgeving, "COLLECTIEF_DATABASE_ROL": "eigenaar"}


def als_test(omgeving: Mapping[str, str]) -> dict[str, str]:
    return {**omgeving, "COLLECTIEF_MODUS": "test"}
