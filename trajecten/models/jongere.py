"""The young person: a name that she chose, and apart from it, encrypted, who she is on paper."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils import timezone

from collectief.versleuteling import VersleuteldVeld
from initiatieven.models.initiatief import Zoekvorm
from trajecten.leeftijd import GRENZEN, leeftijdsgrenzen
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
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)  # kept by the database

    class Meta:
        verbose_name = "jongere"
        verbose_name_plural = "jongeren"
        indexes = [models.Index(fields=["roepnaam_sleutel", "id"], name="jongere_op_roepnaam")]

    def __str__(self):
        return f"jongere {self.pk}"  # never by her name: this is what logs and errors say


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


class Leeftijdsgrenzen(models.Model):
    """The days on which a young person turns 12, 16 and 18: who decides changes then.

    Derived from the birth date, so that a list of many young people needs no look at anybody's identity. No row, or
    no dates in it, means that the birth date is not known.
    """

    jongere = models.OneToOneField(Jongere, models.PROTECT, primary_key=True, related_name="leeftijdsgrenzen")
    twaalf_op = models.DateField(null=True)
    zestien_op = models.DateField(null=True)
    achttien_op = models.DateField(null=True)

    class Meta:
        verbose_name = "leeftijdsgrenzen van een jongere"
        verbose_name_plural = "leeftijdsgrenzen van jongeren"

    def __str__(self):
        return str(self.pk)

    @classmethod
    def leid_af(cls, jongere_id: uuid.UUID, geboortedatum: date | None) -> Leeftijdsgrenzen:
        """Write down the days that follow from a birth date; None takes them away."""
        dagen = leeftijdsgrenzen(geboortedatum).values() if geboortedatum else (None,) * len(GRENZEN)
        velden = dict(zip(("twaalf_op", "zestien_op", "achttien_op"), dagen, strict=True))
        return cls.objects.update_or_create(jongere_id=jongere_id, defaults=velden)[0]

    @property
    def per_leeftijd(self) -> dict[int, date | None]:
        return dict(zip(GRENZEN, (self.twaalf_op, self.zestien_op, self.achttien_op), strict=True))

    def grens_tussen(self, van: date, tot: date) -> tuple[int, date] | None:
        """Return the border that is passed between these days, both included: the age and the day."""
        gepasseerd = ((leeftijd, op) for leeftijd, op in self.per_leeftijd.items() if op and van <= op <= tot)
        return next(gepasseerd, None)

    def bereikt_op(self, dag: date) -> int | None:
        """Return the last border passed on `dag`: 0, 12, 16 or 18; None when the birth date is not known."""
        if self.twaalf_op is None:
            return None
        return max([leeftijd for leeftijd, op in self.per_leeftijd.items() if op <= dag], default=0)
