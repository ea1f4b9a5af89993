"""Who answers in the tests about mail."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from bijeenkomsten.models import Uitnodiging
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory

NU = datetime(2030, 9, 3, 8, tzinfo=UTC)
BEGIN = datetime(2030, 9, 12, 14, tzinfo=ZoneInfo("Europe/Amsterdam"))
UID = "6f1a3a52-5d0e-4c1e-9d7d-0d2b6a3c9f10"


def maak_zoe(settings, map_) -> Uitnodiging:
    """The guest of the corpus: her meeting was moved once, so that its number is 1."""
    settings.SECRET_KEY = "geheim-van-de-antwoorden"
    settings.ANTWOORD_ADRES, settings.ANTWOORD_MAP = "antwoord@collectief.example", str(map_)
    bijeenkomst = BijeenkomstFactory(uid=UID, volgnummer_agenda=1, titel="Samen leren", begint_op=BEGIN)
    wie = {"bijeenkomst": bijeenkomst, "gebruiker": None, "aangemaakt_op": datetime(2030, 8, 20, 8, tzinfo=UTC)}
    UitnodigingFactory(pk=7002, token="token-van-een-ander", naam="Ander", adres="ander@voorbeeld.example", **wie)
    return UitnodigingFactory(pk=7001, token="token-van-zoe", naam="Zoë", adres="zoe@voorbeeld.example", **wie)


@pytest.fixture
def zoe(db, settings, tmp_path) -> Uitnodiging:
    gast = maak_zoe(settings, tmp_path)
    with time_machine.travel(NU, tick=False):
        yield gast
