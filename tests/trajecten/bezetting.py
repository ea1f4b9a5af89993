"""Trajectories for tests, made the way the application makes them: as the counsellor herself."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from trajecten.models import Betrokkene, Jongere, Toestemming, Traject

LANG_GELEDEN = timedelta(days=3 * 365)


@pytest.fixture(scope="session", autouse=True)
def prive_map(tmp_path_factory):
    """Photos of tests stay with the tests."""
    settings.STORAGES["prive"]["OPTIONS"]["location"] = tmp_path_factory.mktemp("prive")
    return settings.STORAGES["prive"]["OPTIONS"]["location"]


def maak_traject(*, door: Gebruiker, initiatief: Initiatief, roepnaam: str = "Noor", op=None) -> Traject:
    with als_gebruiker(door.pk):
        jongere = Jongere(roepnaam=roepnaam)
        jongere.save(force_insert=True)
        return Traject.begin(jongere=jongere, initiatief=initiatief, door=door, op=op)


@pytest.fixture
def gezin(traject, begeleider, kijkt_als) -> dict[str, Betrokkene]:
    """A mother and a father with authority, a stepfather without, and a school; seen by begeleider."""
    kijkt_als(begeleider)
    mensen = {
        "moeder": Betrokkene(traject=traject, naam="Moeder", rol="ouder", heeft_gezag=True, meelezen="alles"),
        "vader": Betrokkene(traject=traject, naam="Vader", rol="ouder", heeft_gezag=True, meelezen="niets"),
        "stiefvader": Betrokkene(traject=traject, naam="Stiefvader", rol="ouder", meelezen="hoofdlijnen"),
        "school": Betrokkene(traject=traject, naam="School De Linde", rol="school"),
    }
    for mens in mensen.values():
        mens.save(force_insert=True)
    return mensen


@pytest.fixture
def zeg_ja(traject, gezin, begeleider):
    """Write down a yes of these people: `zeg_ja("overleg", "school", "jongere", "moeder")`."""

    def schrijf(doel: str, ontvanger: str, *namens: str, van=None, tot=None) -> list[Toestemming]:
        return [
            Toestemming.objects.create(
                traject=traject,
                doel=doel,
                betrokkene=gezin[ontvanger],
                namens=None if wie == "jongere" else gezin[wie],
                van=van or timezone.localdate(),
                geldig_tot=tot or timezone.localdate() + timedelta(days=2000),
                door=begeleider,
            )
            for wie in namens
        ]

    return schrijf


@pytest.fixture
def oud_traject(begeleider, initiatief) -> Traject:
    """A trajectory without youth help and without contact for three years."""
    return maak_traject(door=begeleider, initiatief=initiatief, op=timezone.localdate() - LANG_GELEDEN)
