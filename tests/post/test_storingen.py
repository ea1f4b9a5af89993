"""A mail server that stalls, refuses, forgets or hangs up: trouble with mail stays with mail."""

import os
import socket
import time
from contextlib import closing
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from collectief.bench.postbus import postbus, postkantoor
from collectief.post import verzenden
from collectief.post.lijn import Lijn
from collectief.post.models import Bericht
from collectief.post.tasks import verstuur_wachtende
from collectief.servers.processen import Werkmap
from collectief.werkdagen import AMSTERDAM
from tests.initiatieven.formulieren import aanmelding_data
from tests.post.postkantoor import leg
from tests.samen import ernaast


def wijs_naar(settings, poort: int, timeout: float = 5) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": poort, "timeout": timeout},
        }
    }


def toestanden() -> dict[str, str]:
    return dict(Bericht.objects.values_list("sleutel", "toestand"))


def test_each_trouble_stays_with_its_own_message(db, settings):
    for naam in ("a", "b", "c", "d", "e"):
        leg(naam)

    with postbus("421", "", "451", "550", "") as bus:
        wijs_naar(settings, bus.poort)
        verzenden.verstuur_alles()

    assert toestanden() == {"a": "wacht", "b": "verstuurd", "c": "wacht", "d": "onbestelbaar", "e": "verstuurd"}
    assert len(bus.binnen) == 2


def test_after_a_reset_the_second_copy_bears_the_same_number(db, settings):
    leg()

    with postbus("reset", "") as bus:
        wijs_naar(settings, bus.poort)
        verzenden.verstuur_alles()
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            verzenden.verstuur_alles()

    assert (len(bus.binnen), len(bus.boek.nummers)) == (2, 1)
    assert toestanden() == {"proef:1": "verstuurd"}


def test_a_server_that_stays_silent_costs_one_attempt_and_not_the_others(db, settings):
    leg("traag")
    leg("vlot")

    with postbus("stil:2") as bus:
        wijs_naar(settings, bus.poort, timeout=0.3)
        verzenden.verstuur_alles()

    assert toestanden() == {"traag": "wacht", "vlot": "verstuurd"}
    assert Bericht.objects.get(sleutel="traag").fout == "SMTPServerDisconnected"


def test_without_a_mail_server_nothing_is_claimed_and_no_attempt_is_counted(db, settings):
    leg()
    with closing(socket.socket()) as bus:
        bus.bind(("127.0.0.1", 0))
        poort = bus.getsockname()[1]
    wijs_naar(settings, poort)

    assert verzenden.verstuur_alles() == 0
    assert Bericht.objects.values_list("toestand", "pogingen").get() == ("wacht", 0)


@pytest.mark.parametrize(("vanaf", "geroepen"), [(timedelta(hours=1), 0), (timedelta(0), 1)])
def test_the_mail_server_is_only_called_when_there_is_mail(db, settings, vanaf, geroepen):
    leg(vanaf=timezone.now() + vanaf)

    with postbus("") as bus:
        wijs_naar(settings, bus.poort)
        keren = []
        bus.verify_request = lambda request, adres: keren.append(adres) or True
        verzenden.verstuur_alles()

    assert len(keren) == geroepen


def test_a_mail_server_that_is_away_stands_in_the_log_once_an_hour(db, settings, caplog, monkeypatch):
    monkeypatch.setattr(Lijn, "_stil_tot", None)
    leg()
    with postbus("") as bus:
        poort = bus.poort
    regels = []

    for minuut in (0, 1, 59, 60, 61):
        wijs_naar(settings, poort)
        with time_machine.travel(datetime(2027, 6, 17, 9, tzinfo=AMSTERDAM) + timedelta(minutes=minuut), tick=False):
            verzenden.verstuur_alles()
        regels.append(len(caplog.messages))
    with postbus("") as bus:
        wijs_naar(settings, bus.poort)
        verzenden.verstuur_alles()
        Bericht.objects.update(toestand="wacht", pacht_tot=None)
    wijs_naar(settings, poort)
    verzenden.verstuur_alles()

    assert regels == [1, 1, 1, 2, 2]
    assert len([regel for regel in caplog.messages if "does not answer" in regel]) == 3


def test_when_the_server_goes_away_half_way_the_rest_is_given_back(db, settings):
    for nummer in range(4):
        leg(f"proef:{nummer}")

    with postbus("", "421") as bus:
        wijs_naar(settings, bus.poort)
        bus.verify_request = lambda request, adres: len(bus.binnen) == 0  # takes one line, and no second
        verzenden.verstuur_alles()

    pogingen = list(Bericht.objects.order_by("pk").values_list("toestand", "pogingen"))
    assert pogingen == [("verstuurd", 1), ("wacht", 1), ("wacht", 0), ("wacht", 0)]


@pytest.mark.django_db(transaction=True)
def test_a_slow_hand_over_keeps_its_lease(settings):
    """Nobody takes a message over while the mail server is thinking, and it is sent once."""
    settings.POST_PACHT = timedelta(seconds=0.6)
    leg()

    with postbus("stil:1.5") as bus:
        wijs_naar(settings, bus.poort)
        verzonden = ernaast(verzenden.verstuur_alles)
        time.sleep(1)
        ander = Bericht.objects.neem(5)
        verzonden.result(timeout=10)

    assert ander == []
    assert (len(bus.binnen), toestanden()) == (1, {"proef:1": "verstuurd"})


def test_what_a_killed_worker_had_claimed_goes_out_within_half_a_minute(db, settings):
    leg()
    slag = settings.CELERY_BEAT_SCHEDULE["post"]["schedule"]
    with postbus() as bus, time_machine.travel(timezone.now(), tick=False) as klok:
        wijs_naar(settings, bus.poort)
        begin = timezone.now()
        Bericht.objects.neem(1)
        klok.shift(settings.POST_PACHT % slag)  # the worst moment: a sweep comes just when the lease still holds
        while not verzenden.verstuur_alles() and timezone.now() - begin < timedelta(minutes=5):
            klok.shift(slag)
        duur = timezone.now() - begin

    assert len(bus.binnen) == 1
    assert duur <= timedelta(seconds=25)


def test_a_call_that_waited_for_long_is_dropped():
    """While the mail server stalls, calls to look come in faster than they end; the next sweep says the same."""
    assert verstuur_wachtende.expires == 60


def test_a_run_ends_in_time_and_gives_the_rest_back(db, settings, monkeypatch):
    monkeypatch.setattr(verzenden, "RONDE", 1)
    for nummer in range(3):
        leg(f"proef:{nummer}")

    with postbus("stil:1.1") as bus:
        wijs_naar(settings, bus.poort)
        aantal = verzenden.verstuur_alles()

    assert aantal == 1
    assert list(Bericht.objects.order_by("pk").values_list("toestand", "pogingen")) == [
        ("verstuurd", 1),
        ("wacht", 0),
        ("wacht", 0),
    ]


def test_a_page_that_causes_mail_does_not_wait_for_the_mail_server(
    db, settings, client, django_capture_on_commit_callbacks
):
    """The application form mails its applicant and wakes a worker; the server, which stalls, is not even called."""
    geroepen = []
    with postbus("stil:30") as bus, django_capture_on_commit_callbacks(execute=True) as gewekt:
        wijs_naar(settings, bus.poort)
        bus.verify_request = lambda request, adres: geroepen.append(adres) or True
        pad = "/initiatieven/aanmelden/"
        while "dank" not in pad:  # through its steps
            pad = client.post(pad, aanmelding_data()).headers["Location"]

    assert set(toestanden().values()) == {"wacht"}
    assert gewekt
    assert geroepen == []


def test_the_sink_as_a_process_writes_a_ledger_that_outlives_it(tmp_path, settings, db):
    for nummer in range(3):
        leg(f"proef:{nummer}")

    with postkantoor(Werkmap(tmp_path), dict(os.environ)) as kantoor:
        wijs_naar(settings, kantoor.poort)
        verzenden.verstuur_alles()

    boek = kantoor.boek()
    assert (len(boek.binnen), boek.dubbel) == (3, 0)
