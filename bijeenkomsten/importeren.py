"""Read a year planning from a table (CSV) or a calendar (ICS) into meetings, and write it as a table.

A row is known by its uid, or else by its school year and its number, so a file can be read again: what is new is
added, what changed is changed, the rest stays. Dates of the past are published as they are known; the rest is a draft.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Component

from bijeenkomsten.actions import wijzig
from bijeenkomsten.forms.bijeenkomst import PlanningsregelForm
from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.soorten import Soort
from collectief.rekenblad import veilige_cel, zonder_aanhaling

KOLOMMEN = ("volgnummer", "datum", "soort", "begin", "eind")
MEER_KOLOMMEN = ("titel", "plaats", "stand", "uid")
BEGIN_VAN_AGENDA = b"BEGIN:VCALENDAR"
MEESTE_AFSPRAKEN = 500
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

    @property
    def is_iets(self) -> bool:
        return bool(self.nieuw or self.gewijzigd)

    @property
    def samenvatting(self) -> str:
        return f"Ingelezen: {len(self.nieuw)} nieuw, {len(self.gewijzigd)} gewijzigd."

    @property
    def schooljaar(self) -> Schooljaar:
        """The year of the first meeting that comes or changes."""
        return min(bijeenkomst.schooljaar for bijeenkomst in [*self.nieuw, *self.gewijzigd])


def maak_plan(inhoud: bytes, *, soort: str = "") -> Plan:
    """Compare a file with the meetings there are. Writes nothing. Raises OnleesbaarBestand.

    `soort` is the kind of a row that does not say it.
    """
    plan, gezien = Plan(), {}
    bekend = list(Bijeenkomst.objects.order_by("pk"))
    op_uid = {str(bijeenkomst.uid): bijeenkomst for bijeenkomst in bekend}
    op_bron = {bijeenkomst.bron: bijeenkomst for bijeenkomst in bekend if bijeenkomst.bron}
    is_agenda = inhoud.removeprefix(b"\xef\xbb\xbf").lstrip()[: len(BEGIN_VAN_AGENDA)].upper() == BEGIN_VAN_AGENDA
    for regelnummer, rij in _afspraken(inhoud) if is_agenda else _rijen(inhoud):
        form = PlanningsregelForm({**rij, "soort": rij.get("soort") or soort})
        if not form.is_valid():
            plan.fouten.append((regelnummer, form.redenen))
            continue
        bron = _bron(form.cleaned_data)
        if eerder := gezien.get(bron):
            plan.fouten.append((regelnummer, _dubbel(form.cleaned_data, eerder)))
            continue
        gezien[bron] = regelnummer
        bestaand = op_uid.get(form.cleaned_data["uid"]) or op_bron.get(bron)
        if fout := _deel_in(plan, bestaand, bron, {naam: form.cleaned_data[naam] for naam in _velden(rij)}):
            plan.fouten.append((regelnummer, fout))
    return plan


def _bron(gegevens: dict) -> str:
    """By what a row is known again."""
    if gegevens["uid"]:
        return "uid:" + hashlib.sha256(gegevens["uid"].encode()).hexdigest()[:40]
    return f"planning:{Schooljaar.van_moment(gegevens['begint_op']).jaar}:{gegevens['volgnummer']}"


def _dubbel(gegevens: dict, eerder: int) -> str:
    if gegevens["uid"]:
        return f"Deze afspraak staat al op regel {eerder}."
    schooljaar = Schooljaar.van_moment(gegevens["begint_op"])
    return f"Nummer {gegevens['volgnummer']} van {schooljaar} staat al op regel {eerder}."


def _velden(rij: dict) -> list[str]:
    """What this row tells about a meeting; a column that is not there leaves what there is."""
    return ["soort", "begint_op", "eindigt_op", *(naam for naam in ("titel", "plaats") if naam in rij)]


@transaction.atomic
def voer_uit(plan: Plan) -> None:
    """Write what the plan says; guests hear about a new time."""
    Bijeenkomst.objects.bulk_create(plan.nieuw, batch_size=PORTIE)
    for bijeenkomst in plan.gewijzigd:
        wijzig(bijeenkomst=bijeenkomst)


def _deel_in(plan: Plan, bestaand: Bijeenkomst | None, bron: str, velden: dict) -> str:
    """Say in the plan what becomes of this row; return what is in the way, or nothing."""
    if bestaand is None:
        is_geweest = velden["eindigt_op"] <= timezone.now()
        status = Bijeenkomst.Status.GEPUBLICEERD if is_geweest else Bijeenkomst.Status.CONCEPT
        plan.nieuw.append(Bijeenkomst(**velden, bron=bron, status=status))
        return ""
    if all(getattr(bestaand, naam) == waarde for naam, waarde in velden.items()):
        plan.ongewijzigd.append(bestaand)
        return ""
    for naam, waarde in velden.items():
        setattr(bestaand, naam, waarde)
    try:
        bestaand.validate_constraints()
    except ValidationError as fout:
        return " ".join(fout.messages)
    plan.gewijzigd.append(bestaand)
    return ""


def als_csv(bijeenkomsten: Iterable[Bijeenkomst]) -> str:
    """Write these meetings as a table that `maak_plan` reads back; no cell can be a formula."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow([*KOLOMMEN, *MEER_KOLOMMEN])
    for nummer, bijeenkomst in enumerate(bijeenkomsten, start=1):
        begin, eind = timezone.localtime(bijeenkomst.begint_op), timezone.localtime(bijeenkomst.eindigt_op)
        tijden = [begin.date().isoformat(), bijeenkomst.soort, f"{begin:%H:%M}", f"{eind:%H:%M}"]
        woorden = [bijeenkomst.titel, bijeenkomst.plaats, bijeenkomst.status, str(bijeenkomst.uid)]
        schrijver.writerow([nummer, *map(veilige_cel, [*tijden, *woorden])])
    return uit.getvalue()


def _afspraken(inhoud: bytes) -> Iterator[tuple[int, dict]]:
    """Yield each event of a calendar file as a row, with its number in the file."""
    try:
        agenda = Calendar.from_ical(inhoud)
        afspraken = list(agenda.walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError) as fout:
        raise OnleesbaarBestand("Dit agendabestand is niet te lezen.") from fout
    if not afspraken:
        raise OnleesbaarBestand("In dit agendabestand staat geen afspraak.")
    if len(afspraken) > MEESTE_AFSPRAKEN:
        raise OnleesbaarBestand(f"In dit agendabestand staan meer dan {MEESTE_AFSPRAKEN} afspraken.")
    for nummer, afspraak in enumerate(afspraken, start=1):
        yield nummer, _als_rij(afspraak)


def _als_rij(afspraak: Component) -> dict:
    """One event in the words of a planning row; what cannot be read stays empty, and the form says what is missing."""
    begin, eind = (_lokaal(afspraak, naam) for naam in ("dtstart", "dtend"))
    titel = str(afspraak.get("summary", ""))
    soort = _soort(afspraak)
    return {
        "uid": str(afspraak.get("uid", "")) or f"zonder-uid-{titel}-{begin}",
        "datum": begin.date().isoformat() if begin else "",
        "begin": f"{begin:%H:%M}" if begin else "",
        "eind": f"{eind:%H:%M}" if eind and begin and eind.date() == begin.date() else "",
        "soort": soort,
        "titel": "" if titel in Soort.labels else titel,
        "plaats": str(afspraak.get("location", "")),
    }


def _lokaal(afspraak: Component, naam: str) -> datetime | None:
    """A moment of an event in Dutch time; a time without a zone is Dutch already, and a whole day has no time.

    None also for what is no moment, or one beyond what a calendar can hold.
    """
    try:
        waarde = getattr(afspraak.get(naam), "dt", None)
        if not isinstance(waarde, datetime):
            return None
        return timezone.localtime(waarde) if timezone.is_aware(waarde) else waarde
    except (ValueError, TypeError, OverflowError):
        return None


def _soort(afspraak: Component) -> str:
    """The kind that stands among the categories, if any."""
    woorden = afspraak.get("categories")
    for woord in map(str, getattr(woorden, "cats", [])):
        for soort in Soort:
            if woord.strip().lower() in {soort.value, soort.label.lower()}:
                return soort.value
    return ""


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
                yield begin, {naam: zonder_aanhaling(cel.strip()) for naam, cel in zip(kop, cellen, strict=False)}
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
