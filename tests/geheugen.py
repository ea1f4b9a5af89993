"""Two things that Python does with memory, and that a long run of tests need not pay for.

It looks for objects that only hold each other. The tests that were found and the modules behind them are a million
objects, of which nothing is thrown away: looking through them while they are made was half of the time that finding
the tests took.

It keeps the frames of calls in pieces of 16 kB, asks the system for a piece when a call does not fit in the last, and
gives it back when that call returns. A loop that stands just before the end of a piece pays for that with every call,
two hundred times what the call itself costs; under the frames of pytest and those of all middleware something always
stands there. One large frame below them makes one large piece for everything above it.
"""

import gc

import pytest
from _pytest import runner

RUIMTE = 2**15  # of 8 bytes: what is left of a piece of half a megabyte holds a thousand frames


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


def _onderop(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return runner.pytest_runtest_protocol(item, nextitem)


_onderop.__code__ = _onderop.__code__.replace(co_stacksize=RUIMTE)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """Run the test as pytest does, on top of that large frame."""
    return _onderop(item, nextitem)
