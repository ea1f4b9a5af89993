"""Celery's part in accounts: tidy up."""

from celery import shared_task
from django.core.management import call_command
from django.db import connection


@shared_task
def ruim_sessies_op() -> None:
    """Remove sign-in sessions that ended, and what was tried too long ago to count; twice is the same as once."""
    call_command("clearsessions")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM collectief_cache WHERE expires < now()")  # Django does so from 50,000 rows on
