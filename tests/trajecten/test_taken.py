"""What Celery does for trajectories: say that it is time, and be quiet when it cannot."""

from collectief.post.models import Bericht
from tests.trajecten.klok import DONDERDAG
from trajecten import tasks
from trajecten.models import Seintje


def soorten() -> list[str]:
    return sorted(Bericht.objects.values_list("soort", flat=True))


def test_a_task_puts_the_reminders_of_the_morning_in_the_outbox(klok, contact):
    klok.move_to(f"{DONDERDAG} 09:05+02:00")

    tasks.zet_herinneringen_klaar()

    assert "herinnering" in soorten()


def test_a_starting_worker_looks_at_once(klok, contact, meteen):
    klok.move_to(f"{DONDERDAG} 09:05+02:00")

    tasks.veeg_bij_start()

    assert "herinnering" in soorten()


def test_a_worker_that_starts_without_a_broker_does_not_fail(klok, contact, broker_weg):
    klok.move_to(f"{DONDERDAG} 09:05+02:00")

    tasks.veeg_bij_start()

    assert soorten() == []


def test_a_task_clears_nudges_of_contact_that_is_long_over(volle_zaak, kijkt_als, begeleider):
    kijkt_als(begeleider)
    eerst = Seintje.objects.count()

    kijkt_als(None)
    tasks.ruim_oude_seintjes_op()

    kijkt_als(begeleider)
    assert (eerst, Seintje.objects.count()) == (1, 1)  # it is asked for now, so it stays
