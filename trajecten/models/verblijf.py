"""Stays in a phase: together they are the history of a trajectory."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from trajecten.fases import Fase, Stap
from trajecten.validators import geen_bsn

TERUG_TE_NEMEN = timedelta(hours=24)


class FaseVerblijfQuerySet(models.QuerySet):
    def geldig(self) -> FaseVerblijfQuerySet:
        """The stays that happened; without steps that were taken back."""
        return self.filter(teruggenomen_op=None)


class FaseVerblijf(models.Model):
    """A stay in one phase. The stays together are the history; the open one is the present.

    A stay is never edited: the application may only fill in when it ended. Whoever set a step by mistake takes it back
    within a day: the stay keeps its words, is marked as taken back and lasts no time, and the stay before goes on. A
    trigger holds the application to that.
    """

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="verblijven")
    volgnummer = models.PositiveIntegerField()
    fase = models.CharField(max_length=12, choices=Fase)
    stap = models.CharField(max_length=15, choices=Stap)
    van = models.DateField()
    tot = models.DateField(null=True)
    toelichting = models.TextField("toelichting", blank=True, max_length=4000, validators=[geen_bsn])
    woorden_van_jongere = models.TextField(
        "in de woorden van de jongere", blank=True, max_length=4000, validators=[geen_bsn]
    )
    deur_staat_open = models.BooleanField(default=False, help_text="Aftercare without agreements, chosen as such.")
    gevolgen = models.JSONField(default=dict, help_text="Numbers of what changed with this step, to take it back.")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    teruggenomen_op = models.DateTimeField(null=True, editable=False)

    objects = FaseVerblijfQuerySet.as_manager()

    class Meta:
        verbose_name = "verblijf in een fase"
        verbose_name_plural = "verblijven in een fase"
        ordering = ["volgnummer"]
        constraints = [
            models.UniqueConstraint(fields=["traject", "volgnummer"], name="verblijf_volgorde"),
            models.UniqueConstraint(fields=["traject"], condition=Q(tot=None), name="verblijf_een_open"),
            models.CheckConstraint(condition=Q(tot=None) | Q(tot__gte=F("van")), name="verblijf_eindigt_na_begin"),
            models.CheckConstraint(condition=Q(fase__in=Fase.values), name="verblijf_bekende_fase"),
            models.CheckConstraint(
                condition=Q(teruggenomen_op=None) | Q(tot=F("van"), volgnummer__gt=1), name="verblijf_terug_duurt_niets"
            ),
            ExclusionConstraint(
                name="verblijf_zonder_overlap",
                expressions=[
                    ("traject", RangeOperators.EQUAL),
                    (Func("van", "tot", function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.get_fase_display()} vanaf {self.van}"

    @property
    def fase_kort(self) -> str:
        return Fase(self.fase).kort

    @property
    def al_verplaatst(self) -> str:
        """What to tell whoever decided on an earlier stay."""
        return f"Intussen is dit traject al verplaatst, naar: {self.get_fase_display()}."

    def is_terug_te_nemen_door(self, gebruiker: Gebruiker) -> bool:
        """The last step, by who set it, for a day; a beginning is not a step."""
        is_vers = self.aangemaakt_op > timezone.now() - TERUG_TE_NEMEN
        return self.tot is None and self.volgnummer > 1 and self.door_id == gebruiker.pk and is_vers
