"""What a process remembers: made by one, used by all, and made again when its time has come."""

import threading
import time

from collectief.onthouden import Onthouden


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
    begonnen, verder, gezien = threading.Event(), threading.Event(), []

    def maak(oud: str | None) -> str:
        if oud is None:
            return "oud"
        begonnen.set()
        verder.wait(timeout=10)
        return "nieuw"

    geheugen = Onthouden(maak, 0)
    geheugen.geef()
    draad = threading.Thread(target=lambda: gezien.append(geheugen.geef()))
    draad.start()
    begonnen.wait(timeout=10)
    intussen = geheugen.geef()
    verder.set()
    draad.join()

    assert (intussen, gezien) == ("oud", ["nieuw"])


def test_when_it_cannot_be_made_the_next_one_tries_again():
    keren = iter([RuntimeError("no database"), None])
    geheugen = Onthouden(lambda _: _gooi(next(keren)), 60)

    for verwacht in ("no database", "gelukt"):
        try:
            uitkomst = geheugen.geef()
        except RuntimeError as fout:
            uitkomst = str(fout)
        assert uitkomst == verwacht


def _gooi(fout: Exception | None) -> str:
    if fout:
        raise fout
    return "gelukt"


def test_two_at_once_in_a_new_process_make_it_once():
    gemaakt, samen = [], threading.Barrier(2)

    def maak(oud: str | None) -> str:
        time.sleep(0.1)  # so that the other one comes meanwhile
        gemaakt.append(oud)
        return "iets"

    geheugen = Onthouden(maak, 60)

    def vraag() -> None:
        samen.wait(timeout=10)
        geheugen.geef()

    draden = [threading.Thread(target=vraag) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()

    assert gemaakt == [None]
