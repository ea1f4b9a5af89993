"""The Celery application: it only says "look in the tables"; PostgreSQL is the truth."""

import logging
import os
import time
from datetime import UTC, datetime, timedelta

from celery import Celery, Task, states
from kombu.exceptions import OperationalError

from collectief import trace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collectief.settings")

logger = logging.getLogger(__name__)
HOOGSTENS = timedelta(minutes=5)


class TeVerVooruit(ValueError):
    """A task was put off for too long: the broker would deliver it again and again. A row with a moment does better."""


class Taak(Task):
    """A task that is never put off for more than five minutes, and goes by the id of the request that asked for it."""

    def apply_async(self, args=None, kwargs=None, **opties):
        """Raises TeVerVooruit, also for a retry: both come by here. (A signal would not do: Celery eats its errors.)"""
        eta, uitstel = opties.get("eta"), timedelta(seconds=opties.get("countdown") or 0)
        if uitstel > HOOGSTENS or (eta and eta.astimezone(UTC) > datetime.now(UTC) + HOOGSTENS):
            raise TeVerVooruit(f"{self.name} would wait until {eta or uitstel}")
        opties["headers"] = {"trace": trace.huidige(), **(opties.get("headers") or {})}
        return super().apply_async(args, kwargs, **opties)

    def before_start(self, task_id, args, kwargs) -> None:
        van_wie = (self.request.headers or {}).get("trace", trace.GEEN)
        self.request.begin, self.request.onder = (
            time.perf_counter(),
            trace.onder("" if van_wie == trace.GEEN else van_wie),
        )
        self.request.onder.__enter__()

    def after_return(self, status, retval, task_id, args, kwargs, einfo) -> None:
        """Write one line about what did something; none about a round that found nothing. Celery tells of a failure."""
        if status == states.SUCCESS and retval:
            duur = round((time.perf_counter() - self.request.begin) * 1000)
            logger.info("%s did %d in %s ms", self.name, retval, duur)
        self.request.onder.__exit__(None, None, None)


def roep(*taken: Task) -> None:
    """Ask a worker to do these now. When the broker is down nothing happens: the next round of beat asks again."""
    try:
        for taak in taken:
            taak.delay()
    except OperationalError:
        logger.warning("broker does not answer; what waits is for the next round")


logging.captureWarnings(capture=True)  # what a library warns of at the start is a line of our log too
app = Celery("collectief", task_cls=Taak)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["collectief.gebruikers", "collectief.post", "trajecten", "bijeenkomsten", "initiatieven", "kaart"]
)
