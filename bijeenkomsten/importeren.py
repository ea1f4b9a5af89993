"""Read a year planning from a CSV file into meetings.

A row is known by its school year and its number, so a file can be read again: what is new is added, what
changed is changed, the rest stays. Dates of the past are published as they are known; the rest is a draft.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from bijeenkomsten.actions import wijzig
from bijeenkomsten.forms.bijeenkomst import PlanningsregelForm
from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.schooljaar import Schooljaar

KOLOMMEN = ("volgnummer", "datum", "soort", "begin", "eind")
PORTIE = 1000


class OnleesbaarBestand(Exception):
    """The file as a whole cannot be read; the message says why, in Dutch."""


@dataclass
class Plan:
    """What reading the file will do, and which rows it leaves out: (line number, reason)."""

    nieuw: list[Bijeenkomst] = field(default_factory=list)
    gewijzigd: list[Bijeenkomst] = field(default_factory=list)
    ongewijzigd: list[Bijeenkomst] = field(default_factory=list)
    fouten: list[tuple[int, str]] = field(default_factory=list)


def maak_plan(inhoud: bytes) -> Plan:
    """Compare a file with the meetings there are. Writes nothing. Raises OnleesbaarBestand."""
    plan, gezien = Plan(), {}
    bekend = {bijeenkomst.bron: bijeenkomst for bijeenkomst in Bijeenkomst.objects.exclude(bron="")}
    for regelnummer, rij in _rijen(inhoud):
        form = PlanningsregelForm(rij)
        if not form.is_valid():
            plan.fouten.append((regelnummer, form.redenen))
            continue
        schooljaar = Schooljaar.van_moment(form.cleaned_data["begint_op"])
        bron = f"planning:{schooljaar.jaar}:{form.cleaned_data['volgnummer']}"
        if eerder := gezien.get(bron):
            nummer = form.cleaned_data["volgnummer"]
            plan.fouten.append((regelnummer, f"Nummer {nummer} van {schooljaar} staat al op regel {eerder}."))
            continue
        gezien[bron] = regelnummer
        _deel_in(plan, bekend.get(bron), bron, form.cleaned_data)
    return plan


@transaction.atomic
def voer_uit(plan: Plan) -> None:
    """Write what the plan says; guests hear about a new time."""
    Bijeenkomst.objects.bulk_create(plan.nieuw, batch_size=PORTIE)
    for bijeenkomst in plan.gewijzigd:
        wijzig(bijeenkomst=bijeenkomst)


def _deel_in(plan: Plan, bestaand: Bijeenkomst | None, bron: str, gegevens: dict) -> None:
    velden = {naam: gegevens[naam] for naam in ("soort", "begint_op", "eindigt_op")}
    if bestaand is None:
        is_geweest = velden["eindigt_op"] <= timezone.now()
        status = Bijeenkomst.Status.GEPUBLICEERD if is_geweest else Bijeenkomst.Status.CONCEPT
        plan.nieuw.append(Bijeenkomst(**velden, bron=bron, status=status))
    elif all(getattr(bestaand, naam) == waarde for naam, waarde in velden.items()):
        plan.ongewijzigd.append(bestaand)
    else:
        for naam, waarde in velden.items():
            setattr(bestaand, naam, waarde)
        plan.gewijzigd.append(bestaand)


def _rijen(inhoud: bytes) -> Iterator[tuple[int, dict]]:
    """Yield each row with the number of the line on which it begins; empty lines are skipped."""
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        raise OnleesbaarBestand("Dit bestand is niet in UTF-8 opgeslagen. Bewaar het als “CSV UTF-8”.") from fout
    if not tekst.strip():
        raise OnleesbaarBestand("Dit bestand is leeg.")
    kop, begin = None, 1
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=_scheidingsteken(tekst), strict=True)
    try:
        for cellen in lezer:
            if not any(cel.strip() for cel in cellen):
                pass
            elif kop is None:
                kop = _kop(cellen)
            else:
                yield begin, {naam: cel.strip() for naam, cel in zip(kop, cellen, strict=False)}
            begin = lezer.line_num + 1
    except csv.Error as fout:
        raise OnleesbaarBestand(
            f"Vanaf regel {begin} is dit bestand niet te lezen: een aanhalingsteken klopt niet."
        ) from fout


def _scheidingsteken(tekst: str) -> str:
    kopregel = tekst.lstrip().split("\n", 1)[0]
    return max(",;\t", key=kopregel.count)


def _kop(cellen: list[str]) -> list[str]:
    kop = [cel.strip().lower() for cel in cellen]
    if ontbreekt := [naam for naam in KOLOMMEN if naam not in kop]:
        raise OnleesbaarBestand(
            f"In de eerste regel mist: {', '.join(ontbreekt)}. Nodig zijn de kolommen {', '.join(KOLOMMEN)}."
        )
    return kop
