"""A database with demo data, loaded once per module by the owner of the tables."""

import uuid

import pytest
from django.db import connection

from collectief.demo.laden import laad
from collectief.demo.schaal import SCHALEN
from collectief.rijbeveiliging import voorbij_rijbeveiliging
from conftest import _eigenaar, _maak, _richt


@pytest.fixture(scope="module")
def lege_demodatabase(django_db_setup, sjabloon, django_db_blocker):
    """A clone of the template, with Django connected to it as the owner until the module is done."""
    test_database, naam = connection.settings_dict["NAME"], f"demo_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        _maak(naam, sjabloon=sjabloon)
        _richt(naam, "eigenaar")
        yield naam
        _richt(test_database, "app")
    with _eigenaar() as verbinding:
        verbinding.execute(f'DROP DATABASE "{naam}" WITH (FORCE)')


@pytest.fixture(scope="module")
def demodata(lege_demodatabase):
    """How many rows of each model the small scale gave."""
    return laad(SCHALEN["klein"], zaad=1)


@pytest.fixture
def alles_zichtbaar(demodata):
    """Read case rows as the owner, who otherwise sees none."""
    with voorbij_rijbeveiliging():
        yield
