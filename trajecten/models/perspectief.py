"""Chances and perspective: wishes, small steps and places to go on to. What stood there before stays to be read."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from trajecten.models.traject import Traject
from trajecten.validators import geen_bsn


class EerdereWens(models.Model):
    """A wish as it was, until somebody changed it. The wish of now stands in the trajectory."""

    class Onderdeel(models.TextChoices):
        WENSDROOM = "wensdroom", "wensdroom"
        WAT_WAARDEVOL_IS = "wat_waardevol_is", "wat waardevol is"
        INTERESSES = "interesses", "interesses"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="eerdere_wensen")
    onderdeel = models.CharField(max_length=20, choices=Onderdeel)
    tekst = models.TextField()
    tot_op = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "eerdere wens"
        verbose_name_plural = "eerdere wensen"
        indexes = [models.Index(fields=["traject", "-id"], name="eerdere_wens_per_traject")]

    def __str__(self):
        return f"{self.get_onderdeel_display()} tot {self.tot_op:%Y-%m-%d}"

    @classmethod
    @transaction.atomic
    def schrijf(cls, traject: Traject, wensen: Mapping[str, str], *, door: Gebruiker) -> None:
        """Write these wishes (by field) into the trajectory, on a locked row. Text that they replace is kept here."""
        nu = Traject.objects.select_for_update().get(pk=traject.pk)
        veranderd = {veld: tekst for veld, tekst in wensen.items() if getattr(nu, veld) != tekst}
        cls.objects.bulk_create(
            [
                cls(traject=nu, onderdeel=veld, tekst=getattr(nu, veld), door=door)
                for veld in veranderd
                if getattr(nu, veld)
            ]
        )
        if veranderd:
            Traject.objects.filter(pk=traject.pk).update(**veranderd)


class VersieQuerySet(models.QuerySet):
    def nu(self) -> VersieQuerySet:
        """Of each step or place how it is now: its last version."""
        return self.order_by("sleutel", "-id").distinct("sleutel")

    def open(self) -> VersieQuerySet:
        """Steps or places that are open now, oldest first."""
        zelfde = self.model.objects.filter(traject=OuterRef("traject"), sleutel=OuterRef("sleutel"))
        return self.filter(~Exists(zelfde.filter(id__gt=OuterRef("id"))), toestand="open").order_by("id")


class KleineStap(models.Model):
    """A small step as it was from one moment on. A change adds a version; the last one tells how it is now.

    Done or let go are equally good, and from both there is a way back to open.
    """

    class Toestand(models.TextChoices):
        OPEN = "open", "staat open"
        GEDAAN = "gedaan", "gedaan"
        LOSGELATEN = "losgelaten", "losgelaten"

    INHOUD = ("wat", "wie", "wanneer", "toestand")

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="kleine_stappen")
    sleutel = models.UUIDField(default=uuid.uuid4, editable=False)
    wat = models.CharField("wat is de stap?", max_length=200, validators=[geen_bsn])
    wie = models.CharField("wie doet het?", max_length=120, blank=True, validators=[geen_bsn])
    wanneer = models.DateField("wanneer?", null=True, blank=True)
    toestand = models.CharField(max_length=12, choices=Toestand, default=Toestand.OPEN)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "kleine stap"
        verbose_name_plural = "kleine stappen"
        indexes = [models.Index(fields=["traject", "sleutel", "-id"], name="stap_per_traject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(toestand__in=["open", "gedaan", "losgelaten"]), name="stap_bekende_toestand"
            )
        ]

    def __str__(self):
        return self.wat


class MogelijkePlek(models.Model):
    """A place where the young person might go on, as it was from one moment on. It may be let go, and come back."""

    class Soort(models.TextChoices):
        SCHOOL = "school", "school of opleiding"
        WERK = "werk", "werk of stage"
        INITIATIEF = "initiatief", "een ander initiatief"
        VRIJE_TIJD = "vrije_tijd", "vereniging of vrije tijd"
        WONEN = "wonen", "wonen"
        ANDERS = "anders", "iets anders"

    class Toestand(models.TextChoices):
        OPEN = "open", "misschien"
        LOSGELATEN = "losgelaten", "losgelaten"

    INHOUD = ("naam", "soort", "notitie", "toestand")

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="mogelijke_plekken")
    sleutel = models.UUIDField(default=uuid.uuid4, editable=False)
    naam = models.CharField("welke plek?", max_length=120, validators=[geen_bsn])
    soort = models.CharField("wat voor plek?", max_length=12, choices=Soort)
    notitie = models.TextField("wat weten jullie ervan?", max_length=2000, blank=True, validators=[geen_bsn])
    toestand = models.CharField(max_length=12, choices=Toestand, default=Toestand.OPEN)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersieQuerySet.as_manager()

    class Meta:
        verbose_name = "mogelijke vervolgplek"
        verbose_name_plural = "mogelijke vervolgplekken"
        indexes = [models.Index(fields=["traject", "sleutel", "-id"], name="plek_per_traject")]
        constraints = [
            models.CheckConstraint(condition=Q(toestand__in=["open", "losgelaten"]), name="plek_bekende_toestand")
        ]

    def __str__(self):
        return self.naam


def met_open_stappen(trajecten: models.QuerySet[Traject]) -> models.QuerySet[Traject]:
    """Annotate `stappen_nu`: what the small steps are that are open now."""
    stappen = KleineStap.objects.open().filter(traject=OuterRef("pk"))
    return trajecten.annotate(stappen_nu=ArraySubquery(stappen.values("wat")))


@transaction.atomic
def volgende_versie[V: (KleineStap, MogelijkePlek)](gezien: V, *, door: Gebruiker, **anders) -> V:
    """Add a version of a step or place with these things changed; when nothing differs, return the one of now.

    Made from the last version on a locked row: what somebody else changed meanwhile is kept.
    """
    Traject.objects.select_for_update().get(pk=gezien.traject_id)
    versies = type(gezien).objects
    nu = versies.filter(traject_id=gezien.traject_id, sleutel=gezien.sleutel).latest("id")
    inhoud = {veld: getattr(nu, veld) for veld in nu.INHOUD}
    if inhoud | anders == inhoud:
        return nu
    return versies.create(traject_id=nu.traject_id, sleutel=nu.sleutel, door=door, **(inhoud | anders))
