"""Finding in the directory: facets with live counts over all initiatives at once.

PostgreSQL looks up words, each once as long as the numbers below are kept; counting is done in memory. Each value of a
facet is one whole number with a bit for every initiative that has it, in alphabetical order, so a count is an AND and a
count of bits: a millisecond for twelve thousand initiatives and thirty values. The numbers are made anew at most once a
minute per process.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from collectief.bits import als_bits, nummers_van
from collectief.geo.namen import PROVINCIES
from collectief.geo.rd import Punt
from collectief.onthouden import Onthouden
from initiatieven.facetten import AANBOD, BEREIK, LEEFTIJD, ONLINE, PLEK, Facet, leeftijdsgroepen
from initiatieven.models import Initiatief, Locatie, Plekken
from initiatieven.models.initiatief import BESTE_EERST

HOUDBAAR = 60  # seconds before the initiatives are read again
PER_BLADZIJDE = 24
MEESTE_WOORDEN = 500  # searches whose answer is kept beside them: a number of 12,000 bits each
VERWEG = math.inf  # metres to an initiative that is nowhere

PROVINCIE = Facet("provincie", "Provincie", {naam: naam for naam in PROVINCIES})
VOOR = Facet("voor", "Voor een jongere die…", dict(Initiatief.Doelgroep.choices))
SAMEN = Facet("samen", "Alleen of in een groep", dict(Initiatief.Begeleiding.choices))
DOMEIN = Facet("domein", "Onderwijs, jeugdhulp of zorg", dict(Initiatief.Domein.choices))
BETAALD = Facet("betaald", "Hoe het betaald kan worden", dict(Initiatief.Bekostiging.choices))
FACETTEN = (PLEK, LEEFTIJD, PROVINCIE, VOOR, AANBOD, SAMEN, DOMEIN, BETAALD, ONLINE, BEREIK)

Tellingen = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Uitslag:
    """One page of what was found: keys in order, distances, and per facet how many each value would give."""

    aantal: int
    ids: list[int]
    tellingen: Tellingen
    meter: Mapping[int, float] = field(default_factory=dict)


class Kaartenbak:
    """All that can be found, in alphabetical order, as bits per value of each facet."""

    def __init__(self, rijen: list[dict], plaatsen: list[tuple], plekken: list[tuple]) -> None:
        self.ids = [rij["pk"] for rij in rijen]
        self.positie = {pk: positie for positie, pk in enumerate(self.ids)}
        self.alle = (1 << len(self.ids)) - 1
        # The first place of each; a second one is rare. Who is nowhere is infinitely far away.
        self.oost, self.noord = [VERWEG] * len(self.ids), [VERWEG] * len(self.ids)
        self.ook: dict[int, list[Punt]] = defaultdict(list)
        verzameld = defaultdict(set)
        for positie, rij in enumerate(rijen):
            for facet, waarde in _kenmerken(rij):
                verzameld[facet.naam, waarde].add(positie)
        self._zet_waar(verzameld, plaatsen)
        self._zet_plek(verzameld, plekken)
        self.bits = {sleutel: als_bits(posities, len(self.ids)) for sleutel, posities in verzameld.items()}
        self._gevonden: dict[str, int] = {}

    def _zet_waar(self, verzameld: dict, plaatsen: list[tuple]) -> None:
        for pk, provincie, is_online, is_landelijk, punt in plaatsen:
            if (positie := self.positie.get(pk)) is None:
                continue
            verzameld[ONLINE.naam, "online" if is_online else "plek"].add(positie)
            if is_landelijk or is_online:
                verzameld[BEREIK.naam, "landelijk"].add(positie)
            verzameld[PROVINCIE.naam, provincie].add(positie)
            if punt and self.oost[positie] == VERWEG:
                self.oost[positie], self.noord[positie] = punt
            elif punt:
                self.ook[positie].append(punt)

    def _zet_plek(self, verzameld: dict, plekken: list[tuple]) -> None:
        """Only the best room of each initiative counts, as its card shows it."""
        beste: dict[int, str] = {}
        for pk, toestand in plekken:
            if pk in self.positie:
                beste[pk] = min(beste.get(pk, toestand), toestand, key=BESTE_EERST.index)
        for pk, toestand in beste.items():
            verzameld[PLEK.naam, toestand].add(self.positie[pk])

    def met_woorden(self, q: str) -> int:
        """Those with these words. A word that stands in half of all pages is looked up once, not at every question."""
        gezocht = " ".join(q.lower().split())
        if not gezocht:
            return self.alle
        if (bekend := self._gevonden.get(gezocht)) is not None:
            return bekend
        ids = Initiatief.objects.met_woorden(gezocht)
        bits = als_bits((self.positie[pk] for pk in ids if pk in self.positie), len(self.ids))
        if len(self._gevonden) < MEESTE_WOORDEN:
            self._gevonden[gezocht] = bits
        return bits

    def _gekozen(self, facet: str, waarden: Iterable[str]) -> int:
        return reduce(or_, (self.bits.get((facet, waarde), 0) for waarde in waarden), 0)

    def filter(self, basis: int, gekozen: Mapping[str, frozenset[str]]) -> tuple[int, Tellingen]:
        """What is left of `basis`, and how many each value gives beside what was chosen in the other facets."""
        per_facet = {facet: self._gekozen(facet, waarden) for facet, waarden in gekozen.items() if waarden}
        over = reduce(and_, per_facet.values(), basis)
        tellingen = {}
        for facet in FACETTEN:
            anders = (bits for ander, bits in per_facet.items() if ander != facet.naam)
            rest = reduce(and_, anders, basis)
            tellingen[facet.naam] = {
                waarde: (rest & self.bits.get((facet.naam, waarde), 0)).bit_count() for waarde in facet.keuzes
            }
        return over, tellingen

    def meter(self, posities: list[int], punt: Punt) -> dict[int, float]:
        """How far the nearest place of each is, in metres."""
        x, y = punt
        meter = {positie: math.hypot(self.oost[positie] - x, self.noord[positie] - y) for positie in posities}
        for positie in self.ook.keys() & meter.keys():
            meter[positie] = min(meter[positie], *(math.dist(plaats, punt) for plaats in self.ook[positie]))
        return meter


def _kenmerken(rij: dict) -> Iterable[tuple[Facet, str]]:
    """Each facet and value that one initiative has of itself."""
    yield DOMEIN, rij["domein"]
    for facet, waarden in (
        (LEEFTIJD, leeftijdsgroepen(rij["leeftijd_van"], rij["leeftijd_tot"])),
        (VOOR, rij["doelgroepen"]),
        (SAMEN, rij["begeleiding"]),
        (BETAALD, rij["bekostiging"]),
        (AANBOD, [deel for deel in AANBOD.keuzes if rij[f"heeft_{deel}"]]),
    ):
        for waarde in waarden:
            yield facet, waarde


def lees() -> Kaartenbak:
    """Read everything that can be found: three queries."""
    vindbaar = Initiatief.objects.vindbaar()
    rijen = (
        vindbaar.op_naam()
        .annotate(**{f"heeft_{deel}": ~Q(**{f"aanbod_{deel}": ""}) for deel in AANBOD.keuzes})
        .values(
            *("pk", "domein", "leeftijd_van", "leeftijd_tot", "doelgroepen", "begeleiding", "bekostiging"),
            *(f"heeft_{deel}" for deel in AANBOD.keuzes),
        )
    )
    plaatsen = Locatie.objects.filter(initiatief__in=vindbaar).values_list(
        *("initiatief", "provincie", "is_online", "is_landelijk", "rd")
    )
    plekken = Plekken.objects.recent().filter(initiatief__in=vindbaar).values_list("initiatief", "toestand")
    return Kaartenbak(list(rijen), list(plaatsen), list(plekken))


gids = Onthouden(lambda _: lees(), HOUDBAAR)


def vind(
    *, q: str, gekozen: Mapping[str, frozenset[str]], punt: Punt | None, op_afstand: bool, bladzijde: int
) -> Uitslag:
    """Answer a question to the directory. At most one query, for words that nobody asked in this minute."""
    bak = gids.geef()
    over, tellingen = bak.filter(bak.met_woorden(q), gekozen)
    posities = list(nummers_van(over))
    meter = bak.meter(posities, punt) if punt else {}
    if op_afstand and punt:
        posities.sort(key=meter.__getitem__)
    laatste = max(1, math.ceil(len(posities) / PER_BLADZIJDE))
    begin = (min(bladzijde, laatste) - 1) * PER_BLADZIJDE
    deze = posities[begin : begin + PER_BLADZIJDE]
    return Uitslag(
        aantal=len(posities),
        ids=[bak.ids[positie] for positie in deze],
        tellingen=tellingen,
        meter={bak.ids[positie]: meter[positie] for positie in deze if meter},
    )


def alle_gevonden(*, q: str, gekozen: Mapping[str, frozenset[str]]) -> list[int]:
    """The keys of everything that fits, in alphabetical order, for an export."""
    bak = gids.geef()
    over, _ = bak.filter(bak.met_woorden(q), gekozen)
    return [bak.ids[positie] for positie in nummers_van(over)]
