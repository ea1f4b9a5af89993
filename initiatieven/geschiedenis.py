"""Who changed what of a page, and when: read from the versions that the database keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models

from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Initiatief, Plekken

NIET_VERTELD = {"id", "slug", "is_demo", "aangemaakt_op", "initiatief", "per_datum"}
MEESTE = 60  # versions that a page shows


@dataclass(frozen=True)
class Verandering:
    """One version beside the one before: the label of each field that differs, what it was and what it became."""

    pk: int
    op: datetime
    door: str
    wat: str
    regels: list[tuple[str, str, str]]
    eerder: dict[str, object]  # values before, by field; empty for a first version
    kan_terug: bool


def _versies(model: type[models.Model]) -> type[models.Model]:
    """The table in which the database keeps every version of a row."""
    return apps.get_model("initiatieven", f"{model.__name__}Event")


def _velden(model: type[models.Model]) -> list[models.Field]:
    gevolgd = {veld.name for veld in _versies(model)._meta.concrete_fields}
    return [veld for veld in model._meta.concrete_fields if veld.name in gevolgd - NIET_VERTELD]


def in_woorden(veld: models.Field, waarde: object) -> str:
    """A value as people read it."""
    if waarde in (None, "", []):
        return ""
    if isinstance(waarde, list):
        keuzes = dict(veld.base_field.flatchoices)
        return ", ".join(str(keuzes.get(deel, deel)) for deel in waarde)
    return str(dict(veld.flatchoices).get(waarde, waarde))


def _paren(versies: Iterable[models.Model]) -> Iterable[tuple[models.Model | None, models.Model]]:
    """Each version with the one before of the same row; the versions come oldest first."""
    vorige: dict[int, models.Model] = {}
    for deze in versies:
        yield vorige.get(deze.pgh_obj_id), deze
        vorige[deze.pgh_obj_id] = deze


def _verandering(model: type[models.Model], voor: models.Model | None, na: models.Model, namen: dict) -> Verandering:
    velden = [veld for veld in _velden(model) if voor and getattr(voor, veld.name) != getattr(na, veld.name)]
    return Verandering(
        pk=na.pgh_id,
        op=na.pgh_created_at,
        door=namen.get(_wie(na), ""),
        wat="Plek" if model is Plekken else "Bladzijde",
        regels=[
            (veld.verbose_name, in_woorden(veld, getattr(voor, veld.name)), in_woorden(veld, getattr(na, veld.name)))
            for veld in velden
        ],
        eerder={veld.name: getattr(voor, veld.name) for veld in velden},
        kan_terug=model is Initiatief and bool({veld.name for veld in velden} - {"lidmaatschap", "lid_sinds"}),
    )


def _wie(versie: models.Model) -> int | None:
    return versie.pgh_context.metadata.get("gebruiker") if versie.pgh_context else None


def veranderingen(initiatief: Initiatief) -> list[Verandering]:
    """The newest changes of the page and of its room, newest first. Three queries."""
    paren = []
    for model in (Initiatief, Plekken):
        gebeurd = _versies(model).objects
        eigen = gebeurd.filter(pgh_obj=initiatief.pk) if model is Initiatief else gebeurd.filter(initiatief=initiatief)
        versies = eigen.select_related("pgh_context").order_by("-pgh_id")[: MEESTE + 1]
        paren += [(model, voor, na) for voor, na in _paren(reversed(versies))]
    namen = {
        gebruiker.pk: str(gebruiker) for gebruiker in Gebruiker.objects.filter(pk__in={_wie(na) for *_, na in paren})
    }
    alle = [_verandering(model, voor, na, namen) for model, voor, na in paren]
    return sorted((een for een in alle if een.regels), key=lambda een: een.op, reverse=True)[:MEESTE]
