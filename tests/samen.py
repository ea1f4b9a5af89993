"""Things that happen at the very same moment, each on a thread and a database connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from django.db import connections

LANG = 30  # seconds, after which somebody waits for ever


def tegelijk[T](*doen: Callable[[], T], weigert: type[Exception] | tuple[type[Exception], ...] = ()) -> list:
    """Let all of these begin at once; return what each gave back, in their order.

    A refusal of a kind of `weigert` is an answer too. Raises whatever else one of them raised.
    """
    start = threading.Barrier(len(doen), timeout=LANG)

    def begin(doe: Callable[[], T]) -> T | Exception:
        start.wait()
        try:
            return doe()
        except weigert as geweigerd:
            return geweigerd

    with ThreadPoolExecutor(len(doen)) as draden:
        return list(draden.map(partial(_op_eigen_verbinding, begin), doen))


def ernaast[T](doe: Callable[[], T]) -> Future[T]:
    """Begin this beside the test, which goes on at once; what came of it stands in the answer."""
    een = ThreadPoolExecutor(1)
    uitkomst = een.submit(_op_eigen_verbinding, doe)
    een.shutdown(wait=False)
    return uitkomst


def is_klaar_na(uitkomst: Future, seconden: float) -> bool:
    """Tell whether it ended within so many seconds: what waits for a lock does not."""
    try:
        uitkomst.exception(timeout=seconden)
    except TimeoutError:
        return False
    return True


def _op_eigen_verbinding[T](doe: Callable[..., T], *wat: object) -> T:
    try:
        return doe(*wat)
    finally:
        connections.close_all()
