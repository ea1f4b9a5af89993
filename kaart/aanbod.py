"""The places nearest to a point: one query, whose order comes from the index."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FETCH_RAISE, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from collectief.geo.rd import Punt
from collectief.geo.velden import Afstand
from initiatieven.models import Locatie, Plekken
from kaart.forms import Vraag

PER_PAGINA = 12
VERDER = 3  # places beyond the radius that are shown when there are fewer than this within it
VELDEN = [
    "naam",
    "plaats",
    "lat",
    "lon",
    "rd",
    "nauwkeurigheid",
    "initiatief__naam",
    "initiatief__slug",
    "initiatief__soort",
    "initiatief__leeftijd_van",
    "initiatief__leeftijd_tot",
]


def circa(meter: float) -> str:
    """A straight-line distance as people say it. The points are rounded, so more digits would not be true."""
    return f"ca. {meter / 1000:.0f} km" if meter >= 1000 else "minder dan 1 km"


@dataclass(frozen=True, slots=True)
class Plek:
    """A place in the list and on the map."""

    nummer: int
    locatie: Locatie
    meter: float
    ruimte: list[Plekken]

    @property
    def afstand(self) -> str:
        return circa(self.meter)

    @property
    def lat(self) -> str:
        return f"{self.locatie.lat:.4f}"

    @property
    def lon(self) -> str:
        return f"{self.locatie.lon:.4f}"


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
    """Bring along, in the same query, what a card shows of the initiative and its room."""
    groepen = Plekken.objects.filter(initiatief=OuterRef("initiatief")).order_by("leeftijd_van", "leeftijd_tot")
    kolommen = ["leeftijd_van", "leeftijd_tot", "toestand", "wachtweken", "per_datum"]
    return (
        locaties.select_related("initiatief")
        .only(*VELDEN)
        .fetch_mode(FETCH_RAISE)
        .annotate(groepen=ArraySubquery(groepen.values(groep=JSONObject(**{naam: naam for naam in kolommen}))))
    )


def ruimte(locatie: Locatie, leeftijd: int | None = None) -> list[Plekken]:
    """Return the room per age group that `met_ruimte` brought along, only for this age when one is given."""
    groepen = [Plekken(**groep | {"per_datum": date.fromisoformat(groep["per_datum"])}) for groep in locatie.groepen]
    return [groep for groep in groepen if leeftijd is None or groep.leeftijd_van <= leeftijd <= groep.leeftijd_tot]


def dichtstbij(punt: Punt, vraag: Vraag) -> list[Plek]:
    """Return one page of places that fit, nearest first, and one more to know whether there is a next page."""
    begin = (vraag.pagina - 1) * PER_PAGINA
    locaties = met_ruimte(passend(vraag)).annotate(meter=Afstand("rd", punt)).order_by("meter")
    return [
        Plek(nummer, locatie, locatie.meter, ruimte(locatie, vraag.leeftijd))
        for nummer, locatie in enumerate(locaties[begin : begin + PER_PAGINA + 1], start=begin + 1)
    ]


def zoek_aanbod(punt: Punt, vraag: Vraag) -> Aanbod:
    """Return what there is within the radius, and never nothing while there is anything that fits."""
    gevonden = dichtstbij(punt, vraag)
    grens = vraag.straal * 1000 if vraag.straal else float("inf")
    binnen = [plek for plek in gevonden if plek.meter <= grens]
    verder = gevonden[len(binnen) :][:VERDER] if vraag.pagina == 1 and len(binnen) < VERDER else []
    return Aanbod(binnen[:PER_PAGINA], verder, heeft_meer=len(binnen) > PER_PAGINA)
