"""Counts without people: where a place is near, and what was looked for in vain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, models
from django.db.models import Q, Sum
from django.utils import timezone

from collectief.geo.models import Postcode
from collectief.geo.rd import Punt
from collectief.geo.velden import RDPunt

BEWAAR_MAANDEN = 24
MINSTENS = 5  # fewer searches than this in one area and month are shown to nobody
# Counts at the postcode itself or, for a name, at the postcode nearest to its point. In a fixed order, so that two
# processes that write at once wait for each other instead of for ever.
TEL = """
INSERT INTO kaart_zoekvraag (pc4, maand, aantal)
SELECT pc4, date_trunc('month', %s::date)::date, sum(keer)
FROM unnest(%s::text[]::point[], %s::int[]) AS gezocht (punt, keer),
     LATERAL (SELECT pc4 FROM geo_postcode ORDER BY rd <-> punt LIMIT 1) AS gebied
GROUP BY pc4 ORDER BY pc4
ON CONFLICT (pc4, maand) DO UPDATE SET aantal = kaart_zoekvraag.aantal + excluded.aantal
"""


@dataclass(frozen=True, slots=True)
class Zoekgebied:
    """How often was looked in vain around one postcode."""

    pc4: str
    plaats: str
    gemeente: str
    punt: Punt
    aantal: int


def _maand(dag: date, terug: int) -> date:
    """Return the first day of the month so many months before."""
    maanden = dag.year * 12 + dag.month - 1 - terug
    return date(maanden // 12, maanden % 12 + 1, 1)


class ZoekvraagQuerySet(models.QuerySet):
    def tel_samen(self, gezocht: Mapping[Punt, int]) -> None:
        """Count how often was looked in vain around each of these points (RD metres), in one statement."""
        punten = [RDPunt().get_prep_value(punt) for punt in gezocht]
        with connection.cursor() as cursor:
            cursor.execute(TEL, [timezone.localdate(), punten, list(gezocht.values())])

    def toonbaar(self) -> ZoekvraagQuerySet:
        """Only what so many people asked that it tells of nobody."""
        return self.filter(aantal__gte=MINSTENS)

    def laatste_jaar(self) -> ZoekvraagQuerySet:
        """This month and the eleven before it."""
        return self.filter(maand__gte=_maand(timezone.localdate(), 11))

    def oud(self) -> ZoekvraagQuerySet:
        """What is too long ago to plan with: more than two years."""
        return self.filter(maand__lt=_maand(timezone.localdate(), BEWAAR_MAANDEN))

    def per_gebied(self) -> list[Zoekgebied]:
        """Add up the months of these rows, most searched first. Months that may not be shown are left out before."""
        geteld = self.values("pc4").annotate(totaal=Sum("aantal")).order_by("-totaal", "pc4")
        aantallen = dict(geteld.values_list("pc4", "totaal"))
        gebieden = {postcode.pc4: postcode for postcode in Postcode.objects.filter(pc4__in=aantallen)}
        return [
            Zoekgebied(pc4, gebieden[pc4].plaats, gebieden[pc4].gemeente, gebieden[pc4].rd, aantal)
            for pc4, aantal in aantallen.items()
            if pc4 in gebieden
        ]


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


# Counted anew as a whole, because a question moves from one state to another.
TEL_VRAGEN = """
WITH vraag AS (
    SELECT id, gevonden, date_trunc('month', aangemaakt_op AT TIME ZONE 'Europe/Amsterdam')::date AS maand
    FROM kaart_contactverzoek
), plek AS (
    SELECT v.maand, p.stand, p.reden FROM kaart_contactplek p JOIN vraag v ON v.id = p.verzoek_id
), geteld AS (
    SELECT maand, 'gevraagd' AS soort, '' AS waarde, count(*) AS aantal FROM vraag GROUP BY maand
    UNION ALL SELECT maand, 'gevonden', gevonden, count(*) FROM vraag WHERE gevonden <> '' GROUP BY maand, gevonden
    UNION ALL SELECT maand, 'stand', stand, count(*) FROM plek GROUP BY maand, stand
    UNION ALL SELECT maand, 'reden', reden, count(*) FROM plek WHERE reden <> '' GROUP BY maand, reden
), weg AS (
    DELETE FROM kaart_contactcijfer c WHERE NOT EXISTS (
        SELECT FROM geteld g WHERE (g.maand, g.soort, g.waarde) = (c.maand, c.soort, c.waarde))
)
INSERT INTO kaart_contactcijfer (maand, soort, waarde, aantal) SELECT maand, soort, waarde, aantal FROM geteld
ON CONFLICT (maand, soort, waarde) DO UPDATE SET aantal = excluded.aantal
"""


class ContactcijferQuerySet(models.QuerySet):
    def tel_opnieuw(self) -> None:
        """Count what became of the questions of families. Call it as the task that may see them all."""
        with connection.cursor() as cursor:
            cursor.execute(TEL_VRAGEN)

    def laatste_jaar(self) -> dict[str, dict[str, int]]:
        """Return per kind what was counted in twelve months, most first; fewer than five are left out."""
        sinds = self.filter(maand__gte=_maand(timezone.localdate(), 11))
        geteld = sinds.values_list("soort", "waarde").annotate(totaal=Sum("aantal")).order_by("soort", "-totaal")
        cijfers: dict[str, dict[str, int]] = {soort: {} for soort in Contactcijfer.Soort.values}
        for soort, waarde, totaal in geteld.filter(totaal__gte=MINSTENS):
            cijfers[soort][waarde] = totaal
        return cijfers


class Contactcijfer(models.Model):
    """What became of the questions of families in one month: counts only, so that the core team may know."""

    class Soort(models.TextChoices):
        GEVRAAGD = "gevraagd", "vragen"
        GEVONDEN = "gevonden", "is er een plek gevonden?"
        STAND = "stand", "wat plekken antwoordden"
        REDEN = "reden", "waarom er nu geen plek was"

    maand = models.DateField()
    soort = models.CharField(max_length=8, choices=Soort)
    waarde = models.CharField(max_length=12, blank=True)
    aantal = models.PositiveIntegerField()

    objects = ContactcijferQuerySet.as_manager()

    class Meta:
        verbose_name = "contactcijfer"
        verbose_name_plural = "contactcijfers"
        constraints = [models.UniqueConstraint(fields=["maand", "soort", "waarde"], name="contactcijfer_een_keer")]

    def __str__(self):
        return f"{self.soort} {self.waarde} {self.maand:%Y-%m}: {self.aantal}"


class Dekking(models.Model):
    """How far the nearest place is, for every postcode, as worked out from one state of the directory."""

    versie = models.CharField(max_length=64, unique=True)  # of what it was worked out from
    berekend_op = models.DateTimeField(default=timezone.now)
    gegevens = models.JSONField()

    class Meta:
        verbose_name = "dekking"
        verbose_name_plural = "dekkingen"

    def __str__(self):
        return f"dekking van {self.berekend_op:%Y-%m-%d %H:%M}"
