"""The text of the approach that members stand for, in versions, and who endorsed which one."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from initiatieven.lidmaatschap import Jaarstand, jaarstand
from initiatieven.models.initiatief import Initiatief


class BenaderingQuerySet(models.QuerySet):
    def nu(self) -> Benadering | None:
        """The version that holds now."""
        return self.order_by("-versie").first()


class Benadering(models.Model):
    """One version of the approach, as it was read and endorsed. A new text is a new version."""

    versie = models.PositiveSmallIntegerField("versie", unique=True)
    tekst = models.TextField("tekst", max_length=6000)
    wat_anders = models.TextField("wat er anders is", max_length=1000, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    vastgesteld_op = models.DateTimeField("vastgesteld op", default=timezone.now)

    objects = BenaderingQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van de benadering"
        verbose_name_plural = "versies van de benadering"
        ordering = ["-versie"]
        triggers = [pgtrigger.Protect(name="blijft_staan", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"versie {self.versie}"


class OnderschrijvingQuerySet(models.QuerySet):
    def van_leden(self) -> OnderschrijvingQuerySet:
        return self.filter(initiatief__lidmaatschap__in=Initiatief.OPENBAAR)


class Onderschrijving(models.Model):
    """A member endorses a version of the approach: that it did, who said so and when."""

    benadering = models.ForeignKey(Benadering, models.PROTECT, related_name="onderschrijvingen")
    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="onderschrijvingen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    objects = OnderschrijvingQuerySet.as_manager()

    class Meta:
        verbose_name = "onderschrijving"
        verbose_name_plural = "onderschrijvingen"
        constraints = [
            models.UniqueConstraint(
                fields=["benadering", "initiatief"],
                name="onderschrijving_een_keer",
                violation_error_message="Dit initiatief heeft deze versie al onderschreven.",
            ),
        ]

    def __str__(self):
        return f"{self.initiatief} onderschrijft {self.benadering}"


class Jaarcheck(models.Model):
    """Once a year a member tells that it is still so; nobody is ever removed by silence."""

    class Bron(models.TextChoices):
        EIGEN = "eigen", "zelf opgegeven"
        PLATFORM = "platform", "geteld door het platform"

    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="jaarchecks")
    voor_datum = models.DateField("een jaar lid op")
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    aantal_jongeren = models.PositiveSmallIntegerField("aantal jongeren", null=True, blank=True)
    bron = models.CharField("waar dit getal vandaan komt", max_length=8, choices=Bron, blank=True)
    toelichting = models.TextField("toelichting", max_length=1000, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    op = models.DateTimeField("ingevuld op", null=True, blank=True)
    besproken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    besproken_op = models.DateTimeField("besproken op", null=True, blank=True)
    besproken_waarom = models.TextField("wat we afspraken", max_length=2000, blank=True)

    class Meta:
        verbose_name = "jaarlijkse check"
        verbose_name_plural = "jaarlijkse checks"
        ordering = ["-voor_datum"]
        constraints = [
            models.UniqueConstraint(fields=["initiatief", "voor_datum"], name="jaarcheck_een_keer_per_jaar"),
            models.CheckConstraint(
                condition=models.Q(op=None, door=None, aantal_jongeren=None, bron="")
                | models.Q(op__isnull=False, door__isnull=False, aantal_jongeren__isnull=False) & ~models.Q(bron=""),
                name="jaarcheck_met_naam_en_getal",
                violation_error_message="Een jaarcheck heeft een getal, een naam en een datum.",
            ),
            models.CheckConstraint(
                condition=models.Q(besproken_op=None, besproken_door=None, besproken_waarom="")
                | models.Q(besproken_op__isnull=False, besproken_door__isnull=False) & ~models.Q(besproken_waarom=""),
                name="jaarcheck_besproken_met_reden",
                violation_error_message="Schrijf op wat jullie afspraken.",
            ),
        ]

    def __str__(self):
        return f"{self.initiatief}, {self.voor_datum:%d-%m-%Y}"

    @property
    def stand(self) -> Jaarstand:
        return jaarstand(
            voor=self.voor_datum,
            aantal=self.aantal_jongeren,
            is_besproken=self.besproken_op is not None,
            vandaag=timezone.localdate(),
        )
