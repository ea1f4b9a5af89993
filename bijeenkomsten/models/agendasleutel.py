"""The private address of one person's own meetings, for her calendar program."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from collectief.ondertekend import lees_token, onderteken

ZOUT = "bijeenkomsten.agenda"


def nieuwe_sleutel() -> str:
    return secrets.token_urlsafe(24)


class Agendasleutel(models.Model):
    """Half of a secret address; the other half is our signature, so that who reads only this table cannot make one."""

    gebruiker = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    sleutel = models.CharField(max_length=43, unique=True, default=nieuwe_sleutel)
    vernieuwd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "sleutel van een agenda"
        verbose_name_plural = "sleutels van agenda's"

    def __str__(self):
        return f"sleutel van {self.vernieuwd_op:%Y-%m-%d}"

    @property
    def token(self) -> str:
        return onderteken(self.sleutel, ZOUT)

    @classmethod
    def vernieuw(cls, gebruiker_id: int) -> None:
        """Give this user an address; the one she had is dead at once."""
        nieuw = {"sleutel": nieuwe_sleutel(), "vernieuwd_op": timezone.now()}
        cls.objects.update_or_create(gebruiker_id=gebruiker_id, defaults=nieuw)

    @classmethod
    def stop(cls, gebruiker_id: int) -> None:
        """Let the address of this user be dead, until she asks for another."""
        cls.objects.filter(gebruiker=gebruiker_id).delete()

    @classmethod
    def van_token(cls, token: str) -> Agendasleutel | None:
        """Whose calendar this address is; None when it was renewed, or its owner may not sign in any more."""
        sleutel = lees_token(token, ZOUT)
        return cls.objects.select_related("gebruiker").filter(sleutel=sleutel, gebruiker__is_active=True).first()
