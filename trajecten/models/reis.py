"""The journey of the young person: booklets as they were chosen, and looking back once a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from trajecten.fases import Fase
from trajecten.models.traject import Traject, TrajectQuerySet
from trajecten.validators import geen_bsn

EEN_JAAR = timedelta(days=365)


class Reisboekje(models.Model):
    """A booklet that was kept. It can be printed again, word for word: what changed later does not change it."""

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="boekjes")
    nummer = models.PositiveIntegerField()
    titel = models.CharField("titel", max_length=80, validators=[geen_bsn])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "boekje van een reis"
        verbose_name_plural = "boekjes van een reis"
        constraints = [models.UniqueConstraint(fields=["traject", "nummer"], name="boekje_nummer")]

    def __str__(self):
        return self.titel

    @classmethod
    @transaction.atomic
    def bewaar(cls, traject: Traject, *, titel: str, bladen: Sequence[Reisblad], door: Gebruiker) -> Reisboekje:
        """Keep a booklet with these pieces, in this order."""
        Traject.objects.select_for_update().get(pk=traject.pk)
        nummer = traject.boekjes.count() + 1
        boekje = cls.objects.create(traject=traject, nummer=nummer, titel=titel, door=door)
        for volgorde, blad in enumerate(bladen, start=1):
            blad.traject, blad.boekje, blad.volgorde, blad.door = traject, boekje, volgorde, door
        Reisblad.objects.bulk_create(bladen)
        return boekje


class Reisblad(models.Model):
    """One piece of a booklet: a copy of the words, or of what a drawing is made of, as it was when chosen."""

    class Soort(models.TextChoices):
        WOORDEN = "woorden", "eigen woorden"
        MOMENT = "moment", "moment"
        STAP = "stap", "kleine stap"
        WEG = "weg", "de weg tot nu"
        WEER = "weer", "hoe het ging"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="reisbladen")
    boekje = models.ForeignKey(Reisboekje, models.PROTECT, related_name="bladen")
    volgorde = models.PositiveIntegerField()
    sleutel = models.CharField(max_length=60, help_text="Where it came from, as `moment:12`.")
    soort = models.CharField(max_length=10, choices=Soort)
    kop = models.CharField(max_length=200)
    tekst = models.TextField(blank=True)
    datum = models.DateField(null=True)
    gegevens = models.JSONField(default=list, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "stukje van een boekje"
        verbose_name_plural = "stukjes van een boekje"
        ordering = ["volgorde"]
        constraints = [models.UniqueConstraint(fields=["boekje", "volgorde"], name="reisblad_volgorde")]

    def __str__(self):
        return self.kop


class Terugblik(models.Model):
    """Looking back together without a booklet, or the wish not to. Either way it is not asked again for a year."""

    class Hoe(models.TextChoices):
        SAMEN = "samen", "samen teruggekeken"
        NU_NIET = "nu_niet", "nu niet"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="terugblikken")
    hoe = models.CharField(max_length=10, choices=Hoe)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "terugblik"
        verbose_name_plural = "terugblikken"
        indexes = [models.Index(fields=["traject", "-op"], name="terugblik_per_traject")]

    def __str__(self):
        return self.get_hoe_display()


def terugblik_gevraagd(trajecten: TrajectQuerySet, dag: date) -> TrajectQuerySet:
    """Of these, the running ones in the waakvlam for a year or longer, not looked back on in the year before `dag`."""
    grens = dag - EEN_JAAR
    boekje = Reisboekje.objects.filter(traject=OuterRef("pk"), op__date__gt=grens)
    terugblik = Terugblik.objects.filter(traject=OuterRef("pk"), op__date__gt=grens)
    return (
        trajecten.lopend()
        .with_fase()
        .filter(~Exists(boekje), ~Exists(terugblik), fase_nu=Fase.WAAKVLAM, fase_sinds__lte=grens)
    )
