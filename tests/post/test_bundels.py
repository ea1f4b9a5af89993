"""Messages about several things, messages that wait for the day, and many at once."""

import threading
from datetime import datetime
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht, Berichtdeel
from collectief.werkdagen import AMSTERDAM
from tests.factories import GebruikerFactory
from tests.post.postkantoor import leg
from tests.samen import ernaast, is_klaar_na, tegelijk


def bundel(*groepen: str) -> Bericht:
    bericht = leg("bundel")
    Berichtdeel.objects.bulk_create(Berichtdeel(bericht=bericht, groep=groep) for groep in groepen)
    return bericht


@pytest.mark.parametrize(
    ("stil", "toestand"),
    [(["a"], "wacht"), (["a", "b"], "wacht"), (["a", "b", "c"], "vervallen"), (["d"], "wacht")],
)
def test_a_message_about_several_things_falls_silent_with_the_last(db, stil, toestand):
    bericht = bundel("a", "b", "c")

    for groep in stil:
        Bericht.objects.laat_vervallen([groep])

    bericht.refresh_from_db()
    assert bericht.toestand == toestand


def test_what_falls_silent_together_counts_together(db):
    bundel("a", "b")
    leg("los", groep="c")

    assert Bericht.objects.laat_vervallen(["a", "b", "c"]) == 2


def test_a_message_that_was_sent_keeps_its_parts(db):
    bericht = bundel("a")
    Bericht.objects.update(toestand="verstuurd")

    Bericht.objects.laat_vervallen(["a"])

    assert not bericht.delen.get().is_vervallen


@pytest.mark.django_db(transaction=True)
def test_two_people_who_silence_the_last_two_parts_at_once_silence_the_message():
    bericht = bundel("a", "b")
    start = threading.Barrier(2)

    def leg_stil(groep):
        with transaction.atomic():
            start.wait()
            Bericht.objects.laat_vervallen([groep])

    tegelijk(*(partial(leg_stil, groep) for groep in "ab"))

    bericht.refresh_from_db()
    assert bericht.toestand == "vervallen"


@pytest.mark.parametrize(
    ("nu", "gaat_uit"),
    [
        ("2027-06-16T07:59", False),
        ("2027-06-16T08:00", True),
        ("2027-06-16T19:59", True),
        ("2027-06-16T20:00", False),
        ("2027-06-19T12:00", False),  # a Saturday
        ("2027-04-27T12:00", False),  # King's Day
    ],
)
def test_a_message_for_the_day_waits_for_the_day(db, nu, gaat_uit):
    with time_machine.travel(datetime.fromisoformat(nu).replace(tzinfo=AMSTERDAM), tick=False):
        leg()
        Bericht.objects.update(overdag=True)

        assert len(Bericht.objects.neem(1)) == gaat_uit


def test_many_messages_are_put_in_the_outbox_at_once(db, django_assert_num_queries):
    gebruiker = GebruikerFactory()
    berichten = [Bericht(sleutel=f"proef:{n}", soort="herinnering", aan=gebruiker) for n in range(400)]

    with django_assert_num_queries(1):
        leg_klaar_samen(berichten)
    leg_klaar_samen([Bericht(sleutel="proef:1", soort="herinnering", aan=gebruiker)])

    assert Bericht.objects.count() == 400


def test_what_was_left_behind_comes_before_what_waits(db, settings):
    with time_machine.travel(timezone.now()) as klok:
        leg("eerst")
        Bericht.objects.neem(1)
        leg("later")
        klok.shift(settings.POST_PACHT.total_seconds() + 1)

        assert [bericht.sleutel for bericht in Bericht.objects.neem(10)] == ["eerst", "later"]


# --- Parts and their message: looked at once per statement ------------------------------------------------------------


def sql(opdracht: str, *waarden: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)


NIEUW_DEEL = "INSERT INTO post_berichtdeel (bericht_id, groep, is_vervallen) VALUES (%s, 'x', false)"


def test_no_part_without_its_message_whoever_writes(db):
    een, ander = bundel("a"), leg("ander")
    Berichtdeel.objects.create(bericht=ander, groep="b")

    for opdracht, *waarden in (
        (NIEUW_DEEL, ander.pk + 1),
        ("UPDATE post_berichtdeel SET bericht_id = %s WHERE groep = 'b'", een.pk),
        ("DELETE FROM post_bericht WHERE id = %s", een.pk),
    ):
        with pytest.raises(IntegrityError):
            sql(opdracht, *waarden)
    een.delete()  # takes its parts along first

    assert list(Berichtdeel.objects.values_list("groep", "bericht")) == [("b", ander.pk)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("eerst", ["deel", "weg"])
def test_a_part_for_a_message_that_is_just_taken_away_waits_for_the_outcome(eerst):
    bericht = leg("bundel")
    opdrachten = {"deel": NIEUW_DEEL, "weg": "DELETE FROM post_bericht WHERE id = %s"}
    tweede = opdrachten["weg" if eerst == "deel" else "deel"]

    with transaction.atomic():
        sql(opdrachten[eerst], bericht.pk)
        ander = ernaast(lambda: sql(tweede, bericht.pk))
        wachtte = not is_klaar_na(ander, 0.5)

    with pytest.raises(IntegrityError):
        ander.result(timeout=10)
    assert wachtte
    assert Berichtdeel.objects.count() == Bericht.objects.count()
