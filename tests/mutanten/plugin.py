"""A pytest run that first walks its tests once, and then tries every mutant in a fork of this process.

The fork has everything loaded and connected already, so a mutant costs no more than the tests that walk over its line.
"""

import json
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import coverage
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase

from tests.mutanten.database import Databasefout, ingebouwd, tabellen_in
from tests.mutanten.doelen import DOELEN, WORTEL, module_van, trek
from tests.mutanten.muteren import Mutant
from tests.mutanten.toepassen import NietTeMaken, zet_in

HOOGSTENS_REKENEN, HOOGSTENS_WACHTEN = 15, 90  # seconds: a mutant may turn in circles
RUIMTE = 5  # and so many times what its tests take without it
VERTELD = WORTEL / ".data/mutanten/kind.log"  # what the last fork had to say
GEDOOD, LEEFT, NIET_TE_MAKEN, DRAAIT_ROND = range(4)


def pytest_addoption(parser: pytest.Parser) -> None:
    groep = parser.getgroup("mutanten")
    groep.addoption("--doelen", nargs="+", default=list(DOELEN))
    groep.addoption("--hoogstens", type=int, default=None)
    groep.addoption("--zaad", type=int, default=1)
    groep.addoption("--uitkomst", type=Path)


def pytest_runtestloop(session: pytest.Session) -> bool:
    opties = session.config.option
    gelopen = Gelopen(session, opties.doelen)
    if session.testsfailed or _probeer(session, gelopen, list(gelopen.duur)) != LEEFT:
        pytest.exit(
            f"Zonder mutant moeten de tests slagen, ook in een kind van dit proces. Zie {VERTELD}.", returncode=1
        )
    with opties.uitkomst.open("w") as uitkomst:
        for pad in opties.doelen:
            for mutant in trek(pad, hoogstens=opties.hoogstens, zaad=opties.zaad):
                tests = gelopen.tests_over(pad, mutant)
                stand = _met_fout(session, gelopen, pad, mutant, tests) if tests else LEEFT
                rij = {"pad": pad, "plek": mutant.plek, "regel": mutant.regel, "wat": mutant.wat, "stand": stand}
                uitkomst.write(json.dumps({**rij, "tests": len(tests)}) + "\n")
                uitkomst.flush()
    return True


def _met_fout(
    session: pytest.Session, gelopen: "Gelopen", pad: str, mutant: Mutant | Databasefout, tests: Sequence[pytest.Item]
) -> int:
    if isinstance(mutant, Mutant):
        return _probeer(session, gelopen, tests, partial(zet_in, module_van(pad), mutant))
    with ingebouwd(mutant):
        return _probeer(session, gelopen, tests)


class Gelopen:
    """One round of all tests without any mistake: which lines and tables each walks, and how long it takes."""

    def __init__(self, session: pytest.Session, doelen: Sequence[str]):
        meting = coverage.Coverage(data_file=None, include=[str(WORTEL / pad) for pad in doelen], config_file=False)
        meting.set_option("run:disable_warnings", ["no-data-collected"])  # of triggers there are no lines
        self.duur: dict[pytest.Item, float] = {}
        self.rekentijd: dict[pytest.Item, float] = {}
        self.tabellen: dict[pytest.Item, set[str]] = {}
        meting.start()
        for test, daarna in _met_volgende(session, session.items):
            meting.switch_context(test.nodeid)
            begin, rekenbegin = time.perf_counter(), time.process_time()
            self.tabellen[test] = set()
            with connection.execute_wrapper(self._noteer_tabellen):
                _draai(session, test, daarna)
            self.duur[test] = time.perf_counter() - begin
            self.rekentijd[test] = time.process_time() - rekenbegin
        meting.stop()
        self.gegevens = meting.get_data()

    def _noteer_tabellen(self, execute: Callable, sql: str, *rest: object) -> object:
        *_, test = self.tabellen
        self.tabellen[test].update(tabellen_in(str(sql)))
        return execute(sql, *rest)

    def tests_over(self, pad: str, mutant: Mutant | Databasefout) -> list[pytest.Item]:
        """The tests that walk over this line, quickest first; or that touch this table, in the order of their files."""
        if isinstance(mutant, Mutant):
            return sorted(self._over_regel(pad, mutant), key=self.duur.get)
        return sorted(self._over_tabel(pad, mutant), key=lambda test: (self._plaats(pad, test), self.duur[test]))

    def _plaats(self, pad: str, test: pytest.Item) -> int:
        return DOELEN[pad].index(test.nodeid.split("::")[0])

    def _over_tabel(self, pad: str, fout: Databasefout) -> list[pytest.Item]:
        """Also what works as the owner of the tables: nobody sees there which these are."""
        # A trigger looks at what is written; what was, of a row, is written by the trigger of that row.
        tabellen = {f"!{fout.tabel}", f"!{fout.tabel.removesuffix('event')}"}
        eigen = {test for test in self.duur if test.nodeid.split("::")[0] in DOELEN[pad]}
        return [test for test in eigen if tabellen & self.tabellen[test] or "eigenaar" in test.fixturenames]

    def _over_regel(self, pad: str, mutant: Mutant) -> list[pytest.Item]:
        """The tests that walk over this line; of a constant all tests of its module."""
        per_regel = self.gegevens.contexts_by_lineno(str(WORTEL / pad))
        namen = set(per_regel.get(mutant.regel, ())) - {""}
        if not namen:  # a line within a statement, or the top of the module
            rondom = [regel for regel in per_regel if mutant.begin <= regel <= mutant.einde]
            namen = {naam for regel in rondom for naam in per_regel[regel]} - {""}
        if not namen and mutant.is_waarde:
            namen = {test.nodeid for test in self.duur if test.nodeid.split("::")[0] in DOELEN[pad]}
        return [test for test in self.duur if test.nodeid in namen]


def _met_volgende(
    session: pytest.Session, tests: Sequence[pytest.Item]
) -> Iterator[tuple[pytest.Item, pytest.Item | pytest.Session]]:
    """Each test with what comes after it; after the last one only what lives as long as the session is kept."""
    return zip(tests, [*tests[1:], session], strict=True)


def _draai(session: pytest.Session, test: pytest.Item, daarna: pytest.Item | pytest.Session) -> None:
    session.config.hook.pytest_runtest_protocol(item=test, nextitem=daarna)


def _probeer(
    session: pytest.Session,
    gelopen: Gelopen,
    tests: Sequence[pytest.Item],
    zet_fout: Callable[[], None] = lambda: None,
) -> int:
    """Run these tests in a fork, with the mistake; without one they have to succeed there as well."""
    rekenen = HOOGSTENS_REKENEN + int(RUIMTE * sum(map(gelopen.rekentijd.get, tests)))
    wachten = HOOGSTENS_WACHTEN + int(RUIMTE * sum(map(gelopen.duur.get, tests)))
    connections.close_all()
    kind = os.fork()
    if not kind:
        resource.setrlimit(resource.RLIMIT_CPU, (rekenen, rekenen))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(wachten)
        _in_het_kind(session, tests, zet_fout)
    _, stand = os.waitpid(kind, 0)
    if os.WIFSIGNALED(stand):  # perhaps in the middle of a test that commits
        TransactionTestCase._fixture_teardown(None)
        return DRAAIT_ROND
    return os.WEXITSTATUS(stand)


def _in_het_kind(session: pytest.Session, tests: Sequence[pytest.Item], zet_fout: Callable[[], None]) -> None:
    """Ends this process; its exit code says what became of the mutant."""
    uitkomst = GEDOOD
    try:
        verteld = os.open(VERTELD, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(verteld, 1)
        os.dup2(verteld, 2)
        zet_fout()
        uitkomst = LEEFT
        for test, daarna in _met_volgende(session, tests):
            _draai(session, test, daarna)
            if session.testsfailed:
                _vertel(session)
                uitkomst = GEDOOD
                break
    except NietTeMaken:
        uitkomst = NIET_TE_MAKEN
    finally:
        os._exit(uitkomst)


def _vertel(session: pytest.Session) -> None:
    """Write what went wrong where the output of this process goes."""
    gemeld = session.config.pluginmanager.get_plugin("terminalreporter").stats
    for melding in (*gemeld.get("failed", ()), *gemeld.get("error", ())):
        os.write(1, f"\n{melding.nodeid}\n{melding.longreprtext}\n".encode())
