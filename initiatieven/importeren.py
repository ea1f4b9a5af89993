"""Take over a table of initiatives: first a trial that writes nothing, then all of it or nothing.

A row is known by its address, so a file can be read again: what is new is added, what changed is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from initiatieven.forms.rij import SLEUTEL, VELDEN, RijForm
from initiatieven.models import Importproef, Initiatief, OudAdres

LEEG = (None, "", [])


@dataclass
class Plan:
    """What taking over would do. With a single mistake nothing is taken over."""

    nieuw: list[Initiatief] = field(default_factory=list)
    gewijzigd: list[tuple[Initiatief, list[tuple[str, object, object]]]] = field(default_factory=list)
    ongewijzigd: list[Initiatief] = field(default_factory=list)
    fouten: list[tuple[int, str, str]] = field(default_factory=list)  # row, column, what is wrong
    overgeslagen: list[str] = field(default_factory=list)  # columns that we do not know


class ImportGeweigerd(Exception):
    """Nothing was taken over; the message says why, in Dutch."""


def maak_plan(kop: Sequence[str], rijen: Sequence[tuple[int, dict[str, str]]], *, zijn_lid: bool) -> Plan:
    """Compare rows with the initiatives there are. Writes nothing; asks as much for one row as for two thousand."""
    plan = Plan(overgeslagen=[naam for naam in kop if naam not in (SLEUTEL, *VELDEN)])
    bekend, gezien = _bekend([rij.get(SLEUTEL, "") for _, rij in rijen]), {}
    for nummer, rij in rijen:
        form = RijForm(rij, kop)
        if not form.is_valid():
            plan.fouten += [
                (nummer, "" if naam == "__all__" else naam, zin)
                for naam, zinnen in form.errors.items()
                for zin in zinnen
            ]
            continue
        adres = form.cleaned_data.pop(SLEUTEL)
        if eerder := gezien.get(adres):
            plan.fouten.append((nummer, SLEUTEL, f"Dit adres staat ook in rij {eerder}."))
            continue
        gezien[adres] = nummer
        _deel_in(plan, nummer, bekend.get(adres), Initiatief(slug=adres), form.cleaned_data, zijn_lid=zijn_lid)
    return plan


def _bekend(adressen: list[str]) -> dict[str, Initiatief]:
    """The initiatives at these addresses, also at an address that one had before."""
    oud = OudAdres.objects.filter(slug__in=adressen).select_related("initiatief")
    nu = Initiatief.objects.filter(slug__in=adressen)
    return {rij.slug: rij.initiatief for rij in oud} | {initiatief.slug: initiatief for initiatief in nu}


def _deel_in(
    plan: Plan, nummer: int, er_is: Initiatief | None, nieuw: Initiatief, gegevens: dict, *, zijn_lid: bool
) -> None:
    if er_is is not None and er_is.verwijderd_op:
        plan.fouten.append((nummer, SLEUTEL, "Dit initiatief ligt in de prullenbak. Zet het eerst terug."))
        return
    doel = er_is or nieuw
    verschillen = []
    for naam, waarde in gegevens.items():
        oud = getattr(doel, naam)
        leeg_keuze = waarde == "" and Initiatief._meta.get_field(naam).choices  # an empty choice keeps what there is
        if not leeg_keuze and oud != waarde and not (oud in LEEG and waarde in LEEG):
            verschillen.append((naam, oud, waarde))
            setattr(doel, naam, waarde)
    if er_is is None:
        if zijn_lid:
            doel.lidmaatschap, doel.lid_sinds = Initiatief.Lidmaatschap.LID, timezone.localdate()
        plan.nieuw.append(doel)
    elif verschillen:
        plan.gewijzigd.append((doel, verschillen))
    else:
        plan.ongewijzigd.append(doel)


def plan_van(proef: Importproef) -> Plan:
    """What taking over this trial would do now."""
    return maak_plan(proef.kop, [(nummer, rij) for nummer, rij in proef.rijen], zijn_lid=proef.zijn_lid)


@transaction.atomic
def neem_over(*, proef: Importproef, door: Gebruiker) -> Plan:
    """Take everything over, compared anew with what there is now, or nothing. Raises ImportGeweigerd."""
    if not Importproef.objects.select_for_update().filter(pk=proef.pk).exists():
        raise ImportGeweigerd("Dit bestand is al ingelezen.")
    plan = plan_van(proef)
    if plan.fouten:
        raise ImportGeweigerd("Er is intussen iets veranderd. Kijk de fouten na.")
    try:
        with transaction.atomic(), pghistory.context(gebruiker=door.pk):
            Initiatief.objects.bulk_create(plan.nieuw, batch_size=500)
            for initiatief, verschillen in plan.gewijzigd:
                initiatief.save(update_fields=[naam for naam, _, _ in verschillen])
    except IntegrityError as fout:  # somebody made the same address, or an age, at this very moment
        raise ImportGeweigerd("Er veranderde net iets. Er is niets ingelezen. Probeer het opnieuw.") from fout
    proef.delete()
    return plan
