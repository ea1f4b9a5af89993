"""The ladder of aftercare reminders, its days written out by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectief.werkdagen import is_werkdag, ochtend, werkdag_vanaf
from trajecten.ladder import DAGEN, TREDEN, momenten_van_stappen
from trajecten.ritme import data_van_ritme, een_jaar_later, maanden_later

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAGEN_IN_TIEN_JAAR = st.dates(date(2026, 1, 1), date(2036, 12, 31))


def test_the_ladder_has_the_five_agreed_steps():
    assert {str(stap): dagen for stap, dagen in DAGEN.items()} == {
        "vooraf": -3,
        "vandaag": 0,
        "daarna": 4,
        "coordinator": 10,
        "bord": 30,
    }


def test_each_step_goes_to_whom_it_should():
    assert {str(stap): [str(wie) for wie in trede.ontvangers] for stap, trede in TREDEN.items()} == {
        "vooraf": ["eigenaar"],
        "vandaag": ["eigenaar"],
        "daarna": ["eigenaar", "waarnemer"],
        "coordinator": ["coordinator"],
        "bord": [],
    }


def test_an_ordinary_week():
    momenten = momenten_van_stappen(date(2027, 6, 17))  # a Thursday

    assert {str(stap): op.strftime("%a %Y-%m-%d %H:%M") for stap, op in momenten.items()} == {
        "vooraf": "Mon 2027-06-14 09:00",
        "vandaag": "Thu 2027-06-17 09:00",
        "daarna": "Mon 2027-06-21 09:00",
        "coordinator": "Mon 2027-06-28 09:00",  # 27 June is a Sunday
        "bord": "Mon 2027-07-19 09:00",  # 17 July is a Saturday
    }


def test_a_step_beforehand_moves_to_a_working_day():
    assert str(momenten_van_stappen(date(2027, 6, 15))["vooraf"].date()) == "2027-06-14"  # from Saturday to Monday


def test_a_step_beforehand_that_would_fall_on_the_day_itself_is_left_out():
    na_pasen = date(2026, 4, 7)  # three days before is a Saturday, and Monday is Easter Monday

    assert "vooraf" not in momenten_van_stappen(na_pasen)


@pytest.mark.parametrize(
    ("dag", "werkdag"),
    [
        (date(2027, 1, 1), date(2027, 1, 4)),  # New Year on a Friday, then a weekend
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, weekend, Easter Monday
        (date(2027, 4, 27), date(2027, 4, 28)),  # King's Day
        (date(2030, 4, 27), date(2030, 4, 29)),  # King's Day on a Saturday
        (date(2031, 4, 26), date(2031, 4, 28)),  # 27 April 2031 is a Sunday: King's Day is on the 26th, a Saturday
        (date(2027, 5, 5), date(2027, 5, 7)),  # Liberation Day, and Ascension Day is the 6th
        (date(2026, 5, 25), date(2026, 5, 26)),  # Whit Monday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas on a Friday, Boxing Day on Saturday
        (date(2028, 2, 29), date(2028, 2, 29)),  # a leap day on a Tuesday is a day like any other
    ],
)
def test_a_free_day_moves_to_the_next_working_day(dag, werkdag):
    assert werkdag_vanaf(dag) == werkdag


@pytest.mark.parametrize(
    ("dag", "utc"),
    [
        (date(2027, 3, 26), "2027-03-26T08:00:00+00:00"),  # the Friday before summer time
        (date(2027, 3, 29), "2027-03-29T07:00:00+00:00"),  # the first working day of summer time (Easter Monday, 09:00)
        (date(2027, 10, 29), "2027-10-29T07:00:00+00:00"),
        (date(2027, 11, 1), "2027-11-01T08:00:00+00:00"),
    ],
)
def test_nine_in_the_morning_is_nine_in_amsterdam(dag, utc):
    assert ochtend(dag) == datetime.fromisoformat(utc)


@given(DAGEN_IN_TIEN_JAAR)
def test_no_step_falls_early_or_on_a_free_day(dag):
    gepland_op = werkdag_vanaf(dag)
    momenten = momenten_van_stappen(gepland_op)

    for stap, op in momenten.items():
        lokaal = op.astimezone(AMSTERDAM)
        assert (lokaal.hour, lokaal.minute) == (9, 0)
        assert is_werkdag(lokaal.date())
        assert 0 <= (lokaal.date() - gepland_op).days - DAGEN[stap] <= 5
    assert list(momenten.values()) == sorted(set(momenten.values()))


def test_the_proposed_rhythm():
    assert data_van_ritme(date(2027, 1, 29)) == [
        date(2027, 2, 5),
        date(2027, 2, 26),
        date(2027, 4, 29),
        date(2027, 7, 29),
        date(2028, 1, 31),  # 29 January 2028 is a Saturday
    ]


@pytest.mark.parametrize(
    ("dag", "maanden", "uitkomst"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
        (date(2027, 1, 31), 3, date(2027, 4, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(dag, maanden, uitkomst):
    assert maanden_later(dag, maanden) == uitkomst


def test_a_year_after_a_leap_day_exists():
    assert een_jaar_later(date(2028, 2, 29)) == date(2029, 2, 28)
