"""Two people who do something at the same moment, each in a transaction of her own."""

import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from tests import samen
from trajecten.models import StapGeweigerd


def tegelijk(*wie_wat: tuple[Gebruiker, Callable[[], object]]) -> list[str]:
    """Let everybody do her thing at once; return, in their order, `gelukt` or why it was refused."""

    def doe(wie: Gebruiker, wat: Callable[[], object]) -> str:
        with als_gebruiker(wie.pk):
            wat()
        return "gelukt"

    return [
        str(uitkomst) for uitkomst in samen.tegelijk(*(partial(doe, *paar) for paar in wie_wat), weigert=StapGeweigerd)
    ]


def wacht_tot_iemand_wacht() -> None:
    """Until another connection to this database stands before a lock. Fails when none does within five seconds.

    Within one transaction PostgreSQL shows who does what as it was at the first look, unless it is told to look again.
    """
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.rowcount:
                return
        time.sleep(0.05)
    pytest.fail("Nobody came to stand before a lock.")


def intussen[T](wie: Gebruiker, doet: Callable[[], object], ander: Callable[[], T]) -> T:
    """Let `ander` begin while what `wie` does is not committed yet: it looks before, and goes on after; return it."""
    with als_gebruiker(wie.pk):
        doet()
        uitkomst = samen.ernaast(ander)
        wacht_tot_iemand_wacht()
    return uitkomst.result(timeout=samen.LANG)
