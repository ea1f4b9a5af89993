"""A small checkout with the real ./dev and the real servers, in which Django and Celery are stand-ins.

What is tested here is starting, watching and stopping; the platform itself has its own tests.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collectief.servers import Ingebed
from collectief.servers.postgres import socketmap
from collectief.servers.processen import wacht_tot
from collectief.servers.valkey import vrije_poort

WORTEL = Path(__file__).resolve().parents[2]
GEDULD = 60  # seconds; only a broken test waits that long, a busy machine may need some of it
VAN_BUITEN = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_RUNTIME_DIR")


class Lopend:
    """A `./dev start` that runs in the background."""

    def __init__(self, proces: subprocess.Popen[str], uitvoer: Path) -> None:
        self.proces = proces
        self._uitvoer = uitvoer

    @property
    def uitvoer(self) -> str:
        return self._uitvoer.read_text()

    def wacht_op(self, tekst: str) -> None:
        assert wacht_tot(lambda: tekst in self.uitvoer or self.proces.poll() is not None, GEDULD), self.uitvoer
        assert tekst in self.uitvoer, self.uitvoer

    def einde(self) -> int:
        return self.proces.wait(GEDULD)


class Checkout:
    """A copy of what ./dev needs, somewhere else."""

    def __init__(self, map_: Path, voorzet: tuple[str, ...] = ()) -> None:
        self.map = map_
        self.voorzet = voorzet
        self.poort = vrije_poort()
        shutil.copytree(WORTEL / "tests/servers/proefproject", map_)
        shutil.copytree(WORTEL / "collectief/servers", map_ / "collectief/servers", ignore=lambda *_: ["__pycache__"])
        for naam in ("dev", ".python-version", "requirements.txt", "requirements-dev.txt"):
            shutil.copy2(WORTEL / naam, map_ / naam)
        self._maak_venv()

    def _maak_venv(self) -> None:
        """The packages of this test run under the checkout's own name, so that nothing is installed."""
        venv = self.map / ".venv"
        (venv / "bin").mkdir(parents=True)
        (venv / "bin/python").symlink_to(Path(sys.executable).resolve())
        (venv / "pyvenv.cfg").write_text((Path(sys.prefix) / "pyvenv.cfg").read_text())
        pakketten = Path(sysconfig.get_path("purelib"))
        doel = venv / "lib" / pakketten.parent.name
        doel.mkdir(parents=True)
        (doel / "site-packages").symlink_to(pakketten)
        som = hashlib.sha256((self.map / "requirements-dev.txt").read_bytes()).hexdigest()
        (venv / "vergrendeld").write_text(f"{som}  -\n")

    def heeft_database(self, cluster: Path) -> "Checkout":
        """As after an earlier start that was broken off as soon as PostgreSQL had made its files."""
        subprocess.run(["cp", "-a", str(cluster), str(self.map / ".data")], check=True)  # noqa: S607
        return self

    def _omgeving(self, extra: dict[str, str]) -> dict[str, str]:
        """A bare shell with the leftovers of another project in it."""
        eigen = {naam: os.environ[naam] for naam in VAN_BUITEN if naam in os.environ}
        return {**eigen, "VIRTUAL_ENV": "/elders", "PYTHONPATH": "/elders", **extra}

    def dev(self, *argumenten: str, cwd: Path | str = "/", **extra: str) -> subprocess.CompletedProcess[str]:
        """Run ./dev to its end, by default from another directory."""
        return subprocess.run(
            [*self.voorzet, str(self.map / "dev"), *argumenten],
            check=False, capture_output=True, text=True, cwd=cwd, timeout=GEDULD, env=self._omgeving(extra),
        )  # fmt: skip

    @contextlib.contextmanager
    def begonnen(self, *argumenten: str, **extra: str) -> Iterator[Lopend]:
        """`./dev start` as a terminal would run it; gone at the end, whatever the test did."""
        uitvoer = self.map / "uitvoer"
        with uitvoer.open("w") as bestand:
            proces = subprocess.Popen(
                [*self.voorzet, str(self.map / "dev"), "start", "--poort", str(self.poort), *argumenten],
                stdout=bestand, stderr=subprocess.STDOUT, text=True, cwd="/",
                start_new_session=True, env=self._omgeving(extra),
            )  # fmt: skip
        try:
            yield Lopend(proces, uitvoer)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(proces.pid, signal.SIGTERM)
            proces.wait(GEDULD)

    @contextlib.contextmanager
    def gestart(self, *argumenten: str, **extra: str) -> Iterator[Lopend]:
        """The same, once everything runs."""
        with self.begonnen(*argumenten, **extra) as lopend:
            lopend.wacht_op("Stoppen:")
            yield lopend

    def processen(self) -> list[str]:
        """Command lines of what runs from this checkout or stands in it."""
        gevonden = []
        for map_ in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                regel = (map_ / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                if regel and (str(self.map) in regel or str(self.map) in str((map_ / "cwd").readlink())):
                    gevonden.append(regel)
        return gevonden

    def alles_is_er(self) -> bool:
        """Whether the stand-ins of worker and beat, which start last, have said so."""
        logs = [self.map / f".data/log/{naam}.log" for naam in ("worker", "beat")]
        return all(log.exists() and "is er" in log.read_text() for log in logs)

    def is_stil(self) -> bool:
        return wacht_tot(lambda: not self.processen(), GEDULD)

    def opdrachten(self) -> list[str]:
        return (self.map / "opdrachten.log").read_text().splitlines()

    def antwoordt(self) -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.poort}/gezond/", timeout=5) as antwoord:
            return antwoord.status == 200


@pytest.fixture
def nieuwe_checkout(tmp_path) -> Iterator[Checkout]:
    """A checkout with spaces in its path, in which nothing was ever started."""
    gemaakt = Checkout(tmp_path / "een map met spaties")
    yield gemaakt
    over = [] if gemaakt.is_stil() else gemaakt.processen()
    gemaakt.dev("stop")
    shutil.rmtree(socketmap(gemaakt.map / ".data"), ignore_errors=True)
    assert over == []


@pytest.fixture(scope="session")
def cluster(tmp_path_factory) -> Path:
    """A data folder with the files of PostgreSQL, made once: to make them takes longer than most of what is tested."""
    map_ = tmp_path_factory.mktemp("cluster") / "data"
    with Ingebed(map_, met_valkey=False, vluchtig=True):
        pass
    return map_


@pytest.fixture
def checkout(nieuwe_checkout, cluster) -> Checkout:
    """The same, with the files of PostgreSQL there already."""
    return nieuwe_checkout.heeft_database(cluster)


@pytest.fixture
def open_map() -> Iterator[Path]:
    """A folder that other users of the machine can reach."""
    map_ = Path(tempfile.mkdtemp(prefix="collectief proef "))
    map_.chmod(0o755)
    yield map_
    shutil.rmtree(map_)


@pytest.fixture
def zonder(tmp_path) -> Callable[[str], str]:
    """A PATH on which one program exists but does not work."""

    def maak(programma: str) -> str:
        bin_ = tmp_path / "bin"
        bin_.mkdir()
        (bin_ / programma).write_text("#!/bin/sh\nexit 1\n")
        (bin_ / programma).chmod(0o755)
        return f"{bin_}{os.pathsep}{os.environ['PATH']}"

    return maak
