"""Signs of life of worker and beat, kept in the database so that the health page can read them."""

import logging
import time

from celery.beat import PersistentScheduler, SchedulingError
from celery.signals import heartbeat_sent, worker_ready
from django.db import DatabaseError, close_old_connections
from kombu.exceptions import OperationalError

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

    heeft_broker = True

    def setup_schedule(self) -> None:
        super().setup_schedule()
        logger.info("beat started")

    def apply_entry(self, entry, producer=None) -> None:
        """Ask for a task. Celery writes a traceback for each that a broker did not take: say once that it is away."""
        try:
            self.apply_async(entry, producer=producer, advance=False)
        except SchedulingError as fout:
            if not isinstance(fout.__context__, OperationalError):
                logger.exception("%s could not be asked for", entry.task)
            elif self.heeft_broker:
                logger.warning("broker does not answer; what waits is for the next round")
                self.heeft_broker = False
        else:
            if not self.heeft_broker:
                logger.info("broker answers again")
            self.heeft_broker = True

    def tick(self, *args, **kwargs):
        sla("beat")
        return min(super().tick(*args, **kwargs), INTERVAL)
