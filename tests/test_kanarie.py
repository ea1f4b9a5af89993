"""The canary itself: it hears a name at each way out, and lets a test fail that lets one out."""

import logging

import pytest
from celery.signals import before_task_publish
from django.core import mail
from django.http import HttpResponseNotFound

from collectief.post.models import Bericht
from tests import kanarie as net
from tests.kanarie import kanarie


@pytest.fixture
def gehoord():
    """What was heard during this test; forgotten afterwards, or this test would fail for what it tried."""
    yield kanarie.gehoord
    kanarie.gehoord.clear()


def test_a_name_in_a_log_line_is_heard(gehoord):
    logging.getLogger("proef").warning("Het gaat over %s", "Noor")

    assert gehoord == ["log: Het gaat over Noor"]


def test_a_name_that_the_filter_takes_out_is_not(gehoord):
    logging.getLogger("proef").warning("Niet gevonden: /trajecten/lijst/?q=Noor")

    assert gehoord == []


def test_a_name_among_the_arguments_of_a_task_is_heard(gehoord):
    before_task_publish.send(sender="trajecten.tasks.proef", body=(["Sem"], {}, {}))

    assert gehoord == ["taak trajecten.tasks.proef: (['Sem'], {}, {})"]


def test_a_name_in_an_address_or_on_an_error_page_is_heard(gehoord, client, rf, monkeypatch):
    def weiger(_request):
        response = HttpResponseNotFound("Wij kennen geen Noor.")
        response.wsgi_request = rf.get("/")
        return response

    monkeypatch.setattr(client, "handler", weiger)

    client.get("/trajecten/noor/")

    assert [regel.partition(":")[0] for regel in gehoord] == ["adres", "antwoord 404"]


def test_a_name_in_the_outbox_is_heard(gehoord, db):
    Bericht.objects.create(sleutel="x", soort="herinnering", aan_adres="x@voorbeeld.example", gegevens={"wie": "Noor"})

    net._kijk_in_de_uitbak()
    Bericht.objects.all().delete()

    assert len(gehoord) == 1


def test_part_of_a_word_is_no_name(gehoord):
    kanarie.luister("mail", "Atelier Noord, noordelijk, semester")

    assert gehoord == []


@pytest.mark.parametrize(
    ("onderwerp", "tekst", "aan", "aantal"),
    [
        ("Dag", "Het gaat goed met Sem", "x@voorbeeld.example", 1),
        ("Over Noor", "Dag", "x@voorbeeld.example", 1),
        ("Dag", "Er staat iets klaar", "noor@voorbeeld.example", 0),
    ],
)
def test_a_name_in_a_mail_is_heard_and_an_address_of_ones_own_is_not(gehoord, onderwerp, tekst, aan, aantal):
    mail.outbox = [mail.EmailMessage(onderwerp, tekst, to=[aan])]

    net._kijk_in_de_post()
    mail.outbox = []

    assert len(gehoord) == aantal
