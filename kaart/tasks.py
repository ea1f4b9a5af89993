"""Celery's part: say that it is time to look."""

from celery import shared_task
from celery.signals import worker_ready

from collectief.celery import roep
from collectief.post.models import Hartslag
from kaart import alarmen, contactrondes, dekking, uitgeven
from kaart.models import Zoekvraag


@shared_task
def loop_vragen_na() -> None:
    contactrondes.loop_na()


@shared_task
def loop_zoekalarmen_na() -> int:
    return alarmen.loop_na()


@shared_task
def geef_uit() -> bool:
    is_nieuw = uitgeven.geef_uit()
    Hartslag.sla("uitgave")
    return is_nieuw


@shared_task
def ruim_uitgaven_op() -> None:
    uitgeven.ruim_oude_op()


@shared_task
def werk_dekking_bij() -> bool:
    Zoekvraag.objects.oud().delete()
    return dekking.werk_bij()


@worker_ready.connect
def kijk_bij_start(**kwargs) -> None:
    """A starting worker looks at once: beat may have been away."""
    roep(loop_vragen_na, geef_uit, werk_dekking_bij)
