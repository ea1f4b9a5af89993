"""All postcodes and places in memory: read once per process, with one query, when somebody first searches.

The table is small and changes a few times a year; after `laad_geodata` the web process is restarted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from statistics import median

from django.db.models import F, Value

from collectief.geo import namen
from collectief.geo.models import Plaats, Postcode
from collectief.geo.rd import Punt, naar_rd

POSTCODE, PLAATS, GEMEENTE, PROVINCIE, PUNT = "postcode", "plaats", "gemeente", "provincie", "punt"
KOLOMMEN = ["pc4", "plaats", "gemeente", "provincie", "lat", "lon", "gewicht"]


@dataclass(frozen=True, slots=True)
class Doel:
    """Something to search around: a postcode, a place, the middle of a municipality or province, or a bare point."""

    soort: str
    naam: str
    gemeente: str
    provincie: str
    lat: float
    lon: float
    gewicht: int = 1  # number of postcodes: puts large before small
    plaats: str = ""  # of a postcode

    @property
    def punt(self) -> Punt:
        return naar_rd(self.lat, self.lon)

    @property
    def label(self) -> str:
        """How people say it: "3511 Utrecht", "Hengelo", "gemeente Bergen (L.)"."""
        if self.soort == POSTCODE:
            return f"{self.naam} {namen.spreeknaam(self.plaats)}"
        if self.soort == PLAATS:
            return namen.spreeknaam(self.naam)
        if self.soort == PUNT:
            return "waar je nu bent"
        return f"{self.soort} {namen.SPREEKNAMEN.get(self.naam, self.naam)}"

    @property
    def midden(self) -> str:
        """From where is measured, for whoever reads a distance: of an area that is its middle."""
        return f"het midden van {self.label}" if self.soort in (GEMEENTE, PROVINCIE) else self.label

    @property
    def ligging(self) -> str:
        """Where it lies, to tell it from another of the same name."""
        if self.soort == PLAATS:
            return f"gemeente {namen.SPREEKNAMEN.get(self.gemeente, self.gemeente)}, {self.provincie}"
        return self.provincie if self.soort == GEMEENTE else ""

    @property
    def zoekterm(self) -> str:
        """What to type to find exactly this."""
        if self.soort == PLAATS:
            return f"{self.naam}, {self.gemeente}"
        return self.naam if self.soort == POSTCODE else f"{self.soort} {self.naam}"


class Register:
    """Look up by code, by name, by the beginning of a name, and by likeness."""

    def __init__(self, postcodes: Iterable[Doel], gebieden: Iterable[Doel]):
        self.postcodes = {doel.naam: doel for doel in postcodes}
        self.op_sleutel: dict[str, list[Doel]] = defaultdict(list)
        self.op_woorden: dict[str, list[Doel]] = defaultdict(list)
        for doel in sorted(gebieden, key=lambda doel: (-doel.gewicht, doel.gemeente)):
            for vorm in namen.schrijfwijzen(doel.naam).union(*map(namen.schrijfwijzen, _bijnamen(doel))):
                self.op_woorden[vorm].append(doel)
                self.op_sleutel[vorm.replace(" ", "")].append(doel)

    @cached_property
    def _op_drieletter(self) -> dict[str, list[str]]:
        """Made at the first typing error."""
        tabel: dict[str, list[str]] = defaultdict(list)
        for sleutel in self.op_sleutel:
            for drie in namen.drieletters(sleutel):
                tabel[drie].append(sleutel)
        return tabel

    def precies(self, tekst: str) -> list[Doel]:
        """Everything of this name, large before small, each once: a town hides its own municipality and province."""
        doelen = self.op_sleutel.get(namen.sleutel(tekst), [])
        plaatsen = [doel for doel in doelen if doel.soort == PLAATS]
        verborgen = {(GEMEENTE, doel.gemeente) for doel in plaatsen} | {
            (PROVINCIE, doel.naam) for doel in plaatsen if doel.naam == doel.provincie
        }
        return [doel for doel in dict.fromkeys(doelen) if (doel.soort, doel.naam) not in verborgen]

    def beginnend_met(self, woorden: str) -> list[Doel]:
        """Everything whose name begins with these folded words, large before small."""
        gevonden = {
            doel: None for vorm, doelen in self.op_woorden.items() if vorm.startswith(woorden) for doel in doelen
        }
        return sorted(gevonden, key=lambda doel: -doel.gewicht)

    def lijkend_op(self, sleutel: str) -> list[tuple[float, str]]:
        """The keys most like this one, best first, with a likeness from 0 to 1."""
        gedeeld = Counter(ander for drie in namen.drieletters(sleutel) for ander in self._op_drieletter.get(drie, ()))
        return sorted(
            ((SequenceMatcher(None, sleutel, ander).ratio(), ander) for ander, _ in gedeeld.most_common(25)),
            reverse=True,
        )


def _bijnamen(doel: Doel) -> list[str]:
    tabellen = {
        PLAATS: namen.BIJNAMEN,
        GEMEENTE: namen.GEMEENTEBIJNAMEN,
        PROVINCIE: namen.PROVINCIEBIJNAMEN,
    }
    return [bijnaam for bijnaam, naam in tabellen[doel.soort].items() if naam == doel.naam]


def _gebieden(postcodes: list[Doel], soort: str) -> Iterable[Doel]:
    """Make municipalities or provinces out of their postcodes, with the middle of those as their point."""
    groepen = defaultdict(list)
    for doel in postcodes:
        groepen[(doel.gemeente, doel.provincie) if soort == GEMEENTE else ("", doel.provincie)].append(doel)
    for (gemeente, provincie), leden in groepen.items():
        lat, lon = median(doel.lat for doel in leden), median(doel.lon for doel in leden)
        yield Doel(soort, gemeente or provincie, gemeente, provincie, lat, lon, len(leden))


def lees_register() -> Register:
    """Read everything with one query."""
    postcodes = Postcode.objects.annotate(gewicht=Value(1)).values_list(*KOLOMMEN)
    plaatsen = Plaats.objects.annotate(pc4=Value(""), plaats=F("naam"), gewicht=F("aantal_postcodes"))
    codes, dorpen = [], []
    for pc4, plaats, gemeente, provincie, lat, lon, gewicht in postcodes.union(
        plaatsen.values_list(*KOLOMMEN), all=True
    ):
        if pc4:
            codes.append(Doel(POSTCODE, pc4, gemeente, provincie, lat, lon, plaats=plaats))
        else:
            dorpen.append(Doel(PLAATS, plaats, gemeente, provincie, lat, lon, gewicht))
    return Register(codes, [*dorpen, *_gebieden(codes, GEMEENTE), *_gebieden(codes, PROVINCIE)])


_bewaard = lru_cache(maxsize=1)(lees_register)


def register() -> Register:
    """Return the register of this process. An empty table is not kept: it may be filled in a moment."""
    gevonden = _bewaard()
    if not gevonden.postcodes:
        vergeet_register()
    return gevonden


def vergeet_register() -> None:
    """Read the table again at the next search."""
    _bewaard.cache_clear()
