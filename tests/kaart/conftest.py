"""Places around Zutphen for the map: near, further, at home, full, and one that is no member."""

import pytest

from collectief.geo.register import register, vergeet_register
from initiatieven.models import Initiatief, Locatie, Plekken
from kaart.wegwijzer import geheugen
from tests.factories import InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory

ZUTPHEN = (52.1413, 6.1961)


@pytest.fixture(autouse=True)
def vers_geheugen() -> None:
    """Every test begins with a process that knows no places yet."""
    geheugen.vergeet()


@pytest.fixture
def maak_plek(db):
    """Make a public place: `maak_plek("De Wilgenhoek", noord=0.05, plekken=[(12, 18, "vol")])`."""

    def maak(
        naam, *, noord=0.0, oost=0.0, plekken=(), lidmaatschap="lid", leeftijd=(None, None), soort="tuin", **locatie
    ):
        initiatief = InitiatiefFactory(
            naam=naam, lidmaatschap=lidmaatschap, leeftijd_van=leeftijd[0], leeftijd_tot=leeftijd[1], soort=soort
        )
        for van, tot, toestand in plekken:
            PlekkenFactory(initiatief=initiatief, leeftijd_van=van, leeftijd_tot=tot, toestand=toestand)
        plek = {"lat": ZUTPHEN[0] + noord, "lon": ZUTPHEN[1] + oost} | locatie
        return LocatieFactory(initiatief=initiatief, **plek)

    return maak


@pytest.fixture
def bewaart_plekken(monkeypatch):
    """As in production: what was read of the places holds for a minute."""
    monkeypatch.setattr(geheugen, "houdbaar", 60)


@pytest.fixture
def koud_register():
    """As in a process that has just started."""
    vergeet_register()


@pytest.fixture
def warm_register(db):
    register()


@pytest.fixture
def gestopt(maak_plek) -> Locatie:
    return maak_plek("Gestopte plek", lidmaatschap=Initiatief.Lidmaatschap.GESTOPT)


@pytest.fixture
def vrije_plek(maak_plek) -> Locatie:
    return maak_plek("Vrije plek", plekken=[(12, 18, Plekken.Toestand.PLEK_VRIJ)])
