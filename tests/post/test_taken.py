"""What Celery does for the mail: look in the outbox, also when a worker begins, and be seen alive."""

import smtplib
import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from collectief.celery import app
from collectief.post import verzenden
from collectief.post.lijn import Lijn
from collectief.post.models import Bericht, Hartslag
from collectief.post.tasks import veeg_bij_start, verstuur_wachtende
from tests.post.postkantoor import leg


def brieven(mailmap) -> int:
    return len(list(mailmap.glob("*.eml")))


def test_looking_sends_what_waits_and_shows_that_a_worker_lives(db, mailmap):
    leg()

    for moment in ("2027-06-17 09:00+02:00", "2027-06-17 09:01+02:00"):
        with time_machine.travel(moment, tick=False):
            verstuur_wachtende()
            gezien_op = timezone.now()

    assert brieven(mailmap) == 1
    assert list(Hartslag.objects.values_list("naam", "gezien_op")) == [("post", gezien_op)]


def test_a_starting_worker_looks_at_once(db, mailmap, meteen):
    leg()

    veeg_bij_start()

    assert brieven(mailmap) == 1


def test_mail_wakes_a_worker_once_the_event_is_a_fact(db, mailmap, meteen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as straks:
        leg()
    eerst = brieven(mailmap)

    for wek in straks:
        wek()

    assert (eerst, brieven(mailmap)) == (0, 1)


def test_a_worker_that_starts_without_a_broker_does_not_fail(db, mailmap, broker_weg):
    leg()

    veeg_bij_start()

    assert brieven(mailmap) == 0


def test_giving_back_touches_only_what_is_still_ours(db):
    for nummer in range(3):
        leg(f"proef:{nummer}")
    los, overgenomen, houden = Bericht.objects.neem(3)
    Bericht.objects.filter(pk=overgenomen.pk).update(pacht_tot=timezone.now() + timedelta(days=1))

    Bericht.objects.laat_los([los, overgenomen])

    assert list(Bericht.objects.order_by("pk").values_list("pk", "toestand", "pogingen")) == [
        (los.pk, "wacht", 0),
        (overgenomen.pk, "bezig", 1),
        (houden.pk, "bezig", 1),
    ]


@pytest.mark.parametrize(
    ("noteer", "toestand", "houdt_agenda"),
    [
        (lambda bericht: bericht.noteer_later("SMTP 451"), "wacht", True),
        (lambda bericht: bericht.noteer_vervallen(), "vervallen", False),
        (lambda bericht: bericht.noteer_onbestelbaar("SMTP 550"), "onbestelbaar", False),
        (lambda bericht: Bericht.objects.laat_vervallen([bericht.groep]), "vervallen", False),
    ],
)
def test_what_is_not_sent_is_nobodys_any_more(db, noteer, toestand, houdt_agenda):
    leg("proef:1", groep="proef")
    Bericht.objects.update(agenda={"methode": "REQUEST"})
    (bericht,) = Bericht.objects.neem(1)

    noteer(bericht)

    bericht.refresh_from_db()
    assert (bericht.toestand, bericht.pacht_tot, bericht.agenda is not None) == (toestand, None, houdt_agenda)


@pytest.mark.parametrize(
    ("code", "toestand"), [(499, "wacht"), (500, "onbestelbaar"), (599, "onbestelbaar"), (600, "wacht")]
)
def test_only_an_answer_in_the_five_hundreds_is_final(db, server, code, toestand):
    server.antwoord = smtplib.SMTPResponseException(code, b"nee")
    bericht = leg()

    verzenden.verstuur_alles()

    bericht.refresh_from_db()
    assert bericht.toestand == toestand


def test_between_two_mails_the_thread_that_renews_leases_lives_on(db, server, settings):
    settings.POST_PACHT = timedelta(seconds=0.15)
    lijn = Lijn()
    lijn.is_open()

    with lijn._houdt_vast(leg()):
        pass
    time.sleep(0.3)
    leefde = lijn._draad.is_alive()
    lijn.sluit()

    assert leefde


def test_what_beat_asks_for_is_a_task_that_exists(settings, monkeypatch):
    monkeypatch.setattr("django.setup", lambda: None)  # a second time it would replace who listens to the log
    app.loader.import_default_modules()

    gevraagd = {wat["task"] for wat in settings.CELERY_BEAT_SCHEDULE.values()}

    assert gevraagd - set(app.tasks) == set()
