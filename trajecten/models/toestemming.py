"""Consent: somebody says yes to one purpose and one receiver, until a day, and may take it back at once.

Whether it holds is not stored: it follows from these rows and from who decides on the day that is asked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from trajecten.beslissen import DE_JONGERE, EEN_OUDER, Beslist, wie_beslist, wie_is_nodig
from trajecten.models.betrokkene import Betrokkene
from trajecten.models.jongere import Leeftijdsgrenzen
from trajecten.validators import geen_bsn


class Toestemming(models.Model):
    """One yes: of the young person or of one parent. Taking it back is written beside it, once and for good."""

    class Doel(models.TextChoices):
        OVERDRACHT = "overdracht", "delen met een volgende plek"
        OVERLEG = "overleg", "overleggen over hoe het gaat"
        MEELEZEN = "meelezen", "meelezen"
        FOTO = "foto", "foto’s bewaren"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="toestemmingen")
    doel = models.CharField("waarvoor?", max_length=12, choices=Doel)
    betrokkene = models.ForeignKey(Betrokkene, models.PROTECT, null=True, related_name="toestemmingen")
    initiatief = models.ForeignKey("initiatieven.Initiatief", models.PROTECT, null=True, related_name="+")
    namens = models.ForeignKey(Betrokkene, models.PROTECT, null=True, related_name="+")  # empty: the young person
    woorden = models.TextField("in eigen woorden", blank=True, max_length=2000, validators=[geen_bsn])
    van = models.DateField(default=timezone.localdate)
    geldig_tot = models.DateField("tot en met")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)
    ingetrokken_op = models.DateTimeField(null=True, editable=False)
    ingetrokken_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        indexes = [models.Index(fields=["traject", "doel"], name="toestemming_per_traject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(betrokkene=None, initiatief__isnull=False) | Q(betrokkene__isnull=False, initiatief=None),
                name="toestemming_een_ontvanger",
            ),
            models.CheckConstraint(condition=Q(geldig_tot__gte=F("van")), name="toestemming_eindigt_na_begin"),
            models.CheckConstraint(
                condition=Q(ingetrokken_op=None, ingetrokken_door=None)
                | Q(ingetrokken_op__isnull=False, ingetrokken_door__isnull=False),
                name="toestemming_ingetrokken_door_iemand",
            ),
        ]

    def __str__(self):
        return f"toestemming {self.pk}"

    @property
    def ontvanger(self) -> tuple[str, object]:
        """What consents of one receiver have in common."""
        return ("b", self.betrokkene_id) if self.betrokkene_id else ("i", self.initiatief_id)

    @property
    def noem_ontvanger(self) -> str:
        return self.betrokkene.noem if self.betrokkene else self.initiatief.naam

    def trek_in(self, door: Gebruiker) -> None:
        """Take it back now. Taking back twice changes nothing."""
        Toestemming.objects.filter(pk=self.pk, ingetrokken_op=None).update(
            ingetrokken_op=timezone.now(), ingetrokken_door=door
        )


@dataclass
class Kwestie:
    """Everything that was said about one purpose and one receiver, and whether it holds."""

    doel: str
    ontvanger: tuple[str, object]
    rijen: list[Toestemming] = field(default_factory=list)
    ontbreekt: list[str] = field(default_factory=list)
    geldig_tot: date | None = None
    is_elders: bool = False  # a yes to keep photos, said to a place where the trajectory is no more
    is_aangekomen: bool = False  # a yes to share with the place where the trajectory is now: there is nothing to share

    @property
    def geldt(self) -> bool:
        return not (self.ontbreekt or self.is_elders or self.is_aangekomen)

    @property
    def eerste(self) -> Toestemming:
        """One of the rows: they name the same purpose and receiver."""
        return self.rijen[0]


class Toestemmingstand:
    """Who decides about one young person on one day, and what was allowed. Three queries, however much was said."""

    def __init__(self, traject, dag: date | None = None):
        self.dag = dag or timezone.localdate()
        self.roepnaam = traject.jongere.roepnaam
        self.hier = ("i", traject.initiatief_id)
        self.grenzen = Leeftijdsgrenzen.objects.filter(jongere=traject.jongere_id).first() or Leeftijdsgrenzen()
        self.beslist: Beslist = wie_beslist(self.grenzen.bereikt_op(self.dag))
        self.mensen = list(traject.betrokkenen.nu().select_related("gebruiker").order_by("van", "id"))
        self.met_gezag = {mens.pk: mens for mens in self.mensen if mens.heeft_gezag}
        self.rijen = list(
            traject.toestemmingen.select_related("betrokkene__gebruiker", "initiatief", "namens", "door").order_by(
                "-op", "-pk"
            )
        )

    def kwesties(self) -> list[Kwestie]:
        """One for every purpose and receiver about which something was said."""
        groepen: dict[tuple, list[Toestemming]] = defaultdict(list)
        for rij in self.rijen:
            groepen[rij.doel, rij.ontvanger].append(rij)
        return [self.kwestie(doel, ontvanger) for doel, ontvanger in groepen]

    def kwestie(self, doel: str, ontvanger: tuple[str, object]) -> Kwestie:
        """How it stands with this purpose and receiver: (`b`, key of a Betrokkene) or (`i`, key of an Initiatief)."""
        rijen = [rij for rij in self.rijen if (rij.doel, rij.ontvanger) == (doel, ontvanger)]
        gaf: dict[object, date] = {}  # who said yes, and until when
        for rij in rijen:
            if not rij.ingetrokken_op and rij.van <= self.dag <= rij.geldig_tot:
                gaf[rij.namens_id] = max(rij.geldig_tot, gaf.get(rij.namens_id, rij.geldig_tot))
        wie = ontvanger[1] if ontvanger[0] == "b" else None
        nodig = wie_is_nodig(self.beslist, met_gezag=set(self.met_gezag), ontvanger=wie)
        tot = min((gaf[sleutel] for sleutel in nodig if sleutel in gaf), default=None)
        ontbreekt = sorted(self.noem(sleutel) for sleutel in nodig - set(gaf))
        is_elders = doel == Toestemming.Doel.FOTO and ontvanger != self.hier
        is_aangekomen = doel == Toestemming.Doel.OVERDRACHT and ontvanger == self.hier
        return Kwestie(doel, ontvanger, rijen, ontbreekt, tot, is_elders, is_aangekomen)

    def noem(self, sleutel: object) -> str:
        if sleutel == DE_JONGERE:
            return self.roepnaam
        return EEN_OUDER if sleutel == EEN_OUDER else self.met_gezag[sleutel].noem

    def leest_mee(self, mens: Betrokkene) -> bool:
        """Whether this person may read along on this day, as far as was agreed with her."""
        if mens.meelezen == Betrokkene.Meelezen.NIETS or mens.tot:
            return False
        return self.kwestie(Toestemming.Doel.MEELEZEN, ("b", mens.pk)).geldt

    def meelezers(self) -> list[Betrokkene]:
        """Who may read along on this day, of those without an account."""
        return [mens for mens in self.mensen if not mens.begeleidt and self.leest_mee(mens)]

    def volgende_grens(self, binnen: timedelta = timedelta(days=60)) -> tuple[int, date, Beslist] | None:
        """The next birthday that changes who decides, when it is near: the age, the day, and who decides from then."""
        for leeftijd, op in self.grenzen.per_leeftijd.items():
            if op and self.dag < op <= self.dag + binnen and wie_beslist(leeftijd) != self.beslist:
                return leeftijd, op, wie_beslist(leeftijd)
        return None

    def wie_kan_ja_zeggen(self) -> list[tuple[str, str]]:
        """The people whose yes counts now, as choices: an empty key for the young person."""
        jongere = [] if self.beslist == Beslist.OUDERS else [("jongere", self.roepnaam)]
        ouders = [] if self.beslist == Beslist.JONGERE else [(str(pk), m.noem) for pk, m in self.met_gezag.items()]
        return jongere + ouders
