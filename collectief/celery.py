"""The Celery application: it only says "look in the tables"; PostgreSQL is the truth."""

import os
from datetime import UTC, datetime, timedelta

from celery import Celery, Task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collectief.settings")

HOOGSTENS = timedelta(minutes=5)


class TeVerVooruit(ValueError):
    """A task was put off for too long: the broker would deliver it again and again. A row with a moment does better."""


class Taak(Task):
    """A task that is never put off for more than five minutes."""

    def apply_async(self, args=None, kwargs=None, **opties):
        """Raises TeVerVooruit, also for a retry: both come by here. (A signal would not do: Celery eats its errors.)"""
        eta, uitstel = opties.get("eta"), timedelta(seconds=opties.get("countdown") or 0)
        if uitstel > HOOGSTENS or (eta and eta.astimezone(UTC) > datetime.now(UTC) + HOOGSTENS):
            raise TeVerVooruit(f"{self.name} would wait until {eta or uitstel}")
        return super().apply_async(args, kwargs, **opties)


app = Celery("collectief", task_cls=Taak)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["collectief.gebruikers", "collectief.post", "trajecten", "bijeenkomsten", "initiatieven", "kaart"]
)
