"""The outbox: at most one mail per key, nothing lost, trouble with mail stays with mail."""

import smtplib
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from collectief.post import actions, verzenden
from collectief.post.models import Bericht
from tests.factories import GebruikerFactory
from tests.post.postkantoor import Server, leg
from tests.samen import ernaast, tegelijk


def test_a_mail_arrives_once_however_often_we_look(db, mailmap):
    leg()

    aantallen = [verzenden.verstuur_alles() for _ in range(3)]

    assert aantallen == [1, 0, 0]
    assert len(list(mailmap.glob("*.eml"))) == 1


def test_the_same_key_is_one_mail(db, mailmap):
    leg("zelfde")
    leg("zelfde")

    verzenden.verstuur_alles()

    assert len(list(mailmap.glob("*.eml"))) == 1


def test_a_mail_of_an_event_that_was_rolled_back_does_not_exist(db):
    with transaction.atomic():
        leg()
        transaction.set_rollback(True)

    assert not Bericht.objects.exists()


def test_a_message_waits_for_its_moment(db, mailmap):
    leg(vanaf=timezone.now() + timedelta(hours=1))

    assert verzenden.verstuur_alles() == 0


def test_ready_made_text_is_erased_once_sent(db, mailmap):
    bericht = leg()

    verzenden.verstuur_alles()

    bericht.refresh_from_db()
    assert (bericht.toestand, bericht.gegevens) == ("verstuurd", {})


def test_the_message_id_is_the_same_at_every_attempt(db, server):
    bericht = leg()
    server.antwoord = smtplib.SMTPServerDisconnected("weg")
    verzenden.verstuur_alles()
    server.antwoord = None
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        verzenden.verstuur_alles()

    assert [mail.extra_headers["Message-ID"] for mail in server.ontvangen] == [bericht.message_id]


@pytest.mark.parametrize(
    ("antwoord", "toestand"),
    [
        (smtplib.SMTPResponseException(421, b"later"), "wacht"),
        (smtplib.SMTPRecipientsRefused({"x": (451, b"greylisted")}), "wacht"),
        (smtplib.SMTPServerDisconnected("weg"), "wacht"),
        (TimeoutError(), "wacht"),
        (ConnectionResetError(), "wacht"),
        (smtplib.SMTPRecipientsRefused({"x": (550, b"unknown")}), "onbestelbaar"),
        (smtplib.SMTPDataError(554, b"no"), "onbestelbaar"),
    ],
)
def test_a_passing_failure_waits_and_a_final_one_is_undeliverable(db, server, antwoord, toestand):
    bericht = leg()
    server.antwoord = antwoord

    verzenden.verstuur_alles()

    bericht.refresh_from_db()
    assert bericht.toestand == toestand
    assert "@" not in bericht.fout


def test_waiting_grows_and_ends(db, server):
    bericht = leg()
    server.antwoord = TimeoutError()
    nu = timezone.now()
    for minuten in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60):
        with time_machine.travel(nu, tick=False):
            verzenden.verstuur_alles()
            bericht.refresh_from_db()
            assert bericht.versturen_vanaf == timezone.now() + timedelta(minutes=minuten)
        nu += timedelta(minutes=minuten, seconds=1)

    with time_machine.travel(nu, tick=False):
        verzenden.verstuur_alles()

    bericht.refresh_from_db()
    assert bericht.toestand == "onbestelbaar"


def test_one_bad_message_does_not_hold_up_the_others(db, mailmap):
    actions.leg_klaar(sleutel="stuk", soort="bestaat-niet", aan_adres="iemand@voorbeeld.example")
    leg("heel")

    verzenden.verstuur_alles()

    assert Bericht.objects.get(sleutel="stuk").toestand == "onbestelbaar"
    assert Bericht.objects.get(sleutel="heel").toestand == "verstuurd"


def test_a_claimed_message_is_taken_over_only_after_its_lease(db, settings):
    leg()
    Bericht.objects.neem(10)

    binnen = Bericht.objects.neem(10)
    with time_machine.travel(timezone.now() + settings.POST_PACHT + timedelta(seconds=1)):
        daarna = Bericht.objects.neem(10)

    assert (len(binnen), len(daarna)) == (0, 1)


def test_a_worker_that_lost_its_lease_hands_nothing_over(db, server, settings):
    leg()
    (van_trage_worker,) = Bericht.objects.neem(1)
    with time_machine.travel(timezone.now() + settings.POST_PACHT + timedelta(seconds=1)):
        (van_snelle_worker,) = Bericht.objects.neem(1)

    assert van_snelle_worker.bied_aan()
    assert not van_trage_worker.bied_aan()


@pytest.mark.parametrize("geclaimd", [False, True])
def test_silenced_mail_is_not_sent_even_when_it_was_claimed(db, server, geclaimd):
    bericht = leg(groep="contact:1")
    geclaimde = Bericht.objects.neem(1) if geclaimd else []

    Bericht.objects.laat_vervallen(["contact:1"])

    assert not any(claim.bied_aan() for claim in geclaimde)
    assert verzenden.verstuur_alles() == 0
    bericht.refresh_from_db()
    assert bericht.toestand == "vervallen"


def test_a_passing_failure_does_not_wake_silenced_mail(db, server):
    leg(groep="contact:1")
    (geclaimd,) = Bericht.objects.neem(1)
    Bericht.objects.laat_vervallen(["contact:1"])

    geclaimd.noteer_later("TimeoutError")

    assert Bericht.objects.get().toestand == "vervallen"


def test_whoever_may_not_sign_in_any_more_gets_no_mail(db, server):
    dicht, open_ = (leg(f"proef:{nummer}", aan=GebruikerFactory(), aan_adres="") for nummer in range(2))
    type(dicht.aan).objects.filter(pk=dicht.aan_id).update(is_active=False)

    assert verzenden.verstuur_alles() == 1

    assert [mail.to for mail in Server.ontvangen] == [[open_.aan.email]]
    dicht.refresh_from_db()
    assert (dicht.toestand, dicht.pacht_tot) == ("vervallen", None)


def test_what_falls_silent_while_its_batch_is_being_sent_stays_home(db, server, monkeypatch):
    leg("eerst", groep="eerst")
    leg("daarna", groep="daarna")

    def neem_en_leg_stil(self, email_messages):
        Server.ontvangen.extend(email_messages)
        Bericht.objects.laat_vervallen(["daarna"])
        return 1

    monkeypatch.setattr(Server, "send_messages", neem_en_leg_stil)

    assert verzenden.verstuur_alles() == 1
    assert len(server.ontvangen) == 1


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_takes_other_messages_without_waiting():
    gebruiker = GebruikerFactory()
    for nummer in range(10):
        leg(f"proef:{nummer}", aan_adres="", aan=gebruiker)

    with transaction.atomic():
        eerste = Bericht.objects.neem(5)
        tweede = ernaast(lambda: Bericht.objects.neem(5)).result(timeout=5)

    assert len(eerste) == len(tweede) == 5
    assert not {bericht.pk for bericht in eerste} & {bericht.pk for bericht in tweede}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(mailmap):
    gebruiker = GebruikerFactory()
    for nummer in range(60):
        leg(f"proef:{nummer}", aan_adres="", aan=gebruiker)

    aantallen = tegelijk(verzenden.verstuur_alles, verzenden.verstuur_alles)

    assert sum(aantallen) == 60
    assert len(list(mailmap.glob("*.eml"))) == 60


def test_a_newline_in_a_subject_does_not_make_a_header(db, mailmap):
    actions.leg_klaar_tekst(
        aan_adres="iemand@voorbeeld.example", onderwerp="Hoi\r\nBcc: ander@voorbeeld.example", tekst="Dag."
    )

    verzenden.verstuur_alles()

    (brief,) = mailmap.glob("*.eml")
    assert b"\nBcc:" not in brief.read_bytes()


def test_html_in_words_is_shown_as_words(db, mailmap):
    actions.leg_klaar_tekst(aan_adres="iemand@voorbeeld.example", onderwerp="Hoi", tekst="<script>alert(1)</script>")

    verzenden.verstuur_alles()

    (brief,) = mailmap.glob("*.eml")
    assert "<script>" not in brief.read_text().split("text/html")[1]


def test_mail_waits_when_the_broker_is_down(db, broker_weg, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        leg()

    assert Bericht.objects.get().toestand == "wacht"


def test_whoever_sends_a_form_does_not_wait_long_for_a_broker_that_hangs(
    db, broker_bevroren, django_capture_on_commit_callbacks
):
    begin = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        leg()

    assert time.monotonic() - begin < 10
    assert Bericht.objects.get().toestand == "wacht"


def test_a_form_is_kept_when_the_broker_is_down_and_its_mail_goes_with_the_next_round(
    client, broker_weg, server, django_capture_on_commit_callbacks, db
):
    with django_capture_on_commit_callbacks(execute=True) as gewekt:
        antwoord = client.post("/kaart/alarm/?q=7201", {"email": "iemand@voorbeeld.example"}, follow=True)

    assert antwoord.status_code == 200
    assert "Kijk in je mail" in antwoord.text
    assert gewekt
    assert verzenden.verstuur_alles() == 1
    assert len(server.ontvangen) == 1


def test_an_address_that_fits_in_no_header_does_not_hold_up_the_others(db, mailmap):
    """Django's own check of addresses lets this one through; anybody may type it in a public form."""
    kwaad = leg("proef:kwaad", aan_adres='"a\x0bb"@voorbeeld.example')
    leg("proef:goed")

    aantal = verzenden.verstuur_alles()

    kwaad.refresh_from_db()
    assert (aantal, kwaad.toestand, kwaad.fout) == (1, "onbestelbaar", "niet op te stellen")
    assert len(list(mailmap.glob("*.eml"))) == 1


def test_a_failure_that_nobody_foresaw_stays_with_its_own_message(db, server):
    server.antwoord = ValueError("zo'n adres ken ik niet")
    eerste, tweede = leg("proef:1"), leg("proef:2")

    verzenden.verstuur_alles()

    for bericht in (eerste, tweede):
        bericht.refresh_from_db()
        assert (bericht.toestand, bericht.fout) == ("wacht", "ValueError")


def test_a_secret_link_that_cannot_be_delivered_is_erased(db, server):
    server.antwoord = smtplib.SMTPDataError(554, b"no")
    bericht = leg()

    verzenden.verstuur_alles()

    bericht.refresh_from_db()
    assert (bericht.toestand, bericht.gegevens) == ("onbestelbaar", {})
