"""Two people who do something at the same moment, each in a transaction of her own."""

import threading
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
