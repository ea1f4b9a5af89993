"""From what a visitor types to a point on the map, a question, or a helpful sentence.

Nothing that is typed is stored or logged. Letters of a postcode and the street of an address are dropped at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from collectief.geo import namen
from collectief.geo.register import GEMEENTE, PLAATS, PROVINCIE, Doel, Register, register

ZEKER = 0.8  # likeness above which a misspelt name is taken for what it is like …
VOORSPRONG = 0.04  # … when it is this much ahead of the next
MOGELIJK = 0.6
MIN_BEGIN = 4  # letters; fewer say too little
MAX_KEUZES = 8
# Of a street in a place we do not know: 12, 12 a, 12bis, nr.12; never the first word. `basis.js` knows the same ones.
HUISNUMMER = re.compile(r"(\S)(?:[\s,]+[^\s,]*[0-9][^\s,]*(?:\s[a-z](?!\w))?)+", re.IGNORECASE)
MAX_SUGGESTIES = 5


@dataclass(frozen=True)
class Leeg:
    """Nothing was typed."""

    zoekterm: str = ""


@dataclass(frozen=True)
class Gevonden:
    """One point. `zoekterm` is what may stand in an address; `uitleg` says what was done with the question."""

    doel: Doel
    zoekterm: str
    uitleg: str = ""


@dataclass(frozen=True)
class Keuze:
    """More than one place has this name: ask which."""

    zoekterm: str
    keuzes: list[Doel]


@dataclass(frozen=True)
class Onbekend:
    """Not found: what to do now, and what it may have been."""

    zoekterm: str
    uitleg: str
    suggesties: list[Doel] = field(default_factory=list)


Uitkomst = Leeg | Gevonden | Keuze | Onbekend


def zoek(tekst: str) -> Uitkomst:
    """Find the point that belongs to a postcode, place, municipality or province. Never raises on odd input."""
    if not tekst.strip():
        return Leeg()
    tekst = namen.leesbaar(tekst[: namen.MAX_LENGTE + 1])
    woorden = namen.schoon(tekst)
    if not woorden:
        return Onbekend("", "We zagen geen letters of cijfers. Typ een postcode of de naam van een plaats.")
    if code := namen.POSTCODE.search(woorden):
        return _zoek_postcode(code[0])
    if len(tekst) > namen.MAX_LENGTE:
        uitleg = "Dat is wel erg lang. Typ alleen een postcode of de naam van een plaats."
        return Onbekend(HUISNUMMER.sub(r"\1", tekst), uitleg)
    if woorden.replace(" ", "").isdigit():
        return Onbekend(
            woorden, "Een postcode heeft vier cijfers, van 1000 tot en met 9999. Kijk nog even na wat je typte."
        )
    return _zoek_naam(tekst, woorden)


def _zoek_postcode(pc4: str) -> Uitkomst:
    bekend = register().postcodes
    if pc4 in bekend:
        return Gevonden(bekend[pc4], pc4)
    for aantal in (3, 2):
        buren = [ander for ander in bekend if ander[:aantal] == pc4[:aantal]]
        if buren:
            buur = bekend[min(buren, key=lambda ander: (abs(int(ander) - int(pc4)), ander))]
            uitleg = f"Postcode {pc4} kennen we niet, misschien is het een postbus. We zoeken rond {buur.label}."
            return Gevonden(buur, pc4, uitleg)
    return Onbekend(pc4, f"Postcode {pc4} kennen we niet. Probeer de naam van je woonplaats.")


def _zoek_naam(tekst: str, woorden: str) -> Uitkomst:
    boek = register()
    doelen = _precies(boek, tekst) or _met_ligging(boek, tekst)
    if doelen:
        return _een_of_meer(doelen, tekst)
    if doelen := _staart(boek, woorden):
        return _een_of_meer(doelen, doelen[0].zoekterm if len(doelen) == 1 else namen.spreeknaam(doelen[0].naam))
    if doelen := _begin(boek, namen.woorden(tekst)):
        return _een_of_meer(doelen, tekst, _verbeterd(tekst, doelen[0]))
    return _lijkend(boek, tekst)


def _een_of_meer(doelen: list[Doel], tekst: str, uitleg: str = "") -> Uitkomst:
    if len(doelen) > 1:
        return Keuze(tekst, doelen[:MAX_KEUZES])
    return Gevonden(doelen[0], tekst, uitleg)


def _verbeterd(tekst: str, doel: Doel) -> str:
    return f"Je typte “{tekst}”. We zoeken rond {doel.label}."


def _precies(boek: Register, tekst: str) -> list[Doel]:
    """Everything of exactly this name, and larger places whose name goes on: Alphen is often Alphen aan den Rijn."""
    for soort in (GEMEENTE, PROVINCIE):
        if rest := _na_voorvoegsel(tekst, soort):
            return [doel for doel in boek.op_sleutel.get(namen.sleutel(rest), []) if doel.soort == soort]
    doelen = boek.precies(tekst)
    if not doelen:
        return []
    grootste = max(doel.gewicht for doel in doelen)
    langer = [doel for doel in boek.beginnend_met(f"{namen.woorden(tekst)} ") if doel.soort == PLAATS]
    groter = [doel for doel in langer if doel.gewicht > grootste or len(doelen) > 1]
    return list(dict.fromkeys([*doelen, *groter]))


def _na_voorvoegsel(tekst: str, soort: str) -> str:
    begin, _, rest = tekst.strip().partition(" ")
    return rest if begin.casefold() == soort else ""


def _met_ligging(boek: Register, tekst: str) -> list[Doel]:
    """Read "Hengelo, Bronckhorst", "Hengelo (Gld)" and "Bergen NH": a name and what it lies in."""
    naam, komma, ligging = (tekst if "," in tekst else tekst.replace("(", ",")).partition(",")
    if komma:
        return _filter(boek, naam, ligging)
    delen = tekst.split()
    for aantal in range(1, min(len(delen), 4)):
        if doelen := _filter(boek, " ".join(delen[:-aantal]), " ".join(delen[-aantal:])):
            return doelen
    return []


def _filter(boek: Register, naam: str, ligging: str) -> list[Doel]:
    waar = namen.sleutel(namen.AFKORTINGEN.get(namen.schoon(ligging), ligging))
    if len(waar) < 2:
        return []
    gevonden = [doel for doel in dict.fromkeys(boek.op_sleutel.get(namen.sleutel(naam), [])) if doel.soort == PLAATS]
    precies = [doel for doel in gevonden if waar in {namen.sleutel(doel.gemeente), namen.sleutel(doel.provincie)}]
    return [doel for doel in precies if namen.sleutel(doel.naam) == namen.sleutel(naam)] or precies


def _staart(boek: Register, woorden: str) -> list[Doel]:
    """Find a place at the end of an address: "Dorpsstraat 12 Zutphen". The street goes no further than here."""
    delen = woorden.split()
    for begin in range(1, len(delen)):
        if doelen := boek.precies(" ".join(delen[begin:])):
            return doelen
    return []


def _begin(boek: Register, woorden: str) -> list[Doel]:
    """Finish a name that was half typed, when only few begin like it."""
    if len(woorden) < MIN_BEGIN:
        return []
    doelen = [doel for doel in boek.beginnend_met(woorden) if doel.soort == PLAATS]
    return doelen if len(doelen) <= MAX_KEUZES else []


def _lijkend(boek: Register, tekst: str) -> Uitkomst:
    """Take a misspelt name for what it is most like, and say so; or name what it may have been."""
    lijkend = boek.lijkend_op(namen.sleutel(tekst))
    if lijkend and lijkend[0][0] >= ZEKER and (len(lijkend) < 2 or lijkend[0][0] - lijkend[1][0] >= VOORSPRONG):
        doelen = boek.precies(lijkend[0][1])
        if len(doelen) == 1:
            return Gevonden(doelen[0], tekst, _verbeterd(tekst, doelen[0]))
    mogelijk = [doel for gelijkenis, sleutel in lijkend if gelijkenis >= MOGELIJK for doel in boek.precies(sleutel)]
    suggesties = list(dict.fromkeys([*mogelijk, *_zelfde_begin(boek, tekst)]))[:MAX_SUGGESTIES]
    uitleg = f"We vonden geen plaats of postcode bij “{tekst}”."
    return Onbekend(HUISNUMMER.sub(r"\1", tekst), uitleg, suggesties)


def _zelfde_begin(boek: Register, tekst: str) -> list[Doel]:
    woorden = namen.woorden(tekst)
    return boek.beginnend_met(woorden)[:MAX_SUGGESTIES] if len(woorden) > 1 else []
