"""The answer to a question: what lies within the distance, what else there is, and what one filter less would give.

Nobody leaves with empty hands: as long as there is one place in the country, an answer holds a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import and_
from typing import NamedTuple

from collectief.bits import laagste, nummers_van
from collectief.geo.rd import Punt, circa
from kaart.filters import FILTERS, LANDELIJK, woorden
from kaart.plek import Plek
from kaart.vraag import HEEL_NEDERLAND, Vraag
from kaart.wegwijzer import Wegwijzer

PER_PAGINA = 12
GENOEG = 3  # with fewer than this within the distance, the answer looks further
VERDER = 3  # places that are shown beyond it
VAST = {
    "leeftijd": "leeftijd",
    "plek": "plek vrij",
    "online": "alleen online",
}  # filters that do not stand in `kaart.filters`


class Rij(NamedTuple):
    """A place in the list and on the map. A place that is online has no distance and no number."""

    plek: Plek
    meter: float | None = None
    nummer: int = 0

    @property
    def afstand(self) -> str:
        return circa(self.meter)


@dataclass(frozen=True)
class Voorstel:
    """Let one filter go, or look further, and get this."""

    woorden: str
    vraag: Vraag
    aantal: int  # within the distance
    dichtstbij: str = ""  # when it gives nothing within the distance: how far the nearest is then


@dataclass(frozen=True)
class Aanbod:
    """What there is around a point. `tellingen` says per choice, `soort:boerderij`, how many there would be with it."""

    aantal: int = 0
    binnen: list[Rij] = field(default_factory=list)
    verder: list[Rij] = field(default_factory=list)
    bijna: list[Rij] = field(default_factory=list)  # do not fit every filter
    landelijk: list[Rij] = field(default_factory=list)  # still further, where young people from everywhere may come
    online: list[Rij] = field(default_factory=list)
    voorstel: Voorstel | None = None
    ruimer: Voorstel | None = None
    heeft_meer: bool = False
    tellingen: dict[str, int] = field(default_factory=dict)

    @property
    def plekken(self) -> list[Rij]:
        """What has a number: everything that stands somewhere."""
        return [rij for rij in self.binnen + self.verder + self.bijna + self.landelijk if rij.nummer]

    @property
    def is_mager(self) -> bool:
        """Whether there is so little within the distance that the answer looks further and gives advice."""
        return self.aantal < GENOEG

    @property
    def is_leeg(self) -> bool:
        return not (self.binnen or self.verder or self.bijna or self.landelijk or self.online)


class Zeef:
    """What the filters of a question leave of the places, wherever is asked from: many people share it."""

    def __init__(self, vraag: Vraag, gids: Wegwijzer):
        self.gids = gids
        self.delen = gids.delen(vraag)
        self.passend = self.zonder("")
        self.met_keuze = list(self._met_keuze(vraag.leeftijd))

    def tellingen_in(self, bereik: int) -> dict[str, int]:
        """How many of these places there would be with each choice."""
        if bereik == self.gids.ergens:
            return self._in_heel_nederland
        onder = laagste(bereik)  # counting is most of the work, and what lies together is a small part of the country
        return {naam: ((bereik & bits) >> onder).bit_count() for naam, bits in self.met_keuze}

    @cached_property
    def _in_heel_nederland(self) -> dict[str, int]:
        return {naam: (self.gids.ergens & bits).bit_count() for naam, bits in self.met_keuze}

    @cached_property
    def telt_overal(self) -> dict[str, int]:
        """What is the same from every point: how many there are online, and in the whole country."""
        bereiken = {"online:1": self.gids.online, f"straal:{HEEL_NEDERLAND}": self.gids.ergens}
        return {naam: (self.passend & bits).bit_count() for naam, bits in bereiken.items()}

    @cached_property
    def gemist(self) -> list[int]:
        """The places that miss no filter, those that miss one, two …"""
        gemist = [self.gids.alles]
        for deel in self.delen.values():
            met_een_meer = [0, *(bits & ~deel for bits in gemist)]
            gemist = [hier & deel | erbij for hier, erbij in zip([*gemist, 0], met_een_meer, strict=True)]
        return gemist

    def zonder(self, naam: str) -> int:
        """The places that fit every filter but this one."""
        return reduce(and_, (deel for ander, deel in self.delen.items() if ander != naam), self.gids.alles)

    def _met_keuze(self, leeftijd: int | None) -> Iterator[tuple[str, int]]:
        """The places with each choice added: `soort:boerderij`. Other values of the same filter do not narrow it."""
        for filter_ in FILTERS:
            basis = self.zonder("" if filter_.eist_alle else filter_.naam)
            for waarde in filter_.keuzes:
                yield f"{filter_.naam}:{waarde}", basis & self.gids.met(filter_.naam, waarde)
        yield "plek:1", self.zonder("plek") & self.gids.vrij(leeftijd)


class Zoeker:
    """One question around one point, worked out with the sets of `kaart.wegwijzer`."""

    def __init__(self, punt: Punt, vraag: Vraag, gids: Wegwijzer):
        self.punt, self.vraag, self.gids = punt, vraag, gids
        self.zeef = gids.zeven.neem_of_maak(vraag.kern, lambda: Zeef(vraag, gids))
        self.kringen = gids.kringen(punt)
        self.bereik = self._bereik(vraag)
        self.passend = self.zeef.passend
        self.goed = self.passend & self.bereik
        self.aantal = self.goed.bit_count()

    def _bereik(self, vraag: Vraag) -> int:
        """Among which places a question looks: those within its distance, or those that are nowhere."""
        return self.gids.online if vraag.online else self.kringen.get(vraag.straal, self.gids.ergens)

    def dichtstbij(self, bits: int, aantal: int, na: int = 0) -> list[Rij]:
        """The nearest of these, numbered from `na` on."""
        gevonden = self.gids.dichtstbij(self.punt, bits, aantal)
        return [Rij(plek, meter, nummer) for nummer, (meter, plek) in enumerate(gevonden, start=na + 1)]

    def bladzijde(self) -> list[Rij]:
        """One page of what fits within the distance."""
        begin, einde = (self.vraag.pagina - 1) * PER_PAGINA, self.vraag.pagina * PER_PAGINA
        if begin >= self.aantal:
            return []
        if self.vraag.online:
            return self.online(self.goed)[begin:einde]
        return self.dichtstbij(self.goed, einde)[begin:]

    def online(self, bits: int) -> list[Rij]:
        """Places without a place, by name."""
        return [Rij(self.gids.plekken[nummer]) for nummer in nummers_van(bits & self.gids.online)]

    def landelijk(self, verder: list[Rij], na: int) -> list[Rij]:
        """The nearest beyond these where young people from the whole country may come."""
        ver = self.passend & self.gids.met("bereik", LANDELIJK) & ~self.bereik
        al_getoond = {rij.plek.pk for rij in verder}
        nieuw = [rij for rij in self.dichtstbij(ver, VERDER + len(verder)) if rij.plek.pk not in al_getoond][:VERDER]
        return [rij._replace(nummer=nummer) for nummer, rij in enumerate(nieuw, start=na + 1)]

    @cached_property
    def voorstel(self) -> Voorstel | None:
        """The one filter whose absence gives most within the distance, else the nearest; or all filters together."""
        mogelijk = [self._voorstel(naam, self.vraag.zonder(naam), self.zeef.zonder(naam)) for naam in self.zeef.delen]
        if self.vraag.online:
            mogelijk.append(self._voorstel("online", self.vraag.zonder("online"), self.passend))
        iets_nieuws = [paar for paar in mogelijk if paar[1] > float("-inf")]
        if iets_nieuws:
            return max(iets_nieuws, key=lambda paar: (paar[0].aantal, paar[1]))[0]
        over = self._voorstel("", self.vraag.zonder_filters, self.gids.alles)
        return over[0] if mogelijk and over[1] > float("-inf") else None

    def _voorstel(self, naam: str, vraag: Vraag, bits: int) -> tuple[Voorstel, float]:
        """What it would give, and how near the nearest of what is new then lies (minus infinity: nothing new)."""
        aantal = (bits & self._bereik(vraag)).bit_count()
        if vraag.online:
            return Voorstel(self._woorden(naam), vraag, aantal), aantal - self.aantal or float("-inf")
        al_gezien, gezien = (0, 0) if self.vraag.online else (self.passend, self.aantal)
        erbij = bits & ~al_gezien
        dichtst = self.gids.dichtstbij(self.punt, erbij, 1)
        meter = dichtst[0][0] if dichtst else float("inf")
        ver = circa(meter) if dichtst and aantal == gezien else ""
        return Voorstel(self._woorden(naam), vraag, aantal, ver), -meter

    def bijna(self, aantal: int, na: int) -> list[Rij]:
        """What misses the fewest filters, and of those that miss as many the nearest."""
        rijen: list[Rij] = []
        for bits in self.zeef.gemist[1:]:
            if len(rijen) >= aantal:
                break
            rijen += self.dichtstbij(bits, aantal - len(rijen), na + len(rijen))
        return rijen

    @property
    def ruimer(self) -> Voorstel | None:
        """The smallest larger distance within which there is more."""
        if self.vraag.online or self.vraag.straal is None:
            return None
        groter = {f"binnen {km} km": (km, kring) for km, kring in self.kringen.items() if km > self.vraag.straal}
        for woorden_, (km, kring) in (groter | {"in heel Nederland": (None, self.gids.ergens)}).items():
            if (aantal := (self.passend & kring).bit_count()) > self.aantal:
                return Voorstel(woorden_, replace(self.vraag, straal=km, pagina=1), aantal)
        return None

    def _woorden(self, naam: str) -> str:
        if naam == "leeftijd":
            return f"{self.vraag.leeftijd} jaar"
        if naam in VAST or not naam:
            return VAST.get(naam, "")
        return " of ".join(woorden(naam, waarde) for waarde in dict(self.vraag.keuzes)[naam])

    def tellingen(self) -> dict[str, int]:
        """How many there would be with each choice: `soort:boerderij`, `straal:25`."""
        tellingen = self.zeef.tellingen_in(self.bereik) | self.zeef.telt_overal
        for km, kring in self.kringen.items():
            tellingen[f"straal:{km}"] = (self.passend & kring).bit_count()
        return tellingen


def zoek_aanbod(punt: Punt, vraag: Vraag, gids: Wegwijzer) -> Aanbod:
    """Return what there is around a point, and never nothing while there is any place at all."""
    zoeker = Zoeker(punt, vraag, gids)
    aanbod = Aanbod(
        aantal=zoeker.aantal,
        binnen=zoeker.bladzijde(),
        heeft_meer=zoeker.aantal > vraag.pagina * PER_PAGINA,
        tellingen=zoeker.tellingen(),
    )
    if vraag.pagina > 1 or zoeker.aantal >= GENOEG:
        return aanbod
    return _met_meer(aanbod, zoeker)


def _met_meer(aanbod: Aanbod, zoeker: Zoeker) -> Aanbod:
    """Add to a meagre answer what lies further, what is for everybody, and what one filter less would give."""
    passend, bereik = zoeker.passend, zoeker.bereik
    na = 0 if zoeker.vraag.online else aanbod.aantal
    verder = zoeker.dichtstbij(passend & ~bereik, VERDER, na)
    bijna = zoeker.bijna(GENOEG - len(aanbod.binnen) - len(verder), na + len(verder))
    return replace(
        aanbod,
        verder=verder,
        bijna=bijna,
        landelijk=zoeker.landelijk(verder, na + len(verder) + len(bijna)),
        online=[] if zoeker.vraag.online else zoeker.online(passend)[:VERDER],
        voorstel=zoeker.voorstel,
        ruimer=zoeker.ruimer,
    )
