"""Rest: at the young person's wish, or because the agreed time is over. The door stays open."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from trajecten.validators import geen_bsn


class RustperiodeQuerySet(models.QuerySet):
    def nu(self) -> RustperiodeQuerySet:
        return self.filter(beeindigd_op=None)

    def beeindig(self) -> list[int]:
        """End what goes on here, and say which; another agreement or going on begins a new row."""
        ids = list(self.nu().values_list("pk", flat=True))
        self.filter(pk__in=ids).update(beeindigd_op=timezone.now())
        return ids


class Rustperiode(models.Model):
    """One time of rest: why, since when, perhaps until when. It is written once; afterwards it only ends."""

    class Reden(models.TextChoices):
        WENS = "wens", "de jongere wil even niets"
        AFGESPROKEN = "afgesproken", "de tijd die we afspraken is om"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="rustperioden")
    reden = models.CharField("waarom nu rust?", max_length=12, choices=Reden, default=Reden.WENS)
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField("tot wanneer?", null=True, blank=True)
    woorden = models.TextField("in de woorden van de jongere", blank=True, max_length=2000, validators=[geen_bsn])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    beeindigd_op = models.DateTimeField(null=True, editable=False)

    objects = RustperiodeQuerySet.as_manager()

    class Meta:
        verbose_name = "rustperiode"
        verbose_name_plural = "rustperioden"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["traject"], condition=Q(beeindigd_op=None), name="rust_een_tegelijk"),
            models.CheckConstraint(condition=Q(tot=None) | Q(tot__gte=F("van")), name="rust_eindigt_na_begin"),
        ]

    def __str__(self):
        return f"rust vanaf {self.van}"
