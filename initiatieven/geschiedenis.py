"""Who changed what of a page, and when: read from the versions that the database keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models

from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Initiatief, Locatie, Plekken
from initiatieven.zwaarte import is_anders

NIET_VERTELD = {"id", "slug", "is_demo", "aangemaakt_op", "initiatief", "per_datum"}
MEESTE = 60  # versions that a page shows
BLADZIJDE, PLEK = "Bladzijde", "Plek"
WAT = {Initiatief: BLADZIJDE, Plekken: "Is er plek?", Locatie: PLEK}
THUIS = ("adres", "", "gewijzigd; van een plek bij iemand thuis bewaren we geen adres")


@dataclass(frozen=True)
class Verandering:
    """One version beside the one before: the label of each field that differs, what it was and what it became."""

    pk: int
    van: int  # the key of the page, room or place itself
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
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
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


def _verschil(model: type[models.Model], voor: models.Model | None, na: models.Model) -> list[models.Field]:
    """The fields that differ. A place that came or went differs in all that it had."""
    if model is Locatie and na.pgh_label in ("insert", "delete"):
        return [veld for veld in _velden(model) if getattr(na, veld.name)]
    return [veld for veld in _velden(model) if voor and is_anders(getattr(voor, veld.name), getattr(na, veld.name))]


def _regels(
    model: type[models.Model], voor: models.Model | None, na: models.Model, velden: list[models.Field]
) -> list[tuple[str, str, str]]:
    """Each field that differs: its label, what it was and what it became."""
    if na.pgh_label == "delete":
        voor, na = na, None
    elif model is Locatie and na.pgh_label == "insert":
        voor = None
    regels = [
        (veld.verbose_name, *(in_woorden(veld, getattr(versie, veld.name, None)) for versie in (voor, na)))
        for veld in velden
    ]
    is_thuis = model is Locatie and voor and na and na.nauwkeurigheid == Locatie.Nauwkeurigheid.ONGEVEER
    return regels or [THUIS] * bool(is_thuis)


def _kan_terug(model: type[models.Model], voor: models.Model | None, na: models.Model, velden: set[str]) -> bool:
    """A page, but not its membership; and a place of which the versions have an address."""
    if model is Locatie:
        exact = Locatie.Nauwkeurigheid.EXACT
        return bool(voor) and na.pgh_label == "update" and voor.nauwkeurigheid == na.nauwkeurigheid == exact
    return model is Initiatief and bool(velden - {"lidmaatschap", "lid_sinds"})


def _verandering(model: type[models.Model], voor: models.Model | None, na: models.Model, namen: dict) -> Verandering:
    velden = _verschil(model, voor, na)
    eerder = {veld.name: getattr(voor, veld.name) for veld in velden if voor}
    return Verandering(
        pk=na.pgh_id,
        van=na.pgh_obj_id,
        op=na.pgh_created_at,
        door=namen.get(_wie(na), ""),
        wat=WAT[model],
        regels=_regels(model, voor, na, velden),
        eerder=eerder,
        kan_terug=_kan_terug(model, voor, na, set(eerder)),
    )


def _wie(versie: models.Model) -> int | None:
    return versie.pgh_context.metadata.get("gebruiker") if versie.pgh_context else None


def veranderingen(initiatief: Initiatief) -> list[Verandering]:
    """The newest changes of the page, of its room and of its places, newest first. Four queries."""
    paren = []
    for model in WAT:
        gebeurd = _versies(model).objects
        eigen = gebeurd.filter(pgh_obj=initiatief.pk) if model is Initiatief else gebeurd.filter(initiatief=initiatief)
        versies = eigen.select_related("pgh_context").order_by("-pgh_id")[: MEESTE + 1]
        paren += [(model, voor, na) for voor, na in reversed(list(_paren(reversed(versies))))]
    namen = {
        gebruiker.pk: str(gebruiker) for gebruiker in Gebruiker.objects.filter(pk__in={_wie(na) for *_, na in paren})
    }
    alle = [_verandering(model, voor, na, namen) for model, voor, na in paren]
    return sorted((een for een in alle if een.regels), key=lambda een: een.op, reverse=True)[:MEESTE]
