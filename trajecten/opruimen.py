"""Let go what may go: work out the terms, propose, and carry out what was decided once the fortnight is over."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from collectief import bestanden
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar
from collectief.rijbeveiliging import als_gebruiker, als_taak
from trajecten.models.vertrek import herreken
from trajecten.uittreksel import delen, heeft_bestand

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opgeruimd:
    """What one round did: terms that changed, trajectories removed, and decisions that no longer held."""

    herrekend: int = 0
    weggehaald: int = 0
    bleven: int = 0


def ruim_op() -> Opgeruimd:
    """One round. Safe to run often and side by side: what is gone is gone, and each removal stands by itself."""
    herrekend = herreken()
    with als_taak("opruimen"), connection.cursor() as cursor:
        cursor.execute("SELECT traject_id, besloten_door_id FROM uit_te_voeren_vertrekken()")
        besloten = cursor.fetchall()
    gelukt = [haal_weg(traject_pk, door) for traject_pk, door in besloten]
    vraag_coordinatoren()
    return Opgeruimd(herrekend, gelukt.count(True), gelukt.count(False))


def haal_weg(traject_pk, door: int) -> bool:
    """Remove everything of one trajectory, in the name of the coördinator who decided; files once that is certain.

    False when the database refuses: the decision was taken back, its maker left, or the term runs again.
    """
    try:
        with als_gebruiker(door), connection.cursor() as cursor:
            paden = bestanden_van(traject_pk)
            cursor.execute("SELECT verwijder_traject(%s)", [traject_pk])
            transaction.on_commit(lambda: verwijder_bestanden(paden))
    except DatabaseError as fout:
        reden = getattr(fout.__cause__, "diag", None)
        logger.warning("a trajectory stays: %s", reden.message_primary if reden else type(fout).__name__)
        return False
    return True


def bestanden_van(traject_pk) -> list[str]:
    """Where the files of a trajectory stand in the private storage."""
    return [
        rij.bestand
        for deel in delen()
        if heeft_bestand(deel.model) and deel.van_traject
        for rij in QuerySet(deel.model).filter(**{deel.weg: traject_pk})
    ]


def verwijder_bestanden(paden: Iterable[str]) -> None:
    """Remove these files from the private storage; one that is gone already is no trouble."""
    for pad in paden:
        bestanden.verwijder(pad)


def vraag_coordinatoren() -> None:
    """Tell the coördinators of initiatives where something waits for a decision, at most once a month."""
    with als_taak("opruimen"), connection.cursor() as cursor:
        cursor.execute("SELECT initiatieven_met_opruimvoorstel()")
        initiatieven = [rij[0] for rij in cursor.fetchall()]
    for coordinator in Gebruiker.objects.met_rol(Rol.Soort.COORDINATOR, bij=initiatieven):
        leg_klaar(
            sleutel=f"opruimen:{coordinator.pk}:{timezone.localdate():%Y-%m}",
            soort="opruimen",
            aan=coordinator,
            pad=reverse("trajecten:opruimen"),
        )
