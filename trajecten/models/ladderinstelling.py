"""How one initiative sets its ladder of reminders, within the limits that hold for everybody."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import or_

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectief.werkdagen import OCHTEND, WEEKDAGEN
from trajecten.ladder import DAGEN, RUSTIG_GRENZEN, RUSTIG_VANAF, TREDEN, UITERST_UUR, Ladder, Stap


def elke_werkdag() -> list[int]:
    return list(WEEKDAGEN)


def _binnen(stap: Stap) -> models.CheckConstraint:
    trede = TREDEN[stap]
    return models.CheckConstraint(
        condition=Q(**{f"{stap}__isnull": True}) | Q(**{f"{stap}__range": (trede.dagen, trede.uiterst)}),
        name=f"ladder_{stap}_binnen_grenzen",
    )


def _volgorde() -> list[models.CheckConstraint]:
    """A step comes before the next ones; the limits keep most pairs apart by themselves."""
    return [
        models.CheckConstraint(
            condition=reduce(or_, [Q(**{stap: None}) for stap in (eerder, later) if stap != Stap.BORD])
            | Q(**{f"{eerder}__lt": F(later)}),
            name=f"ladder_{eerder}_voor_{later}",
        )
        for eerder, later in combinations(Stap, 2)
        if TREDEN[eerder].uiterst >= TREDEN[later].dagen
    ]


class Ladderinstelling(models.Model):
    """Days from the planned day per step, null for a step that is off. An initiative without a row has the ordinary."""

    initiatief = models.OneToOneField(
        "initiatieven.Initiatief", models.CASCADE, primary_key=True, related_name="ladderinstelling"
    )
    vooraf = models.SmallIntegerField(null=True, default=DAGEN[Stap.VOORAF])
    vandaag = models.SmallIntegerField(null=True, default=DAGEN[Stap.VANDAAG])
    daarna = models.SmallIntegerField(null=True, default=DAGEN[Stap.DAARNA])
    coordinator = models.SmallIntegerField(null=True, default=DAGEN[Stap.COORDINATOR])
    bord = models.SmallIntegerField(default=DAGEN[Stap.BORD])
    vanaf_uur = models.PositiveSmallIntegerField("vanaf hoe laat?", default=OCHTEND.hour)
    tot_uur = models.PositiveSmallIntegerField("tot hoe laat?", default=RUSTIG_VANAF)
    werkdagen = ArrayField(models.PositiveSmallIntegerField(), default=elke_werkdag)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "ladderinstelling"
        verbose_name_plural = "ladderinstellingen"
        constraints = [
            *(_binnen(stap) for stap in Stap),
            *_volgorde(),
            models.CheckConstraint(
                condition=Q(vanaf_uur__range=(OCHTEND.hour, UITERST_UUR), tot_uur__range=RUSTIG_GRENZEN),
                name="ladder_overdag",
            ),
            models.CheckConstraint(
                condition=Q(werkdagen__contained_by=list(WEEKDAGEN), werkdagen__len__gte=1), name="ladder_op_werkdagen"
            ),
        ]

    def __str__(self):
        return f"ladder van initiatief {self.initiatief_id}"

    @classmethod
    def van(cls, initiatief_id: int) -> Ladderinstelling:
        """How this initiative set it, or an unsaved row with the ordinary ladder."""
        return cls.objects.filter(pk=initiatief_id).first() or cls(initiatief_id=initiatief_id)

    @property
    def ladder(self) -> Ladder:
        dagen = {stap: getattr(self, stap.value) for stap in Stap}
        return Ladder(dagen, uur=self.vanaf_uur, werkdagen=tuple(self.werkdagen))
