"""Two people who do something at the same moment, each in a transaction of her own."""

import threading
import time
from collections.abc import Callable

from django.db import connection

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from trajecten.models import StapGeweigerd


def tegelijk(*wie_wat: tuple[Gebruiker, Callable[[], object]]) -> list[str]:
    """Let everybody do her thing at once; return `gelukt` or why it was refused, in the order in which they ended."""
    klaar = threading.Barrier(len(wie_wat))
    uitkomsten: list[str] = []

    def doe(wie: Gebruiker, wat: Callable[[], object]) -> None:
        try:
            with als_gebruiker(wie.pk):
                klaar.wait(timeout=10)
                wat()
                uitkomsten.append("gelukt")
        except StapGeweigerd as geweigerd:
            uitkomsten.append(str(geweigerd))
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=paar) for paar in wie_wat]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uitkomsten


def wacht_tot_iemand_wacht() -> None:
    """Until another connection to this database stands before a lock; five seconds at most."""
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.rowcount:
                return
        time.sleep(0.05)


def intussen[T](wie: Gebruiker, doet: Callable[[], object], ander: Callable[[], T]) -> T:
    """Let `ander` begin while what `wie` does is not committed yet: it looks before, and goes on after; return it."""
    uitkomst: list[T] = []

    def begin() -> None:
        try:
            uitkomst.append(ander())
        finally:
            connection.close()

    draad = threading.Thread(target=begin)
    with als_gebruiker(wie.pk):
        doet()
        draad.start()
        wacht_tot_iemand_wacht()
    draad.join()
    return uitkomst[0]
