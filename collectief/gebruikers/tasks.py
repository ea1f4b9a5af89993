"""Celery's part in accounts: tidy up."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from collectief.gebruikers.actions import wis_oude_accounts


@shared_task
def ruim_sessies_op() -> None:
    """Remove sign-in sessions that ended with where they came from, what was tried too long ago to count, and accounts.

    Twice is the same as once.
    """
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    wis_oude_accounts()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM collectief_cache WHERE expires < now()")  # Django does so from 50,000 rows on
