"""The one outbox: everything that is mailed is first a row here.

A row is written in the same transaction as the event that causes it, under a unique key; a worker claims
it with a lease, hands it to the mail server and notes that. Celery only says "look in the outbox".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

WACHTTIJDEN = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]  # back-off after a passing failure


class BerichtQuerySet(models.QuerySet):
    def te_versturen(self, nu: datetime) -> BerichtQuerySet:
        """Messages whose turn it is: waiting and due, or claimed by a worker that did not come back."""
        return self.filter(
            Q(toestand=Bericht.Toestand.WACHT, versturen_vanaf__lte=nu)
            | Q(toestand=Bericht.Toestand.BEZIG, pacht_tot__lt=nu)
        )

    def neem(self, aantal: int) -> list[Bericht]:
        """Claim up to `aantal` messages for this worker, oldest first. Two workers never claim the same one."""
        nu = timezone.now()
        with transaction.atomic():
            rijen = list(
                self.te_versturen(nu)
                .select_related("aan")
                .order_by("versturen_vanaf", "pk")
                .select_for_update(skip_locked=True, of=("self",))[:aantal]
            )
            self.filter(pk__in=[rij.pk for rij in rijen]).update(
                toestand=Bericht.Toestand.BEZIG, pacht_tot=nu + settings.POST_PACHT, pogingen=F("pogingen") + 1
            )
        for rij in rijen:
            rij.toestand, rij.pacht_tot, rij.pogingen = (
                Bericht.Toestand.BEZIG,
                nu + settings.POST_PACHT,
                rij.pogingen + 1,
            )
        return rijen

    def laat_vervallen(self, groepen: Iterable[str]) -> int:
        """Silence the messages of these groups that were not handed to the mail server yet."""
        return self.filter(
            groep__in=list(groepen), toestand__in=[Bericht.Toestand.WACHT, Bericht.Toestand.BEZIG]
        ).update(toestand=Bericht.Toestand.VERVALLEN, pacht_tot=None)


class Bericht(models.Model):
    """One mail to one person: waiting, being sent, sent, undeliverable or no longer needed."""

    class Toestand(models.TextChoices):
        WACHT = "wacht", "wacht"
        BEZIG = "bezig", "wordt verstuurd"
        VERSTUURD = "verstuurd", "verstuurd"
        ONBESTELBAAR = "onbestelbaar", "onbestelbaar"
        VERVALLEN = "vervallen", "niet meer nodig"

    sleutel = models.CharField(max_length=200, unique=True, help_text="What this mail is about; at most one per key.")
    groep = models.CharField(max_length=200, blank=True, help_text="What falls silent together.")
    soort = models.SlugField(max_length=60, help_text="Name of the template in templates/post/.")
    aan = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="berichten")
    aan_adres = models.EmailField(blank=True, help_text="For someone without an account.")
    pad = models.CharField(max_length=300, blank=True, help_text="Where the link in the mail leads, below BASIS_URL.")
    gegevens = models.JSONField(default=dict, blank=True, help_text="Words for the template; never case data.")
    toestand = models.CharField(max_length=12, choices=Toestand, default=Toestand.WACHT)
    versturen_vanaf = models.DateTimeField(default=timezone.now)
    pogingen = models.PositiveSmallIntegerField(default=0)
    pacht_tot = models.DateTimeField(null=True)
    aangeboden_op = models.DateTimeField(null=True, help_text="Last hand-over that was begun.")
    verstuurd_op = models.DateTimeField(null=True)
    fout = models.CharField(max_length=200, blank=True, help_text="Why it failed, without addresses.")
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.CheckConstraint(
                condition=Q(aan__isnull=False) ^ ~Q(aan_adres=""), name="bericht_heeft_een_ontvanger"
            ),
        ]
        indexes = [
            models.Index(fields=["versturen_vanaf", "id"], condition=Q(toestand="wacht"), name="bericht_wacht"),
            models.Index(
                fields=["groep"], condition=Q(toestand__in=["wacht", "bezig"]) & ~Q(groep=""), name="bericht_groep"
            ),
            models.Index(fields=["pacht_tot"], condition=Q(toestand="bezig"), name="bericht_bezig"),
        ]

    def __str__(self):
        return self.sleutel

    @property
    def adres(self) -> str:
        return self.aan.email if self.aan else self.aan_adres

    @property
    def message_id(self) -> str:
        """A Message-ID that is the same at every attempt, so that a receiver can drop a second copy."""
        domein = settings.BASIS_URL.split("//")[-1].split(":")[0].split("/")[0]
        return f"<bericht-{self.pk}@{domein}>"

    def bied_aan(self) -> bool:
        """Say that this worker hands the message over now, and renew its lease.

        False when the message fell silent, or another worker took it over after the lease ran out.
        """
        verlengd = timezone.now() + settings.POST_PACHT
        eigen = Bericht.objects.filter(pk=self.pk, toestand=self.Toestand.BEZIG, pacht_tot=self.pacht_tot)
        if not eigen.update(pacht_tot=verlengd, aangeboden_op=timezone.now()):
            return False
        self.pacht_tot = verlengd
        return True

    def noteer_verstuurd(self) -> None:
        """Note that the mail server took it. Rendered text, which may hold a secret link, is erased."""
        Bericht.objects.filter(pk=self.pk).update(
            toestand=self.Toestand.VERSTUURD,
            verstuurd_op=timezone.now(),
            pacht_tot=None,
            fout="",
            gegevens=self._gegevens_na_afloop,
        )

    @property
    def _gegevens_na_afloop(self) -> dict:
        return {} if self.soort == "tekst" else self.gegevens

    def noteer_later(self, fout: str) -> None:
        """Try again later, slower each time; after the last waiting time it is undeliverable."""
        if self.pogingen > len(WACHTTIJDEN):
            self.noteer_onbestelbaar(fout)
            return
        Bericht.objects.filter(pk=self.pk, toestand=self.Toestand.BEZIG).update(
            toestand=self.Toestand.WACHT,
            versturen_vanaf=timezone.now() + WACHTTIJDEN[self.pogingen - 1],
            pacht_tot=None,
            fout=fout[:200],
        )

    def noteer_onbestelbaar(self, fout: str) -> None:
        """Note that it will never arrive. Rendered text is erased here too."""
        Bericht.objects.filter(pk=self.pk, toestand=self.Toestand.BEZIG).update(
            toestand=self.Toestand.ONBESTELBAAR,
            pacht_tot=None,
            fout=fout[:200],
            gegevens=self._gegevens_na_afloop,
        )


class Hartslag(models.Model):
    """When the worker and the beat were last seen alive."""

    naam = models.CharField(max_length=20, primary_key=True)
    gezien_op = models.DateTimeField()

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self):
        return self.naam
