"""The fixed cast of every test: who they are stays the same, so a test only says what happens."""

from collections.abc import Iterator

import pytest
from django.test import Client

from collectief.gebruikers.hashers import BegrensdeArgon2Hasher
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.models import Initiatief
from tests.factories import InitiatiefFactory, RolFactory

VOLLE_HASH = {naam: getattr(BegrensdeArgon2Hasher, naam) for naam in ("time_cost", "memory_cost", "parallelism")}


@pytest.fixture(scope="session", autouse=True)
def lichte_hash() -> Iterator[None]:
    """Passwords in tests are hashed by the same code with less work: a quarter of a second each would add up."""
    with pytest.MonkeyPatch.context() as licht:
        for naam, waarde in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
            licht.setattr(BegrensdeArgon2Hasher, naam, waarde)
        yield


@pytest.fixture
def volle_hash(lichte_hash, monkeypatch) -> None:
    """As much work as in production."""
    for naam, waarde in VOLLE_HASH.items():
        monkeypatch.setattr(BegrensdeArgon2Hasher, naam, waarde)


@pytest.fixture
def initiatief(db) -> Initiatief:
    """The initiative of begeleider and coordinator."""
    return InitiatiefFactory(naam="De Wilgenhoek", slug="de-wilgenhoek")


@pytest.fixture
def ander_initiatief(db) -> Initiatief:
    return InitiatiefFactory(naam="Atelier Noord", slug="atelier-noord")


@pytest.fixture
def begeleider(initiatief) -> Gebruiker:
    rol = RolFactory(gebruiker__naam="Bo Begeleider", gebruiker__email="bo@voorbeeld.example", initiatief=initiatief)
    return rol.gebruiker


@pytest.fixture
def coordinator(initiatief) -> Gebruiker:
    return RolFactory(
        gebruiker__naam="Co Coördinator",
        gebruiker__email="co@voorbeeld.example",
        soort=Rol.Soort.COORDINATOR,
        initiatief=initiatief,
    ).gebruiker


@pytest.fixture
def buitenstaander(ander_initiatief) -> Gebruiker:
    """A begeleider of another initiative."""
    return RolFactory(
        gebruiker__naam="Bas Buiten", gebruiker__email="bas@voorbeeld.example", initiatief=ander_initiatief
    ).gebruiker


@pytest.fixture
def kernteamlid(db) -> Gebruiker:
    return RolFactory(
        gebruiker__naam="Kim Kern", gebruiker__email="kim@voorbeeld.example", soort=Rol.Soort.KERNTEAM
    ).gebruiker


@pytest.fixture
def beheerder(db) -> Gebruiker:
    return RolFactory(
        gebruiker__naam="Bea Beheer", gebruiker__email="bea@voorbeeld.example", soort=Rol.Soort.BEHEERDER
    ).gebruiker


@pytest.fixture
def verbondgenoot(db) -> Gebruiker:
    return RolFactory(
        gebruiker__naam="Vera Verbond", gebruiker__email="vera@voorbeeld.example", soort=Rol.Soort.VERBONDGENOOT
    ).gebruiker


@pytest.fixture
def als():
    """Return a client signed in as the given user: `als(begeleider).get("/trajecten/")`."""

    def ingelogd(gebruiker: Gebruiker) -> Client:
        client = Client()
        client.force_login(gebruiker)
        return client

    return ingelogd


@pytest.fixture
def genoemd_als(db):
    """Run the rest of the test as this user, named the way a request does it: with her circle worked out beforehand."""

    def noem(gebruiker: Gebruiker) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT noem_gebruiker(%s)", [gebruiker.pk])

    return noem


@pytest.fixture
def kijkt_als(db):
    """Run the rest of the test as this user for the database: `kijkt_als(begeleider)`; None takes it away."""

    def stel_in(gebruiker: Gebruiker | None) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.gebruiker', %s, true)", [str(gebruiker.pk) if gebruiker else ""])

    return stel_in
