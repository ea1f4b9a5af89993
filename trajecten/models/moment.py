"""Moments: what is worth keeping, dated and signed."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from trajecten.validators import geen_bsn

MAX_TEKST = 20_000  # characters


def niet_in_de_toekomst(dag) -> None:
    if dag > timezone.localdate():
        raise ValidationError("Kies een datum tot en met vandaag.", code="toekomst")


def niet_te_lang(tekst: str) -> None:
    if len(tekst) > MAX_TEKST:
        raise ValidationError(
            f"Dit zijn {len(tekst)} tekens; in één moment passen er {MAX_TEKST}. Maak er twee van.", code="te_lang"
        )


class Moment(models.Model):
    """A dated note in a trajectory: a fact, an impression, somebody's own words, or a little light."""

    class Soort(models.TextChoices):
        FEIT = "feit", "feit"
        INDRUK = "indruk", "indruk"
        EIGEN_WOORDEN = "eigen_woorden", "eigen woorden"
        LICHTJE = "lichtje", "lichtje in de ogen"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="momenten")
    soort = models.CharField("wat voor moment", max_length=15, choices=Soort, default=Soort.INDRUK)
    datum = models.DateField("wanneer", default=timezone.localdate, validators=[niet_in_de_toekomst])
    tekst = models.TextField("wat wil je bewaren?", validators=[niet_te_lang, geen_bsn])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "moment"
        verbose_name_plural = "momenten"
        indexes = [models.Index(fields=["traject", "-datum", "-id"], name="moment_per_traject")]

    def __str__(self):
        return f"{self.get_soort_display()} op {self.datum}"


class Momentconcept(models.Model):
    """What somebody is typing: kept on the server until it becomes a moment."""

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="concepten")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tekst = models.TextField(blank=True, validators=[niet_te_lang, geen_bsn])
    bijgewerkt_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "concept van een moment"
        verbose_name_plural = "concepten van momenten"
        constraints = [models.UniqueConstraint(fields=["traject", "gebruiker"], name="concept_een_per_persoon")]

    def __str__(self):
        return f"concept van {self.bijgewerkt_op:%Y-%m-%d}"
