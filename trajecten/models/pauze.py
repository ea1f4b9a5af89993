"""A pause in aftercare, at the wish of the young person."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

LANGST = timedelta(days=184)  # six months, however long these are


class NazorgpauzeQuerySet(models.QuerySet):
    def op(self, dag: date) -> NazorgpauzeQuerySet:
        """Pauses that hold on this day; the last day is the one on which contact may begin again."""
        return self.filter(van__lte=dag, tot__gt=dag)

    def nog_niet_voorbij(self) -> NazorgpauzeQuerySet:
        return self.filter(tot__gt=timezone.localdate())


class Nazorgpauze(models.Model):
    """From a day until a day nobody asks anything; then comes one soft question."""

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="pauzes")
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = NazorgpauzeQuerySet.as_manager()

    class Meta:
        verbose_name = "pauze in de nazorg"
        verbose_name_plural = "pauzes in de nazorg"
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__gte=F("van"), tot__lte=F("van") + LANGST), name="nazorgpauze_hooguit_een_half_jaar"
            ),
            ExclusionConstraint(
                name="nazorgpauze_zonder_overlap",
                expressions=[
                    ("traject", RangeOperators.EQUAL),
                    (Func("van", "tot", function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"pauze tot {self.tot}"
