"""./dev start: everything up in the right order, watched while it runs, and down again in the reverse order."""

import hashlib
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import omgeving as omgevingen
from .fouten import Startfout
from .geheimen import schrijf_besloten
from .ingebed import Ingebed
from .omgeving import WORTEL
from .processen import Proces, Werkmap, staart, stop_samen
from .scherm import stap, zeg
from .slot import Slot

KIJK_ELKE = 0.3
WEB_BINNEN = 60
ACCOUNTS = "demo-accounts.txt"


@dataclass
class Keuze:
    """The options of ./dev start."""

    poort: int
    leeg: bool = False
    schaal: str | None = None


@dataclass
class Stapel:
    """The running stack: servers, web, worker and beat over one data folder."""

    servers: Ingebed
    omgeving: Mapping[str, str]
    poort: int
    processen: list[Proces] = field(default_factory=list)

    @property
    def map(self) -> Path:
        return self.servers.werkmap.map

    def start_alles(self) -> None:
        """Start the web, and worker and beat as soon as it answers: together they would wait for each other's cores.

        Raises Startfout when one of them dies or the web stays silent.
        """
        web, *rest = (
            Proces(naam, opdracht, self.servers.werkmap, self.omgeving, cwd=WORTEL)
            for naam, opdracht in _opdrachten(self.poort, self.map).items()
        )
        self._start(web)
        einde = time.monotonic() + WEB_BINNEN
        while not _antwoordt(self.poort):
            self.eis_dat_alles_leeft()
            if time.monotonic() > einde:
                raise Startfout(_laatste_woorden("De website antwoordt niet.", web))
            time.sleep(0.05)
        for proces in rest:
            self._start(proces)
        self.eis_dat_alles_leeft()

    def _start(self, proces: Proces) -> None:
        self.processen.append(proces)
        proces.start()

    def eis_dat_alles_leeft(self) -> None:
        """Raises Startfout, with the last lines of its log, when one of us has died."""
        eigen = [server.proces for server in (self.servers.postgres, self.servers.valkey) if server and server.proces]
        for proces in [*eigen, *self.processen]:
            if not proces.leeft:
                raise Startfout(
                    _laatste_woorden(f"Het onderdeel '{proces.naam}' is gestopt; de rest stopt nu ook.", proces)
                )

    def bewaak(self) -> None:
        """Stay until something dies or we are asked to stop."""
        while True:
            self.eis_dat_alles_leeft()
            time.sleep(KIJK_ELKE)

    def stop(self) -> None:
        stop_samen(self.processen)


def webopdracht(poort: int, toepassing: str = "collectief.wsgi:application") -> list[str]:
    """How a web server of this platform is started, on this machine only. The benches measure the same one."""
    aantal = str(min(os.cpu_count() or 1, 4))
    return [sys.executable, "-m", "collectief.web", "--poort", str(poort), "--workers", aantal, toepassing]


def _opdrachten(poort: int, map_: Path) -> dict[str, Sequence[str]]:
    """The three long-lived processes, the web first."""
    celery = (sys.executable, "-m", "celery", "-A", "collectief")
    (map_ / "beat").mkdir(exist_ok=True)
    return {
        "web": webopdracht(poort),
        "worker": (*celery, "worker", "--concurrency", "2", "--loglevel", "INFO",
                   "--without-mingle", "--without-gossip"),
        "beat": (*celery, "beat", "--loglevel", "INFO", "--schedule", str(map_ / "beat" / "schema")),
    }  # fmt: skip


def eis_vrije_poort(poort: int) -> None:
    """Raises Startfout when somebody else listens there, or when we may not."""
    if not 1 <= poort <= 65535:
        raise Startfout(f"{poort} is geen poortnummer; kies er een van 1024 tot en met 65535.")
    with closing(socket.socket()) as bus:
        bus.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bus.bind(("127.0.0.1", poort))
        except PermissionError as fout:
            raise Startfout(f"Poort {poort} mag alleen root gebruiken; kies er een vanaf 1024.") from fout
        except OSError as fout:
            raise Startfout(
                f"Poort {poort} is al in gebruik. Kies een andere: ./dev start --poort {poort + 1}."
            ) from fout


def _antwoordt(poort: int) -> bool:
    """Whether /gezond/ answers; 503 counts, because the worker reports itself a few seconds later."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{poort}/gezond/", timeout=5):
            return True
    except urllib.error.HTTPError as fout:
        return fout.code == 503
    except OSError:
        return False


def _laatste_woorden(zin: str, proces: Proces) -> str:
    return f"{zin} Laatste regels van {proces.log}:\n{staart(proces.log)}"


def beheer(naam: str, *argumenten: str, werkmap: Werkmap, omgeving: Mapping[str, str]) -> str:
    """Run one manage.py command and return what it printed. Raises Startfout, with its last lines, when it fails."""
    opdracht = (sys.executable, str(WORTEL / "manage.py"), naam, *argumenten)
    proces = Proces(naam, opdracht, werkmap, omgeving, cwd=WORTEL)
    proces.start()
    if proces.wacht():
        raise Startfout(_laatste_woorden(f"De stap '{naam}' lukt niet.", proces))
    return proces.log.read_text(errors="replace")


def bereid_voor(servers: Ingebed, omgeving: Mapping[str, str], demo: str | None) -> None:
    """Migrations, postcodes, static files and, once, demo data; each only when something changed since the last time.

    `demo` is the scale of the demo data, None for none.
    """
    werkmap = servers.werkmap
    eigenaar = omgevingen.als_eigenaar(omgeving)
    welke = "ingebed" if servers.postgres else hashlib.sha256(omgeving["DATABASE_URL"].encode()).hexdigest()
    with _eenmalig(werkmap, "database", _som(*_databasebronnen(), tekst=welke)) as nodig:
        if nodig:
            with stap("Database bijwerken"):
                beheer("migrate", "--no-input", werkmap=werkmap, omgeving=eigenaar)
            with stap("Postcodes en plaatsen laden"):
                beheer("laad_geodata", "--als-leeg", werkmap=werkmap, omgeving=eigenaar)
    with _eenmalig(werkmap, "static", _som(*WORTEL.glob("static/**/*"), *WORTEL.glob("docs/gids/beelden/*"))) as nodig:
        if nodig:
            with stap("Vormgeving klaarzetten"):
                beheer("collectstatic", "--no-input", "--clear", werkmap=werkmap, omgeving=omgeving)
    if demo:
        with _eenmalig(werkmap, "demo", welke) as nodig:
            if nodig:
                with stap(f"Demogegevens maken ({demo})"):
                    beheer("laad_demodata", "--schaal", demo, werkmap=werkmap, omgeving=eigenaar)
                    accounts = beheer("demo_accounts", werkmap=werkmap, omgeving=omgeving)
                    schrijf_besloten(werkmap.map / ACCOUNTS, accounts)


@contextmanager
def _eenmalig(werkmap: Werkmap, naam: str, stand: str) -> Iterator[bool]:
    """Whether a step is needed; when it goes well, the stamp says for which state of its sources it was done."""
    stempel = werkmap.map / "stempels" / naam
    stempel.parent.mkdir(exist_ok=True)
    nodig = not stempel.exists() or stempel.read_text() != stand
    yield nodig
    if nodig:
        schrijf_besloten(stempel, stand)


def _databasebronnen() -> list[Path]:
    mappen = [map_ for map_ in WORTEL.iterdir() if map_.is_dir() and not map_.name.startswith(".")]
    return [*WORTEL.glob("collectief/geo/data/*"), *(pad for map_ in mappen for pad in map_.rglob("migrations/*.py"))]


def _som(*bronnen: Path, tekst: str = "") -> str:
    """Changes with the names, sizes and times of the files, and with the versions of the packages."""
    som = hashlib.sha256((WORTEL / "requirements.txt").read_bytes() + tekst.encode())
    for pad in sorted(bronnen):
        gegevens = pad.stat()
        som.update(f"{pad.relative_to(WORTEL)} {gegevens.st_size} {gegevens.st_mtime_ns}\n".encode())
    return som.hexdigest()


def kies_demo(map_: Path, keuze: Keuze) -> str | None:
    """Which demo data belong to this start, None for none. The first start decides.

    Raises Startfout when a later one asks for something else.
    """
    begin = map_ / "begin.json"
    eerder = json.loads(begin.read_text())["demo"] if begin.exists() else None
    gevraagd = "leeg" if keuze.leeg else keuze.schaal
    if eerder and gevraagd not in (None, eerder):
        raise Startfout(
            f"In {map_} staan al gegevens (gestart met '{eerder}'). "
            f"Verwijder die map als je opnieuw wilt beginnen met '{gevraagd}'."
        )
    demo = eerder or gevraagd or "klein"
    schrijf_besloten(begin, json.dumps({"demo": demo}))
    return None if demo == "leeg" else demo


def start(keuze: Keuze, map_: Path) -> None:
    """Bring the whole stack up and stay with it; everything is down again when this returns or raises."""
    begin = time.monotonic()
    met_postgres, met_valkey = omgevingen.eigen_servers(os.environ)
    with Slot(map_, "start", keuze.poort) as slot:
        servers = Ingebed(map_, met_postgres=met_postgres, met_valkey=met_valkey)
        demo = kies_demo(map_, keuze)
        servers.ruim_op()
        eis_vrije_poort(keuze.poort)
        try:
            with stap("Database en makelaar starten"):
                servers.start()
            eigen = omgevingen.eigen(servers, poort=keuze.poort, demo=demo is not None)
            slot.deel(eigen)
            omgeving = omgevingen.volledig(eigen)
            bereid_voor(servers, omgeving, demo)
            _draai(Stapel(servers, omgeving, keuze.poort), begin)
        finally:
            zeg("Alles stopt.")
            servers.stop()


def _draai(stapel: Stapel, begin: float) -> None:
    try:
        with stap("Website, worker en klok starten"):
            stapel.start_alles()
        _vertel(stapel, time.monotonic() - begin)
        stapel.bewaak()
    finally:
        stapel.stop()


def _vertel(stapel: Stapel, duur: float) -> None:
    """What somebody who just started it wants to know."""
    zeg(f"\nKlaar in {duur:.1f} s: http://localhost:{stapel.poort}/".replace(".", ",", 1))
    accounts = stapel.map / ACCOUNTS
    if stapel.omgeving["COLLECTIEF_DEMO"] == "ja" and accounts.exists():
        zeg("\n" + accounts.read_text().strip())
    zeg(f"\nPost komt in {stapel.omgeving['MAIL_MAP']}, logs staan in {stapel.map / 'log'}.")
    zeg("Stoppen: Ctrl-C, of ./dev stop.")
