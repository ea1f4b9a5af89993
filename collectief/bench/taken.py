"""The peer of the outbox: one Celery task for every message. Loaded by the workers of a bench only."""

from celery import shared_task
from django.utils import timezone

from collectief.post.models import Bericht


@shared_task
def neem_een(pk: int) -> None:
    """Claim one message, as a task of its own would have to."""
    wacht = Bericht.objects.filter(pk=pk, toestand=Bericht.Toestand.WACHT)
    wacht.update(toestand=Bericht.Toestand.BEZIG, aangeboden_op=timezone.now())
