"""The young person: a name that she chose, and apart from it, encrypted, who she is on paper."""

import uuid

from django.db import models
from django.utils import timezone

from collectief.versleuteling import VersleuteldVeld
from trajecten.validators import geen_bsn


class Jongere(models.Model):
    """A young person, known by a name of her own choice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roepnaam = models.CharField("roepnaam", max_length=60, validators=[geen_bsn])
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "jongere"
        verbose_name_plural = "jongeren"

    def __str__(self):
        return self.roepnaam


class JongereIdentiteit(models.Model):
    """Who the young person is on paper. Encrypted; every read is written in the Inzagelog."""

    jongere = models.OneToOneField(Jongere, models.PROTECT, primary_key=True, related_name="identiteit")
    officiele_naam = VersleuteldVeld("officiële naam", blank=True, validators=[geen_bsn])
    geboortedatum = VersleuteldVeld("geboortedatum", blank=True)
    contact = VersleuteldVeld("hoe jullie contact houden", blank=True, validators=[geen_bsn])

    class Meta:
        verbose_name = "identiteit van een jongere"
        verbose_name_plural = "identiteiten van jongeren"

    def __str__(self):
        return str(self.pk)
