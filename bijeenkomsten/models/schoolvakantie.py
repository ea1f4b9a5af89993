"""School holidays per region, as they were decided; the core team keeps the table."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from bijeenkomsten.schooljaar import EERSTE_JAAR, LAATSTE_JAAR, Schooljaar


class SchoolvakantieQuerySet(models.QuerySet):
    def rond(self, schooljaar: Schooljaar) -> SchoolvakantieQuerySet:
        """All that touch this school year; the end of the summer before it too."""
        eerste, na = schooljaar.eerste_dag, schooljaar.volgende.eerste_dag
        return self.filter(tot_en_met__gte=eerste, van__lt=na).order_by("van", "soort", "regio")

    def is_bekend(self, schooljaar: Schooljaar) -> bool:
        """Whether all five holidays of this year are known for all three regions."""
        aantal = self.filter(schooljaar=schooljaar.jaar).count()
        return aantal == len(Schoolvakantie.Soort) * len(Schoolvakantie.Regio)

    def bekende_jaren(self) -> list[Schooljaar]:
        """The school years that are known whole, in order."""
        geteld = Counter(self.values_list("schooljaar", flat=True))
        heel = len(Schoolvakantie.Soort) * len(Schoolvakantie.Regio)
        return [Schooljaar(jaar) for jaar in sorted(geteld) if geteld[jaar] == heel]


class Schoolvakantie(models.Model):
    """One holiday of one region in one school year.

    The law fixes Christmas, a week in May and the summer; for autumn and spring most schools follow the advice.
    """

    class Regio(models.TextChoices):
        NOORD = "noord", "Noord"
        MIDDEN = "midden", "Midden"
        ZUID = "zuid", "Zuid"

    class Soort(models.TextChoices):
        HERFST = "herfst", "Herfstvakantie"
        KERST = "kerst", "Kerstvakantie"
        VOORJAAR = "voorjaar", "Voorjaarsvakantie"
        MEI = "mei", "Meivakantie"
        ZOMER = "zomer", "Zomervakantie"

    schooljaar = models.PositiveSmallIntegerField(
        "schooljaar", validators=[MinValueValidator(EERSTE_JAAR), MaxValueValidator(LAATSTE_JAAR)]
    )
    soort = models.CharField("vakantie", max_length=10, choices=Soort)
    regio = models.CharField("regio", max_length=10, choices=Regio)
    van = models.DateField("eerste dag")
    tot_en_met = models.DateField("laatste dag")
    bron = models.CharField("waar staat dit?", max_length=200)

    objects = SchoolvakantieQuerySet.as_manager()

    class Meta:
        verbose_name = "schoolvakantie"
        verbose_name_plural = "schoolvakanties"
        constraints = [
            models.UniqueConstraint(fields=["schooljaar", "soort", "regio"], name="schoolvakantie_een_keer"),
            models.CheckConstraint(
                condition=Q(tot_en_met__gte=F("van")),
                name="schoolvakantie_eindigt_na_begin",
                violation_error_message="De laatste dag komt na de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(soort__in=["herfst", "kerst", "voorjaar", "mei", "zomer"]), name="schoolvakantie_soort"
            ),
            models.CheckConstraint(condition=Q(regio__in=["noord", "midden", "zuid"]), name="schoolvakantie_regio"),
        ]

    def __str__(self):
        return f"{self.get_soort_display()} {self.get_regio_display()} {self.schooljaar}"

    def is_op(self, dag: date) -> bool:
        return self.van <= dag <= self.tot_en_met
