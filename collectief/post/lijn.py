"""The line to the mail server, and the lease of the mail that is on it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import DatabaseError, connection
from django.utils import timezone

from collectief.post.models import Bericht

logger = logging.getLogger(__name__)
EEN_UUR = timedelta(hours=1)


class Lijn:
    """Opens when it is needed. While the mail server thinks, the message stays ours, for as long as this process lives.

    One thread renews leases for a whole run: with a thread for each mail, each mail waited twice for a turn.
    """

    _stil_tot: datetime | None = None  # of this process, whichever line it is

    def __init__(self) -> None:
        self._verbinding = mailers.default
        self._op_de_lijn: Bericht | None = None
        self._slot = threading.Lock()
        self._klaar = threading.Event()
        self._draad = threading.Thread(target=self._verleng, daemon=True)

    def is_open(self) -> bool:
        """Whether there is a line to the mail server; opens it when it was closed."""
        try:
            self._verbinding.open()
        except OSError as fout:
            self._meld(fout)
            return False
        Lijn._stil_tot = None
        return True

    def _meld(self, fout: OSError) -> None:
        """Say once an hour that there is no line: for as long as mail waits, somebody tries every few seconds."""
        nu = timezone.now()
        if Lijn._stil_tot is None or nu >= Lijn._stil_tot:
            Lijn._stil_tot = nu + EEN_UUR
            logger.warning("mail server does not answer (%s); mail waits", type(fout).__name__)

    def geef_af(self, bericht: Bericht, mail: EmailMultiAlternatives) -> None:
        """Hand the mail over. Raises what the mail library raises."""
        with self._houdt_vast(bericht):
            self._verbinding.send_messages([mail])

    def hang_op(self) -> None:
        """Close it, whatever it is worth by now."""
        try:
            self._verbinding.close()
        except OSError:
            logger.info("the line to the mail server was gone already")

    def sluit(self) -> None:
        """Hang up at the end of a run, and renew nothing any more."""
        self._klaar.set()
        if self._draad.is_alive():
            self._draad.join()
        self.hang_op()

    @contextmanager
    def _houdt_vast(self, bericht: Bericht) -> Iterator[None]:
        if not self._draad.ident:
            self._draad.start()
        with self._slot:
            self._op_de_lijn = bericht
        try:
            yield
        finally:
            with self._slot:
                self._op_de_lijn = None

    def _verleng(self) -> None:
        try:
            while not self._klaar.wait(settings.POST_PACHT.total_seconds() / 3):
                with self._slot:
                    self._verleng_een()
        finally:
            connection.close()

    def _verleng_een(self) -> None:
        try:
            if self._op_de_lijn:
                self._op_de_lijn.houd_vast()
        except DatabaseError:  # nobody else can take the message over now either; the next time may do better
            connection.close()
