"""What a meeting is made of: its programme, its documents, and the people who prepare it or want to come."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from bijeenkomsten.models.bijeenkomst import LANGSTE_DUUR, Bijeenkomst
from bijeenkomsten.models.uitnodiging import Uitnodiging
from collectief.bestanden import lees
from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Initiatief

LANGSTE_DEEL = LANGSTE_DUUR // timedelta(minutes=1)


class ProgrammadeelQuerySet(models.QuerySet):
    def op_volgorde(self) -> ProgrammadeelQuerySet:
        return self.order_by("volgorde", "pk")

    def minuten(self) -> int:
        """How long all of it takes."""
        return self.aggregate(samen=Sum("minuten", default=0))["samen"]

    def met_tijden(self, begint_op: datetime) -> list[Programmadeel]:
        """In order, each with `van` and `tot`: the moments at which it begins and ends."""
        delen, moment = list(self.op_volgorde()), begint_op
        for deel in delen:
            deel.van, moment = moment, moment + timedelta(minutes=deel.minuten)
            deel.tot = moment
        return delen


class Programmadeel(models.Model):
    """One part of the programme, and how many minutes it takes."""

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="programma")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    titel = models.CharField("wat", max_length=120)
    minuten = models.PositiveSmallIntegerField(
        "minuten",
        validators=[
            MinValueValidator(1, "Een onderdeel duurt minstens 1 minuut."),
            MaxValueValidator(LANGSTE_DEEL, "Een onderdeel duurt hooguit 24 uur."),
        ],
    )
    wie = models.CharField("door wie", max_length=120, blank=True)

    objects = ProgrammadeelQuerySet.as_manager()

    class Meta:
        verbose_name = "onderdeel van het programma"
        verbose_name_plural = "onderdelen van het programma"
        indexes = [models.Index(fields=["bijeenkomst", "volgorde"], name="programmadeel_op_volgorde")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minuten__gte=1, minuten__lte=LANGSTE_DEEL),
                name="programmadeel_duurt_iets",
                violation_error_message="Een onderdeel duurt minstens 1 minuut en hooguit 24 uur.",
            )
        ]

    def __str__(self):
        return f"{self.titel} ({self.minuten} minuten)"


class DocumentQuerySet(models.QuerySet):
    def openbaar(self) -> DocumentQuerySet:
        """What everybody may read, of meetings that everybody may see."""
        openbaar = Bijeenkomst.objects.openbaar()
        return self.filter(voor=Document.Voor.IEDEREEN, bijeenkomst__in=openbaar)

    def zichtbaar_voor(self, gebruiker: Gebruiker) -> DocumentQuerySet:
        """What she may read because she is invited."""
        uitgenodigd = Uitnodiging.objects.voor(gebruiker).values("bijeenkomst")
        return self.voor_genodigden().filter(bijeenkomst__in=uitgenodigd)

    def voor_gast(self, token: str) -> DocumentQuerySet:
        """What a guest without an account may read, by the token of her link."""
        uitnodiging = Uitnodiging.objects.zichtbaar().filter(gebruiker=None, token=token)
        return self.voor_genodigden().filter(bijeenkomst__in=uitnodiging.values("bijeenkomst"))

    def voor_genodigden(self) -> DocumentQuerySet:
        return self.exclude(voor=Document.Voor.KERNTEAM)


class Document(models.Model):
    """A file with a meeting. The file itself is in the private storage, under a name that says nothing."""

    class Voor(models.TextChoices):
        IEDEREEN = "iedereen", "iedereen die de bijeenkomst ziet"
        GENODIGDEN = "genodigden", "wie is uitgenodigd"
        KERNTEAM = "kernteam", "alleen het kernteam"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="documenten")
    naam = models.CharField("naam", max_length=120)
    mediatype = models.CharField(max_length=100, editable=False)
    omvang = models.PositiveIntegerField(editable=False, help_text="In bytes.")
    voor = models.CharField("voor wie", max_length=12, choices=Voor, default=Voor.GENODIGDEN)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    toegevoegd_op = models.DateTimeField(default=timezone.now, editable=False)

    MAP = "documenten"

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        constraints = [
            models.CheckConstraint(
                condition=Q(voor__in=["iedereen", "genodigden", "kernteam"]), name="document_voor_wie"
            )
        ]

    def __str__(self):
        return self.naam

    @property
    def bestand(self) -> str:
        """The name of the file in the private storage."""
        return f"{self.MAP}/{self.pk}"

    def lees(self) -> bytes:
        """The content. Raises FileNotFoundError."""
        return lees(self.bestand)


class Voorbereider(models.Model):
    """Somebody of an initiative who helps to prepare a meeting."""

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="voorbereiders")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bereidt_voor")
    initiatief = models.ForeignKey(Initiatief, models.SET_NULL, null=True, blank=True, related_name="bereidt_voor")
    sinds = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "voorbereider"
        verbose_name_plural = "voorbereiders"
        constraints = [
            models.UniqueConstraint(fields=["bijeenkomst", "gebruiker"], name="voorbereider_een_keer"),
        ]

    def __str__(self):
        return f"{self.gebruiker} bereidt {self.bijeenkomst} voor"


class Belangstelling(models.Model):
    """Somebody who wants to hear of a meeting on a theme; she is invited with the group."""

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="belangstelling")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="belangstelling")
    sinds = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "belangstelling"
        verbose_name_plural = "belangstelling"
        constraints = [
            models.UniqueConstraint(fields=["bijeenkomst", "gebruiker"], name="belangstelling_een_keer"),
        ]

    def __str__(self):
        return f"{self.gebruiker} wil naar {self.bijeenkomst}"
