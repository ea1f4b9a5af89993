"""When Python looks for objects that only hold each other: never among what stays until the end of the run.

The tests that were found and the modules behind them are a million objects, of which nothing is thrown away. Looking
through them while they are made was half of the time that finding the tests took.
"""

import gc

import pytest

DREMPEL = 20_000  # so many objects more than went: one page makes thousands, and leaves next to nothing


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(DREMPEL, *gc.get_threshold()[1:])
    gc.enable()
