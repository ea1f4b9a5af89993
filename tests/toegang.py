"""What a table of access is written in: the roles, and who may open an address.

Each app has its own table, in `tests/<app>/toegang.py` or still in `tests/test_toegang.py`, where they come together.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import get_resolver

ALLEN = ("begeleider", "coordinator", "collega", "buitenstaander", "kernteamlid", "beheerder", "verbondgenoot")
KRING = {"begeleider", "coordinator"}  # who may see the trajectory of begeleider
MEDEWERKERS = KRING | {"collega", "buitenstaander"}
EIGEN_INITIATIEF = KRING | {"collega"}


@dataclass(frozen=True)
class Regel:
    """Who may open a URL; `wie` None means everybody, signed in or not. `zaak` marks the URL of one trajectory."""

    wie: frozenset[str] | None
    post: bool = False
    zaak: bool = False


def iedereen(**opties) -> Regel:
    return Regel(None, **opties)


def alleen(*wie: str, **opties) -> Regel:
    return Regel(frozenset(wie), **opties)


def kring(**opties) -> Regel:
    return Regel(frozenset(KRING), zaak=True, **opties)


def alle_namen(resolver=None, voorvoegsel: str = "") -> set[str]:
    """Return the names of our own URLs; those of allauth and of Django's admin have tests of their own."""
    namen = set()
    for patroon in (resolver or get_resolver()).url_patterns:
        if str(patroon.pattern) in {"accounts/", settings.BEHEER_PAD}:
            continue
        if hasattr(patroon, "url_patterns"):
            namen |= alle_namen(patroon, f"{voorvoegsel}{patroon.namespace}:" if patroon.namespace else voorvoegsel)
        else:
            namen.add(voorvoegsel + (patroon.name or str(patroon.pattern)))
    return namen
