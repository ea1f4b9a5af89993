"""What ./dev says on screen: short lines, flushed at once, so that progress is readable while it happens."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def zeg(tekst: str = "") -> None:
    print(tekst, flush=True)  # noqa: T201 - this package is a command line


def zeg_fout(tekst: str) -> None:
    sys.stdout.flush()
    print(tekst, file=sys.stderr, flush=True)  # noqa: T201 - as above


@contextmanager
def stap(naam: str) -> Iterator[None]:
    """Announce a step, and behind it how long it took."""
    begin = time.monotonic()
    sys.stdout.write(f"  {naam:<34}")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        zeg()
        raise
    zeg(f"{time.monotonic() - begin:6.1f} s".replace(".", ","))
