"""Processes that we start, recognise again after a crash, and stop with everything below them.

Each process leads a session of its own, so Ctrl-C in the terminal reaches only us and we choose the order of stopping.
A record on disk (`pid starttime`) lets the next run find what a killed predecessor left behind; the start time
guards against a pid that was given to somebody else in the meantime. Where the system can do it, a process also ends
by itself as soon as the thread that started it dies.
"""

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .fouten import Startfout

TIK = 0.02
OUDE_LOGS = 3


def wacht_tot(klaar: Callable[[], bool], seconden: float) -> bool:
    """Ask `klaar` until it says yes; False when the time is up."""
    einde = time.monotonic() + seconden
    while not klaar():
        if time.monotonic() >= einde:
            return False
        time.sleep(TIK)
    return True


def starttijd(pid: int) -> int | None:
    """Clock ticks since boot at which `pid` began; None when it is gone or only waits to be reaped."""
    velden = _stat(pid)
    return int(velden[19]) if velden and velden[0] not in "ZX" else None


def _stat(pid: int | str) -> list[str] | None:
    """The fields of /proc/PID/stat after the name, which may itself hold spaces and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None


def sessieleden(sid: int) -> list[int]:
    """Living processes of the session that `sid` leads, or led before it died."""
    leden = []
    for map_ in Path("/proc").iterdir():
        velden = _stat(map_.name) if map_.name.isdigit() else None
        if velden and velden[0] not in "ZX" and int(velden[3]) == sid:
            leden.append(int(map_.name))
    return leden


def stuur(pids: Iterable[int], signaal: int) -> None:
    """Send a signal; whoever is gone already needs none."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signaal)


@dataclass(frozen=True)
class Nalatenschap:
    """A process that a killed predecessor started, known from its record; perhaps it is gone, or its number reused."""

    record: Path
    pid: int
    begonnen: int

    @property
    def leider_leeft(self) -> bool:
        return starttijd(self.pid) == self.begonnen

    def leden(self) -> list[int]:
        """Who is left of its session; nobody when the number belongs to a stranger by now."""
        return sessieleden(self.pid) if starttijd(self.pid) in (None, self.begonnen) else []


def ruim_nalatenschap_op(records: Path, geduld: float = 10) -> list[str]:
    """Stop what a killed predecessor left running, by force after `geduld` seconds.

    Returns the names of what was still alive.
    """
    resten = [rest for record in sorted(records.glob("*.pid")) if (rest := _lees_record(record))]
    levend = [rest.record.stem for rest in resten if rest.leden()]
    stuur([rest.pid for rest in resten if rest.leider_leeft], signal.SIGINT)
    wacht_tot(lambda: not any(rest.leider_leeft for rest in resten), geduld)
    for rest in resten:
        stuur(rest.leden(), signal.SIGKILL)
    wacht_tot(lambda: not any(rest.leden() for rest in resten), geduld)
    for record in records.glob("*.pid"):
        record.unlink()
    return levend


def _lees_record(record: Path) -> Nalatenschap | None:
    try:
        pid, begonnen = (int(deel) for deel in record.read_text().split())
    except ValueError:
        return None
    return Nalatenschap(record, pid, begonnen)


@cache
def levenslijn() -> tuple[str, ...]:
    """A prefix that ends the process when the thread that started it dies, even by kill -9 (none without setpriv)."""
    voorzet = ("setpriv", "--pdeathsig", "INT", "--")
    return voorzet if shutil.which("setpriv") and lukt([*voorzet, "true"]) else ()


def lukt(opdracht: Sequence[str]) -> bool:
    """Whether a command exists and ends well."""
    try:
        return subprocess.run(opdracht, check=False, capture_output=True).returncode == 0  # noqa: S603 - our own list
    except OSError:
        return False


def draai_logs(log: Path) -> None:
    """Move name.log to name.log.1 and so on; the oldest falls off."""
    for nummer in range(OUDE_LOGS, 0, -1):
        ouder = log.with_name(f"{log.name}.{nummer}")
        jonger = log.with_name(f"{log.name}.{nummer - 1}") if nummer > 1 else log
        if jonger.exists():
            jonger.replace(ouder)


def staart(log: Path, regels: int = 15) -> str:
    """The last lines of a log, for the one who has to find out why."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-regels:])
    except OSError:
        return ""


@dataclass
class Werkmap:
    """Where one stack keeps its logs and its records of running processes."""

    map: Path

    def __post_init__(self) -> None:
        self.logs = self.map / "log"
        self.records = self.map / "processen"
        for nodig in (self.map, self.logs, self.records):
            nodig.mkdir(mode=0o700, parents=True, exist_ok=True)


@dataclass
class Proces:
    """One process under our care: start, watch, stop."""

    naam: str
    opdracht: Sequence[str]
    werkmap: Werkmap
    omgeving: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    cwd: Path | None = None
    signaal: int = signal.SIGTERM
    geduld: float = 10
    kind: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.werkmap.logs / f"{self.naam}.log"

    @property
    def record(self) -> Path:
        return self.werkmap.records / f"{self.naam}.pid"

    @property
    def leeft(self) -> bool:
        return self.kind is not None and self.kind.poll() is None

    def start(self) -> None:
        """Start in the background, output to the log. Raises Startfout when the program can't be run."""
        draai_logs(self.log)
        with self.log.open("ab") as uitvoer:
            try:
                self.kind = subprocess.Popen(  # noqa: S603 - our own list, no shell
                    [*levenslijn(), *self.opdracht],
                    env=dict(self.omgeving),
                    cwd=self.cwd,
                    start_new_session=True,
                    stdin=subprocess.DEVNULL,
                    stdout=uitvoer,
                    stderr=subprocess.STDOUT,
                )
            except OSError as fout:
                raise Startfout(f"{self.naam} start niet: {os.strerror(fout.errno or errno.EIO)}.") from fout
        self._begonnen = starttijd(self.kind.pid) or 0
        self.record.write_text(f"{self.kind.pid} {self._begonnen}\n")

    def wacht(self) -> int:
        """Wait for the end and return the exit code; stops the process when we are interrupted ourselves."""
        if self.kind is None:
            raise RuntimeError("wacht() before start()")
        try:
            return self.kind.wait()
        finally:
            self.stop()

    def dood(self) -> None:
        """kill -9, for fault tests: the process gets no chance to tidy up."""
        if self.kind is not None:
            stuur(sessieleden(self.kind.pid), signal.SIGKILL)
            self.kind.wait()

    def stop(self) -> None:
        """Ask, wait, insist. Safe to call twice, and for a process that never started."""
        stop_samen([self])

    def vraag(self) -> None:
        """Ask it to stop, once: several programs take a second request as "at once"."""
        if self.kind is not None and self.leeft:
            self.kind.send_signal(self.signaal)

    def maak_af(self) -> None:
        """End by force what is left of it and of everything it started."""
        if self.kind is None:
            return
        sessie = self.kind.pid
        stuur(sessieleden(sessie), signal.SIGKILL)
        self.kind.wait()
        wacht_tot(lambda: not sessieleden(sessie), self.geduld)
        self.record.unlink(missing_ok=True)
        self.kind = None


def stop_samen(processen: Sequence[Proces]) -> None:
    """Stop several at once: all are asked first, so together they take as long as the slowest."""
    for proces in processen:
        proces.vraag()
    wacht_tot(lambda: not any(proces.leeft for proces in processen), max((p.geduld for p in processen), default=0))
    for proces in processen:
        proces.maak_af()
