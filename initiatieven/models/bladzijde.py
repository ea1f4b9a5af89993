"""What makes a public page more than facts: photos, stories, and the addresses it had before."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from initiatieven.models.initiatief import Initiatief

TAAL = "public.gids"  # the same words as the directory: without accents and endings
WOORDEN = SearchVector("titel", "tekst", config=TAAL)


class PlekfotoQuerySet(models.QuerySet):
    def openbaar(self) -> PlekfotoQuerySet:
        """Photos that everybody may see, of initiatives that everybody may see."""
        return self.filter(is_openbaar=True, initiatief__lidmaatschap__in=Initiatief.OPENBAAR)


class Plekfoto(models.Model):
    """A photo of a place. The picture is a file that we made ourselves (`collectief.beeld`); `id` is its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="fotos")
    alt = models.CharField("wat zie je op de foto?", max_length=200)
    breedte = models.PositiveSmallIntegerField()
    hoogte = models.PositiveSmallIntegerField()
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    is_openbaar = models.BooleanField("iedereen mag deze foto zien", default=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    MAP = "plekken"

    objects = PlekfotoQuerySet.as_manager()

    class Meta:
        verbose_name = "foto van een plek"
        verbose_name_plural = "foto's van plekken"
        ordering = ["volgorde", "aangemaakt_op", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alt=""),
                name="plekfoto_heeft_woorden",
                violation_error_message="Schrijf op wat er op de foto staat, voor wie hem niet kan zien.",
            ),
        ]

    def __str__(self):
        return self.alt

    @property
    def bestand(self) -> str:
        """Where the picture stands in the storage."""
        return f"{self.MAP}/{self.pk.hex[:2]}/{self.pk}.webp"


class PlekverhaalQuerySet(models.QuerySet):
    def openbaar(self) -> PlekverhaalQuerySet:
        """Stories that the place itself let out, of initiatives that everybody may see."""
        return self.filter(openbaar_op__isnull=False, initiatief__lidmaatschap__in=Initiatief.OPENBAAR)

    def vindbaar(self) -> PlekverhaalQuerySet:
        """Those of initiatives that search, list and map show."""
        return self.openbaar().filter(initiatief__is_vindbaar=True)

    def nieuwste_eerst(self) -> PlekverhaalQuerySet:
        """What was let out last comes first."""
        return self.order_by("-openbaar_op", "-pk")

    def nieuwste_per_plek(self) -> PlekverhaalQuerySet:
        """The last story that each initiative let out, newest first, with the initiative."""
        laatste = self.order_by("initiatief", "-openbaar_op", "-pk").distinct("initiatief")
        rijen = Plekverhaal.objects.filter(pk__in=laatste.values("pk"))
        return rijen.nieuwste_eerst().select_related("initiatief").fetch_mode(models.FETCH_RAISE)

    def zoek(self, tekst: str) -> PlekverhaalQuerySet:
        """Those with all of these words in their title or text, accents and endings aside. Uses the index."""
        return self.alias(woorden=WOORDEN).filter(woorden=SearchQuery(tekst, config=TAAL))

    def voorgesteld(self) -> PlekverhaalQuerySet:
        """Stories that still wait for a word of the place."""
        return self.filter(openbaar_op=None, afgewezen_op=None)


class Plekverhaal(models.Model):
    """A short story about a place, told by itself or by a visitor. The place decides whether it is public."""

    class Herkomst(models.TextChoices):
        PLEK = "plek", "verteld door de plek zelf"
        BEZOEK = "bezoek", "verteld na een bezoek"

    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="verhalen")
    titel = models.CharField("titel", max_length=120)
    tekst = models.TextField("verhaal", max_length=3000)
    foto = models.ForeignKey(Plekfoto, models.SET_NULL, null=True, blank=True, related_name="verhalen")
    herkomst = models.CharField("herkomst", max_length=10, choices=Herkomst, default=Herkomst.PLEK)
    bron = models.CharField("waar het vandaan komt", max_length=60, blank=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    openbaar_op = models.DateTimeField("openbaar sinds", null=True, blank=True)
    openbaar_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    afgewezen_op = models.DateTimeField("niet geplaatst op", null=True, blank=True)

    objects = PlekverhaalQuerySet.as_manager()

    class Meta:
        verbose_name = "verhaal over een plek"
        verbose_name_plural = "verhalen over plekken"
        ordering = ["-aangemaakt_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(titel="") & ~Q(tekst=""),
                name="plekverhaal_heeft_woorden",
                violation_error_message="Een verhaal heeft een titel en een tekst.",
            ),
            models.CheckConstraint(
                condition=Q(openbaar_op=None, openbaar_door=None)
                | Q(openbaar_op__isnull=False, openbaar_door__isnull=False, afgewezen_op=None),
                name="plekverhaal_openbaar_door_iemand",
                violation_error_message="Van een openbaar verhaal is bekend wie het openbaar maakte.",
            ),
            models.UniqueConstraint(
                fields=["initiatief", "bron"],
                condition=~Q(bron=""),
                name="plekverhaal_een_keer_per_bron",
                violation_error_message="Dit verhaal staat er al.",
            ),
        ]
        indexes = [GinIndex(WOORDEN, name="plekverhaal_op_woorden")]

    def __str__(self):
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("initiatieven:verhaal", args=[self.pk])

    @property
    def is_openbaar(self) -> bool:
        return self.openbaar_op is not None

    def begin(self, woorden: int) -> str:
        """The first words, for a page on which this is one of several."""
        return Truncator(self.tekst).words(woorden)


class OudAdres(models.Model):
    """An address that an initiative had before it was renamed; it still leads to its page."""

    slug = models.SlugField("oud adres", max_length=130, unique=True)
    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="oude_adressen")
    sinds = models.DateField("niet meer in gebruik sinds", default=timezone.localdate)

    class Meta:
        verbose_name = "oud adres"
        verbose_name_plural = "oude adressen"

    def __str__(self):
        return self.slug
