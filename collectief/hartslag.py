"""Signs of life of worker and beat, kept in the database so that the health page can read them."""

import logging
import time

from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent, worker_ready
from django.db import DatabaseError, close_old_connections

from collectief.post.models import Hartslag

logger = logging.getLogger(__name__)
INTERVAL = 30  # seconds between two writes
_laatst: dict[str, float] = {}


def sla(naam: str) -> None:
    """Write a sign of life for `naam` (`worker` or `beat`), at most once per INTERVAL per process.

    A database that does not answer is not an error here: the health page then says so itself.
    """
    nu = time.monotonic()
    if nu - _laatst.get(naam, -INTERVAL) < INTERVAL:
        return
    close_old_connections()
    if noteer(naam):
        _laatst[naam] = nu


def noteer(naam: str) -> bool:
    """Write that `naam` was seen now; False when the database does not answer."""
    try:
        Hartslag.sla(naam)
    except DatabaseError:
        return False
    return True


@heartbeat_sent.connect
@worker_ready.connect
def worker_leeft(**kwargs) -> None:
    sla("worker")


class Planner(PersistentScheduler):
    """Celery's own scheduler, which also says that it started and shows that it is alive."""

    def setup_schedule(self) -> None:
        super().setup_schedule()
        logger.info("beat started")

    def tick(self, *args, **kwargs):
        sla("beat")
        return min(super().tick(*args, **kwargs), INTERVAL)
