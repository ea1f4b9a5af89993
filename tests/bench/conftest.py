"""A bench on tiny data: does every step of it still work? The figures mean nothing here."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from collectief.bench import opstelling as bench_opstelling
from collectief.bench.meting import Tempo
from collectief.bench.opstelling import Opstelling
from collectief.demo.laden import laad
from collectief.demo.schaal import Schaal
from collectief.servers.processen import Werkmap
from collectief.servers.stapel import webopdracht
from conftest import _eigenaar, _maak, _richt

PROEF = Schaal("proef", initiatieven=40, locaties=44, trajecten=60, momenten=300)


@pytest.fixture(scope="module", autouse=True)
def een_webproces() -> Iterator[None]:
    """One process serves the web as well as one per core does, and only one has to begin."""
    with pytest.MonkeyPatch.context() as licht:
        licht.setattr(bench_opstelling, "webopdracht", lambda *wat: _met_een_proces(webopdracht(*wat)))
        yield


def _met_een_proces(opdracht: list[str]) -> list[str]:
    aantal = opdracht.index("--workers") + 1
    return [*opdracht[:aantal], "1", *opdracht[aantal + 1 :]]


@pytest.fixture(scope="module")
def opstelling(django_db_setup, sjabloon, django_db_blocker, tmp_path_factory):
    """A filled clone of the template; Django in this process uses it as the application's role until the end."""
    test_database, naam = connection.settings_dict["NAME"], f"proef_{uuid.uuid4().hex[:12]}"
    werkmap = Werkmap(Path(tmp_path_factory.mktemp("bench")))
    tempo = Tempo(seconden=0.2, rondes=1, opwarmen=0.1, herhaal=3)
    with django_db_blocker.unblock():
        _maak(naam, sjabloon=sjabloon)
        _richt(naam, "eigenaar")
        laad(PROEF)
        _richt(naam, "app")
        yield Opstelling(werkmap, dict(os.environ), "proef", tempo).met_database(naam)
        _richt(test_database, "app")
    with _eigenaar() as verbinding:
        verbinding.execute(f'DROP DATABASE "{naam}"')
