"""Test set-up: every process gets its own database and reaches it as the application role.

The owner role makes one template per run (migrations, postcodes); each process clones it. Tests therefore
meet row security exactly as production does. A test that really commits gets a fresh clone afterwards.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from initiatieven.vinden import gids
from kaart.feed import feed
from tests.migreren import lichte_staat

WORTEL = Path(__file__).parent
pytest_plugins = [
    "tests.antwoord",
    "tests.rolbezetting",
    "tests.trajecten.bezetting",
    "tests.post.postkantoor",
    "tests.bezetting",
    "tests.eenmaal",
    "tests.browser",
    "tests.toetsen",
    "tests.geheugen",
    "tests.kosten",
    "tests.kanarie",
    "tests.sjabloonvariabelen",
    "tests.volgorde",
]


@pytest.fixture(autouse=True)
def niets_onthouden() -> None:
    """No test gets what the process remembers of another one, and so no thread that makes it anew beside the test."""
    for onthouden in (gids, feed):
        onthouden.vergeet()


def _eigenaar(database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=database, autocommit=True)


@cache
def _blijvend(wie: str) -> psycopg.Connection:
    """A connection beside the databases of tests, kept until the last test: each of them that commits asks for it."""
    return psycopg.connect(os.environ[wie], dbname="postgres", autocommit=True)


def _verbreek(naam: str) -> None:
    """End what the application role still has open: a browser test leaves connections in other threads and loops.

    After this a plain DROP is enough. With FORCE it would fail on an autovacuum worker, which the owner may not end;
    without, PostgreSQL itself asks that worker to leave and waits for sessions on their way out.
    """
    _blijvend("DATABASE_URL").execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
        [naam],
    )


def _maak(naam: str, *, sjabloon: str = "template1") -> None:
    _verbreek(naam)
    verbinding = _blijvend("DATABASE_OWNER_URL")
    verbinding.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(naam)))
    opdracht = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    verbinding.execute(opdracht.format(sql.Identifier(naam), sql.Identifier(sjabloon)))


def _richt(naam: str, rol: str) -> None:
    """Point Django's connection at database `naam` as `rol` (`app` or `eigenaar`)."""
    bron = os.environ["DATABASE_URL" if rol == "app" else "DATABASE_OWNER_URL"]
    gegevens = psycopg.conninfo.conninfo_to_dict(bron)
    connection.close()
    settings.DATABASE_ROL = rol
    connection.settings_dict.update(
        NAME=naam,
        USER=gegevens["user"],
        PASSWORD=gegevens.get("password", ""),
        HOST=gegevens.get("host", ""),
        # As with the pool of production, a web server under test does not connect anew for every page.
        CONN_MAX_AGE=60,
        CONN_HEALTH_CHECKS=True,
    )


def _bouw_sjabloon(naam: str, staat: Callable[[], AbstractContextManager] = lichte_staat) -> None:
    """Build under another name first: what bears the name of a template is always whole."""
    aanbouw = f"{naam}_in_aanbouw"
    _maak(aanbouw)
    _richt(aanbouw, "eigenaar")
    with staat():
        call_command("migrate", verbosity=0, interactive=False)
    call_command("laad_geodata", verbosity=0)
    connection.close()
    with _eigenaar() as verbinding:
        verbinding.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(aanbouw), sql.Identifier(naam))
        )


def _sjabloonnaam(testrun: str) -> str:
    """A name for this run alone; with BEWAAR_TESTSJABLOON one for all runs over the same migrations and geodata."""
    if not os.environ.get("BEWAAR_TESTSJABLOON"):
        return f"sjabloon_{testrun[:12]}"
    som = hashlib.sha256()
    for bron in sorted(
        [
            *WORTEL.glob("*/migrations/*.py"),
            *WORTEL.glob("collectief/**/migrations/*.py"),
            *WORTEL.glob("collectief/geo/**/*.py"),
            *WORTEL.glob("collectief/geo/data/*"),
        ]
    ):
        som.update(bytes(bron.relative_to(WORTEL)) + bron.read_bytes())
    return f"sjabloon_{som.hexdigest()[:12]}"


def _bestaat(naam: str) -> bool:
    with _eigenaar() as verbinding:
        return verbinding.execute("SELECT FROM pg_database WHERE datname = %s", [naam]).fetchone() is not None


@pytest.fixture(scope="session", autouse=True)
def niets_uitgegeven(tmp_path_factory):
    """What this folder's own platform published is not what a test finds."""
    settings.UITGAVE_MAP = tmp_path_factory.mktemp("uitgaven")


@pytest.fixture(scope="session")
def sjabloon(testrun_uid, django_db_blocker) -> str:
    """Name of the template database, made by whichever process comes first."""
    naam = _sjabloonnaam(testrun_uid)
    with (Path(tempfile.gettempdir()) / f"{naam}.lock").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not _bestaat(naam):
            with django_db_blocker.unblock():
                _bouw_sjabloon(naam)
    return naam


@pytest.fixture(scope="session")
def django_db_setup(sjabloon, worker_id, testrun_uid, django_db_blocker):
    """Give this process its own clone and connect as the application role."""
    naam = f"test_{testrun_uid[:12]}_{worker_id}"
    with django_db_blocker.unblock():
        _maak(naam, sjabloon=sjabloon)
        _richt(naam, "app")

    def fris(self) -> None:
        connections.close_all()
        _maak(naam, sjabloon=sjabloon)

    TransactionTestCase._fixture_teardown = fris  # the application role may not TRUNCATE, and must not
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    _verbreek(naam)
    _blijvend("DATABASE_OWNER_URL").execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(naam)))
    for wie in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        _blijvend(wie).close()
    _blijvend.cache_clear()


@pytest.fixture
def eigenaar_gegevens() -> dict:
    """Django's settings with which a connection becomes the owner."""
    gegevens = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_OWNER_URL"])
    return {"USER": gegevens["user"], "PASSWORD": gegevens.get("password", "")}


@pytest.fixture
def eigenaar(db) -> Iterator[psycopg.Connection]:
    """A connection of the owner role, for what only the owner may do; use it in tests that really commit."""
    with _eigenaar(connection.settings_dict["NAME"]) as verbinding:
        yield verbinding
