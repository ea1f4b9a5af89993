"""Allies: organisations that help to make room for more routes."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from initiatieven.models.initiatief import Zoekvorm


class VerbondgenootQuerySet(models.QuerySet):
    def op_naam(self) -> VerbondgenootQuerySet:
        return self.order_by(Zoekvorm("organisatie"), "pk")


class Verbondgenoot(models.Model):
    """An organisation that stands beside the initiatives, and what we bring each other."""

    organisatie = models.CharField(
        "organisatie", max_length=120, unique=True, error_messages={"unique": "Deze organisatie staat er al."}
    )
    werkveld = models.CharField("werkveld", max_length=80)
    is_ambassadeur = models.BooleanField("ambassadeur", default=False)
    wat_we_elkaar_brengen = models.TextField("wat we elkaar brengen", max_length=1000, blank=True)
    website = models.URLField("website", blank=True, validators=[URLValidator(schemes=["http", "https"])])
    is_demo = models.BooleanField("voorbeeldgegevens", default=False)

    objects = VerbondgenootQuerySet.as_manager()

    class Meta:
        verbose_name = "verbondgenoot"
        verbose_name_plural = "verbondgenoten"
        constraints = [
            models.CheckConstraint(
                condition=Q(website="") | Q(website__regex=r"^https?://"),
                name="verbondgenoot_website_is_web",
                violation_error_message="Het adres van een website begint met https://.",
            ),
        ]

    def __str__(self):
        return self.organisatie
