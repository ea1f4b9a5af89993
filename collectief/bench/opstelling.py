"""What a bench runs on: a database, a web server and workers of its own, below one folder."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from psycopg import sql

from collectief.bench.belasting import Mislukt
from collectief.bench.meting import Tempo
from collectief.servers.processen import Proces, Werkmap, wacht_tot
from collectief.servers.stapel import webopdracht
from collectief.servers.valkey import vrije_poort

OPSTARTEN = 8  # seconds for workers to come up
BINNEN = 60  # seconds in which a web server answers


def naar_database(url: str, naam: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{naam}").geturl()


@dataclass(frozen=True)
class Opstelling:
    """The environment that every process of a bench gets, and how long to measure."""

    werkmap: Werkmap
    omgeving: Mapping[str, str]
    schaal: str
    tempo: Tempo

    @property
    def database(self) -> str:
        return urlsplit(self.omgeving["DATABASE_URL"]).path.lstrip("/")

    def met_database(self, naam: str) -> "Opstelling":
        urls = {soort: naar_database(self.omgeving[soort], naam) for soort in ("DATABASE_URL", "DATABASE_OWNER_URL")}
        return replace(self, omgeving={**self.omgeving, **urls})

    def met_omgeving(self, **anders: str) -> "Opstelling":
        return replace(self, omgeving={**self.omgeving, **anders})

    def als_app(self) -> psycopg.Connection:
        """A bare connection as the role that row security holds for."""
        return psycopg.connect(self.omgeving["DATABASE_URL"], autocommit=True)

    def als_eigenaar(self) -> psycopg.Connection:
        return psycopg.connect(self.omgeving["DATABASE_OWNER_URL"], autocommit=True)

    def beheer(self, *argumenten: str) -> None:
        """Run a manage.py command as the owner. Raises Mislukt with what it said when it fails."""
        opdracht = [sys.executable, str(settings.BASE_DIR / "manage.py"), *argumenten]
        omgeving = {**self.omgeving, "COLLECTIEF_DATABASE_ROL": "eigenaar"}
        uitkomst = subprocess.run(opdracht, env=omgeving, capture_output=True, text=True, check=False)  # noqa: S603
        if uitkomst.returncode:
            raise Mislukt(f"manage.py {argumenten[0]}: {uitkomst.stderr[-600:]}")

    @contextmanager
    def web(self, *, bestanden: Path | None = None) -> Iterator[str]:
        """Serve the platform with the bench addresses, as ./dev start does; yields its address.

        `bestanden` is a folder that the server itself serves below /bestanden/.
        """
        poort = vrije_poort()
        opdracht = webopdracht(poort, "collectief.bench.wsgi:application")
        if bestanden:
            opdracht += ["--bestanden", str(bestanden)]
        with self._proces("web", opdracht) as web:
            basis = f"http://127.0.0.1:{poort}"
            if not wacht_tot(lambda: not web.leeft or _antwoordt(basis), BINNEN) or not web.leeft:
                raise Mislukt(f"The web server does not answer: see {web.log}.")
            yield basis

    @contextmanager
    def werkers(self, aantal: int, *, taken: str = "collectief.post.tasks") -> Iterator[None]:
        """Run this many Celery workers, each one process that does one thing at a time; they also know `taken`."""
        opdracht = [sys.executable, "-m", "celery", "-A", "collectief", "worker", "--pool", "solo", "-I", taken,
                    "--without-mingle", "--without-gossip", "--loglevel", "WARNING"]  # fmt: skip
        with ExitStack() as stapel:
            for nummer in range(aantal):
                stapel.enter_context(self._proces(f"werker{nummer}", [*opdracht, "-n", f"werker{nummer}@bench"]))
            yield

    @contextmanager
    def _proces(self, naam: str, opdracht: Sequence[str]) -> Iterator[Proces]:
        proces = Proces(f"bench-{naam}", opdracht, self.werkmap, self.omgeving, cwd=settings.BASE_DIR)
        proces.start()
        try:
            yield proces
        finally:
            proces.stop()

    def databases(self, begin: str) -> list[str]:
        """The databases on this server whose name begins so."""
        with self._server() as server:
            gevonden = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [begin])
            return [naam for (naam,) in gevonden]

    def maak_database(self, naam: str, *, sjabloon: str = "template1") -> None:
        """Copy the files: both databases are whole on the disk then, and no checkpoint of it comes while measuring."""
        with self._server() as server:
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(naam), sql.Identifier(sjabloon)
                )
            )

    def verwijder_database(self, naam: str) -> None:
        with self._server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(naam)))

    def hernoem_database(self, van: str, naar: str) -> None:
        with self._server() as server:
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(van), sql.Identifier(naar)))

    @contextmanager
    def kopie(self) -> Iterator["Opstelling"]:
        """A copy of the database to write in, gone afterwards. Nobody else may be connected to the original."""
        naam = f"{self.database}_kopie"
        self.verwijder_database(naam)
        self.maak_database(naam, sjabloon=self.database)
        try:
            yield self.met_database(naam)
        finally:
            self.verwijder_database(naam)

    def _server(self) -> psycopg.Connection:
        return psycopg.connect(naar_database(self.omgeving["DATABASE_OWNER_URL"], "postgres"), autocommit=True)


def _antwoordt(basis: str) -> bool:
    try:
        with urllib.request.urlopen(f"{basis}/bench/ok/", timeout=5):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
