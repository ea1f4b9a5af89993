"""Drafts: what somebody is typing, which only she reads. Of another is known that she writes, and never what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, models

from collectief.voorbereid import voorbereide_cursor
from trajecten.models.moment import niet_te_lang
from trajecten.validators import geen_bsn

GOOI_WEG = "DELETE FROM trajecten_momentconcept WHERE traject_id = %s AND gebruiker_id = %s"


class MomentconceptQuerySet(models.QuerySet):
    @staticmethod
    def gooi_weg(*, traject: uuid.UUID, gebruiker: int) -> None:
        """Take away what this user was typing here, if anything. Each moment that is kept does so: written out."""
        with voorbereide_cursor() as cursor:
            cursor.execute(GOOI_WEG, [traject, gebruiker])


class Momentconcept(models.Model):
    """What somebody is typing: kept on the server until it becomes a moment."""

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="concepten")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tekst = models.TextField(blank=True, validators=[niet_te_lang, geen_bsn])
    keuzes = models.JSONField(default=dict, blank=True)
    bijgewerkt_op = models.DateTimeField(auto_now=True)

    objects = MomentconceptQuerySet.as_manager()

    class Meta:
        verbose_name = "concept van een moment"
        verbose_name_plural = "concepten van momenten"
        constraints = [models.UniqueConstraint(fields=["traject", "gebruiker"], name="concept_een_per_persoon")]

    def __str__(self):
        return f"concept van {self.bijgewerkt_op:%Y-%m-%d}"


@dataclass(frozen=True)
class OpenConcept:
    """That somebody still writes, and since when; never what. `kan_erbij`: she can still finish it herself."""

    traject_id: uuid.UUID
    gebruiker_id: int
    naam: str
    sinds: datetime
    kan_erbij: bool


def wie_schrijft_nog(trajecten: Iterable[uuid.UUID]) -> list[OpenConcept]:
    """Whose drafts lie with these trajectories, of those that the user of this transaction may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wie_schrijft_nog(%s)", [list(trajecten)])
        return [OpenConcept(*rij) for rij in cursor.fetchall()]
