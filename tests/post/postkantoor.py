"""Where mail of a test goes: a folder, a mail server that answers what the test says, a broker that is away."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from kombu import pools

from collectief.celery import app
from collectief.post import actions
from collectief.post.models import Bericht


@pytest.fixture
def mailmap(settings, tmp_path) -> Path:
    """The folder in which mail of this test arrives."""
    settings.MAILERS = {
        "default": {"BACKEND": "collectief.post.backends.MapBackend", "OPTIONS": {"file_path": str(tmp_path)}}
    }
    return tmp_path


def leg(sleutel: str = "proef:1", **velden) -> Bericht:
    velden.setdefault("aan_adres", "iemand@voorbeeld.example")
    actions.leg_klaar(
        sleutel=sleutel, soort="tekst", gegevens={"onderwerp": "Hallo", "tekst": "Er staat iets klaar."}, **velden
    )
    return Bericht.objects.get(sleutel=sleutel)


class Server(BaseEmailBackend):
    """A mail server that answers what the test says, and keeps what it took."""

    antwoord: Exception | None = None
    ontvangen: list = []

    def send_messages(self, email_messages):
        if Server.antwoord:
            raise Server.antwoord
        Server.ontvangen.extend(email_messages)
        return len(email_messages)


@pytest.fixture
def server(settings) -> type[Server]:
    settings.MAILERS = {"default": {"BACKEND": "tests.post.postkantoor.Server"}}
    Server.antwoord, Server.ontvangen = None, []
    return Server


def vergeet_verbindingen() -> None:
    """Also the ones that an earlier test in this process made by really waking a worker."""
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@pytest.fixture
def broker_weg(settings) -> Iterator[None]:
    """A broker that refuses connections."""
    vergeet_verbindingen()
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    yield
    app.conf.broker_url = settings.REDIS_URL
    vergeet_verbindingen()


@pytest.fixture
def broker_bevroren(settings) -> Iterator[None]:
    """A broker that takes the call and then says nothing."""
    vergeet_verbindingen()
    with socket.create_server(("127.0.0.1", 0)) as stil:
        app.conf.broker_url = f"redis://127.0.0.1:{stil.getsockname()[1]}/0"
        yield
        app.conf.broker_url = settings.REDIS_URL
        vergeet_verbindingen()


@pytest.fixture
def meteen() -> Iterator[None]:
    """A task that is asked for runs at once, in this very process."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False
