"""An application that is still being written, by somebody without an account."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from initiatieven.links import Doel, maak_token

BEWAARD = timedelta(days=90)  # after that long without a word it goes


class AanmeldconceptQuerySet(models.QuerySet):
    def verlopen(self) -> AanmeldconceptQuerySet:
        return self.filter(bijgewerkt_op__lt=timezone.now() - BEWAARD)


class Aanmeldconcept(models.Model):
    """What was typed so far, letter by letter as it was typed. Gone once it is sent, or after ninety days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres")
    antwoorden = models.JSONField("antwoorden", default=dict)
    bijgewerkt_op = models.DateTimeField("bijgewerkt op", default=timezone.now)

    objects = AanmeldconceptQuerySet.as_manager()

    class Meta:
        verbose_name = "aanmelding in de maak"
        verbose_name_plural = "aanmeldingen in de maak"
        indexes = [models.Index(fields=["bijgewerkt_op"], name="aanmeldconcept_oud")]

    def __str__(self):
        return f"in de maak sinds {self.bijgewerkt_op:%d-%m-%Y}"

    @property
    def bewaard_tot(self) -> datetime:
        return self.bijgewerkt_op + BEWAARD

    @property
    def token(self) -> str:
        """The secret part of the address at which its writer goes on."""
        return maak_token(Doel.CONCEPT, str(self.pk))

    def bewaar(self, antwoorden: dict[str, str]) -> None:
        """Keep these answers beside the ones there are."""
        self.antwoorden = {**self.antwoorden, **antwoorden}
        self.bijgewerkt_op = timezone.now()
        self.save(update_fields=["antwoorden", "bijgewerkt_op"])
