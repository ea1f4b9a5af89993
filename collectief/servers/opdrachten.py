"""The other commands of ./dev: test, lint, bench, manage, stop."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import omgeving as omgevingen
from .browser import vind_chromium
from .fouten import Startfout
from .ingebed import Ingebed
from .omgeving import DATA, STANDAARD_POORT, WORTEL
from .postgres import eis_eigen_map, socketmap
from .processen import Werkmap, ruim_nalatenschap_op
from .scherm import zeg
from .slot import Slot, deelname, gedeelde_omgeving, houder, vraag_te_stoppen, wacht_op_deelnemers

GEHEUGEN = Path("/dev/shm")  # noqa: S108 - the folder below it is private and its owner is checked
GEHEUGEN_NODIG = 2 * 1024**3  # a run needs a tenth of it
ALS_EIGENAAR = {
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
    "laad_geodata",
    "laad_demodata",
    "flush",
    "hersleutel",
}


def voorgrond(opdracht: Sequence[str], omgeving: Mapping[str, str], cwd: Path = WORTEL) -> int:
    """Run a command that owns the terminal and return its exit code.

    Ctrl-C reaches it by itself; a request to stop us is passed on, so that we end after it and can tidy up.
    """
    kind = subprocess.Popen(opdracht, env=dict(omgeving), cwd=cwd)  # noqa: S603 - our own list, no shell
    oud = {signaal: signal.getsignal(signaal) for signaal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGINT, lambda *_: None)
    for signaal in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signaal, lambda nummer, _: kind.send_signal(nummer))
    try:
        return kind.wait()
    finally:
        for signaal, afhandeling in oud.items():
            signal.signal(signaal, afhandeling)


@contextlib.contextmanager
def proefservers() -> Iterator[dict[str, str]]:
    """Servers with nothing in them that vanish afterwards, beside whatever runs already; yields the environment."""
    map_ = Path(tempfile.mkdtemp(dir=_proefmap()))
    try:
        with Slot(map_, "test"), Ingebed(map_, vluchtig=True) as servers:
            yield omgevingen.volledig(omgevingen.eigen(servers, poort=STANDAARD_POORT, demo=False))
    finally:
        shutil.rmtree(map_, ignore_errors=True)


def _proefmap() -> Path:
    """Where the data of throw-away servers stand: in memory when there is room, else in our data folder.

    A test that commits gets a new database of hundreds of files, and making files is what a disk is slow at.
    """
    schijf, geheugen = DATA / "test", GEHEUGEN / socketmap(DATA).name
    with contextlib.suppress(OSError):
        schijf.mkdir(mode=0o700, parents=True, exist_ok=True)
    _verwijder_verlaten(schijf)
    try:
        eis_eigen_map(geheugen)
        _verwijder_verlaten(geheugen)
        is_ruim = shutil.disk_usage(geheugen).free > GEHEUGEN_NODIG
    except (OSError, Startfout):
        return schijf
    return geheugen if is_ruim else schijf


def _verwijder_verlaten(ouder: Path) -> None:
    """Tidy up the folders of test runs that were killed."""
    for map_ in ouder.iterdir():
        if (map_ / "slot").exists() and houder(map_) is None:
            ruim_nalatenschap_op(Werkmap(map_).records)
            shutil.rmtree(socketmap(map_), ignore_errors=True)
            shutil.rmtree(map_, ignore_errors=True)


def _gewacht() -> float:
    """Processor seconds of everything that we started and that has ended."""
    verbruik = resource.getrusage(resource.RUSAGE_CHILDREN)
    return verbruik.ru_utime + verbruik.ru_stime


def test(argumenten: Sequence[str]) -> int:
    """The whole suite, browser tests included, on servers of its own; returns pytest's exit code."""
    extra = {}
    if "not browser" not in argumenten and (chromium := vind_chromium(os.environ, licht=True)):
        extra["CHROMIUM"] = chromium
    opdracht = [sys.executable, "-m", "pytest", "-n", "auto", *argumenten]
    begin, eerder = time.monotonic(), _gewacht()
    with proefservers() as omgeving:
        vooraf = _gewacht()
        code = voorgrond(opdracht, {**omgevingen.als_test(omgeving), **extra})
        tests = _gewacht() - vooraf
    # The servers have been waited for now, so that their processor time is known; pytest says its own.
    servers, klok = _gewacht() - eerder - tests, time.monotonic() - begin
    zeg(f"De database en de broker: {servers:.0f} s processortijd. Alles samen {klok:.0f} s op de klok.")
    return code


def manage(argumenten: Sequence[str]) -> int:
    """A manage.py command, on the servers that run already or else on servers for just this command."""
    with _gebruikservers() as (_, omgeving):
        return _manage(argumenten, omgeving)


def bench(argumenten: Sequence[str]) -> int:
    """The benchmarks, on servers and data of their own; these stay for the next time."""
    map_ = DATA / "bench"
    with Slot(map_, "bench"), Ingebed(map_) as servers:
        eigen = omgevingen.eigen(servers, poort=STANDAARD_POORT, demo=True)
        return _manage(["bench", *argumenten], omgevingen.volledig({**eigen, "COLLECTIEF_BENCHMAP": str(map_)}))


def _manage(argumenten: Sequence[str], omgeving: Mapping[str, str]) -> int:
    if argumenten and argumenten[0] in ALS_EIGENAAR and "COLLECTIEF_DATABASE_ROL" not in os.environ:
        omgeving = omgevingen.als_eigenaar(omgeving)
    vanuit = Path(os.environ.get("COLLECTIEF_VANUIT", WORTEL))
    return voorgrond([sys.executable, str(WORTEL / "manage.py"), *argumenten], omgeving, vanuit)


@contextlib.contextmanager
def _gebruikservers() -> Iterator[tuple[Ingebed | None, dict[str, str]]]:
    """The servers of this checkout's data: None and their environment when they run already, else started for now."""
    gedeeld = gedeelde_omgeving(DATA)
    if gedeeld is not None:
        with deelname(DATA):
            yield None, omgevingen.volledig(gedeeld)
        return
    met_postgres, met_valkey = omgevingen.eigen_servers(os.environ)
    with Slot(DATA, "opdracht") as slot, Ingebed(DATA, met_postgres=met_postgres, met_valkey=met_valkey) as servers:
        eigen = omgevingen.eigen(servers, poort=STANDAARD_POORT, demo=(DATA / "stempels" / "demo").exists())
        slot.deel(eigen)
        yield servers, omgevingen.volledig(eigen)
        wacht_op_deelnemers(DATA)


def stop(_argumenten: Sequence[str]) -> int:
    """Stop the stack of this checkout, also what a killed predecessor left behind; nothing else."""
    if not DATA.exists():
        zeg("Er draait niets uit deze map.")
        return 0
    if vraag_te_stoppen(DATA):
        zeg("Gestopt.")
        return 0
    gevonden = ruim_nalatenschap_op(Werkmap(DATA).records)
    zeg(f"Opgeruimd na een afgebroken start: {', '.join(gevonden)}." if gevonden else "Er draait niets uit deze map.")
    return 0
