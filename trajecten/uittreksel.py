"""Everything that is kept about one young person, as rows: what it is made of, in which order and in which words.

Nobody has to remember to add a table here. What belongs to a young person is found by following the foreign keys of
the models; a test does the same in the database and fails on a column that is in neither list. What stays out is
named below with the reason.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import Field, ForeignKey, GeneratedField, Model, QuerySet
from django.utils import timezone

from collectief import bestanden
from collectief.gebruikers.models import Gebruiker
from trajecten.models import Betrokkene, Jongere, Traject

VERSIE = 1  # of the JSON; docs/uittreksel.md describes it
PER_KEER = 100  # rows in memory

# What stays out, and why. A generated column is left out by rule: it repeats another one, for searching and sorting.
BUITEN: dict[str, str] = {
    "Momentconcept": "nog niet bewaard; alleen wie het typt ziet het, en het verdwijnt als het een moment wordt",
}
# Keys, and numbers of other rows: for the machine, and so in the JSON alone.
ALLEEN_SLEUTELS = {"sleutel", "gevolgen", "planningversie"}

# First things first; a table that is not named comes in between, looking and planning come last.
VOORAAN = ("Jongere", "JongereIdentiteit", "Traject", "FaseVerblijf", "Moment")
ACHTERAAN = ("Bewaartermijn", "Vertrek", "Herinnering", "Inzagelog")


@dataclass(frozen=True)
class Deel:
    """One table: its model, and the lookup that leads from a row to the trajectory or to the young person."""

    model: type[Model]
    weg: str
    van_traject: bool

    @property
    def soort(self) -> str:
        return self.model._meta.model_name

    @property
    def naam(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def velden(self) -> list[Field]:
        return [veld for veld in self.model._meta.concrete_fields if not isinstance(veld, GeneratedField)]


@dataclass
class Uittreksel:
    """What one coördinator may hand over about one young person: these trajectories and what hangs on them."""

    jongere: Jongere
    trajecten: list[Traject]
    door: Gebruiker
    gevraagd_door: str
    gemaakt_op: datetime = field(default_factory=timezone.now)

    def rijen(self, deel: Deel) -> Iterator[Model]:
        """The rows of one table, read in parts, with the names of staff."""
        bereik = [traject.pk for traject in self.trajecten] if deel.van_traject else [self.jongere.pk]
        mensen = [veld.name for veld in deel.velden if is_gebruiker(veld)]
        rijen = QuerySet(deel.model).filter(**{f"{deel.weg}__in": bereik}).order_by("pk")
        return rijen.select_related(*mensen).iterator(chunk_size=PER_KEER) if mensen else rijen.iterator(PER_KEER)

    def namen(self) -> dict:
        """How the people around the young person are called, by their number."""
        mensen = Betrokkene.objects.filter(traject__in=self.trajecten).select_related("gebruiker")
        return {mens.pk: mens.noem for mens in mensen}


def is_gebruiker(veld: Field) -> bool:
    return isinstance(veld, ForeignKey) and veld.related_model is Gebruiker


@cache
def delen() -> tuple[Deel, ...]:
    """Every table that belongs to a young person, in the order in which it is read."""
    gevonden = {Jongere: Deel(Jongere, "pk", van_traject=False), Traject: Deel(Traject, "pk", van_traject=True)}
    for wortel in (Traject, Jongere):
        for model, weg in _afstammelingen(wortel).items():
            gevonden.setdefault(model, Deel(model, weg, van_traject=wortel is Traject))
    in_het_uittreksel = [deel for model, deel in gevonden.items() if model.__name__ not in BUITEN]
    return tuple(sorted(in_het_uittreksel, key=_volgorde))


def _volgorde(deel: Deel) -> tuple[int, str]:
    naam = deel.model.__name__
    if naam in VOORAAN:
        return VOORAAN.index(naam), naam
    return (1000 + ACHTERAAN.index(naam) if naam in ACHTERAAN else 500), naam


def _afstammelingen(wortel: type[Model]) -> dict[type[Model], str]:
    """Every model with a path of foreign keys to `wortel`, with that path; the shortest one wins."""
    gevonden: dict[type[Model], str] = {}
    te_gaan: list[tuple[type[Model], str]] = [(wortel, "")]
    for model, weg in te_gaan:
        for verwijzing in model._meta.get_fields(include_hidden=True):
            kind = verwijzing.related_model
            is_kind = verwijzing.auto_created and (verwijzing.one_to_many or verwijzing.one_to_one)
            if not is_kind or verwijzing.concrete or kind in gevonden or kind in (Traject, Jongere):
                continue
            gevonden[kind] = verwijzing.field.name + (f"__{weg}" if weg else "")
            te_gaan.append((kind, gevonden[kind]))
    return gevonden


def waarde(rij: Model, veld: Field) -> object:
    """What a row holds: of staff the name, of another row its number, of the rest the value itself."""
    if is_gebruiker(veld):
        mens = getattr(rij, veld.name)
        return mens.naam if mens else None
    return veld.value_from_object(rij)


def bestand(rij: Model) -> str:
    """The file that belongs to a row, as a data: address; empty when there is none (any more)."""
    pad = getattr(rij, "bestand", "")
    if not pad or not bestanden.opslag().exists(pad):
        return ""
    soort = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}.get(pad.rpartition(".")[2])
    with bestanden.opslag().open(pad) as inhoud:
        tekst = base64.b64encode(inhoud.read()).decode()
    return f"data:{soort or 'application/octet-stream'};base64,{tekst}"


def heeft_bestand(model: type[Model]) -> bool:
    return isinstance(getattr(model, "bestand", None), property)


def zichtbaar_op_papier(veld: Field) -> bool:
    """On paper a number or key that only points at another row says nothing; in the JSON it does."""
    wijst_in_de_app = isinstance(veld, ForeignKey) and veld.related_model._meta.app_label == "trajecten"
    return not veld.primary_key and not wijst_in_de_app and veld.name not in ALLEEN_SLEUTELS


def wat_weggaat(traject: Traject) -> list[tuple[str, int]]:
    """How much of each kind would go with this trajectory, counted by the database beyond what anybody sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wat_weggaat(%s)", [traject.pk])
        return in_woorden_per_soort(json.loads(cursor.fetchone()[0]))


def in_woorden_per_soort(aantallen: dict[str, int]) -> list[tuple[str, int]]:
    """Counts per table as counts per kind, in words and in reading order; what there is none of stays out."""
    modellen = {model._meta.db_table: model for model in apps.get_models()}
    volgorde = {deel.model: plek for plek, deel in enumerate(delen())}
    bekend = [(modellen.get(tabel), tabel, aantal) for tabel, aantal in aantallen.items() if aantal]
    bekend.sort(key=lambda rij: (volgorde.get(rij[0], len(volgorde)), rij[1]))
    return [(str(model._meta.verbose_name_plural if model else tabel), aantal) for model, tabel, aantal in bekend]
