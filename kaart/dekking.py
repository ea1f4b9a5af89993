"""How far the nearest place is from every postcode, and where a new place would help most.

Straight-line distances between points in RD metres. A postcode is its own point, a place at somebody's home the rounded
point that everybody may see. Worked out by the worker, once for every state of the directory, and kept.

Where a new place helps most is chosen greedily: the postcode with most postcodes within 25 km that are farther than
25 km from every place now; then the same again as if that place were there, five times. Choosing the best five together
would take very long and gain little: a greedy choice reaches at least 63 % of it (Nemhauser, Wolsey and Fisher, 1978).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, inf

from django.utils import timezone

from collectief.geo.models import Postcode
from collectief.geo.rd import Punt
from initiatieven.models import Locatie
from initiatieven.models.initiatief import OUDSTE
from kaart.models import Dekking

DICHTBIJ, VER = 10_000, 25_000  # metres
VOORSTELLEN = 5
VERSTE = 25  # postcodes named as white spots
VAK = 10_000  # metres: a square of the drawing
WEINIG = 60  # squares with something in them
BEWAAR = 12  # states of the directory
REKENWIJZE = 1  # goes up when the same places would give other figures

# For whom: the youngest and the oldest of it. A place fits when it takes somebody of that age, or says no age.
GROEPEN: dict[str, tuple[str, int, int]] = {
    "alle": ("alle leeftijden", 0, OUDSTE),
    "4-11": ("4 tot en met 11 jaar", 4, 11),
    "12-17": ("12 tot en met 17 jaar", 12, 17),
    "18-27": ("18 tot en met 27 jaar", 18, 27),
}


@dataclass(frozen=True, slots=True)
class Gebied:
    """A postcode area, as its point stands for it."""

    pc4: str
    plaats: str
    gemeente: str
    provincie: str
    punt: Punt


@dataclass(frozen=True, slots=True)
class Plekpunt:
    """A place and the ages it is for; None says nothing about age."""

    punt: Punt
    van: int | None
    tot: int | None

    def past(self, jongste: int, oudste: int) -> bool:
        return self.van is None or (self.van <= oudste and self.tot >= jongste)


class Raster:
    """Points in squares, so that what is near is found without looking at the whole country."""

    def __init__(self, punten: Iterable[Punt], maat: int):
        self.maat = maat
        self.vakken: dict[tuple[int, int], list[tuple[int, Punt]]] = defaultdict(list)
        for nummer, punt in enumerate(punten):
            self.vakken[self._vak(punt)].append((nummer, punt))
        self.uiterste = max((abs(x) + abs(y) for x, y in self.vakken), default=0)

    def _vak(self, punt: Punt) -> tuple[int, int]:
        return int(punt.x // self.maat), int(punt.y // self.maat)

    def _ring(self, punt: Punt, breed: int) -> Iterable[tuple[int, Punt]]:
        """What lies in the squares exactly `breed` squares away."""
        mx, my = self._vak(punt)
        for x in range(mx - breed, mx + breed + 1):
            stap = 1 if abs(x - mx) == breed else 2 * breed
            for y in range(my - breed, my + breed + 1, stap or 1):
                yield from self.vakken.get((x, y), ())

    def dichtstbij(self, punt: Punt) -> float:
        """Return the distance in metres to the nearest point; infinite when there is none."""
        if len(self.vakken) < WEINIG:  # then the rings around are nearly all empty
            alle = (ander for vak in self.vakken.values() for _, ander in vak)
            return min((hypot(punt.x - ander.x, punt.y - ander.y) for ander in alle), default=inf)
        beste, breed = inf, 0
        grens = self.uiterste + sum(map(abs, self._vak(punt))) + 1
        while breed <= grens and (breed - 1) * self.maat <= beste:
            for _, ander in self._ring(punt, breed):
                beste = min(beste, hypot(punt.x - ander.x, punt.y - ander.y))
            breed += 1
        return beste

    def binnen(self, punt: Punt, meter: int) -> list[int]:
        """Return the numbers of the points within this distance; at most the size of a square."""
        return [
            nummer
            for breed in (0, 1)
            for nummer, ander in self._ring(punt, breed)
            if hypot(punt.x - ander.x, punt.y - ander.y) <= meter
        ]


def lees() -> tuple[list[Gebied], list[Plekpunt]]:
    """Read the country and its public places, in two queries."""
    gebieden = Postcode.objects.order_by("pc4").values_list("pc4", "plaats", "gemeente", "provincie", "rd")
    plekken = Locatie.objects.op_de_kaart().order_by("pk")
    velden = plekken.values_list("rd", "initiatief__leeftijd_van", "initiatief__leeftijd_tot")
    return [Gebied(*rij) for rij in gebieden], [Plekpunt(*rij) for rij in velden]


def versie_van(gebieden: list[Gebied], plekken: list[Plekpunt]) -> str:
    """Return a name for this state of country and directory: the same names mean the same figures."""
    rijen = sorted((round(p.punt.x), round(p.punt.y), p.van or -1, p.tot or -1) for p in plekken)
    som = hashlib.sha256(repr((REKENWIJZE, len(gebieden), rijen)).encode())
    som.update("".join(gebied.pc4 for gebied in gebieden).encode())
    return som.hexdigest()


def bereken(gebieden: list[Gebied], plekken: list[Plekpunt]) -> dict:
    """Return everything the pages show, per age group, as plain lists and numbers."""
    punten = {
        naam: tuple(plek.punt for plek in plekken if plek.past(jongste, oudste))
        for naam, (_, jongste, oudste) in GROEPEN.items()
    }
    delen = {groep: _van_groep(gebieden, groep) for groep in set(punten.values())}  # often the same for several ages
    return {naam: delen[groep] for naam, groep in punten.items()}


def _van_groep(gebieden: list[Gebied], punten: tuple[Punt, ...]) -> dict:
    raster = Raster(punten, VER // 5)
    meters = [raster.dichtstbij(gebied.punt) for gebied in gebieden]
    ver = [(meter, gebied) for meter, gebied in zip(meters, gebieden, strict=True) if meter > VER]
    verste = sorted(ver, key=lambda paar: (-paar[0], paar[1].pc4))[:VERSTE]
    return {
        "plekken": len(punten),
        "totaal": _telling(meters),
        "provincies": _per(gebieden, meters, lambda gebied: (gebied.provincie,)),
        "gemeenten": _per(gebieden, meters, lambda gebied: (gebied.provincie, gebied.gemeente)),
        "vakken": _vakken(gebieden, meters),
        "verste": [[gebied.pc4, gebied.plaats, gebied.gemeente, _km(meter)] for meter, gebied in verste],
        "voorstellen": stel_voor(gebieden, [gebied for _, gebied in ver]),
    }


def _km(meter: float) -> int | None:
    """Whole kilometres: the points are rounded, so more would not be true. None when there is no place at all."""
    return round(meter / 1000) if meter < inf else None


def _telling(meters: Iterable[float]) -> list[int]:
    """How many postcodes there are, how many of them within 10 km of a place, and how many within 25."""
    meters = list(meters)
    return [len(meters), sum(meter <= DICHTBIJ for meter in meters), sum(meter <= VER for meter in meters)]


def _per(gebieden: list[Gebied], meters: list[float], sleutel) -> list[list]:
    """Count per province or municipality: its names, and what `_telling` counts."""
    groepen = defaultdict(list)
    for gebied, meter in zip(gebieden, meters, strict=True):
        groepen[sleutel(gebied)].append(meter)
    return [[*namen, *_telling(groepen[namen])] for namen in sorted(groepen)]


def _vakken(gebieden: list[Gebied], meters: list[float]) -> list[list[int]]:
    """For the drawing: squares of ten kilometres, and which share of their postcodes is within 10 km and within 25."""
    vakken = defaultdict(list)
    for gebied, meter in zip(gebieden, meters, strict=True):
        vakken[int(gebied.punt.x // VAK), int(gebied.punt.y // VAK)].append(meter)
    return [[x, y, *_telling(vakken[x, y])] for x, y in sorted(vakken)]


def stel_voor(gebieden: list[Gebied], ver: list[Gebied]) -> list[list]:
    """Choose greedily where a new place brings most of the far postcodes within 25 km; postcode order breaks a tie.

    Returns [pc4, place, municipality, how many, x, y], best first, at most five, none that brings nothing.
    """
    raster = Raster([gebied.punt for gebied in ver], VER)
    bereik = {gebied: sum(1 << nummer for nummer in raster.binnen(gebied.punt, VER)) for gebied in gebieden}
    over, voorstellen = (1 << len(ver)) - 1, []
    while over and len(voorstellen) < VOORSTELLEN:
        beste = max(gebieden, key=lambda gebied: ((bereik[gebied] & over).bit_count(), -int(gebied.pc4)))
        wint = (bereik[beste] & over).bit_count()
        over &= ~bereik[beste]
        x, y = map(round, beste.punt)
        voorstellen.append([beste.pc4, beste.plaats, beste.gemeente, wint, x, y])
    return voorstellen


def werk_bij() -> bool:
    """Work it out when the directory changed since the last time; True when there was something to do.

    Safe to run often and side by side: what two workers work out at once is the same, and is kept once.
    """
    gebieden, plekken = lees()
    versie = versie_van(gebieden, plekken)
    if not gebieden or Dekking.objects.order_by("-berekend_op").values_list("versie", flat=True).first() == versie:
        return False
    if Dekking.objects.filter(versie=versie).update(berekend_op=timezone.now()):  # the directory is as it was before
        return True
    gegevens = bereken(gebieden, plekken)
    Dekking.objects.bulk_create([Dekking(versie=versie, gegevens=gegevens)], ignore_conflicts=True)
    oud = Dekking.objects.order_by("-berekend_op").values_list("pk", flat=True)[BEWAAR:]
    Dekking.objects.filter(pk__in=list(oud)).delete()
    return True
