"""Addresses for people without an account: signed, each for one purpose. GET on them shows, only POST does."""

from datetime import timedelta
from enum import StrEnum

from django.core import signing


class Doel(StrEnum):
    """What a link is for; one made for the one purpose is worth nothing for another."""

    CONCEPT = "aanmelding.concept"
    AANMELDING = "aanmelding.gesprek"
    VERSHEID = "bladzijde.versheid"


def maak_token(doel: Doel, sleutel: str) -> str:
    return signing.dumps(sleutel, salt=f"initiatieven.{doel}")


def lees_token(doel: Doel, token: str, *, hooguit: timedelta | None = None) -> str | None:
    """The key that was signed for this purpose; None when we did not make this token, or longer ago than `hooguit`."""
    try:
        return str(signing.loads(token, salt=f"initiatieven.{doel}", max_age=hooguit))
    except signing.BadSignature:
        return None
