"""All that is said around an application: words, times to meet, what members know, and who read it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from initiatieven.lidmaatschap import Toestand
from initiatieven.models.aanmelding import Aanmelding
from initiatieven.models.initiatief import Initiatief
from initiatieven.permissions import eigen_initiatieven


class AanmeldingBericht(models.Model):
    """Something that was written: to the applicant, by the applicant, or a note among admins. Never changed."""

    class Soort(models.TextChoices):
        VRAAG = "vraag", "bericht van ons"
        ANTWOORD = "antwoord", "bericht van de aanmelder"
        NOTITIE = "notitie", "notitie, alleen voor beheerders"

    aanmelding = models.ForeignKey(Aanmelding, models.CASCADE, related_name="berichten")
    soort = models.CharField("soort", max_length=8, choices=Soort)
    tekst = models.TextField("tekst", max_length=4000)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "bericht bij een aanmelding"
        verbose_name_plural = "berichten bij een aanmelding"
        ordering = ["op", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort="antwoord", door=None) | Q(soort__in=["vraag", "notitie"], door__isnull=False),
                name="aanmeldingbericht_van_wie",
            ),
            models.CheckConstraint(
                condition=~Q(tekst=""), name="aanmeldingbericht_heeft_tekst", violation_error_message="Schrijf iets op."
            ),
        ]
        triggers = [pgtrigger.Protect(name="blijft_staan", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.get_soort_display()} op {self.op:%d-%m-%Y}"


class GespreksmomentQuerySet(models.QuerySet):
    def te_kiezen(self) -> GespreksmomentQuerySet:
        """Times that can still be chosen: they are to come."""
        return self.filter(begint_op__gt=timezone.now(), gekozen_op=None).order_by("begint_op")

    def gekozen(self) -> GespreksmomentQuerySet:
        return self.filter(gekozen_op__isnull=False)


class Gespreksmoment(models.Model):
    """A time at which an admin can have the introduction call; the applicant chooses one."""

    aanmelding = models.ForeignKey(Aanmelding, models.CASCADE, related_name="gespreksmomenten")
    begint_op = models.DateTimeField("begint op")
    minuten = models.PositiveSmallIntegerField("minuten", default=45)
    hoe = models.CharField("hoe", max_length=200, help_text="Een telefoonnummer, een link of een adres.")
    aangeboden_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gekozen_op = models.DateTimeField("gekozen op", null=True, blank=True)

    objects = GespreksmomentQuerySet.as_manager()

    class Meta:
        verbose_name = "moment voor een gesprek"
        verbose_name_plural = "momenten voor een gesprek"
        ordering = ["begint_op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding", "begint_op"],
                name="gespreksmoment_een_keer",
                violation_error_message="Dit moment staat er al.",
            ),
            models.UniqueConstraint(
                fields=["aanmelding"],
                condition=Q(gekozen_op__isnull=False),
                name="gespreksmoment_een_gekozen",
                violation_error_message="Er is al een moment gekozen.",
            ),
            models.CheckConstraint(condition=Q(minuten__range=(10, 240)), name="gespreksmoment_duur"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.begint_op):%d-%m-%Y %H:%M}"

    @property
    def eindigt_op(self) -> datetime:
        return self.begint_op + timedelta(minutes=self.minuten)


class ReferentieQuerySet(models.QuerySet):
    def gevraagd_aan(self, gebruiker: Gebruiker) -> ReferentieQuerySet:
        """What the initiatives of this user were asked, while it can still be answered."""
        return self.filter(
            initiatief__in=eigen_initiatieven(gebruiker),
            aanmelding__toestand__in=[Toestand.INGEDIEND, Toestand.KENNISMAKING],
        )


class Referentie(models.Model):
    """What a member knows of an applicant, when an admin asked for it."""

    aanmelding = models.ForeignKey(Aanmelding, models.CASCADE, related_name="referenties")
    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="referenties")
    gevraagd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gevraagd_op = models.DateTimeField(default=timezone.now)
    tekst = models.TextField("wat je van hen weet", max_length=3000, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    op = models.DateTimeField(null=True, blank=True)

    objects = ReferentieQuerySet.as_manager()

    class Meta:
        verbose_name = "referentie"
        verbose_name_plural = "referenties"
        ordering = ["gevraagd_op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding", "initiatief"],
                name="referentie_een_keer_gevraagd",
                violation_error_message="Dit initiatief is al gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(tekst="", door=None, op=None) | Q(door__isnull=False, op__isnull=False) & ~Q(tekst=""),
                name="referentie_met_naam",
                violation_error_message="Een referentie heeft een tekst, een naam en een datum.",
            ),
        ]

    def __str__(self):
        return f"{self.initiatief} over {self.aanmelding}"


class AanmeldingLezingQuerySet(models.QuerySet):
    def leest(self, aanmelding: Aanmelding, gebruiker) -> None:
        """Note that this admin has the whole application before her now."""
        self.bulk_create(
            [AanmeldingLezing(aanmelding=aanmelding, gebruiker=gebruiker)],
            update_conflicts=True,
            unique_fields=["aanmelding", "gebruiker"],
            update_fields=["op"],
        )

    def is_bij(self, aanmelding: Aanmelding, gebruiker) -> bool:
        """Tell whether this admin opened the application after the last thing that changed in it."""
        return self.filter(aanmelding=aanmelding, gebruiker=gebruiker, op__gte=F("aanmelding__veranderd_op")).exists()


class AanmeldingLezing(models.Model):
    """When an admin last opened an application: nobody decides on what she has not seen."""

    aanmelding = models.ForeignKey(Aanmelding, models.CASCADE, related_name="lezingen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    objects = AanmeldingLezingQuerySet.as_manager()

    class Meta:
        verbose_name = "lezing van een aanmelding"
        verbose_name_plural = "lezingen van een aanmelding"
        constraints = [models.UniqueConstraint(fields=["aanmelding", "gebruiker"], name="lezing_een_per_beheerder")]

    def __str__(self):
        return f"{self.gebruiker} las {self.aanmelding}"
