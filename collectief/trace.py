"""One id for a request and for all that follows from it: its tasks, its mail. It stands in every line of the log.

It says nothing about the visitor: it is made anew for each request.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LENGTE = 12
GEEN = "-"  # what happens outside any request or task, such as at the start

_nu: ContextVar[str] = ContextVar("trace", default=GEEN)


def huidige() -> str:
    return _nu.get()


@contextmanager
def onder(trace: str = "") -> Iterator[str]:
    """Do what follows under this id, or under a new one."""
    teken = _nu.set(trace or secrets.token_hex(LENGTE // 2))
    try:
        yield _nu.get()
    finally:
        _nu.reset(teken)
