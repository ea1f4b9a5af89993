"""Put mail in the outbox. Call these inside the transaction of the event that causes the mail."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from collectief.celery import roep
from collectief.post.models import Afmelding, Bericht
from collectief.post.tasks import verstuur_wachtende


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
    for the template (never case data), with as `stoppad` the address that stops mail to someone without an account;
    `vanaf` is the earliest moment to send; `groep` names what falls silent together.
    """
    bericht = Bericht(sleutel=sleutel, groep=groep, soort=soort, aan=aan, aan_adres=aan_adres, pad=pad)
    bericht.gegevens = gegevens or {}
    bericht.versturen_vanaf = vanaf or timezone.now()
    leg_klaar_samen([bericht])


def leg_klaar_samen(berichten: Iterable[Bericht]) -> None:
    """Put any number of unsaved messages in the outbox at once, each at most once per key."""
    if Bericht.objects.bulk_create(berichten, ignore_conflicts=True):
        wek_post()


def leg_klaar_tekst(*, aan_adres: str, onderwerp: str, tekst: str) -> None:
    """Put a mail with ready-made text in the outbox (account mails). Its text is erased once sent."""
    leg_klaar(
        sleutel=f"tekst:{uuid.uuid4()}",
        soort="tekst",
        aan_adres=aan_adres,
        gegevens={"onderwerp": onderwerp, "tekst": tekst},
    )


def meld_af(*, gebruiker_id: int, soort: Afmelding.Soort) -> None:
    """Send this user no more mail of this kind. Twice is the same as once, and so is a user who is gone."""
    Afmelding.objects.bulk_create([Afmelding(gebruiker_id=gebruiker_id, soort=soort)], ignore_conflicts=True)


def meld_weer_aan(*, gebruiker_id: int, soort: Afmelding.Soort) -> None:
    """Send this user mail of this kind again, from the next one on. Twice is the same as once."""
    Afmelding.objects.filter(gebruiker_id=gebruiker_id, soort=soort).delete()


def wek_post() -> None:
    """Ask a worker to look in the outbox after commit. When the broker is down, the next sweep finds the mail."""
    transaction.on_commit(partial(roep, verstuur_wachtende))
