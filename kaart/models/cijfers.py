"""Counts without people: where a place is near, and what was looked for in vain."""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from collectief.geo.rd import Punt
from collectief.geo.velden import RDPunt

MINSTENS = 5  # fewer searches than this in one area and month are shown to nobody
# Counts at the postcode itself or, for a name, at the postcode nearest to its point.
TEL = """
INSERT INTO kaart_zoekvraag (pc4, maand, aantal)
SELECT pc4, date_trunc('month', %s::date)::date, 1 FROM geo_postcode ORDER BY rd <-> %s::point LIMIT 1
ON CONFLICT (pc4, maand) DO UPDATE SET aantal = kaart_zoekvraag.aantal + 1
"""


class ZoekvraagQuerySet(models.QuerySet):
    def tel(self, punt: Punt) -> None:
        """Count one search around this point (RD metres) that found nothing within reach."""
        with connection.cursor() as cursor:
            cursor.execute(TEL, [timezone.localdate(), RDPunt().get_prep_value(punt)])

    def toonbaar(self) -> ZoekvraagQuerySet:
        """Only what so many people asked that it tells of nobody."""
        return self.filter(aantal__gte=MINSTENS)


class Zoekvraag(models.Model):
    """How often in one month somebody looked around one postcode in vain. Nothing about who, or with which words."""

    pc4 = models.CharField("postcode", max_length=4)
    maand = models.DateField()  # its first day
    aantal = models.PositiveIntegerField(default=0)

    objects = ZoekvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "zoekvraag zonder antwoord"
        verbose_name_plural = "zoekvragen zonder antwoord"
        constraints = [
            models.UniqueConstraint(fields=["pc4", "maand"], name="zoekvraag_een_keer"),
            models.CheckConstraint(
                condition=Q(pc4__regex=r"^[1-9][0-9]{3}$", maand__day=1),
                name="zoekvraag_alleen_gebied_en_maand",
                violation_error_message="Een zoekvraag heeft vier cijfers en een maand.",
            ),
        ]

    def __str__(self):
        return f"{self.pc4} {self.maand:%Y-%m}: {self.aantal}"


class Dekking(models.Model):
    """How far the nearest place is, for every postcode, as worked out from one state of the directory."""

    versie = models.CharField(max_length=64, unique=True)  # of what it was worked out from
    berekend_op = models.DateTimeField(default=timezone.now)
    gegevens = models.JSONField()

    class Meta:
        verbose_name = "dekking"
        verbose_name_plural = "dekkingen"
        get_latest_by = "berekend_op"

    def __str__(self):
        return f"dekking van {self.berekend_op:%Y-%m-%d %H:%M}"
