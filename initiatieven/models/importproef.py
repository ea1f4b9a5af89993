"""A table of initiatives that was read and looked at, and not taken over yet."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

BEWAARD = timedelta(days=1)


class ImportproefQuerySet(models.QuerySet):
    def verlopen(self) -> ImportproefQuerySet:
        return self.filter(op__lt=timezone.now() - BEWAARD)


class Importproef(models.Model):
    """The rows of one file, between the trial run and taking them over; gone after that, or after a day."""

    bestandsnaam = models.CharField("bestand", max_length=200)
    kop = models.JSONField("kolommen")
    rijen = models.JSONField("rijen")
    zijn_lid = models.BooleanField("nieuwe initiatieven zijn al lid", default=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    objects = ImportproefQuerySet.as_manager()

    class Meta:
        verbose_name = "proef van een import"
        verbose_name_plural = "proeven van imports"

    def __str__(self):
        return self.bestandsnaam
