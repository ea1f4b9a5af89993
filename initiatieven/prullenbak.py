"""Throw an initiative away: thirty days to regret it, then it is gone with everything it ever said."""

import logging
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from collectief import bestanden
from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Importproef, Initiatief, Plekfoto

logger = logging.getLogger(__name__)
BEDENKTIJD = timedelta(days=30)


class WeggooienGeweigerd(Exception):
    """It stays; the message says why, in Dutch."""


@transaction.atomic
def gooi_weg(*, initiatief: Initiatief, door: Gebruiker) -> None:
    """Hide an initiative everywhere. Raises WeggooienGeweigerd for a member: that stops first."""
    nu = Initiatief.objects.select_for_update(no_key=True).get(pk=initiatief.pk)
    if nu.is_openbaar:
        raise WeggooienGeweigerd("Dit initiatief is lid en staat op de site. Het stopt eerst, dan kan het weg.")
    nu.verwijderd_op = nu.verwijderd_op or timezone.now()
    nu.save(update_fields=["verwijderd_op"])
    logger.info("initiative %s was thrown away by user %s", nu.pk, door.pk)  # no version: those go with it


def zet_terug(*, initiatief: Initiatief) -> None:
    Initiatief.objects.filter(pk=initiatief.pk).update(verwijderd_op=None)


def verwijder_voorgoed() -> int:
    """Remove what lies in the bin for thirty days, one by one; return how many went.

    What others need stays, and lets go of it: the question of a family, or one for a meeting. As long as the file of a
    young person belongs to it, the database holds on to the initiative, and it is tried again later.
    """
    klaar = Initiatief.objects.filter(verwijderd_op__lt=timezone.now() - BEDENKTIJD)
    return sum(_verwijder(pk) for pk in klaar.values_list("pk", flat=True))


def _verwijder(pk: int) -> bool:
    fotos = [foto.bestand for foto in Plekfoto.objects.filter(initiatief=pk)]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT verwijder_initiatief(%s)", [pk])
            is_weg = cursor.fetchone()[0]
    except IntegrityError:
        logger.info("initiative %s is still needed", pk)
        return False
    if is_weg:
        transaction.on_commit(lambda: [bestanden.verwijder(bestand) for bestand in fotos])
    return is_weg


def ruim_proeven_op() -> int:
    """Forget tables that were tried and not taken over within a day; return how many went."""
    return Importproef.objects.verlopen().delete()[0]
