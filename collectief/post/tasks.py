"""Celery's part in mail: look in the outbox."""

from celery import shared_task
from celery.signals import worker_ready

from collectief.celery import roep
from collectief.post.models import Bericht, Hartslag
from collectief.post.verzenden import verstuur_alles


# Calls that waited longer say nothing new: a mail server that stalls may not make everything else queue up behind them.
@shared_task(expires=60)
def verstuur_wachtende() -> int:
    """Send what is due; the number of messages that the mail server took."""
    Hartslag.sla("post")
    return verstuur_alles()


@shared_task
def wis_oude_berichten() -> int:
    """Erase who got what, a year after; the number of messages. Twice is the same as once."""
    return Bericht.objects.wis_oude()


@worker_ready.connect
def veeg_bij_start(**kwargs) -> None:
    """A starting worker looks at once: beat may have been away."""
    roep(verstuur_wachtende)
