"""Who runs what when: long files first, and the tests of a file together, so that what they share is made once."""

import importlib
import os
from contextlib import suppress
from pathlib import Path

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

# By how long they take: what begins last should not keep one core busy while the other has nothing left.
# The first needs no database and so does not wait for the template that another process makes meanwhile.
LANG = [
    "tests/servers/test_stapel.py",
    "tests/test_rondgang.py",
    "tests/trajecten/test_dag.py",
    "tests/test_reizen.py",
    "tests/trajecten/test_browser.py",
    "tests/kaart/test_kaart_browser.py",
    "tests/vorm/test_browser.py",
    "tests/vorm/test_account.py",
    "tests/bijeenkomsten/test_browser.py",
    "tests/trajecten/test_jaar_in_de_browser.py",
    "tests/trajecten/test_elke_policy.py",
    "tests/test_toegang.py",
    "tests/bench/test_benches.py",
    "tests/test_storing.py",
    "tests/test_productie.py",
]
LOS = {"tests/test_rondgang.py"}  # its parts are long, and share nothing


WORTEL = Path(__file__).resolve().parents[1]


class PerBestand(LoadScopeScheduling):
    """A file is a unit of work."""

    def _split_scope(self, nodeid: str) -> str:
        bestand = nodeid.split("::", 1)[0]
        return nodeid if bestand in LOS else bestand


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: who waits for a page, a server or a lock leaves its core to another."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> PerBestand:
    config.option.loadscopereorder = False
    return PerBestand(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Read a part of the files first that no other process begins with.

    pytest writes the asserts of a file anew and keeps the result beside it. In a fresh clone every process would do so
    with every file, all at the same time. A file that cannot be read is reported when it is looked for tests.
    """
    if invoer := getattr(session.config, "workerinput", None):
        nummer = int(invoer["workerid"].removeprefix("gw"))
        for bestand in _bestanden(session.config)[nummer :: invoer["workercount"]]:
            with suppress(Exception, pytest.skip.Exception):
                importlib.import_module(".".join(bestand.relative_to(WORTEL).with_suffix("").parts))


def _bestanden(config: pytest.Config) -> list[Path]:
    """The files in the folders that this run is about."""
    mappen = [(config.invocation_params.dir / argument).resolve() for argument in config.args]
    return sorted(bestand for map_ in mappen if map_.is_relative_to(WORTEL) for bestand in map_.rglob("test_*.py"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rang = {bestand: nummer for nummer, bestand in enumerate(LANG)}
    in_browser = {_bestand(item) for item in items if item.get_closest_marker("browser")}  # longer than most others
    items.sort(key=lambda item: rang.get(_bestand(item), len(LANG) + (_bestand(item) not in in_browser)))


def _bestand(item: pytest.Item) -> str:
    return item.nodeid.split("::", 1)[0]
