"""Stop links: whoever has the mail can stop its kind, without signing in."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from collectief.post.models import Afmelding

ZOUT = "post.afmelden"


def afmeldlink(soort: str, gebruiker_id: int | None) -> str:
    """The whole stop link of a mail of this kind to this user; empty when there is nothing to stop.

    What can be stopped goes by the name of its template.
    """
    if soort not in Afmelding.Soort or gebruiker_id is None:
        return ""
    token = signing.dumps([gebruiker_id, soort], salt=ZOUT)
    return settings.BASIS_URL + reverse("post:afmelden", args=[token])


def lees_token(token: str) -> tuple[int, Afmelding.Soort] | None:
    """Whom and what a stop link is about, or None when we did not make it."""
    try:
        gebruiker_id, soort = signing.loads(token, salt=ZOUT)
        return int(gebruiker_id), Afmelding.Soort(soort)
    except (signing.BadSignature, ValueError, TypeError):
        return None
