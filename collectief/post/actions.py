"""Put mail in the outbox. Call these inside the transaction of the event that causes the mail."""

import logging
import uuid
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from collectief.post.models import Bericht
from collectief.post.tasks import verstuur_wachtende

logger = logging.getLogger(__name__)


def leg_klaar(
    *,
    sleutel: str,
    soort: str,
    aan: AbstractBaseUser | None = None,
    aan_adres: str = "",
    pad: str = "",
    gegevens: dict | None = None,
    vanaf: datetime | None = None,
    groep: str = "",
) -> None:
    """Put one mail in the outbox, at most once per `sleutel`; a second call with the same key changes nothing.

    `soort` names the templates `templates/post/<soort>.txt` and `<soort>.onderwerp.txt`; `aan` is a Gebruiker,
    or `aan_adres` the address of someone without an account; `pad` is where the link leads; `gegevens` are words
    for the template (never case data); `vanaf` is the earliest moment to send;
    `groep` names what falls silent together.
    """
    rijen = Bericht.objects.bulk_create(
        [
            Bericht(
                sleutel=sleutel,
                groep=groep,
                soort=soort,
                aan=aan,
                aan_adres=aan_adres,
                pad=pad,
                gegevens=gegevens or {},
                versturen_vanaf=vanaf or timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )
    if rijen:
        wek_post()


def leg_klaar_tekst(*, aan_adres: str, onderwerp: str, tekst: str) -> None:
    """Put a mail with ready-made text in the outbox (account mails). Its text is erased once sent."""
    leg_klaar(
        sleutel=f"tekst:{uuid.uuid4()}",
        soort="tekst",
        aan_adres=aan_adres,
        gegevens={"onderwerp": onderwerp, "tekst": tekst},
    )


def wek_post() -> None:
    """Ask a worker to look in the outbox after commit. When the broker is down, the next sweep finds the mail."""
    transaction.on_commit(_wek)


def _wek() -> None:
    try:
        verstuur_wachtende.delay()
    except OperationalError:
        logger.warning("broker does not answer; mail waits for the next sweep")
