"""What a process remembers: made by one, used by all, and made again when its time has come."""

import threading
import time

import pytest
from django.db import connection

from collectief.onthouden import Onthouden
from tests.samen import ernaast, tegelijk


def test_it_is_made_again_only_when_its_time_has_come():
    gemaakt = []
    kort, lang = (Onthouden(lambda oud: gemaakt.append(oud) or len(gemaakt), houdbaar) for houdbaar in (0, 60))

    assert [lang.geef(), lang.geef()] == [1, 1]
    assert [kort.geef(), kort.geef()] == [2, 3]
    assert gemaakt == [None, None, 2]


def test_what_was_forgotten_is_made_anew_from_nothing():
    gemaakt = []
    geheugen = Onthouden(lambda oud: gemaakt.append(oud) or len(gemaakt), 60)

    geheugen.geef()
    geheugen.vergeet()

    assert (geheugen.geef(), gemaakt) == (2, [None, None])


def test_while_one_makes_it_anew_the_others_go_on_with_what_there_is():
    begonnen, verder = threading.Event(), threading.Event()

    def maak(oud: str | None) -> str:
        if oud is None:
            return "oud"
        begonnen.set()
        verder.wait(timeout=10)
        return "nieuw"

    geheugen = Onthouden(maak, 0)
    geheugen.geef()
    opnieuw = ernaast(geheugen.geef)
    begonnen.wait(timeout=10)
    intussen = geheugen.geef()
    verder.set()

    assert (intussen, opnieuw.result(timeout=10)) == ("oud", "nieuw")


def test_when_it_cannot_be_made_the_next_one_tries_again():
    keren = iter([RuntimeError("no database"), None])
    geheugen = Onthouden(lambda _: _gooi(next(keren)), 60)

    for verwacht in ("no database", "gelukt"):
        try:
            uitkomst = geheugen.geef()
        except RuntimeError as fout:
            uitkomst = str(fout)
        assert uitkomst == verwacht


@pytest.fixture
def over_tijd(monkeypatch):
    """Return a memory that counts, and let so many seconds pass since it was made."""
    gemaakt = []

    def maak(seconden: float, fout: Exception | None = None) -> Onthouden:
        geheugen = Onthouden(lambda oud: (_gooi(fout if oud else None) and gemaakt.append(oud)) or len(gemaakt), 60)
        geheugen.geef()
        geheugen._tot -= seconden
        return geheugen

    return maak


def _wacht_op(geheugen: Onthouden) -> None:
    """Until the thread beside has gone."""
    with geheugen._slot:
        assert threading.current_thread() is threading.main_thread()


@pytest.mark.parametrize(
    ("seconden", "nu", "daarna"),
    [(59, 1, 1), (61, 1, 2), (119, 1, 2), (121, 2, 2)],  # kept for 60, given once more for 60
)
def test_nobody_waits_for_what_has_just_grown_old_but_it_never_grows_much_older(over_tijd, seconden, nu, daarna):
    geheugen = over_tijd(seconden)

    gegeven = geheugen.geef()
    _wacht_op(geheugen)

    assert (gegeven, geheugen.geef()) == (nu, daarna)


def test_what_goes_wrong_beside_is_told_and_tried_again(over_tijd, caplog):
    geheugen = over_tijd(61, RuntimeError("no database"))

    assert geheugen.geef() == 1
    _wacht_op(geheugen)

    assert "could not be made anew" in caplog.text
    assert geheugen.geef() == 1
    _wacht_op(geheugen)
    assert caplog.text.count("could not be made anew") == 2


def test_without_a_thread_to_spare_the_old_one_is_given_and_the_next_visitor_tries(over_tijd, monkeypatch):
    geheugen = over_tijd(61)
    with monkeypatch.context() as krap:
        krap.setattr("collectief.onthouden.Thread.start", lambda _: _gooi(RuntimeError("can't start new thread")))
        eerst = geheugen.geef()

    weer = geheugen.geef()
    _wacht_op(geheugen)

    assert (eerst, weer, geheugen.geef()) == (1, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_the_thread_beside_leaves_no_connection_behind():
    def verbindingen(_) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return cursor.fetchone()[0]

    geheugen = Onthouden(verbindingen, 60)
    vooraf = geheugen.geef()
    for _ in range(3):
        geheugen._tot = time.monotonic() - 1
        geheugen.geef()
        _wacht_op(geheugen)

    assert geheugen.geef() == vooraf + 1  # its own, each time
    assert verbindingen(None) <= vooraf + 1


def _gooi(fout: Exception | None) -> str:
    if fout:
        raise fout
    return "gelukt"


def test_two_at_once_in_a_new_process_make_it_once():
    gemaakt = []

    def maak(oud: str | None) -> str:
        time.sleep(0.1)  # so that the other one comes meanwhile
        gemaakt.append(oud)
        return "iets"

    geheugen = Onthouden(maak, 60)

    assert tegelijk(geheugen.geef, geheugen.geef) == ["iets", "iets"]
    assert gemaakt == [None]
