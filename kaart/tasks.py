"""Celery's part: say that it is time to look."""

from celery import shared_task
from celery.signals import worker_ready

from collectief.celery import roep
from collectief.post.models import Hartslag
from kaart import alarmen, contactrondes, dekking, uitgeven
from kaart.models import Zoekvraag


@shared_task
def loop_vragen_na() -> None:
    """Remind places, let questions of families end, and erase who asked, each in its time."""
    contactrondes.loop_na()


@shared_task
def loop_zoekalarmen_na() -> int:
    """Mail whoever waits for a new place; how many mails."""
    return alarmen.loop_na()


@shared_task
def geef_uit() -> bool:
    """Publish what changed; whether anything did. An admin sees when this was last looked at."""
    is_nieuw = uitgeven.geef_uit()
    Hartslag.sla("uitgave")
    return is_nieuw


@shared_task
def ruim_uitgaven_op() -> None:
    """Take away published files that newer ones took the place of."""
    uitgeven.ruim_oude_op()


@shared_task
def werk_dekking_bij() -> bool:
    """Work out anew how near places are, when they changed; forget searches of long ago."""
    Zoekvraag.objects.oud().delete()
    return dekking.werk_bij()


@worker_ready.connect
def kijk_bij_start(**kwargs) -> None:
    """A starting worker looks at once: beat may have been away."""
    roep(loop_vragen_na, geef_uit, werk_dekking_bij)
