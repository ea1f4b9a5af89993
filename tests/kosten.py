"""What the run cost, by part: processor time beside the clock, because other work on a machine slows only the clock.

Each process counts for itself; the one that divides the work adds it up and says it at the end. What the database did
for the tests is not in here: `./dev test` says that.

A browser runs on between its tests and leaves processes to nobody when it is closed. So what it did is read while it
runs, before and after each test that uses it, and not counted again when it ends with the last test.
"""

import os
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

DELEN = {"vinden": "de tests vinden", "zonder": "zonder browser", "met": "met browser"}
TIK = os.sysconf("SC_CLK_TCK")
# tests, processor seconds of our own, those of programs that were started, and seconds by the clock
Kosten = Counter[str]
_kosten: Kosten = Counter()


def lopend(pid: int | str = "self") -> float:
    """Processor time of what runs below a process, with that of what each of these waited for."""
    som = 0.0
    with suppress(OSError):  # it ended meanwhile, or this system does not say
        for draad in Path(f"/proc/{pid}/task").iterdir():
            for kind in (draad / "children").read_text().split():
                tikken = Path(f"/proc/{kind}/stat").read_text().rpartition(")")[2].split()[11:15]
                som += sum(map(int, tikken)) / TIK + lopend(kind)
    return som


def _stand(*, met_lopend: bool = False) -> dict[str, float]:
    kinderen = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "zelf": time.process_time(),
        "gestart": kinderen.ru_utime + kinderen.ru_stime + (lopend() if met_lopend else 0.0),
        "klok": time.monotonic(),
    }


def _tel(deel: str, begin: dict[str, float], eind: dict[str, float], aantal: int = 0) -> None:
    _kosten[f"{deel} aantal"] += aantal
    _kosten.update({f"{deel} {wat}": max(0.0, waarde - begin[wat]) for wat, waarde in eind.items()})


def regels(kosten: Kosten) -> Iterator[str]:
    """One line for each part that cost anything."""
    for deel, naam in DELEN.items():
        aantal, zelf, gestart, klok = (kosten[f"{deel} {wat}"] for wat in ("aantal", "zelf", "gestart", "klok"))
        if klok:
            tests = f", {aantal} tests" if aantal else ""
            regel = f"{naam}{tests}: {zelf:.1f} s processortijd, in gestarte programma's {gestart:.1f} s"
            yield f"{regel}, op de klokken samen {klok:.1f} s".replace(".", ",")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    begin = _stand()
    uitkomst = yield
    _tel("vinden", begin, _stand())
    return uitkomst


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    in_browser = item.get_closest_marker("browser") is not None
    begin = _stand(met_lopend=in_browser or nextitem is None)
    uitkomst = yield
    _tel("met" if in_browser else "zonder", begin, _stand(met_lopend=in_browser), 1)
    return uitkomst


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["kosten"] = dict(_kosten)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    _kosten.update(getattr(node, "workeroutput", {}).get("kosten", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for regel in regels(_kosten):
        terminalreporter.write_line(regel)
