"""The table of what a place, a family and time may do with a question, written a second time by hand."""

from datetime import date
from itertools import product

import pytest

from kaart.contactstanden import Beweger, Contactstand, belemmering, herinner_vanaf, mogelijk

MAG = {
    ("nieuw", "in_gesprek", "plek"),
    ("nieuw", "kennismaking", "plek"),
    ("nieuw", "geen_plek", "plek"),
    ("nieuw", "geen_reactie", "klok"),
    ("nieuw", "ingetrokken", "gezin"),
    ("in_gesprek", "kennismaking", "plek"),
    ("in_gesprek", "geen_plek", "plek"),
    ("in_gesprek", "ingetrokken", "gezin"),
    ("kennismaking", "in_gesprek", "plek"),
    ("kennismaking", "geen_plek", "plek"),
    ("kennismaking", "ingetrokken", "gezin"),
    ("geen_plek", "in_gesprek", "plek"),
    ("geen_plek", "kennismaking", "plek"),
    ("geen_plek", "ingetrokken", "gezin"),
    ("geen_reactie", "in_gesprek", "plek"),
    ("geen_reactie", "kennismaking", "plek"),
    ("geen_reactie", "geen_plek", "plek"),
    ("geen_reactie", "ingetrokken", "gezin"),
}


def test_every_step_is_taken_by_just_who_may():
    gelukt = {
        (van.value, naar.value, wie.value)
        for van, naar, wie in product(Contactstand, Contactstand, Beweger)
        if not belemmering(van, naar, beweger=wie, reden="vol" if naar == Contactstand.GEEN_PLEK else "")
    }

    assert gelukt == MAG


@pytest.mark.parametrize(
    ("naar", "reden", "begin"),
    [
        ("geen_plek", "", "Kies waarom"),
        ("geen_plek", "verzonnen", "Kies waarom"),
        ("in_gesprek", "vol", "Een reden hoort"),
        ("nieuw", "", "Deze stap kan nu niet. Het staat nu op: wacht op antwoord."),
    ],
)
def test_what_stands_in_the_way_is_said_in_words(naar, reden, begin):
    bezwaar = belemmering(Contactstand.NIEUW, Contactstand(naar), beweger=Beweger.PLEK, reden=reden)

    assert bezwaar.startswith(begin)


def test_what_was_taken_back_is_left_alone():
    assert mogelijk(Contactstand.INGETROKKEN, Beweger.PLEK) == []
    bezwaar = belemmering(Contactstand.INGETROKKEN, Contactstand.IN_GESPREK, beweger=Beweger.PLEK)
    assert bezwaar == "Deze vraag is ingetrokken. Neem geen contact meer op."


@pytest.mark.parametrize(
    ("gevraagd", "herinnerd"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday, Thursday
        (date(2026, 11, 27), date(2026, 12, 2)),  # Friday: over the weekend
        (date(2026, 11, 28), date(2026, 12, 2)),  # asked on a Saturday
        (date(2026, 12, 24), date(2026, 12, 30)),  # over Christmas
    ],
)
def test_a_place_has_three_working_days(gevraagd, herinnerd):
    assert herinner_vanaf(gevraagd) == herinnerd
