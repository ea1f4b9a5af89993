"""Everything public about the places, read once for all files that are published from it.

A place at someone's home comes out with its rounded point, and without its postcode: the rounded point and the area
of a postcode together would say more than either of them.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.utils import timezone

from initiatieven.models import Initiatief, Locatie, Plekken
from kaart.filters import groep_van

DELEN = ("hoofd", "hart", "handen")
RUIMTE = ("leeftijd_van", "leeftijd_tot", "toestand", "wachtweken", "per_datum")


class Regel(NamedTuple):
    """One public location with what there is to know of its initiative."""

    pk: int
    naam: str
    is_online: bool
    is_ongeveer: bool
    adres: str
    pc4: str
    plaats: str
    provincie: str
    lat: float | None
    lon: float | None
    initiatief_id: int
    initiatief: str
    slug: str
    soort: str
    domein: str
    leeftijd_van: int | None
    leeftijd_tot: int | None
    doelgroepen: list[str]
    begeleiding: list[str]
    bekostiging: list[str]
    toegankelijk: list[str]
    groepsgrootte: int | None
    hoofd: str
    hart: str
    handen: str
    website: str
    is_demo: bool
    ruimte: list[Ruimte]

    @property
    def aanbod(self) -> list[str]:
        return [deel for deel in DELEN if getattr(self, deel)]

    @property
    def groep(self) -> str:
        return groep_van(self.groepsgrootte)

    @property
    def vrij(self) -> int:
        """The ages for which there is room, a bit per year."""
        vrij = [groep for groep in self.ruimte if groep.toestand == Plekken.Toestand.PLEK_VRIJ]
        return reduce(or_, ((1 << groep.tot + 1) - (1 << groep.van) for groep in vrij), 0)


class Ruimte(NamedTuple):
    """The room for one age group, as it may be said on the day of publication."""

    van: int
    tot: int
    toestand: str
    weken: int | None
    per_datum: date


KOLOMMEN = [
    *("pk", "naam", "is_online", "nauwkeurigheid", "adres", "pc4", "plaats", "provincie", "lat", "lon"),
    "initiatief_id",
    *(
        f"initiatief__{veld}"
        for veld in ("naam", "slug", "soort", "domein", "leeftijd_van", "leeftijd_tot", "doelgroepen", "begeleiding")
    ),
    *(
        "initiatief__bekostiging",
        "initiatief__toegankelijk",
        "initiatief__groepsgrootte",
        *(f"initiatief__aanbod_{deel}" for deel in DELEN),
        "initiatief__website",
        "initiatief__is_demo",
    ),
]
THUIS = KOLOMMEN.index("nauwkeurigheid")
PC4 = KOLOMMEN.index("pc4")
EIGENAAR = KOLOMMEN.index("initiatief_id")


def ruimte_per_initiatief(vandaag: date) -> dict[int, list[Ruimte]]:
    """Room by initiative, young before old. What is older than a month is unknown."""
    recent = Plekken.objects.recent(vandaag).filter(initiatief__lidmaatschap__in=Initiatief.OPENBAAR)
    ruimte: dict[int, list[Ruimte]] = {}
    for initiatief, *groep in recent.order_by("leeftijd_van", "leeftijd_tot").values_list("initiatief_id", *RUIMTE):
        ruimte.setdefault(initiatief, []).append(Ruimte(*groep))
    return ruimte


def lees_regels(vandaag: date | None = None) -> list[Regel]:
    """Return every public place, online ones too, by its number."""
    ruimte = ruimte_per_initiatief(vandaag or timezone.localdate())
    rijen = Locatie.objects.te_vinden().order_by("pk").values_list(*KOLOMMEN)
    return [_regel(kolommen, ruimte.get(kolommen[EIGENAAR], [])) for kolommen in rijen]


def _regel(kolommen: tuple, ruimte: list[Ruimte]) -> Regel:
    is_ongeveer = kolommen[THUIS] == Locatie.Nauwkeurigheid.ONGEVEER
    waarden = list(kolommen)
    waarden[THUIS] = is_ongeveer
    if is_ongeveer:
        waarden[PC4] = ""
    return Regel(*waarden, ruimte)
