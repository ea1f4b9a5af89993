"""The mail address at which one guest answers: her own, so that nobody answers for another.

A calendar program sends its reply to the ORGANIZER of the invitation. That address is different for every guest, with a
mark in it that only we can make; who does not have the mail cannot answer for her.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

ZOUT = "bijeenkomsten.antwoordadres"
# Small letters and digits only: mail servers on the way may change capitals.
VORM = re.compile(r"\+u([0-9]{1,18})-([0-9a-f]{20})@", re.ASCII)


def leest_antwoorden() -> bool:
    """Whether there is a mailbox that we read; without one an invitation may not ask for a reply by calendar."""
    return bool(settings.ANTWOORD_ADRES and (settings.ANTWOORD_IMAP or settings.ANTWOORD_MAP))


def kenmerk(pk: int, token: str) -> str:
    """The mark of one invitation; a new token makes the old address dead."""
    return salted_hmac(ZOUT, f"{pk}:{token}", algorithm="sha256").hexdigest()[:20]


def adres_voor(pk: int, token: str) -> str:
    """The address of this invitation, or nothing when answers by mail are not read."""
    if not leest_antwoorden():
        return ""
    naam, _, domein = settings.ANTWOORD_ADRES.rpartition("@")
    return f"{naam}+u{pk}-{kenmerk(pk, token)}@{domein}"


def gelezen(adres: str) -> tuple[int, str] | None:
    """The invitation and the mark that an address speaks of, unproven; None when it is none of ours."""
    gevonden = VORM.search(adres.lower())
    return (int(gevonden[1]), gevonden[2]) if gevonden else None


def klopt(pk: int, token: str, gegeven: str) -> bool:
    """Whether we made this mark for this invitation."""
    return constant_time_compare(kenmerk(pk, token), gegeven)
