"""An alert: tell me when a place comes for what I looked for. Without an account; the mail address is encrypted."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectief.versleuteling import VersleuteldVeld
from kaart.models.links import MetLink

BEVESTIG_BINNEN = timedelta(days=7)
LOOPT = timedelta(days=365)  # an alert ends by itself: nobody should hear from us for ever


class ZoekalarmQuerySet(models.QuerySet):
    def nu(self) -> ZoekalarmQuerySet:
        """Alerts that somebody wants: confirmed, and younger than a year."""
        return self.filter(bevestigd_op__gt=timezone.now() - LOOPT)

    def te_mailen(self, sinds: datetime) -> ZoekalarmQuerySet:
        """Alerts about which no mail went out since then: nobody gets a mail for every place."""
        return self.filter(Q(gemaild_op=None) | Q(gemaild_op__lte=sinds))

    def voorbij(self) -> ZoekalarmQuerySet:
        """Alerts that nobody confirmed, and those that have run for a year."""
        nu = timezone.now()
        nooit = Q(bevestigd_op=None, aangemaakt_op__lte=nu - BEVESTIG_BINNEN)
        return self.filter(nooit | Q(bevestigd_op__lte=nu - LOOPT))


class Zoekalarm(MetLink, models.Model):
    """One search that somebody wants to hear about. Stopping deletes the row."""

    ZOUT = "kaart.alarm"
    TAAK = "alarm"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    adres = VersleuteldVeld("je e-mailadres")
    vraag = models.CharField(max_length=2000)  # the search, as in the address of the map
    bekend = ArrayField(models.BigIntegerField(), default=list)  # initiatives that were there already
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    bevestigd_op = models.DateTimeField(null=True, editable=False)
    gemaild_op = models.DateTimeField(null=True, editable=False)

    objects = ZoekalarmQuerySet.as_manager()

    class Meta:
        verbose_name = "zoekalarm"
        verbose_name_plural = "zoekalarmen"
        indexes = [models.Index(fields=["bevestigd_op"], name="zoekalarm_bevestigd")]

    def __str__(self):
        return f"zoekalarm {self.pk}"

    @property
    def groep(self) -> str:
        return f"alarm:{self.pk}"
