"""A weighty change to a public page: proposed by its staff, decided by an admin."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from initiatieven.models.initiatief import Initiatief
from initiatieven.models.plekken import Locatie
from initiatieven.zwaarte import LOCATIEVELDEN, VELDEN, Onderdeel, Wijzigingsstand


class BladzijdewijzigingQuerySet(models.QuerySet):
    def wachtend(self) -> BladzijdewijzigingQuerySet:
        """What an admin still has to look at, the oldest first."""
        return self.filter(stand=Wijzigingsstand.WACHT).order_by("op", "pk")


class Bladzijdewijziging(models.Model):
    """What one part of a page was and would become. Until an admin decides, the public sees what it was.

    `oud` and `nieuw` hold values by field; without `nieuw` a place is taken away, without `locatie` it is a new one.
    """

    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="wijzigingen")
    onderdeel = models.CharField("onderdeel", max_length=10, choices=Onderdeel)
    locatie = models.ForeignKey(Locatie, models.SET_NULL, null=True, blank=True, related_name="wijzigingen")
    oud = models.JSONField("was", null=True)
    nieuw = models.JSONField("wordt", null=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField("voorgesteld op", default=timezone.now)
    stand = models.CharField("stand", max_length=20, choices=Wijzigingsstand, default=Wijzigingsstand.WACHT)
    beslist_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    beslist_op = models.DateTimeField("beslist op", null=True, blank=True)
    waarom = models.TextField("waarom", max_length=1000, blank=True)

    objects = BladzijdewijzigingQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(stand="wacht", beslist_op=None, beslist_door=None)
                | ~Q(stand="wacht") & Q(beslist_op__isnull=False, beslist_door__isnull=False),
                name="bladzijdewijziging_beslist_door_iemand",
                violation_error_message="Van een besluit over een wijziging is bekend wie het nam en wanneer.",
            ),
            models.CheckConstraint(
                condition=~Q(stand__in=["doorgevoerd", "niet_doorgevoerd"]) | ~Q(beslist_door=F("door")),
                name="bladzijdewijziging_beslist_door_een_ander",
                violation_error_message="Wie een wijziging voorstelde, beslist er niet zelf over.",
            ),
            models.CheckConstraint(
                condition=~Q(stand="niet_doorgevoerd") | ~Q(waarom=""),
                name="bladzijdewijziging_afgewezen_met_reden",
                violation_error_message="Schrijf op waarom je de wijziging niet doorvoert.",
            ),
            models.CheckConstraint(
                condition=Q(onderdeel="plek") | Q(locatie=None, oud__isnull=False, nieuw__isnull=False),
                name="bladzijdewijziging_past_bij_onderdeel",
            ),
            models.UniqueConstraint(
                fields=["initiatief", "onderdeel"],
                condition=Q(stand="wacht") & ~Q(onderdeel="plek"),
                name="bladzijdewijziging_een_wacht_per_onderdeel",
            ),
            models.UniqueConstraint(
                fields=["locatie"],
                condition=Q(stand="wacht", locatie__isnull=False),
                name="bladzijdewijziging_een_wacht_per_plek",
            ),
        ]
        indexes = [models.Index(fields=["op"], condition=Q(stand="wacht"), name="bladzijdewijziging_wacht")]

    def __str__(self):
        return f"{self.get_onderdeel_display()} van {self.initiatief}"

    @property
    def regels(self) -> list[tuple[str, str, str]]:
        """The comparison field by field, in words: label, was, would become. Only what differs."""
        model, velden = (Locatie, LOCATIEVELDEN) if self.onderdeel == Onderdeel.PLEK else (Initiatief, None)
        oud, nieuw = self.oud or {}, self.nieuw or {}
        return [
            (model._meta.get_field(veld).verbose_name, _in_woorden(model, veld, oud), _in_woorden(model, veld, nieuw))
            for veld in velden or VELDEN[Onderdeel(self.onderdeel)]
            if oud.get(veld) != nieuw.get(veld)
        ]


def _in_woorden(model: type[models.Model], veld: str, waarden: dict) -> str:
    """A value as people read it; an empty string when there is none."""
    waarde = waarden.get(veld)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    keuzes = dict(model._meta.get_field(veld).flatchoices)
    return "" if waarde is None else str(keuzes.get(waarde, waarde))
