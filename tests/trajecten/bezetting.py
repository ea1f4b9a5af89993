"""Trajectories for tests, made the way the application makes them: as the counsellor herself."""

import pytest

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from trajecten.models import Jongere, Traject


def maak_traject(*, door: Gebruiker, initiatief: Initiatief, roepnaam: str = "Noor", op=None) -> Traject:
    with als_gebruiker(door.pk):
        jongere = Jongere(roepnaam=roepnaam)
        jongere.save(force_insert=True)
        return Traject.begin(jongere=jongere, initiatief=initiatief, door=door, op=op)


@pytest.fixture
def traject(begeleider, initiatief) -> Traject:
    """A trajectory of begeleider, begun today, in the landing phase."""
    return maak_traject(door=begeleider, initiatief=initiatief)


@pytest.fixture
def ander_traject(buitenstaander, ander_initiatief) -> Traject:
    """A trajectory of another initiative."""
    return maak_traject(door=buitenstaander, initiatief=ander_initiatief, roepnaam="Sem")
