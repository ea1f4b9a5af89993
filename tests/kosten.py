"""What the run cost, by part: processor time beside the clock, because other work on a machine slows only the clock.

Each process counts for itself; the one that divides the work adds it up and says it at the end. What the database did
for the tests is not in here: `./dev test` says it in the sum of everything.
"""

import resource
import time
from collections import Counter
from collections.abc import Iterator

import pytest

DELEN = {"vinden": "de tests vinden", "zonder": "zonder browser", "met": "met browser"}
# tests, processor seconds of our own, those of programs that were started, and seconds by the clock
Kosten = Counter[str]
_kosten: Kosten = Counter()


def _stand() -> dict[str, float]:
    kinderen = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "zelf": time.process_time(),
        "gestart": kinderen.ru_utime + kinderen.ru_stime,
        "klok": time.monotonic(),
    }


def _tel(deel: str, begin: dict[str, float], aantal: int = 0) -> None:
    _kosten[f"{deel} aantal"] += aantal
    _kosten.update({f"{deel} {wat}": waarde - begin[wat] for wat, waarde in _stand().items()})


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
    _tel("vinden", begin)
    return uitkomst


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    begin = _stand()
    uitkomst = yield
    _tel("met" if item.get_closest_marker("browser") else "zonder", begin, 1)
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
