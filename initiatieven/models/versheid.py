"""How fresh a public page is: when we asked, who answered, and whom core team has to call."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from initiatieven.models.initiatief import Initiatief
from initiatieven.versheid import HOOGSTE, Antwoord, Bellen


class VersheidQuerySet(models.QuerySet):
    def te_vragen(self, dag: date) -> VersheidQuerySet:
        """Those whose turn it is to be asked about their page, the longest waiting first."""
        openbaar = self.filter(initiatief__lidmaatschap__in=Initiatief.OPENBAAR)
        return openbaar.filter(volgende_op__lte=dag, bellen_sinds=None).order_by("volgende_op", "pk")

    def te_bellen(self) -> VersheidQuerySet:
        """Whom core team has to call, the longest waiting first."""
        return self.filter(initiatief__lidmaatschap__in=Initiatief.OPENBAAR, bellen_sinds__isnull=False).order_by(
            F("bellen_weer_op").asc(nulls_first=True), "bellen_sinds", "pk"
        )


class Versheid(models.Model):
    """Where one initiative stands on the ladder of freshness. The rules stand in `initiatieven/versheid.py`."""

    initiatief = models.OneToOneField(Initiatief, models.CASCADE, primary_key=True, related_name="versheid")
    ronde = models.PositiveIntegerField(default=1, help_text="A link from an earlier round does nothing any more.")
    stiltes = models.PositiveSmallIntegerField("vragen zonder antwoord", default=0)
    gevraagd_op = models.DateField("laatst gevraagd op", null=True, blank=True)
    volgende_op = models.DateField("volgende vraag op")
    plekken_gevraagd_op = models.DateField("laatst naar plekken gevraagd op", null=True, blank=True)
    bellen_sinds = models.DateField("bellen sinds", null=True, blank=True)
    bellen_waarom = models.CharField("waarom bellen", max_length=10, choices=Bellen, blank=True)
    bellen_weer_op = models.DateField("weer bellen op", null=True, blank=True)

    objects = VersheidQuerySet.as_manager()

    class Meta:
        verbose_name = "versheid"
        verbose_name_plural = "versheid"
        constraints = [
            models.CheckConstraint(condition=Q(stiltes__lte=HOOGSTE), name="versheid_hoogste_trede"),
            models.CheckConstraint(
                condition=Q(bellen_sinds=None, bellen_waarom="", bellen_weer_op=None)
                | Q(bellen_sinds__isnull=False) & ~Q(bellen_waarom=""),
                name="versheid_bellen_met_reden",
            ),
        ]
        indexes = [
            models.Index(fields=["volgende_op"], name="versheid_volgende"),
            models.Index(fields=["bellen_sinds"], condition=Q(bellen_sinds__isnull=False), name="versheid_bellen"),
        ]

    def __str__(self):
        return f"versheid van {self.initiatief_id}"


class Bevestiging(models.Model):
    """Somebody said how it is with a page: by a link in a mail, on the page itself, or on the telephone."""

    class Weg(models.TextChoices):
        LINK = "link", "via de link in de mail"
        PAGINA = "pagina", "op de eigen bladzijde"
        TELEFOON = "telefoon", "aan de telefoon"

    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="bevestigingen")
    antwoord = models.CharField("antwoord", max_length=14, choices=Antwoord)
    weg = models.CharField("hoe", max_length=10, choices=Weg)
    notitie = models.CharField("notitie", max_length=500, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "bevestiging"
        verbose_name_plural = "bevestigingen"

    def __str__(self):
        return f"{self.get_antwoord_display()} op {self.op:%Y-%m-%d}"
