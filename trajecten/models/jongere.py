"""The young person: a name that she chose, and apart from it, encrypted, who she is on paper."""

import uuid

from django.db import models
from django.utils import timezone

from collectief.versleuteling import VersleuteldVeld
from initiatieven.models.initiatief import Zoekvorm
from trajecten.validators import geen_bsn


class StilGeneratedField(models.GeneratedField):
    """A generated column that an INSERT does not read back.

    Reading back needs the row to be visible, and a young person becomes visible only once she has a trajectory.
    """

    db_returning = False


class Jongere(models.Model):
    """A young person, known by a name of her own choice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roepnaam = models.CharField("roepnaam", max_length=60, validators=[geen_bsn])
    roepnaam_sleutel = StilGeneratedField(
        expression=Zoekvorm("roepnaam"), output_field=models.TextField(), db_persist=True, editable=False
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "jongere"
        verbose_name_plural = "jongeren"
        indexes = [models.Index(fields=["roepnaam_sleutel", "id"], name="jongere_op_roepnaam")]

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
