"""A school year as the core team plans it: proposed dates, what clashes, and publishing all of it at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bijeenkomsten.models import Bijeenkomst, Schoolvakantie
from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.sjabloon import SJABLOON, seizoen, stel_dagen_voor, volgorde
from collectief.werkdagen import AMSTERDAM, feestdagen

KORT_OP_ELKAAR = timedelta(days=7)
ZONDAG = 7


@dataclass
class Dag:
    """One day on the calendar of the planner."""

    datum: date
    is_vrij: bool
    bijeenkomsten: list[Bijeenkomst] = field(default_factory=list)


@transaction.atomic
def stel_jaar_voor(
    *, schooljaar: Schooljaar, aantallen: Mapping[str, int], weekdagen: Sequence[int]
) -> tuple[int, int]:
    """Add drafts until there are so many meetings of each kind. Return how many came, and for how many no day was left.

    What is planned already counts, so asking twice adds nothing.
    """
    gepland = list(Bijeenkomst.objects.in_schooljaar(schooljaar).exclude(status=Bijeenkomst.Status.AFGELAST))
    er_zijn = [bijeenkomst.soort for bijeenkomst in gepland]
    nodig = {soort: max(aantal - er_zijn.count(soort), 0) for soort, aantal in aantallen.items()}
    soorten = volgorde(nodig)
    vakanties = list(Schoolvakantie.objects.rond(schooljaar))
    van, tot = seizoen(schooljaar, timezone.localdate())
    dagen = stel_dagen_voor(
        len(soorten),
        van=van,
        tot=tot,
        weekdagen=weekdagen,
        bezet=[timezone.localdate(bijeenkomst.begint_op) for bijeenkomst in gepland],
        mijd=lambda dag: dag in feestdagen(dag.year) or any(vakantie.is_op(dag) for vakantie in vakanties),
    )
    Bijeenkomst.objects.bulk_create(_concept(soort, dag) for soort, dag in zip(soorten, dagen, strict=False))
    return len(dagen), len(soorten) - len(dagen)


def _concept(soort: str, dag: date) -> Bijeenkomst:
    vorm = SJABLOON[soort]
    begin, eind = (datetime.combine(dag, tijd, tzinfo=AMSTERDAM) for tijd in (vorm.begin, vorm.eind))
    return Bijeenkomst(soort=soort, begint_op=begin, eindigt_op=eind)


def publiceer_jaar(*, schooljaar: Schooljaar) -> tuple[int, dict[str, list[str]]]:
    """Publish every draft that is ready. Return how many that were, and by what they still lack which are not."""
    aantal, nog_niet = 0, {}
    for bijeenkomst in Bijeenkomst.objects.concept().in_schooljaar(schooljaar):
        try:
            bijeenkomst.publiceer()
        except ValidationError as fout:
            nog_niet.setdefault(fout.messages[0], []).append(f"{bijeenkomst.naam} op {bijeenkomst.wanneer}")
        else:
            aantal += 1
    return aantal, nog_niet


def botsingen(
    bijeenkomst: Bijeenkomst, anderen: Iterable[Bijeenkomst], vakanties: Iterable[Schoolvakantie]
) -> list[str]:
    """What is in the way of this day, each in one sentence; nothing for a meeting that was called off."""
    if bijeenkomst.is_afgelast:
        return []
    dag = timezone.localdate(bijeenkomst.begint_op)
    zinnen = []
    if dag.isoweekday() > ZONDAG - 2:
        zinnen.append("Deze dag valt in het weekend.")
    if dag in feestdagen(dag.year):
        zinnen.append("Deze dag is een feestdag.")
    vrij: dict[str, list[str]] = {}
    for vakantie in sorted(vakanties, key=lambda vakantie: Schoolvakantie.Regio.values.index(vakantie.regio)):
        if vakantie.is_op(dag):
            vrij.setdefault(vakantie.get_soort_display(), []).append(vakantie.get_regio_display())
    zinnen += [f"{naam} in regio {_opsomming(regios)}." for naam, regios in vrij.items()]
    return zinnen + [zin for ander in anderen if (zin := _te_dichtbij(bijeenkomst, ander, dag))]


def _te_dichtbij(bijeenkomst: Bijeenkomst, ander: Bijeenkomst, dag: date) -> str:
    if ander.pk == bijeenkomst.pk or ander.is_afgelast:
        return ""
    verschil = abs(timezone.localdate(ander.begint_op) - dag)
    if not verschil:
        return f"Op dezelfde dag als {ander.naam}."
    return f"Binnen een week van {ander.naam}." if verschil < KORT_OP_ELKAAR else ""


def _opsomming(woorden: list[str]) -> str:
    return f"{', '.join(woorden[:-1])} en {woorden[-1]}" if len(woorden) > 1 else woorden[0]


def kalender(
    schooljaar: Schooljaar, bijeenkomsten: Iterable[Bijeenkomst], vakanties: Iterable[Schoolvakantie]
) -> list[tuple[date, list[list[Dag | None]]]]:
    """The twelve months, each as weeks from Monday to Sunday; None where a week belongs to another month."""
    vakanties, op_dag = list(vakanties), {}
    for bijeenkomst in bijeenkomsten:
        op_dag.setdefault(timezone.localdate(bijeenkomst.begint_op), []).append(bijeenkomst)
    vrij = {dag for vakantie in vakanties for dag in _dagen(vakantie.van, vakantie.tot_en_met)}
    return [(maand, _weken(maand, vrij, op_dag)) for maand in schooljaar.maanden]


def _weken(maand: date, vrij: set[date], op_dag: dict[date, list[Bijeenkomst]]) -> list[list[Dag | None]]:
    volgende = (maand + timedelta(days=31)).replace(day=1)
    vakjes: list[Dag | None] = [None] * maand.weekday()
    vakjes += [
        Dag(datum, datum in vrij or datum in feestdagen(datum.year), op_dag.get(datum, []))
        for datum in _dagen(maand, volgende - timedelta(days=1))
    ]
    vakjes += [None] * (-len(vakjes) % ZONDAG)
    return [vakjes[begin : begin + ZONDAG] for begin in range(0, len(vakjes), ZONDAG)]


def _dagen(van: date, tot_en_met: date) -> Iterable[date]:
    return (van + timedelta(days=nummer) for nummer in range((tot_en_met - van).days + 1))
