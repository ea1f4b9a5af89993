"""The health page says which part does not answer, and nothing else."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from collectief import hartslag
from collectief.post.models import Hartslag


@pytest.fixture
def levend(db):
    for naam in ("worker", "beat"):
        Hartslag.objects.create(naam=naam, gezien_op=timezone.now())


def test_all_is_well(client, levend):
    response = client.get("/gezond/")

    assert response.status_code == 200
    assert set(response.json()) == {"database", "broker", "worker", "beat", "versie"}


@pytest.mark.parametrize("naam", ["worker", "beat"])
def test_a_process_not_seen_for_two_minutes_is_not_well(client, levend, naam):
    Hartslag.objects.filter(naam=naam).update(gezien_op=timezone.now() - timedelta(minutes=2, seconds=1))

    response = client.get("/gezond/")

    assert (response.status_code, response.json()[naam]) == (503, False)


def test_the_watchman_who_hears_of_trouble_leaves_one_line(client, levend, caplog):
    """He asks every minute: an hour without a worker is sixty lines, and not twice as many with half of them errors."""
    caplog.set_level(logging.INFO)
    Hartslag.objects.filter(naam="worker").delete()

    assert client.get("/gezond/").status_code == 503

    assert [(regel.levelname, regel.getMessage()[:14]) for regel in caplog.records] == [("INFO", "GET gezond 503")]


def test_a_broker_that_is_down_is_not_well(client, levend, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    response = client.get("/gezond/")

    assert (response.status_code, response.json()["broker"], response.json()["database"]) == (503, False, True)


def test_a_sign_of_life_is_written_at_most_every_half_minute(db, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(hartslag, "_laatst", {})
    monkeypatch.setattr(hartslag, "close_old_connections", lambda: None)
    hartslag.sla("worker")

    with django_assert_num_queries(0):
        hartslag.sla("worker")

    assert Hartslag.objects.get().naam == "worker"
