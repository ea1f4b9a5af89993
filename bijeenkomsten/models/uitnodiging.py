"""Invitations to a meeting, and the answers."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.models.bijeenkomst import Bijeenkomst
from collectief.gebruikers.models import Gebruiker


class UitnodigingQuerySet(models.QuerySet):
    def komt(self) -> UitnodigingQuerySet:
        return self.filter(antwoord=Uitnodiging.Antwoord.JA)

    def rekent_erop(self) -> UitnodigingQuerySet:
        """Everyone who has to hear about a change: all but those who said no."""
        return self.exclude(antwoord=Uitnodiging.Antwoord.NEE)

    def zichtbaar(self) -> UitnodigingQuerySet:
        """Invitations to meetings that were announced, with the meeting."""
        return self.exclude(bijeenkomst__status=Bijeenkomst.Status.CONCEPT).select_related("bijeenkomst")

    def voor(self, gebruiker: Gebruiker) -> UitnodigingQuerySet:
        """The invitations of this user that she may see."""
        return self.zichtbaar().filter(gebruiker=gebruiker)

    def komend(self) -> UitnodigingQuerySet:
        """To meetings that are not over yet, the nearest first; also those that were called off."""
        return self.filter(bijeenkomst__eindigt_op__gt=timezone.now()).order_by("bijeenkomst__begint_op", "pk")

    def geweest(self) -> UitnodigingQuerySet:
        """To meetings that are over, the latest first."""
        return self.filter(bijeenkomst__eindigt_op__lte=timezone.now()).order_by("-bijeenkomst__begint_op", "-pk")

    def op_volgorde(self) -> UitnodigingQuerySet:
        """Who comes first, then perhaps, then unknown, then who does not; by name, with or without an account."""
        volgorde = Case(*(When(antwoord=keuze, then=nummer) for nummer, keuze in enumerate(Uitnodiging.LIJSTVOLGORDE)))
        wie = Lower(Coalesce("gebruiker__naam", "naam"))
        return self.select_related("gebruiker").order_by(volgorde, wie, "pk")


def nieuw_token() -> str:
    return secrets.token_urlsafe(32)


class Uitnodiging(models.Model):
    """One person who is asked to a meeting, and what she answered."""

    class Antwoord(models.TextChoices):
        JA = "ja", "komt"
        MISSCHIEN = "misschien", "komt misschien"
        NEE = "nee", "komt niet"
        OPEN = "open", "nog geen antwoord"

    LIJSTVOLGORDE = (Antwoord.JA, Antwoord.MISSCHIEN, Antwoord.OPEN, Antwoord.NEE)

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="uitnodigingen")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="uitnodigingen"
    )
    naam = models.CharField("naam", max_length=120, blank=True, help_text="Van iemand zonder account.")
    adres = models.EmailField("e-mailadres", blank=True, help_text="Van iemand zonder account.")
    antwoord = models.CharField("antwoord", max_length=10, choices=Antwoord, default=Antwoord.OPEN)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=nieuw_token, editable=False)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = UitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(gebruiker__isnull=False, adres="", naam="")
                | (Q(gebruiker=None) & ~Q(adres="") & ~Q(naam="")),
                name="uitnodiging_voor_een_persoon",
                violation_error_message="Nodig iemand met een account uit, of vul een naam en een e-mailadres in.",
            ),
            models.CheckConstraint(
                condition=Q(adres=Lower("adres")),
                name="uitnodiging_adres_klein",
                violation_error_message="Schrijf het e-mailadres met kleine letters.",
            ),
            models.CheckConstraint(
                condition=Q(antwoord__in=["ja", "misschien", "nee", "open"]), name="uitnodiging_antwoord"
            ),
            models.CheckConstraint(
                condition=Q(antwoord="open", beantwoord_op=None)
                | (~Q(antwoord="open") & Q(beantwoord_op__isnull=False)),
                name="uitnodiging_antwoord_heeft_moment",
            ),
            models.UniqueConstraint(
                fields=["bijeenkomst", "gebruiker"],
                condition=Q(gebruiker__isnull=False),
                name="uitnodiging_een_keer_per_gebruiker",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
            models.UniqueConstraint(
                fields=["bijeenkomst", "adres"],
                condition=~Q(adres=""),
                name="uitnodiging_een_keer_per_adres",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
        ]

    def __str__(self):
        return self.wie

    @property
    def wie(self) -> str:
        return str(self.gebruiker) if self.gebruiker_id else self.naam

    @property
    def komt(self) -> bool:
        return self.antwoord == self.Antwoord.JA

    @property
    def link(self) -> str:
        """The online link, only for someone who said yes to a meeting that goes ahead."""
        return self.bijeenkomst.link if self.komt and self.bijeenkomst.is_gepubliceerd else ""

    @property
    def pad(self) -> str:
        """Where this person answers: behind sign-in, or by the personal link when there is no account."""
        if self.gebruiker_id:
            return reverse("bijeenkomsten:meedoen", args=[self.bijeenkomst_id])
        return reverse("bijeenkomsten:antwoord", args=[self.token])

    def beantwoord(self, antwoord: str) -> None:
        """Record ja, nee or misschien. The meeting's row is locked, so the last seat is given once.

        Raises ValidationError when it is full (code `vol`), over (`voorbij`), called off or still a draft (`status`).
        """
        with transaction.atomic():
            bijeenkomst = self.bijeenkomst.op_slot()
            if not bijeenkomst.is_gepubliceerd:
                raise ValidationError("Deze bijeenkomst gaat niet door. Antwoorden hoeft niet meer.", code="status")
            if bijeenkomst.is_voorbij:
                raise ValidationError("Deze bijeenkomst is al geweest. Antwoorden kan niet meer.", code="voorbij")
            if antwoord == self.Antwoord.JA:
                self._weiger_als_vol(bijeenkomst)
            self.antwoord, self.beantwoord_op = antwoord, timezone.now()
            self.save(update_fields=["antwoord", "beantwoord_op"])

    def _weiger_als_vol(self, bijeenkomst: Bijeenkomst) -> None:
        anderen = bijeenkomst.uitnodigingen.komt().exclude(pk=self.pk).count()
        if bijeenkomst.capaciteit is not None and anderen >= bijeenkomst.capaciteit:
            raise ValidationError(
                "De bijeenkomst is vol. Kies je misschien, dan zien de trekkers dat je graag had willen komen.",
                code="vol",
            )
