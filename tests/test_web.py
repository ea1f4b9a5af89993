"""The web server itself: what it says stands in our log, and a process that dies is started anew."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectief.servers.processen import wacht_tot
from collectief.servers.valkey import vrije_poort
from tests.test_logs import KANARIE

GEDULD = 30
STUK = f"""
def application(environ, start_response):
    if environ["PATH_INFO"] == "/stuk/":
        raise ValueError("{KANARIE}")
    start_response("200 OK", [])
    return [b"er"]
"""


class Web:
    """A web server over the smallest application, with its log."""

    def __init__(self, proces: subprocess.Popen[bytes], poort: int, log: Path) -> None:
        self.proces, self.poort, self._log = proces, poort, log

    def vraag(self, pad: str = "/") -> int:
        """The status of the answer; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.poort}{pad}", timeout=GEDULD) as antwoord:
                return antwoord.status
        except urllib.error.HTTPError as fout:
            return fout.code
        except OSError:
            return 0

    def regels(self) -> list[dict[str, str]]:
        return [json.loads(regel) for regel in self._log.read_text().splitlines()]

    def zegt(self, zin: str) -> bool:
        return any(zin in regel["message"] for regel in self.regels())

    def kinderen(self) -> list[int]:
        return [
            int(pid) for pid in Path(f"/proc/{self.proces.pid}/task/{self.proces.pid}/children").read_text().split()
        ]


@pytest.fixture
def web(tmp_path) -> Iterator[Web]:
    (tmp_path / "klein.py").write_text(STUK)
    poort, log = vrije_poort(), tmp_path / "web.log"
    opdracht = [sys.executable, "-m", "collectief.web", "--poort", str(poort), "--workers", "1", "klein:application"]
    omgeving = {**os.environ, "PYTHONPATH": str(tmp_path), "LOG_JSON": "ja"}
    with log.open("wb") as uitvoer, subprocess.Popen(opdracht, env=omgeving, stdout=uitvoer, stderr=uitvoer) as proces:
        gestart = Web(proces, poort, log)
        assert wacht_tot(lambda: gestart.vraag() == 200, GEDULD), log.read_text()
        yield gestart
        with contextlib.suppress(ProcessLookupError):
            proces.terminate()


def test_elke_regel_van_de_webserver_zegt_wanneer_en_hoe_erg(web):
    web.proces.terminate()
    web.proces.wait(GEDULD)

    assert web.zegt("Listening at")
    assert web.zegt("Stopped worker-1")
    assert {frozenset(regel) for regel in web.regels()} == {
        frozenset({"asctime", "levelname", "name", "trace", "message"})
    }
    assert not web.zegt("Consider")  # advice about a number that we chose


def test_een_webproces_dat_omvalt_wordt_opnieuw_gestart(web):
    (eerste,) = web.kinderen()

    os.kill(eerste, signal.SIGKILL)

    assert wacht_tot(lambda: web.kinderen() not in ([], [eerste]) and web.vraag() == 200, GEDULD)
    assert [regel["levelname"] for regel in web.regels() if "Unexpected exit" in regel["message"]] == ["ERROR"]


def test_van_een_fout_buiten_django_staat_er_waar_en_welke_soort_en_niet_wat_iemand_typte(web):
    assert web.vraag("/stuk/") == 500

    (regel,) = [regel for regel in web.regels() if regel["levelname"] == "ERROR"]
    assert "klein.py" in regel["message"]
    assert "\nValueError" in regel["message"]
    assert KANARIE not in regel["message"]
