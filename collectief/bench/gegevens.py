"""The database of a bench: made once per scale, kept for the next run, made anew when its sources change."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from collectief.bench.opstelling import Opstelling

BRONNEN = ("*/migrations/*.py", "collectief/*/migrations/*.py", "collectief/demo/**/*.py", "collectief/geo/data/*.csv")


def zet_klaar(opstelling: Opstelling) -> Opstelling:
    """Return the set-up on a filled database of its scale; fills one when there is none yet, which takes minutes."""
    opstelling.beheer("collectstatic", "--no-input", "-v0")
    begin = f"bench_{opstelling.schaal}_"
    naam = begin + _som()
    if naam not in opstelling.databases(begin):
        for oud in opstelling.databases(begin):
            opstelling.verwijder_database(oud)
        bezig = opstelling.met_database(f"{begin}bezig")
        bezig.maak_database(bezig.database)
        bezig.beheer("migrate", "--no-input", "-v0")
        bezig.beheer("laad_geodata")
        bezig.beheer("laad_demodata", "--schaal", opstelling.schaal)
        bezig.hernoem_database(bezig.database, naam)
    return opstelling.met_database(naam)


def verbind(opstelling: Opstelling) -> None:
    """Let Django in this process use the database of the bench too, as the application's role."""
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = opstelling.database


@contextmanager
def op_een_kopie(opstelling: Opstelling) -> Iterator[Opstelling]:
    """A copy of the database to write in, to which this process is connected meanwhile."""
    verbind(opstelling)  # gives up its connections: a database in use cannot be copied
    with opstelling.kopie() as kopie:
        verbind(kopie)
        try:
            yield kopie
        finally:
            verbind(opstelling)


def _som() -> str:
    som = hashlib.sha256()
    for bron in BRONNEN:
        for pad in sorted(settings.BASE_DIR.glob(bron)):
            som.update(pad.read_bytes())
    return som.hexdigest()[:10]
