"""A public place as the list and the map show it, read from the database in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.formats import date_format

from collectief.geo.rd import Punt, naar_rd
from initiatieven.models import Initiatief, Locatie, Plekken
from initiatieven.models.initiatief import heeft_lezers, leeftijd_in_woorden
from kaart.filters import LANDELIJK, OP_NAAM, bereik_van, groep_van
from kaart.openbaar import DELEN, RUIMTE, VAN_INITIATIEF

SOORT = dict(Initiatief.Soort.choices)
VAN_VER = OP_NAAM["bereik"].keuzes[LANDELIJK]
ONBEKEND = "onbekend of er plek is, vraag het na"
# Every version of a row has its own transaction and spot, so these sums are others after any change, of one or of many.
# Of people only who may sign in counts: each time that somebody does is a version too.
STAND = """
SELECT
    (SELECT (count(*), sum(xmin::text::bigint), sum(hashtid(ctid)))::text FROM initiatieven_initiatief),
    (SELECT (count(*), sum(xmin::text::bigint), sum(hashtid(ctid)))::text FROM initiatieven_locatie),
    (SELECT (count(*), sum(xmin::text::bigint), sum(hashtid(ctid)))::text FROM initiatieven_plekken),
    (SELECT (count(*), sum(xmin::text::bigint), sum(hashtid(ctid)))::text FROM gebruikers_rol),
    (SELECT (count(*), sum(hashint8(id)))::text FROM gebruikers_gebruiker WHERE is_active)
"""
EIGEN = ["pk", "naam", "plaats", "lat", "lon", "nauwkeurigheid", "is_online", "is_landelijk"]


class Groep(NamedTuple):
    """The room for one age group, as it may be shown on the day it was read."""

    van: int
    tot: int
    toestand: str
    weken: int | None
    datum: str

    def past_bij(self, leeftijd: int | None) -> bool:
        """Whether somebody of this age belongs here; without an age everybody does."""
        return leeftijd is None or self.van <= leeftijd <= self.tot

    @property
    def tekst(self) -> str:
        if self.toestand == Plekken.ONBEKEND:
            return ONBEKEND
        wacht = f", ongeveer {self.weken} {'week' if self.weken == 1 else 'weken'}" if self.weken else ""
        return f"{Plekken.Toestand(self.toestand).label}{wacht}"


class Ruimteregel(NamedTuple):
    """One line about room: "4–11 jaar: wachtlijst, ongeveer 6 weken", and the day it was noted."""

    toestand: str
    tekst: str
    datum: str = ""


class Plek(NamedTuple):
    """A public place. Everything in it may be read by everybody; one at someone's home has a rounded point only."""

    pk: int
    naam: str
    plaats: str
    lat: float | None
    lon: float | None
    nauwkeurigheid: str
    is_online: bool
    is_landelijk: bool
    initiatief: str
    slug: str
    soort: str
    domein: str
    leeftijd_van: int | None
    leeftijd_tot: int | None
    doelgroepen: tuple[str, ...]
    begeleiding: tuple[str, ...]
    bekostiging: tuple[str, ...]
    toegankelijk: tuple[str, ...]
    groep: str
    aanbod: tuple[str, ...]
    groepen: tuple[Groep, ...]
    is_te_vragen: bool  # somebody there reads what families ask on this site
    punt: Punt | None

    @property
    def coordinaten(self) -> tuple[str, str]:
        return (f"{self.lat:.4f}", f"{self.lon:.4f}") if self.punt else ("", "")

    @property
    def is_ongeveer(self) -> bool:
        return self.nauwkeurigheid == Locatie.Nauwkeurigheid.ONGEVEER

    @property
    def bereik(self) -> str:
        return bereik_van(is_landelijk=self.is_landelijk, is_online=self.is_online)

    @property
    def leeftijd(self) -> str:
        return leeftijd_in_woorden(self.leeftijd_van, self.leeftijd_tot)

    @property
    def waar(self) -> str:
        """The place, as exact as the public may know: "Zutphen", "omgeving Zeist", "online"."""
        if self.is_online:
            return "online"
        return f"omgeving {self.plaats}" if self.is_ongeveer else self.plaats

    @property
    def omschrijving(self) -> str:
        """What it is, for whom and where: "Boerderij · 8 tot en met 18 jaar · omgeving Zeist"; and who may come."""
        soort = SOORT[self.soort].capitalize()
        waar = ", ".join(filter(None, [self.naam, "" if self.is_online and self.soort == "online" else self.waar]))
        ver = VAN_VER if self.is_landelijk and not self.is_online else ""
        return " · ".join(filter(None, [soort, self.leeftijd, waar, ver]))

    def past_bij(self, leeftijd: int) -> bool:
        """A place that says nothing about age may fit any age."""
        return self.leeftijd_van is None or self.leeftijd_van <= leeftijd <= self.leeftijd_tot

    def is_vrij(self, leeftijd: int | None) -> bool:
        """Tell whether there is room now, for this age if one is given."""
        return any(groep.toestand == Plekken.Toestand.PLEK_VRIJ and groep.past_bij(leeftijd) for groep in self.groepen)

    def ruimte(self, leeftijd: int | None = None) -> list[Ruimteregel]:
        """The room per age group, young before old; only for the age that was asked for, if any."""
        groepen = [groep for groep in self.groepen if groep.past_bij(leeftijd)]
        if not groepen:
            return [Ruimteregel(Plekken.ONBEKEND, ONBEKEND)]
        met_leeftijd = len(groepen) > 1
        return [
            Ruimteregel(g.toestand, f"{g.van}–{g.tot} jaar: {g.tekst}" if met_leeftijd else g.tekst, g.datum)
            for g in groepen
        ]


@lru_cache(maxsize=8192)
def _groep(gegevens: str, vandaag: date) -> Groep:
    """Read an age group as the database wrote it; kept per day, because tomorrow it may say nothing any more."""
    delen = json.loads(gegevens)
    groep = Plekken(**delen | {"per_datum": date.fromisoformat(delen["per_datum"])})
    toestand = groep.toestand_nu
    datum = "" if toestand == Plekken.ONBEKEND else date_format(groep.per_datum, "j F")
    return Groep(groep.leeftijd_van, groep.leeftijd_tot, toestand, groep.wachtweken, datum)


def _maak(rij: dict, vandaag: date) -> Plek:
    rij["aanbod"] = tuple(deel for deel in DELEN if rij.pop(deel))
    rij["groepen"] = tuple(_groep(groep, vandaag) for groep in rij["groepen"])
    rij["groep"] = groep_van(rij.pop("groepsgrootte"))
    rij["punt"] = None if rij["is_online"] else naar_rd(rij["lat"], rij["lon"])
    return Plek(**{veld: tuple(waarde) if isinstance(waarde, list) else waarde for veld, waarde in rij.items()})


def lees_stand() -> tuple[str, ...]:
    """Return what is another as soon as anything was written to that `lees` reads; some milliseconds, no row comes out.

    Ask for it before `lees`: what is written between the two then shows the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAND)
        return cursor.fetchone()


def lees(locaties: QuerySet[Locatie], vandaag: date) -> Iterable[Plek]:
    """Read what a card shows: the place, its initiative, and in the same query the room per age group."""
    groepen = Plekken.objects.filter(initiatief=OuterRef("initiatief")).order_by("leeftijd_van", "leeftijd_tot")
    rijen = locaties.annotate(
        groepen=ArraySubquery(groepen.values(groep=Cast(JSONObject(**{naam: naam for naam in RUIMTE}), TextField()))),
        is_te_vragen=heeft_lezers("initiatief"),
    ).values_list(*EIGEN, *VAN_INITIATIEF.values(), "groepen", "is_te_vragen")
    kolommen = [*EIGEN, *VAN_INITIATIEF, "groepen", "is_te_vragen"]
    return (_maak(dict(zip(kolommen, rij, strict=True)), vandaag) for rij in rijen)
