"""The intake in words: three questions without boxes to tick. What stood there before stays to be read."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from trajecten.models.traject import Traject
from trajecten.validators import geen_bsn


class VerhaalQuerySet(models.QuerySet):
    def nu(self) -> dict[str, Verhaal]:
        """How each question is answered now: by its last answer."""
        return {verhaal.vraag: verhaal for verhaal in self.order_by("vraag", "-pk").distinct("vraag")}


class Verhaal(models.Model):
    """One answer to one question of the intake. It is never changed: another answer is a new row."""

    class Vraag(models.TextChoices):
        WIE = "wie", "Wie is deze jongere?"
        LICHTJES = "lichtjes", "Waar gaan de lichtjes van aan?"
        NODIG = "nodig", "Wat heeft deze jongere nodig?"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="verhalen")
    vraag = models.CharField(max_length=10, choices=Vraag)
    tekst = models.TextField(blank=True, max_length=10_000, validators=[geen_bsn])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    objects = VerhaalQuerySet.as_manager()

    class Meta:
        verbose_name = "verhaal van een jongere"
        verbose_name_plural = "verhalen van jongeren"
        ordering = ["pk"]
        indexes = [models.Index(fields=["traject", "vraag", "-id"], name="verhaal_per_vraag")]

    def __str__(self):
        return self.get_vraag_display()

    @classmethod
    @transaction.atomic
    def schrijf(cls, traject: Traject, antwoorden: Mapping[str, str], *, gezien: int, door: Gebruiker) -> list[Verhaal]:
        """Keep the answers that changed, on a locked row.

        `gezien` is the number of the last answer that the writer saw. When a colleague answered one of these
        questions since, nothing is kept and those answers are returned.
        """
        Traject.objects.select_for_update().get(pk=traject.pk)
        nu = traject.verhalen.select_related("door").nu()
        stond_er = {vraag: verhaal.tekst for vraag, verhaal in nu.items()}
        veranderd = {vraag: tekst for vraag, tekst in antwoorden.items() if tekst != stond_er.get(vraag, "")}
        intussen = [verhaal for vraag, verhaal in nu.items() if vraag in veranderd and verhaal.pk > gezien]
        if not intussen:
            cls.objects.bulk_create(cls(traject=traject, vraag=v, tekst=t, door=door) for v, t in veranderd.items())
        return intussen
