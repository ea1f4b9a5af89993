"""The fixed cast of every test: who they are stays the same, so a test only says what happens."""

from collections.abc import Iterator

import pytest
from django.test import Client

from collectief.gebruikers.hashers import BegrensdeArgon2Hasher
from collectief.gebruikers.models import Gebruiker

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
