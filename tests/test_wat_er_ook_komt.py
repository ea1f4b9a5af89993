"""Whatever comes to whatever address: a page, words beside a field, or a page that was not found; no failure."""

import re
from itertools import cycle

import pytest
from django.db import transaction

from tests.test_toegang import ALLEN, TOEGANG

pytestmark = pytest.mark.usefixtures("wereld_van_bestand")

VREEMD = ["a\x00b", "9" * 30, "-1", "2026-02-30", "[1, {]", "25:61", "00000000-0000-4000-8000-000000000000", ""]
IN_EEN_ADRES = {"q", "na", "voor", "pagina", "jaar", "sorteer", "fase", "toestand"}


@pytest.fixture
def stuur(wereld, als):
    """Send this to an address, as somebody who may, and undo what came of it."""
    clients = {wie: als(mens) for wie, mens in wereld.mensen.items()}
    for client in clients.values():
        client.raise_request_exception = False

    def doe(hoe: str, naam: str, velden: dict[str, str]):
        wie = next(wie for wie in ALLEN if TOEGANG[naam].wie is None or wie in TOEGANG[naam].wie)
        with transaction.atomic():
            antwoord = getattr(clients[wie], hoe)(wereld.adres(naam), velden)
            transaction.set_rollback(True)
        return antwoord

    return doe


def test_whatever_comes_every_address_answers(stuur):
    """First as a question to each address; then, to each, the answers to all that these pages ask."""
    gevallen, gevraagd = [], set(IN_EEN_ADRES)
    for hoe in ("get", "post"):
        velden = dict(zip(sorted(gevraagd), cycle(VREEMD), strict=False))
        for naam in TOEGANG:
            antwoord = stuur(hoe, naam, velden)
            if antwoord.status_code >= 500:
                gevallen.append((hoe, naam, antwoord.status_code))
            if not antwoord.streaming:
                gevraagd |= {veld.decode() for veld in re.findall(rb' name="([^"]+)"', antwoord.content)}

    assert len(gevraagd) > 200
    assert gevallen == [("get", "gezond", 503)]  # no worker was seen here
