"""By what one can narrow the directory: each facet, its values, and the words for them. Knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass

LEEFTIJDEN = {"0-11": (0, 11), "12-15": (12, 15), "16-17": (16, 17), "18-30": (18, 30)}


@dataclass(frozen=True)
class Facet:
    """One way to narrow. `naam` is the parameter of the address; chosen values of one facet are joined by "or"."""

    naam: str
    label: str
    keuzes: Mapping[str, str]


PLEK = Facet(
    "plek",
    "Is er plek?",
    {"plek_vrij": "plek vrij", "eerst_kennismaken": "eerst kennismaken", "wachtlijst": "wachtlijst"},
)
LEEFTIJD = Facet(
    "leeftijd",
    "Leeftijd",
    {"0-11": "tot en met 11 jaar", "12-15": "12 tot en met 15 jaar", "16-17": "16 of 17 jaar", "18-30": "18 en ouder"},
)
AANBOD = Facet("aanbod", "Wat je er kunt doen", {"hoofd": "hoofd", "hart": "hart", "handen": "handen"})
ONLINE = Facet("online", "Waar", {"plek": "op een plek", "online": "online"})
BEREIK = Facet("bereik", "Mag je van ver komen?", {"landelijk": "voor jongeren uit heel Nederland"})


def leeftijdsgroepen(van: int | None, tot: int | None) -> list[str]:
    """The age groups that an age range touches. Who says nothing about age may fit any, as on the map."""
    if van is None or tot is None:
        return list(LEEFTIJDEN)
    return [naam for naam, (jongste, oudste) in LEEFTIJDEN.items() if van <= oudste and tot >= jongste]
