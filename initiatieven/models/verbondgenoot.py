"""Allies: organisations that help to make room for more routes."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone

from initiatieven.models.initiatief import Zoekvorm
from initiatieven.validators import niet_in_de_toekomst


class VerbondgenootQuerySet(models.QuerySet):
    def op_naam(self) -> VerbondgenootQuerySet:
        return self.order_by(Zoekvorm("organisatie"), "pk")

    def zoek(self, tekst: str) -> VerbondgenootQuerySet:
        """Those whose name, field or words hold `tekst`; accents and case make no difference."""
        vorm = Zoekvorm(models.Value(tekst.strip()))
        velden = {f"{veld}_vorm": Zoekvorm(veld) for veld in ("organisatie", "werkveld", "wat_we_elkaar_brengen")}
        waar = Q()
        for veld in velden:
            waar |= Q(**{f"{veld}__contains": vorm})
        return self.alias(**velden).filter(waar) if tekst.strip() else self

    def met_laatste_contact(self) -> VerbondgenootQuerySet:
        return self.annotate(laatste_contact=Max("contacten__dag"))


class Verbondgenoot(models.Model):
    """An organisation that stands beside the initiatives, and what we bring each other."""

    organisatie = models.CharField(
        "organisatie", max_length=120, unique=True, error_messages={"unique": "Deze organisatie staat er al."}
    )
    werkveld = models.CharField("werkveld", max_length=80)
    is_ambassadeur = models.BooleanField("ambassadeur", default=False)
    wat_we_elkaar_brengen = models.TextField("wat we elkaar brengen", max_length=1000, blank=True)
    website = models.URLField("website", blank=True, validators=[URLValidator(schemes=["http", "https"])])
    contactpersoon = models.CharField("met wie praten we?", max_length=120, blank=True, db_default="")
    contact_email = models.EmailField("e-mailadres", blank=True, db_default="")
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


class Verbondgenootcontact(models.Model):
    """That core team spoke with an ally, and about what; so that the next one does not begin anew."""

    class Hoe(models.TextChoices):
        GEBELD = "gebeld", "gebeld"
        GEMAILD = "gemaild", "gemaild"
        GESPROKEN = "gesproken", "gesproken"
        UITGENODIGD = "uitgenodigd", "uitgenodigd voor een bijeenkomst"

    verbondgenoot = models.ForeignKey(Verbondgenoot, models.CASCADE, related_name="contacten")
    dag = models.DateField("wanneer", default=timezone.localdate, validators=[niet_in_de_toekomst])
    hoe = models.CharField("hoe", max_length=12, choices=Hoe)
    tekst = models.TextField("waar ging het over?", max_length=1000, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "contact met een verbondgenoot"
        verbose_name_plural = "contacten met verbondgenoten"
        ordering = ["-dag", "-pk"]

    def __str__(self):
        return f"{self.get_hoe_display()} op {self.dag:%Y-%m-%d}"
