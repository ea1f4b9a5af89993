"""A bench on tiny data: does every step of it still work? The figures mean nothing here."""

import os
import uuid
from pathlib import Path

import pytest
from django.db import connection

from collectief.bench.meting import Tempo
from collectief.bench.opstelling import Opstelling
from collectief.demo.laden import laad
from collectief.demo.schaal import Schaal
from collectief.servers.processen import Werkmap
from conftest import _eigenaar, _maak, _richt

PROEF = Schaal("proef", initiatieven=40, locaties=44, trajecten=60, momenten=300)


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
