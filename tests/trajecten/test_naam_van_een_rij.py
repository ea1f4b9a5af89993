"""What a row calls itself ends up in logs, in errors and on the pages of an admin: never by the name of somebody."""

from datetime import UTC, datetime

import pytest
from django.apps import apps

from collectief.post.models import Afmelding, Bericht, Berichtdeel, Hartslag
from tests.trajecten.test_rijbeveiliging import TABELLEN
from trajecten.models import Agendalink, Momentconcept, Verwijderbewijs

OP = datetime(2027, 6, 17, 12, tzinfo=UTC)
OVER_IEMAND = ("Noor", "Voorbeeld", "noor@", "Moeder", "honden", "gekookt")


def test_no_row_of_a_case_calls_itself_by_a_name_or_a_story(volle_zaak, kijkt_als, coordinator):
    kijkt_als(coordinator)

    namen = {model.__name__: [str(rij) for rij in model.objects.all()] for model in TABELLEN}

    assert [naam for rijen in namen.values() for naam in rijen if any(woord in naam for woord in OVER_IEMAND)] == []
    assert [model for model, rijen in namen.items() if not all(rijen)] == []


@pytest.mark.parametrize(
    ("rij", "naam"),
    [
        (Bericht(sleutel="herinnering:7:vooraf", aan_adres="nel@voorbeeld.example"), "herinnering:7:vooraf"),
        (Berichtdeel(groep="contact:7"), "contact:7"),
        (Afmelding(soort="weekoverzicht"), "geen het weekoverzicht"),
        (Hartslag(naam="post"), "post"),
    ],
)
def test_a_row_of_the_outbox_calls_itself_by_its_key(rij, naam):
    assert str(rij) == naam


@pytest.mark.parametrize(
    ("rij", "naam"),
    [
        (Momentconcept(tekst="Noor vertelde.", bijgewerkt_op=OP), "concept van 2027-06-17"),
        (Agendalink(vernieuwd_op=OP), "agenda-adres van 2027-06-17"),
        (Verwijderbewijs(op=OP.date()), "weggehaald op 2027-06-17"),
    ],
)
def test_what_no_coordinator_reads_calls_itself_by_a_day(rij, naam):
    assert str(rij) == naam


def test_every_model_of_a_case_says_what_it_is():
    zonder = [model for model in apps.get_app_config("trajecten").get_models() if "__str__" not in vars(model)]

    assert zonder == []
