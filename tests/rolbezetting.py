"""The fixed cast of every test: who they are stays the same, so a test only says what happens."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from collectief.gebruikers.hashers import BegrensdeArgon2Hasher
from collectief.gebruikers.models import Gebruiker
from collectief.gebruikers.sessies import SessionStore

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


def _begin_sessie(gebruiker: Gebruiker) -> str:
    """The key of a session that says what `force_login` would make it say, written at once: two statements, not twelve.

    How signing in itself goes is tried by who signs in, in `tests/gebruikers/test_inloggen.py`.
    """
    inhoud = {
        SESSION_KEY: str(gebruiker.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: gebruiker.get_session_auth_hash(),
    }
    rij = SessionStore().create_model_instance(inhoud)
    rij.save(force_insert=True)
    return rij.session_key


@pytest.fixture
def als():
    """Return a client signed in as the given user: `als(begeleider).get("/trajecten/")`."""

    def ingelogd(gebruiker: Gebruiker) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = _begin_sessie(gebruiker)
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
