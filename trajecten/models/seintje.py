"""A nudge for the young person or a parent who asked for one, and the private address of a counsellor's calendar.

Both have a secret link (`collectief.ondertekend`).
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from collectief.ondertekend import lees_token, onderteken
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_taak
from collectief.versleuteling import VersleuteldVeld
from trajecten.validators import niet_in_de_toekomst


def nieuwe_sleutel() -> str:
    return secrets.token_urlsafe(24)


class SeintjeQuerySet(models.QuerySet):
    def nu(self) -> SeintjeQuerySet:
        """The nudges that are still wanted."""
        return self.filter(gestopt_op=None)


class Seintje(models.Model):
    """Somebody who asked us to be nudged before contact: the young person, or a parent. Stopping is always possible."""

    class Voor(models.TextChoices):
        JONGERE = "jongere", "de jongere"
        OUDER = "ouder", "een ouder"

    ZOUT = "trajecten.seintje"
    TAAK = "seintje"  # what the database calls the sweep, and the visitor with a stop link

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="seintjes")
    voor = models.CharField("voor wie is het?", max_length=7, choices=Voor)
    adres = VersleuteldVeld("mailadres", null=True)
    sleutel = models.CharField(max_length=43, unique=True, default=nieuwe_sleutel, editable=False)
    gevraagd_op = models.DateField("gevraagd op", default=timezone.localdate, validators=[niet_in_de_toekomst])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gestopt_op = models.DateTimeField(null=True, editable=False)

    objects = SeintjeQuerySet.as_manager()

    class Meta:
        verbose_name = "seintje"
        verbose_name_plural = "seintjes"
        constraints = [
            models.CheckConstraint(
                condition=Q(gestopt_op=None) ^ Q(adres__isnull=True), name="seintje_stop_wist_adres"
            ),
            models.CheckConstraint(condition=Q(voor__in=["jongere", "ouder"]), name="seintje_bekende_voor"),
        ]
        indexes = [models.Index(fields=["traject"], condition=Q(gestopt_op=None), name="seintje_nu")]

    def __str__(self):
        return f"seintje voor {self.get_voor_display()}"

    @property
    def is_van_jongere(self) -> bool:
        return self.voor == self.Voor.JONGERE

    @property
    def token(self) -> str:
        return onderteken(self.sleutel, self.ZOUT)

    @classmethod
    def van_token(cls, token: str) -> Seintje | None:
        """The nudge that this stop link belongs to, looked up without a visitor who is signed in."""
        sleutel = lees_token(token, cls.ZOUT)
        with als_taak(cls.TAAK):
            return cls.objects.filter(sleutel=sleutel).first() if sleutel else None

    @transaction.atomic
    def stop(self) -> None:
        """Nudge no more: the address is erased, and mail that was not sent yet falls silent. Twice is once."""
        Seintje.objects.nu().filter(pk=self.pk).update(gestopt_op=timezone.now(), adres=None)
        eigen = Bericht.objects.filter(soort="seintje", sleutel__startswith=f"seintje:{self.pk}:")
        eigen.onderweg().zet_stil()


class Agendalink(models.Model):
    """The private address of one person's calendar of contact."""

    ZOUT = "trajecten.agenda"
    TAAK = "agenda"

    gebruiker = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+")
    sleutel = models.CharField(max_length=43, unique=True, default=nieuwe_sleutel)
    vernieuwd_op = models.DateTimeField(default=timezone.now)
    gestopt_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "agenda-adres"
        verbose_name_plural = "agenda-adressen"

    def __str__(self):
        return f"agenda-adres van {self.vernieuwd_op:%Y-%m-%d}"

    @property
    def token(self) -> str:
        return onderteken(self.sleutel, self.ZOUT)

    @classmethod
    def vernieuw(cls, gebruiker_id: int) -> None:
        """Give this user an address; the one she had is dead at once."""
        nieuw = {"sleutel": nieuwe_sleutel(), "vernieuwd_op": timezone.now(), "gestopt_op": None}
        cls.objects.update_or_create(gebruiker_id=gebruiker_id, defaults=nieuw)

    @classmethod
    def stop(cls, gebruiker_id: int) -> None:
        """Let the address of this user be dead, until she asks for another."""
        cls.objects.filter(gebruiker=gebruiker_id).update(sleutel=nieuwe_sleutel(), gestopt_op=timezone.now())

    @classmethod
    def van_token(cls, token: str) -> Agendalink | None:
        """The calendar that this address belongs to, looked up without a visitor who is signed in."""
        sleutel = lees_token(token, cls.ZOUT)
        with als_taak(cls.TAAK):
            levend = cls.objects.select_related("gebruiker").filter(gestopt_op=None, gebruiker__is_active=True)
            return levend.filter(sleutel=sleutel).first() if sleutel else None
