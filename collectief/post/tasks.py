"""Celery's part in mail: look in the outbox."""

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone
from kombu.exceptions import OperationalError

from collectief.post.models import Hartslag
from collectief.post.verzenden import verstuur_alles


# Calls that waited longer say nothing new: a mail server that stalls may not make everything else queue up behind them.
@shared_task(expires=60)
def verstuur_wachtende() -> int:
    Hartslag.objects.update_or_create(naam="post", defaults={"gezien_op": timezone.now()})
    return verstuur_alles()


@worker_ready.connect
def veeg_bij_start(**kwargs) -> None:
    """A starting worker looks at once: beat may have been away."""
    try:
        verstuur_wachtende.delay()
    except OperationalError:
        return
