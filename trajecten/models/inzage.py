"""Who opened what."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Inzagelog(models.Model):
    """One look into a trajectory: who, what, when, on what ground. The application can only add rows."""

    class Grond(models.TextChoices):
        BETROKKEN = "betrokken", "betrokken begeleider"
        COORDINATOR = "coordinator", "coördinator van het initiatief"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="inzagen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    wat = models.CharField(max_length=40)
    grond = models.CharField(max_length=12, choices=Grond)
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzagelog"
        indexes = [models.Index(fields=["traject", "-op"], name="inzage_per_traject")]

    def __str__(self):
        return f"{self.wat} op {self.op:%Y-%m-%d %H:%M}"
