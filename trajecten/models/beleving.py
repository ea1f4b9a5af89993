"""How it goes, in the eyes of who is asked.

The four basic needs of the development-oriented approach of the collective (January 2024). An answer is the weather of
that day and words: it holds no number, so nothing can be added up or averaged. All of it may be left out.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from trajecten.validators import geen_bsn, niet_in_de_toekomst


class BelevingQuerySet(models.QuerySet):
    def laatste_per_stem(self, aantal: int) -> BelevingQuerySet:
        """The last `aantal` answers of everybody about each need, oldest first. Two parents are two voices."""
        eigen_stem = Case(When(stem=Beleving.Stem.BEGELEIDER, then=F("door_id")))
        stem = [F("traject_id"), F("behoefte"), F("stem"), F("ouder_id"), eigen_stem]
        nummer = Window(RowNumber(), partition_by=stem, order_by=["-datum", "-id"])
        return self.annotate(nummer=nummer).filter(nummer__lte=aantal).order_by("datum", "id")


class Beleving(models.Model):
    """One answer of one person about one basic need. It is never changed: a correction is a new answer."""

    class Behoefte(models.TextChoices):
        RELATIE = "relatie", "de mensen om je heen"
        AUTONOMIE = "autonomie", "zelf kiezen"
        COMPETENTIE = "competentie", "wat je kunt en leert"
        WELBEVINDEN = "welbevinden", "hoe je je voelt"

    class Weer(models.TextChoices):
        ONWEER = "onweer", "onweer"
        REGEN = "regen", "regen"
        WOLKEN = "wolken", "wolken"
        OPKLARING = "opklaring", "zon en wolken"
        ZON = "zon", "zon"

    class Stem(models.TextChoices):
        JONGERE = "jongere", "jongere"
        OUDER = "ouder", "ouder"
        BEGELEIDER = "begeleider", "begeleider"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="belevingen")
    behoefte = models.CharField("waarover", max_length=12, choices=Behoefte)
    stem = models.CharField("wie antwoordt?", max_length=10, choices=Stem)
    ouder = models.ForeignKey("trajecten.Betrokkene", models.PROTECT, null=True, blank=True, related_name="+")
    weer = models.CharField("hoe is dit nu voor jou?", max_length=10, choices=Weer, blank=True)
    woorden = models.TextField("in eigen woorden", blank=True, max_length=2000, validators=[geen_bsn])
    datum = models.DateField("wanneer", default=timezone.localdate, validators=[niet_in_de_toekomst])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = BelevingQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord op hoe het gaat"
        verbose_name_plural = "antwoorden op hoe het gaat"
        constraints = [
            models.CheckConstraint(condition=~Q(weer="") | ~Q(woorden=""), name="beleving_zegt_iets"),
            models.CheckConstraint(condition=Q(ouder=None) | Q(stem="ouder"), name="beleving_ouder_is_ouder"),
        ]
        indexes = [models.Index(fields=["traject", "-datum", "-id"], name="beleving_per_traject")]

    def __str__(self):
        return f"{self.get_behoefte_display()} op {self.datum}"

    @classmethod
    def noteer(cls, antwoorden: list[Beleving], *, traject, door: Gebruiker, stem: str, ouder, datum: date) -> None:
        """Keep what one person answered on one day; `door` is who writes it down, for herself or for that person."""
        for antwoord in antwoorden:
            antwoord.traject, antwoord.door = traject, door
            antwoord.stem, antwoord.ouder, antwoord.datum = stem, ouder, datum
        cls.objects.bulk_create(antwoorden)

    @property
    def stem_sleutel(self) -> tuple:
        """Whose voice this is: answers with the same key stand on one line."""
        eigen = self.door_id if self.stem == self.Stem.BEGELEIDER else None
        return self.stem, self.ouder_id, eigen

    def van_wie(self, roepnaam: str) -> str:
        """Say whose answer this is; `roepnaam` is that of the young person."""
        if self.stem == self.Stem.JONGERE:
            return roepnaam
        if self.stem == self.Stem.OUDER:
            return f"{self.ouder.noem} (ouder)" if self.ouder else "Een ouder"
        return f"{self.door.naam} (begeleider)"
