"""The directory: initiatives, their places, and how one becomes a member."""

from django.db import models


class Initiatief(models.Model):
    """A small place for young people for whom school and care do not fit now."""

    class Lidmaatschap(models.TextChoices):
        GEEN = "geen", "geen lid"
        AANGEMELD = "aangemeld", "aangemeld"
        LID = "lid", "lid"
        AANDACHT = "aandacht", "lid, vraagt aandacht"
        GESTOPT = "gestopt", "gestopt"

    naam = models.CharField("naam", max_length=120)
    slug = models.SlugField("adres op de site", max_length=130, unique=True)
    lidmaatschap = models.CharField("lidmaatschap", max_length=10, choices=Lidmaatschap, default=Lidmaatschap.GEEN)

    class Meta:
        verbose_name = "initiatief"
        verbose_name_plural = "initiatieven"

    def __str__(self):
        return self.naam
