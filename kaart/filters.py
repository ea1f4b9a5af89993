"""What a family can ask of a place, as data: the parameter in the address, the words on screen, where the answer is.

A new filter is one row here. The page shows it, the address keeps it, the count beside it and "what if you let it go"
follow by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from initiatieven.models import Initiatief

GROEPEN = {"klein": "hooguit 5 jongeren", "middel": "6 tot en met 10 jongeren", "groot": "meer dan 10 jongeren"}
AANBOD = {"hoofd": "iets voor je hoofd", "hart": "iets voor je hart", "handen": "iets voor je handen"}

LANDELIJK = "landelijk"


@dataclass(frozen=True)
class Filter:
    """One question. Several values of one filter widen it (a farm or a garden), several filters narrow.

    With `eist_alle` several values narrow too: who needs a lift and a quiet room needs both.
    """

    naam: str  # parameter in the address
    vraag: str  # heading above the choices
    keuzes: dict[str, str]  # value → words
    veld: str  # attribute of a Plek: one value or several
    eist_alle: bool = False


FILTERS = (
    Filter("soort", "Wat voor plek?", dict(Initiatief.Soort.choices), "soort"),
    Filter("aanbod", "Wat wil je er doen?", AANBOD, "aanbod"),
    Filter("voor", "Voor een jongere die…", dict(Initiatief.Doelgroep.choices), "doelgroepen"),
    Filter("samen", "Alleen of met anderen?", dict(Initiatief.Begeleiding.choices), "begeleiding"),
    Filter("groep", "Hoe groot is de groep?", GROEPEN, "groep"),
    Filter(
        "toegankelijk", "Wat heb je nodig?", dict(Initiatief.Toegankelijkheid.choices), "toegankelijk", eist_alle=True
    ),
    Filter("domein", "Onderwijs, hulp of zorg?", dict(Initiatief.Domein.choices), "domein"),
    Filter("betaling", "Hoe wordt het betaald?", dict(Initiatief.Bekostiging.choices), "bekostiging"),
    Filter("bereik", "Mag je van ver komen?", {LANDELIJK: "voor jongeren uit heel Nederland"}, "bereik"),
)
OP_NAAM = {filter_.naam: filter_ for filter_ in FILTERS}


def woorden(naam: str, waarde: str) -> str:
    """Return a chosen value as people read it."""
    return OP_NAAM[naam].keuzes[waarde]


def bereik_van(*, is_landelijk: bool, is_online: bool) -> str:
    """Return how far away one may live, as a choice; online is for everybody."""
    return LANDELIJK if is_landelijk or is_online else ""


def groep_van(grootste: int | None) -> str:
    """Return the size of a group as a choice; an empty string when nobody told."""
    if grootste is None:
        return ""
    return "klein" if grootste <= 5 else "middel" if grootste <= 10 else "groot"
