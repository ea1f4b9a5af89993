"""The places nearest to a point: one query, whose order comes from the index."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.formats import date_format

from collectief.geo.rd import Punt, naar_rd
from collectief.geo.velden import Afstand, RDPunt
from initiatieven.models import Initiatief, Locatie, Plekken
from kaart.forms import Vraag

PER_PAGINA = 12
VERDER = 3  # places beyond the radius that are shown when there are fewer than this within it
IJKPUNT = Punt(155_000.0, 463_000.0)  # stands in a prepared query where the point of the question comes
ONBEKEND = (Plekken.ONBEKEND, "onbekend of er plek is, vraag het na")
GROEP = ["leeftijd_van", "leeftijd_tot", "toestand", "wachtweken", "per_datum"]


def circa(meter: float) -> str:
    """A straight-line distance as people say it. The points are rounded, so more digits would not be true."""
    return f"ca. {meter / 1000:.0f} km" if meter >= 1000 else "minder dan 1 km"


@lru_cache(maxsize=1024)
def _leeftijd(van: int | None, tot: int | None) -> str:
    return Initiatief(leeftijd_van=van, leeftijd_tot=tot).leeftijd


@lru_cache(maxsize=4096)
def _groep(gegevens: str) -> Plekken:
    """Read an age group as the database wrote it; the same few come back all the time."""
    groep = json.loads(gegevens)
    return Plekken(**groep | {"per_datum": date.fromisoformat(groep["per_datum"])})


@dataclass(frozen=True, slots=True)
class Ruimte:
    """One line about room: "4–11 jaar: wachtlijst, ongeveer 6 weken", and the day it was noted."""

    toestand: str
    tekst: str
    datum: str = ""


@dataclass(slots=True)
class Plek:
    """A place in the list and on the map: the columns of `met_ruimte`, and its number in the list."""

    naam: str
    plaats: str
    lat: float
    lon: float
    nauwkeurigheid: str
    initiatief: str
    slug: str
    soort: str
    leeftijd_van: int | None
    leeftijd_tot: int | None
    groepen: list[str]
    meter: float = 0.0
    nummer: int = 0
    gevraagde_leeftijd: int | None = None

    @property
    def afstand(self) -> str:
        return circa(self.meter)

    @property
    def punt(self) -> Punt:
        return naar_rd(self.lat, self.lon)

    @property
    def coordinaten(self) -> tuple[str, str]:
        return f"{self.lat:.4f}", f"{self.lon:.4f}"

    @property
    def is_ongeveer(self) -> bool:
        return self.nauwkeurigheid == Locatie.Nauwkeurigheid.ONGEVEER

    @property
    def omschrijving(self) -> str:
        """What it is, for whom and where: "Boerderij · 8 tot en met 18 jaar · omgeving Zeist"."""
        waar = f"omgeving {self.plaats}" if self.is_ongeveer else self.plaats
        delen = [
            Initiatief.Soort(self.soort).label.capitalize(),
            _leeftijd(self.leeftijd_van, self.leeftijd_tot),
            ", ".join(filter(None, [self.naam, waar])),
        ]
        return " · ".join(filter(None, delen))

    @property
    def ruimte(self) -> list[Ruimte]:
        """The room per age group, young before old; only for the age that was asked for, if any."""
        leeftijd = self.gevraagde_leeftijd
        groepen = [_groep(groep) for groep in self.groepen]
        passend = [
            groep for groep in groepen if leeftijd is None or groep.leeftijd_van <= leeftijd <= groep.leeftijd_tot
        ]
        return [_regel(groep, met_leeftijd=len(passend) > 1) for groep in passend] or [Ruimte(*ONBEKEND)]


def _regel(groep: Plekken, *, met_leeftijd: bool) -> Ruimte:
    vooraf = f"{groep.leeftijd_van}–{groep.leeftijd_tot} jaar: " if met_leeftijd else ""
    if groep.toestand_nu == Plekken.ONBEKEND:
        return Ruimte(Plekken.ONBEKEND, vooraf + ONBEKEND[1])
    weken = groep.wachtweken
    wacht = f", ongeveer {weken} {'week' if weken == 1 else 'weken'}" if weken else ""
    return Ruimte(groep.toestand_nu, f"{vooraf}{groep.toestand_nu_tekst}{wacht}", date_format(groep.per_datum, "j F"))


@dataclass(frozen=True)
class Aanbod:
    """What there is around a point: within the radius, and when that is little, a bit further."""

    binnen: list[Plek] = field(default_factory=list)
    verder: list[Plek] = field(default_factory=list)
    heeft_meer: bool = False

    @property
    def plekken(self) -> list[Plek]:
        return self.binnen + self.verder


def passend(vraag: Vraag) -> QuerySet[Locatie]:
    """Public places that fit the filters. A place that says nothing about age may fit any age."""
    locaties = Locatie.objects.op_de_kaart()
    groepen = Plekken.objects.vrij().filter(initiatief=OuterRef("initiatief"))
    if vraag.leeftijd is not None:
        locaties = locaties.filter(
            Q(initiatief__leeftijd_van=None)
            | Q(initiatief__leeftijd_van__lte=vraag.leeftijd, initiatief__leeftijd_tot__gte=vraag.leeftijd)
        )
        groepen = groepen.filter(leeftijd_van__lte=vraag.leeftijd, leeftijd_tot__gte=vraag.leeftijd)
    return locaties.filter(Exists(groepen)) if vraag.plek else locaties


def met_ruimte(locaties: QuerySet[Locatie]) -> QuerySet[Locatie]:
    """Take what a card shows: the place, its initiative, and in the same query the room per age group."""
    groepen = Plekken.objects.filter(initiatief=OuterRef("initiatief")).order_by("leeftijd_van", "leeftijd_tot")
    return locaties.annotate(
        groepen=ArraySubquery(groepen.values(groep=Cast(JSONObject(**{naam: naam for naam in GROEP}), TextField())))
    ).values_list(
        "naam",
        "plaats",
        "lat",
        "lon",
        "nauwkeurigheid",
        F("initiatief__naam"),
        F("initiatief__slug"),
        F("initiatief__soort"),
        F("initiatief__leeftijd_van"),
        F("initiatief__leeftijd_tot"),
        "groepen",
    )


@lru_cache(maxsize=512)
def _sql(leeftijd: int | None, plek: bool, pagina: int, dag: date) -> tuple[str, tuple]:  # noqa: FBT001
    """Return the query for these filters with IJKPUNT in it. Django writes it once; `dag` is in it as "recent"."""
    begin = (pagina - 1) * PER_PAGINA
    vraag = Vraag(leeftijd=leeftijd, plek=plek)
    locaties = met_ruimte(passend(vraag)).annotate(meter=Afstand("rd", IJKPUNT)).order_by("meter")
    return locaties[begin : begin + PER_PAGINA + 1].query.sql_with_params()


def dichtstbij(punt: Punt, vraag: Vraag) -> list[Plek]:
    """Return one page of places that fit, nearest first, and one more to know whether there is a next page."""
    sql, parameters = _sql(vraag.leeftijd, vraag.plek, vraag.pagina, timezone.localdate())
    ijkpunt, hier = (RDPunt().get_prep_value(plek) for plek in (IJKPUNT, punt))
    with connection.cursor() as cursor:
        cursor.execute(sql, [hier if waarde == ijkpunt else waarde for waarde in parameters])
        rijen = cursor.fetchall()
    begin = (vraag.pagina - 1) * PER_PAGINA
    return [
        Plek(*rij, nummer=nummer, gevraagde_leeftijd=vraag.leeftijd)
        for nummer, rij in enumerate(rijen, start=begin + 1)
    ]


def zoek_aanbod(punt: Punt, vraag: Vraag) -> Aanbod:
    """Return what there is within the radius, and never nothing while there is anything that fits."""
    gevonden = dichtstbij(punt, vraag)
    grens = vraag.straal * 1000 if vraag.straal else float("inf")
    binnen = [plek for plek in gevonden if plek.meter <= grens]
    verder = gevonden[len(binnen) :][:VERDER] if vraag.pagina == 1 and len(binnen) < VERDER else []
    return Aanbod(binnen[:PER_PAGINA], verder, heeft_meer=len(binnen) > PER_PAGINA)
