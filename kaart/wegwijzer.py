"""All public places in memory, so that a search, its counts and its "what if" take no query.

A set of places is one whole number with a bit per place: combining filters is `&`, counting is `bit_count()`. The
places stand in strips of the country from west to east, so that those within a distance are a few runs of bits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import lru_cache, reduce
from math import floor, sqrt
from operator import and_, or_
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from collectief.bits import als_bits, nummers_van
from collectief.geo.rd import Punt
from collectief.onthouden import Onthouden
from initiatieven.models import Locatie
from kaart.filters import FILTERS, OP_NAAM
from kaart.plek import Plek, lees, lees_stand
from kaart.vraag import Vraag

HOUDBAAR = 0 if settings.MODUS == "test" else 60  # seconds before the places are read again
STROOK = 5_000  # metres from south to north
KRINGEN = (5, 10, 25, 50)  # km: within these is looked for the nearest, the smallest that has enough
GEHEUGEN = 32_000_000  # bytes for points that were asked from: every postcode at 12,000 places
ANTWOORDEN = 1500  # pages that are kept, of some 7 kB
RIJEN = 16_384  # rows that are kept, of about 1 kB
ZEVEN = 64  # sets of filters whose places are kept, some 75 kB at 12,000 places
T = TypeVar("T")


def _volgorde(plek: Plek) -> tuple:
    """By strip, then from west to east; what is nowhere comes last, by name."""
    if plek.punt is None:
        return (1, plek.initiatief.casefold(), plek.pk)
    return (0, floor(plek.punt.y / STROOK), plek.punt.x, plek.pk)


class Gemaakt(dict):
    """What was made of these places. It goes when the places change, or all at once when it becomes too much."""

    def __init__(self, hoogstens: int):
        super().__init__()
        self.hoogstens = hoogstens

    def neem_of_maak(self, sleutel: Hashable, maak: Callable[[], T]) -> T:
        """Return what was made under this key, or make it now and keep it."""
        gemaakt = self.get(sleutel)
        if gemaakt is None:
            if len(self) >= self.hoogstens:
                self.clear()
            gemaakt = self[sleutel] = maak()
        return gemaakt


class Wegwijzer:
    """Knows every public place of one day: which fit a question, which are within a distance, which are nearest."""

    def __init__(self, plekken: Iterable[Plek], dag: date):
        self.plekken = tuple(sorted(plekken, key=_volgorde))
        self.dag = dag
        self.stand: tuple[str, ...] = ()  # of the database, when these were read
        self.antwoorden = Gemaakt(ANTWOORDEN)
        self.rijen = Gemaakt(RIJEN)
        self.zeven = Gemaakt(ZEVEN)
        self.nummers = {plek.pk: nummer for nummer, plek in enumerate(self.plekken)}
        ergens = [plek.punt for plek in self.plekken if plek.punt]
        self._x, self._y = [punt.x for punt in ergens], [punt.y for punt in ergens]
        self._punten = [complex(*punt) for punt in ergens]  # how far apart two are is one call
        self.ergens = (1 << len(ergens)) - 1
        self.alles = (1 << len(self.plekken)) - 1
        self.online = self.alles ^ self.ergens
        self._stroken = self._deel_in()
        self._met = self._verzamel()
        self.leeftijd = lru_cache(maxsize=64)(self._leeftijd)
        per_punt = 600 + len(KRINGEN) * len(self.plekken) // 8  # bytes
        self.kringen = lru_cache(maxsize=GEHEUGEN // per_punt)(self._kringen)
        self.vrij = lru_cache(maxsize=64)(self._vrij)

    def _deel_in(self) -> dict[int, tuple[int, int]]:
        """Note per strip where its places begin and end."""
        stroken: dict[int, tuple[int, int]] = {}
        for nummer, y in enumerate(self._y):
            strook = floor(y / STROOK)
            stroken[strook] = (stroken.get(strook, (nummer,))[0], nummer + 1)
        return stroken

    def _verzamel(self) -> dict[tuple[str, str], int]:
        """Note per value of every filter which places have it."""
        nummers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for nummer, plek in enumerate(self.plekken):
            for filter_ in FILTERS:
                waarden = getattr(plek, filter_.veld)
                for waarde in (waarden,) if isinstance(waarden, str) else waarden:
                    nummers[filter_.naam, waarde].append(nummer)
        return {sleutel: als_bits(welke, len(self.plekken)) for sleutel, welke in nummers.items()}

    def _leeftijd(self, jaar: int) -> int:
        return self._waar(lambda plek: plek.past_bij(jaar))

    def _vrij(self, leeftijd: int | None) -> int:
        return self._waar(lambda plek: plek.is_vrij(leeftijd))

    def _waar(self, eis) -> int:
        return als_bits((nummer for nummer, plek in enumerate(self.plekken) if eis(plek)), len(self.plekken))

    def met(self, naam: str, waarde: str) -> int:
        """The places that have this value of this filter."""
        return self._met.get((naam, waarde), 0)

    def gekozen(self, naam: str, waarden: Iterable[str]) -> int:
        """The places that fit these values of a filter: one of them, or all when the filter demands that."""
        bits = (self.met(naam, waarde) for waarde in waarden)
        return reduce(and_ if OP_NAAM[naam].eist_alle else or_, bits)

    def delen(self, vraag: Vraag) -> dict[str, int]:
        """Return per filter that is on the places that fit it."""
        delen = {naam: self.gekozen(naam, waarden) for naam, waarden in vraag.keuzes}
        if vraag.leeftijd is not None:
            delen["leeftijd"] = self.leeftijd(vraag.leeftijd)
        if vraag.plek:
            delen["plek"] = self.vrij(vraag.leeftijd)
        return delen

    def passend(self, vraag: Vraag) -> int:
        """The places that fit all filters of a question, wherever they are."""
        return reduce(and_, self.delen(vraag).values(), self.alles)

    def past(self, pk: int, vraag: Vraag) -> bool:
        """Tell whether a place fits the filters of a question."""
        return pk in self.nummers and bool(self.passend(vraag) >> self.nummers[pk] & 1)

    def plek(self, pk: int) -> Plek | None:
        """The public place with this number, if there is one."""
        return self.plekken[self.nummers[pk]] if pk in self.nummers else None

    def binnen(self, punt: Punt, km: int) -> int:
        """The places at most this far away in a straight line, the last metre included."""
        meter, bits = km * 1000, 0
        for strook in range(floor((punt.y - meter) / STROOK), floor((punt.y + meter) / STROOK) + 1):
            if strook in self._stroken:
                bits |= self._binnen_strook(punt, meter, strook)
        return bits

    def _kringen(self, punt: Punt) -> dict[int, int]:
        """Return per distance what lies within it. Whoever tries filters asks from the same point again and again."""
        return {km: self.binnen(punt, km) for km in KRINGEN}

    def _binnen_strook(self, punt: Punt, meter: int, strook: int) -> int:
        """Of one strip: what certainly lies within is one run of bits; only what lies at the rim is measured."""
        x, xs, (begin, einde) = punt.x, self._x, self._stroken[strook]
        onder, grens = strook * STROOK - punt.y, meter * meter
        boven = onder + STROOK
        dichtst = onder if onder > 0 else boven if boven < 0 else 0
        breed = sqrt(max(grens - dichtst * dichtst, 0)) + 1  # a metre more: the rim is measured anyway
        van = bisect_left(xs, x - breed, begin, einde)
        tot = bisect_right(xs, x + breed, van, einde)
        if van == tot:
            return 0
        smal = sqrt(max(grens - max(boven, -onder) ** 2, 0))
        zeker_van = bisect_left(xs, x - smal, van, tot) if smal else tot
        zeker_tot = bisect_right(xs, x + smal, zeker_van, tot) if smal else tot
        bits = (1 << (zeker_tot - van)) - (1 << (zeker_van - van))
        midden, punten = complex(*punt), self._punten
        for n in (*range(van, zeker_van), *range(zeker_tot, tot)):
            if abs(punten[n] - midden) <= meter:
                bits |= 1 << (n - van)
        return bits << van

    def dichtstbij(self, punt: Punt, bits: int, aantal: int) -> list[tuple[float, Plek]]:
        """Return these places with their distance in metres, nearest first."""
        bits, kringen = bits & self.ergens, self.kringen(punt)
        for km in KRINGEN:
            if (bits & kringen[km]).bit_count() >= aantal:
                bits &= kringen[km]
                break
        midden, punten = complex(*punt), self._punten
        afstanden = sorted([(abs(punten[n] - midden), n) for n in nummers_van(bits)])  # few: a circle that holds enough
        return [(meter, self.plekken[n]) for meter, n in afstanden[:aantal]]


def _ververs(oud: Wegwijzer | None) -> Wegwijzer:
    """Read the places when anything was written since; the same ones leave the old one, and what was made of it."""
    dag = timezone.localdate()
    stand = lees_stand() if oud else ()  # the first page of a process does not wait for it
    if oud and (oud.dag, oud.stand) == (dag, stand):
        return oud
    nieuw = Wegwijzer(lees(Locatie.objects.te_vinden(), dag), dag)
    if oud and (oud.dag, oud.plekken) == (dag, nieuw.plekken):
        nieuw = oud
    nieuw.stand = stand
    return nieuw


geheugen = Onthouden(_ververs, HOUDBAAR)


def wegwijzer() -> Wegwijzer:
    """Return what this process knows of the public places: a minute old, and at most two."""
    return geheugen.geef()
