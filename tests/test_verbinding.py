"""Connections that a process keeps: none that died with the database reaches a visitor."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from collectief.verbinding import voorraad as opties

IN_DE_VOORRAAD = 4


@pytest.fixture
def voorraad(transactional_db) -> Iterator[dict]:
    """The settings of a pool, as the site has one in production, to the database of this test."""
    pool = opties(IN_DE_VOORRAAD) | {"min_size": IN_DE_VOORRAAD}
    gegevens = connection.settings_dict | {
        "OPTIONS": settings.DATABASES["default"]["OPTIONS"] | {"pool": pool},
        "CONN_MAX_AGE": 0,  # what is given back goes to the pool
    }
    yield gegevens
    DatabaseWrapper(gegevens).close_pool()


def _nummers(voorraad: dict) -> set[int]:
    """Of all connections in the pool, each used once, the process that serves it."""
    verbindingen = [DatabaseWrapper(voorraad) for _ in range(IN_DE_VOORRAAD)]
    nummers = set()
    for verbinding in verbindingen:
        with verbinding.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            nummers.add(cursor.fetchone()[0])
    for verbinding in verbindingen:
        verbinding.close()
    return nummers


def test_after_a_restart_of_the_database_nobody_gets_a_connection_that_died(voorraad):
    eerst = _nummers(voorraad)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(pg_terminate_backend(pid, 5000)) FROM unnest(%s) pid", [list(eerst)])
        assert cursor.fetchone()[0]

    daarna = _nummers(voorraad)

    assert len(eerst) == len(daarna) == IN_DE_VOORRAAD
    assert not eerst & daarna  # found one by one, these four would take longer than a visitor waits
