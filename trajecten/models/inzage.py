"""Who opened what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import Count, Max, Min
from django.db.models.functions import ExtractYear, TruncDate
from django.utils import timezone

from collectief.voorbereid import voorbereide_cursor

# What was opened, in words that a parent reads; what is not here reads as it is written.
WOORDEN = {
    "traject": "de eerste bladzijde",
    "identiteit": "de gegevens op papier",
    "inzagelog": "deze lijst",
    "wensen": "de wensdroom en wat waardevol is",
    "mensen": "de mensen eromheen",
    "nazorg": "de nazorg",
    "nazorg_blad": "de nazorg op papier",
    "seintje": "wie een seintje krijgt",
    "contact": "een afspraak om contact te hebben",
    "foto": "een foto bij een moment",
    "zoeken": "een moment dat gezocht werd",
    "pauze": "een pauze in het contact",
    "fase": "een stap in de weg",
    "alles": "de bladzijde om alles mee te geven",
    "weggaan": "hoe lang we bewaren",
    "moment": "een moment",
    "verhaal": "wie deze jongere is",
    "boekjes": "de boekjes van de reis",
    "boekje_nieuw": "een boekje van de reis",
    "boekje": "een boekje van de reis",
    "boekje_vouwen": "een boekje van de reis",
    "terugblik": "samen terugkijken",
    "toestemming": "waar ja op is gezegd",
    "kijken": "hoe het gaat",
    "kijken_nieuw": "hoe het gaat",
    "perspectief": "kansen en perspectief",
    "kleine_stap": "een kleine stap",
    "mogelijke_plek": "een mogelijke plek",
    "preventieplan": "het preventieplan",
    "preventieplan_schrijven": "het preventieplan",
    "akkoord": "wie het eens is met het preventieplan",
    "terugval": "een signaal dat het even moeilijk is",
    "rust": "even rust",
    "verder": "weer verder na rust",
    "overdracht": "wat er meegaat bij een overdracht",
}


def in_woorden(wat: str) -> str:
    return WOORDEN.get(wat) or wat.replace("_", " ")


def _middernacht(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))


# Every page of a case writes here, so it is written out: building it with the ORM took longer than the insert itself.
NOTEER = """INSERT INTO trajecten_inzagelog (traject_id, gebruiker_id, wat, op, grond)
SELECT r.traject, %s, %s, %s, r.grond FROM unnest(%s::uuid[], %s::text[]) AS r (traject, grond)
"""


class InzageQuerySet(models.QuerySet):
    @staticmethod
    def noteer(gronden: Mapping[UUID, str], *, gebruiker: int, wat: str) -> None:
        """Add a line per trajectory, in one statement: this user opened `wat`, on this ground."""
        if gronden:
            with voorbereide_cursor() as cursor:
                cursor.execute(NOTEER, [gebruiker, wat, timezone.now(), [*gronden], [*gronden.values()]])

    def tussen(self, eerste: date, laatste: date) -> InzageQuerySet:
        """Looks on these days, both included; as moments, so that only the months that matter are read."""
        return self.filter(op__gte=_middernacht(eerste), op__lt=_middernacht(laatste + timedelta(days=1)))

    def laatste_dagen(self, aantal: int, *, voor: date | None = None) -> list[date]:
        """The last days on which somebody looked, newest first; with `voor` the days before it."""
        eerder = self.filter(op__lt=_middernacht(voor)) if voor else self
        return list(
            eerder.annotate(dag=TruncDate("op")).values_list("dag", flat=True).distinct().order_by("-dag")[:aantal]
        )

    def per_dag(self, eerste: date, laatste: date) -> list[tuple[date, list[dict]]]:
        """Per day, newest first: who, on what ground, what, how often, and at what time last.

        Pages that have the same words, such as reading the plan and writing it, are one line.
        """
        regels = (
            self.tussen(eerste, laatste)
            .annotate(dag=TruncDate("op"))
            .values("dag", "gebruiker__naam", "wat", "grond")
            .annotate(aantal=Count("pk"), laatst=Max("op"))
            .order_by("-dag", "gebruiker__naam", "wat", "grond")
        )
        samen: dict[tuple, dict] = {}
        for regel in regels:
            regel |= {"wat": in_woorden(regel["wat"]), "als": Inzagelog.Grond(regel["grond"]).label}
            eerder = samen.setdefault((regel["dag"], regel["gebruiker__naam"], regel["wat"], regel["grond"]), regel)
            if eerder is not regel:
                eerder["aantal"] += regel["aantal"]
                eerder["laatst"] = max(eerder["laatst"], regel["laatst"])
        return [(dag, list(groep)) for dag, groep in groupby(samen.values(), key=lambda regel: regel["dag"])]

    def jaren(self) -> list[int]:
        """All years from the first look to the last, newest first; there is one at least: whoever asks is looking."""
        uitersten = self.aggregate(eerste=ExtractYear(Min("op")), laatste=ExtractYear(Max("op")))
        return list(range(uitersten["laatste"], uitersten["eerste"] - 1, -1))


def maak_inzagemaanden() -> int:
    """Make the parts of this month and the next where they are missing; return how many were made.

    Rows that came while a month was missing move to it. Until then they are found as well as any other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT inzagelog_maanden()")
        return cursor.fetchone()[0]


class Inzagelog(models.Model):
    """One look into a trajectory: who, what, when, on what ground. The application can only add rows.

    The table is in parts, one a month. To the database its key is therefore (id, op); nothing refers to a row.
    """

    class Grond(models.TextChoices):
        BETROKKEN = "betrokken", "betrokken begeleider"
        COORDINATOR = "coordinator", "coördinator van het initiatief"
        OVERDRACHT = "overdracht", "ontvangt een overdracht"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="inzagen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    wat = models.CharField(max_length=40)
    grond = models.CharField(max_length=12, choices=Grond)
    op = models.DateTimeField(default=timezone.now)

    objects = InzageQuerySet.as_manager()

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzagelog"
        indexes = [models.Index(fields=["traject", "-op"], name="inzage_per_traject")]

    def __str__(self):
        return f"{self.wat} op {self.op:%Y-%m-%d %H:%M}"
