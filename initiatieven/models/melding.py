"""Somebody saw that something on a public page is not right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from initiatieven.models.initiatief import Initiatief


class BladzijdemeldingQuerySet(models.QuerySet):
    def open(self) -> BladzijdemeldingQuerySet:
        """What nobody did anything with yet, the oldest first."""
        return self.filter(afgehandeld_op=None).order_by("op", "pk")


class Bladzijdemelding(models.Model):
    """A report about a public page, by anybody. Her address is gone as soon as she heard what was done."""

    class Wat(models.TextChoices):
        CONTACT = "contact", "telefoon, mail of website klopt niet"
        WAAR = "waar", "het adres klopt niet"
        PLEK = "plek", "of er plek is klopt niet"
        GESTOPT = "gestopt", "deze plek is gestopt"
        ANDERS = "anders", "iets anders"

    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="meldingen")
    wat = models.CharField("wat klopt er niet?", max_length=10, choices=Wat)
    tekst = models.TextField("wat weet je ervan?", max_length=1000, blank=True)
    email = models.EmailField("je e-mailadres", blank=True)
    op = models.DateTimeField(default=timezone.now)
    antwoord = models.TextField("wat is ermee gedaan?", max_length=1000, blank=True)
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BladzijdemeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "melding over een bladzijde"
        verbose_name_plural = "meldingen over bladzijden"
        constraints = [
            models.CheckConstraint(
                condition=Q(afgehandeld_op=None, afgehandeld_door=None, antwoord="")
                | Q(afgehandeld_op__isnull=False, afgehandeld_door__isnull=False, email="") & ~Q(antwoord=""),
                name="bladzijdemelding_afgehandeld_met_antwoord",
                violation_error_message="Schrijf op wat je ermee deed.",
            ),
        ]
        indexes = [
            models.Index(fields=["op"], condition=Q(afgehandeld_op=None), name="bladzijdemelding_open"),
        ]

    def __str__(self):
        return f"{self.get_wat_display()}: {self.initiatief}"
