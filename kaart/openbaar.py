"""Everything public about the places, read once for all files that are published from it.

A place at someone's home comes out with its rounded point, and without its postcode: the rounded point and the area
of a postcode together would say more than either of them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils import timezone

from initiatieven.models import Initiatief, Locatie, Plekken
from kaart.filters import bereik_van, groep_van

PLEK_VRIJ = Plekken.Toestand.PLEK_VRIJ.value
DELEN = ("hoofd", "hart", "handen")
RUIMTE = ("leeftijd_van", "leeftijd_tot", "toestand", "wachtweken", "per_datum")
# What a place tells of its initiative, by the name it has here: read for the list (`kaart.plek`) and for the files.
VAN_INITIATIEF = {
    "initiatief": "initiatief__naam",
    "slug": "initiatief__slug",
    "soort": "initiatief__soort",
    "domein": "initiatief__domein",
    "leeftijd_van": "initiatief__leeftijd_van",
    "leeftijd_tot": "initiatief__leeftijd_tot",
    "doelgroepen": "initiatief__doelgroepen",
    "begeleiding": "initiatief__begeleiding",
    "bekostiging": "initiatief__bekostiging",
    "toegankelijk": "initiatief__toegankelijk",
    "groepsgrootte": "initiatief__groepsgrootte",
    **{deel: f"initiatief__aanbod_{deel}" for deel in DELEN},
}
VAN_PLEK = (
    "pk",
    "naam",
    "is_online",
    "is_landelijk",
    "nauwkeurigheid",
    "adres",
    "pc4",
    "plaats",
    "provincie",
    "lat",
    "lon",
)
ALLEEN_IN_BESTAND = {"website": "initiatief__website", "is_demo": "initiatief__is_demo"}
KOLOMMEN = {veld: veld for veld in (*VAN_PLEK, "initiatief_id")} | VAN_INITIATIEF | ALLEEN_IN_BESTAND


class Regel(NamedTuple):
    """One public location with what there is to know of its initiative."""

    pk: int
    naam: str
    is_online: bool
    is_landelijk: bool
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
    def bereik(self) -> str:
        return bereik_van(is_landelijk=self.is_landelijk, is_online=self.is_online)

    @property
    def groep(self) -> str:
        return groep_van(self.groepsgrootte)

    @property
    def vrij(self) -> int:
        """The ages for which there is room, a bit per year."""
        jaren = 0
        for van, tot, toestand, *_ in self.ruimte:
            if toestand == PLEK_VRIJ:
                jaren |= (1 << tot + 1) - (1 << van)
        return jaren


class Ruimte(NamedTuple):
    """The room for one age group, as it may be said on the day of publication."""

    van: int
    tot: int
    toestand: str
    weken: int | None
    per_datum: str  # 2026-11-27


def ruimte_per_initiatief(vandaag: date) -> dict[int, list[Ruimte]]:
    """Room by initiative, young before old. What is older than a month is unknown."""
    recent = Plekken.objects.recent(vandaag).filter(initiatief__lidmaatschap__in=Initiatief.OPENBAAR)
    ruimte: dict[int, list[Ruimte]] = {}
    rijen = recent.order_by("leeftijd_van", "leeftijd_tot").values_list("initiatief_id", *RUIMTE)
    for initiatief, *groep, per_datum in rijen:
        ruimte.setdefault(initiatief, []).append(Ruimte(*groep, per_datum.isoformat()))
    return ruimte


def lees_regels(vandaag: date | None = None) -> list[Regel]:
    """Return every public place, online ones too, by its number."""
    ruimte = ruimte_per_initiatief(vandaag or timezone.localdate())
    rijen = Locatie.objects.te_vinden().order_by("pk").values_list(*KOLOMMEN.values())
    return [_regel(dict(zip(KOLOMMEN, rij, strict=True)), ruimte) for rij in rijen]


def _regel(rij: dict, ruimte: dict[int, list[Ruimte]]) -> Regel:
    is_ongeveer = rij.pop("nauwkeurigheid") == Locatie.Nauwkeurigheid.ONGEVEER
    if is_ongeveer:
        rij["pc4"] = ""
    return Regel(**rij, is_ongeveer=is_ongeveer, ruimte=ruimte.get(rij["initiatief_id"], []))
