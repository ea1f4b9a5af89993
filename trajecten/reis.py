"""What can be chosen for a booklet, with the young person's own words first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import batched, pairwise

from django.utils import timezone
from django.utils.formats import date_format

from collectief.getallen import als_getal
from trajecten.fases import Fase
from trajecten.lijn import SMAL, teken
from trajecten.models import Beleving, FaseVerblijf, KleineStap, Moment, Reisblad, Reisboekje, Traject
from trajecten.models.perspectief import EerdereWens
from trajecten.vouwen import Stuk
from trajecten.weerlijn import HOOGSTENS, teken_weer

Soort = Reisblad.Soort
WENSEN = EerdereWens.Onderdeel
EIGEN, TEKENING, LICHTJE, ANDERS = range(4)  # in this order they are offered
VAN_MOMENT = {Moment.Soort.EIGEN_WOORDEN: EIGEN, Moment.Soort.LICHTJE: LICHTJE}


def sleutels(traject: Traject) -> list[str]:
    """Name everything that can be chosen, own words first and new before old; nothing is read but keys and days."""
    gevonden: list[tuple[int, date, str]] = [
        (EIGEN, date.max, f"wens:{wens}") for wens in WENSEN if getattr(traject, wens)
    ]
    gevonden.append((TEKENING, date.max, "weg:alles"))
    for pk, van in traject.verblijven.geldig().exclude(woorden_van_jongere="").values_list("pk", "van"):
        gevonden.append((EIGEN, van, f"verblijf:{pk}"))
    for pk, datum, behoefte, weer, woorden in _van_jongere(traject).values_list(
        "pk", "datum", "behoefte", "weer", "woorden"
    ):
        gevonden += [(EIGEN, datum, f"beleving:{pk}")] if woorden else []
        gevonden += [(TEKENING, date.min, f"weer:{behoefte}")] if weer else []
    for pk, datum, soort in traject.momenten.values_list("pk", "datum", "soort"):
        gevonden.append((VAN_MOMENT.get(soort, ANDERS), datum, f"moment:{pk}"))
    for stap in traject.kleine_stappen.nu():
        if stap.toestand == KleineStap.Toestand.GEDAAN:
            gevonden.append((ANDERS, timezone.localdate(stap.op), f"stap:{stap.sleutel}"))
    gevonden.sort(key=lambda een: (een[0], -een[1].toordinal(), een[2]))
    return list(dict.fromkeys(sleutel for _, _, sleutel in gevonden))


def laad(traject: Traject, gekozen: Iterable[str]) -> list[Reisblad]:
    """Make a piece of each of these keys, in their order. What is not of this trajectory is left out."""
    per_soort: dict[str, list[str]] = defaultdict(list)
    for sleutel in (volgorde := list(dict.fromkeys(gekozen))):
        soort, _, pk = sleutel.partition(":")
        per_soort[soort].append(pk)
    gevonden: dict[str, Reisblad] = {}
    for soort, pks in per_soort.items():
        for blad in LADERS[soort](traject, pks) if soort in LADERS else ():
            gevonden[blad.sleutel] = blad
    return [gevonden[sleutel] for sleutel in volgorde if sleutel in gevonden]


def _nummers(pks: Iterable[str]) -> list[int]:
    return [nummer for pk in pks if (nummer := als_getal(pk)) is not None]


def _dag(datum: date) -> str:
    return date_format(datum, "j F Y")


def _van_jongere(traject: Traject):
    return traject.belevingen.filter(stem=Beleving.Stem.JONGERE)


def _wensen(traject: Traject, namen: list[str]) -> Iterable[Reisblad]:
    for wens in WENSEN:
        if wens in namen and (tekst := getattr(traject, wens)):
            yield Reisblad(sleutel=f"wens:{wens}", soort=Soort.WOORDEN, kop=wens.label.capitalize(), tekst=tekst)


def _verblijven(traject: Traject, pks: list[str]) -> Iterable[Reisblad]:
    for verblijf in traject.verblijven.geldig().filter(pk__in=_nummers(pks)).exclude(woorden_van_jongere=""):
        yield Reisblad(
            sleutel=f"verblijf:{verblijf.pk}",
            soort=Soort.WOORDEN,
            kop=f"{_dag(verblijf.van)}, {Fase(verblijf.fase).kort.lower()}",
            tekst=verblijf.woorden_van_jongere,
            datum=verblijf.van,
        )


def _belevingen(traject: Traject, pks: list[str]) -> Iterable[Reisblad]:
    for beleving in _van_jongere(traject).filter(pk__in=_nummers(pks)).exclude(woorden=""):
        yield Reisblad(
            sleutel=f"beleving:{beleving.pk}",
            soort=Soort.WOORDEN,
            kop=f"{_dag(beleving.datum)}, {beleving.get_behoefte_display()}",
            tekst=beleving.woorden,
            datum=beleving.datum,
        )


def _momenten(traject: Traject, pks: list[str]) -> Iterable[Reisblad]:
    for moment in traject.momenten.filter(pk__in=_nummers(pks)):
        is_eigen = moment.soort == Moment.Soort.EIGEN_WOORDEN
        is_lichtje = moment.soort == Moment.Soort.LICHTJE
        yield Reisblad(
            sleutel=f"moment:{moment.pk}",
            soort=Soort.WOORDEN if is_eigen else Soort.MOMENT,
            kop=f"{_dag(moment.datum)}, een lichtje" if is_lichtje else _dag(moment.datum),
            tekst=moment.tekst,
            datum=moment.datum,
            gegevens=["lichtje"] if is_lichtje else [],
        )


def _stappen(traject: Traject, pks: list[str]) -> Iterable[Reisblad]:
    for stap in traject.kleine_stappen.nu():
        if str(stap.sleutel) in pks and stap.toestand == KleineStap.Toestand.GEDAAN:
            datum = timezone.localdate(stap.op)
            yield Reisblad(
                sleutel=f"stap:{stap.sleutel}",
                soort=Soort.STAP,
                kop=f"{_dag(datum)}, een kleine stap",
                tekst=stap.wat,
                datum=datum,
            )


def _weg(traject: Traject, _alles: list[str]) -> Iterable[Reisblad]:
    stukken = [[verblijf.fase, verblijf.stap, verblijf.van.isoformat()] for verblijf in traject.verblijven.geldig()]
    yield Reisblad(sleutel="weg:alles", soort=Soort.WEG, kop="De weg tot nu", gegevens=stukken)


def _weer(traject: Traject, behoeften: list[str]) -> Iterable[Reisblad]:
    antwoorden = _van_jongere(traject).exclude(weer="").order_by("datum", "id")
    per_behoefte: dict[str, list[list[str]]] = defaultdict(list)
    for behoefte, datum, weer in antwoorden.filter(behoefte__in=behoeften).values_list("behoefte", "datum", "weer"):
        per_behoefte[behoefte].append([datum.isoformat(), weer])
    for behoefte, punten in per_behoefte.items():
        kop = Beleving.Behoefte(behoefte).label.capitalize()
        yield Reisblad(sleutel=f"weer:{behoefte}", soort=Soort.WEER, kop=kop, gegevens=punten[-HOOGSTENS:])


LADERS = {
    "wens": _wensen,
    "verblijf": _verblijven,
    "beleving": _belevingen,
    "moment": _momenten,
    "stap": _stappen,
    "weg": _weg,
    "weer": _weer,
}


def op_papier(boekje: Reisboekje | None, bladen: list[Reisblad]) -> list[Stuk]:
    """The pieces of a booklet, ready to be laid on pages; on the way shine the moments that were chosen with it.

    Drawings are made again from what they were made of when the booklet was kept; None is a booklet still to be kept.
    """
    dag = timezone.localdate(boekje.op) if boekje else timezone.localdate()
    lichten = [(blad.datum, "lichtje" in blad.gegevens) for blad in bladen if blad.datum]
    stukken: list[Stuk] = []
    for blad in bladen:
        if blad.soort == Soort.WEG:
            stukken += _weg_in_delen(blad, lichten, dag)
        elif blad.soort == Soort.WEER:
            stukken.append(Stuk(blad.kop, tekening="weer", gegevens=teken_weer([weer for _, weer in blad.gegevens])))
        else:
            stukken.append(Stuk(blad.kop, blad.tekst))
    return stukken


def _weg_in_delen(blad: Reisblad, lichten: list[tuple[date, bool]], dag: date) -> Iterable[Stuk]:
    """The way up to and including `dag`, on as many pages as its stays need."""
    verblijven = [
        FaseVerblijf(volgnummer=nummer, fase=fase, stap=stap, van=date.fromisoformat(van))
        for nummer, (fase, stap, van) in enumerate(blad.gegevens, 1)
    ]
    for dit, volgende in pairwise(verblijven):
        dit.tot = volgende.van
    verblijven[-1].tot = dag
    for deel, stukken in enumerate(batched(verblijven, SMAL.hoogste_aantal), 1):
        van = stukken[0].van if deel > 1 else date.min
        tot = date.max if stukken[-1] is verblijven[-1] else stukken[-1].tot
        erbij = [licht for licht in lichten if van <= licht[0] < tot]
        kop = blad.kop if deel == 1 else f"{blad.kop}, verder"
        yield Stuk(kop, tekening="weg", gegevens=teken(stukken, erbij, SMAL), vorm=f"weg{deel}")
