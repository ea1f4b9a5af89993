"""What Celery does for the mail: look in the outbox, also when a worker begins, and be seen alive."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from collectief.celery import app
from collectief.post.models import Hartslag
from collectief.post.tasks import veeg_bij_start, verstuur_wachtende
from tests.post.test_outbox import broker_weg, leg, mailmap  # noqa: F401  (fixtures)


@pytest.fixture
def meteen() -> Iterator[None]:
    """A task that is asked for runs at once, in this very process."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def brieven(mailmap) -> int:  # noqa: F811
    return len(list(mailmap.glob("*.eml")))


def test_looking_sends_what_waits_and_shows_that_a_worker_lives(db, mailmap):  # noqa: F811
    leg()

    for moment in ("2027-06-17 09:00+02:00", "2027-06-17 09:01+02:00"):
        with time_machine.travel(moment, tick=False):
            verstuur_wachtende()
            gezien_op = timezone.now()

    assert brieven(mailmap) == 1
    assert list(Hartslag.objects.values_list("naam", "gezien_op")) == [("post", gezien_op)]


def test_a_starting_worker_looks_at_once(db, mailmap, meteen):  # noqa: F811
    leg()

    veeg_bij_start()

    assert brieven(mailmap) == 1


def test_mail_wakes_a_worker_once_the_event_is_a_fact(db, mailmap, meteen, django_capture_on_commit_callbacks):  # noqa: F811
    with django_capture_on_commit_callbacks() as straks:
        leg()
    eerst = brieven(mailmap)

    for wek in straks:
        wek()

    assert (eerst, brieven(mailmap)) == (0, 1)


def test_a_worker_that_starts_without_a_broker_does_not_fail(db, mailmap, broker_weg):  # noqa: F811
    leg()

    veeg_bij_start()

    assert brieven(mailmap) == 0
