"""Celery's part in accounts: tidy up."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def ruim_sessies_op() -> None:
    """Remove sign-in sessions that ended; running it twice changes nothing."""
    call_command("clearsessions")
