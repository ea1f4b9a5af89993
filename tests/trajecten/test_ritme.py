"""The rhythm of aftercare: days written out by hand, and what has to hold for any days in ten years."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectief.werkdagen import is_werkdag
from trajecten.ritme import HALF_JAAR, spreid, volgende_jaardag, vrije_werkdag

TIEN_JAAR = st.dates(date(2026, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("dagen", "bezet", "gespreid"),
    [
        (["2027-06-14", "2027-07-12"], [], ["2027-06-14", "2027-07-12"]),
        (["2027-07-12", "2027-06-14"], [], ["2027-06-14", "2027-07-12"]),
        (["2027-06-12", "2027-06-13"], [], ["2027-06-14", "2027-06-15"]),  # Saturday and Sunday
        (["2027-06-12", "2027-06-13", "2027-06-14"], [], ["2027-06-14", "2027-06-15", "2027-06-16"]),
        (["2027-06-14"], ["2027-06-14"], ["2027-06-15"]),
        (["2027-06-18"], ["2027-06-18", "2027-06-21"], ["2027-06-22"]),  # Friday and Monday are taken
        (["2026-04-03", "2026-04-06"], [], ["2026-04-07", "2026-04-08"]),  # Good Friday and Easter Monday
        (["2030-04-27"], [], ["2030-04-29"]),  # King's Day on a Saturday
        (["2028-02-29"], [], ["2028-02-29"]),
        (["2027-12-31", "2028-01-01"], [], ["2027-12-31", "2028-01-03"]),
        (["2027-03-28", "2027-10-31"], [], ["2027-03-30", "2027-11-01"]),  # both nights on which the clock changes
        ([], ["2027-06-14"], []),
    ],
)
def test_days_are_spread_over_working_days(dagen, bezet, gespreid):
    uitkomst = spreid([date.fromisoformat(dag) for dag in dagen], [date.fromisoformat(dag) for dag in bezet])

    assert [dag.isoformat() for dag in uitkomst] == gespreid


@pytest.mark.parametrize(
    ("jaardag", "na", "volgende"),
    [
        ("2027-06-17", "2027-06-17", "2028-06-17"),
        ("2027-06-17", "2027-06-10", "2028-06-17"),  # recorded a week early
        ("2027-06-17", "2027-12-16", "2028-06-17"),  # half a year late
        ("2027-06-17", "2027-12-19", "2029-06-17"),  # later still: not twice within half a year
        ("2028-02-29", "2028-02-29", "2029-02-28"),
        ("2028-02-29", "2031-02-28", "2032-02-29"),  # 29 February comes back
        ("2027-12-31", "2028-01-03", "2028-12-31"),
        ("2030-06-01", "2027-06-01", "2031-06-01"),
    ],
)
def test_years_count_from_the_agreed_day(jaardag, na, volgende):
    assert volgende_jaardag(date.fromisoformat(jaardag), date.fromisoformat(na)).isoformat() == volgende


@settings(max_examples=60)
@given(st.lists(TIEN_JAAR, max_size=12), st.sets(TIEN_JAAR, max_size=12))
def test_never_two_on_one_day_never_early_and_in_order(dagen, bezet):
    gespreid = spreid(dagen, bezet)

    assert len(set(gespreid)) == len(dagen)
    assert gespreid == sorted(gespreid)
    assert not set(gespreid) & bezet
    for bedoeld, dag in zip(sorted(dagen), gespreid, strict=True):
        assert is_werkdag(dag)
        assert dag >= bedoeld


@settings(max_examples=60)
@given(TIEN_JAAR, st.integers(1, 60))
def test_days_close_together_are_not_pushed_far(begin, aantal):
    """Even a contact for every day of a season ends within the days it takes on working days alone."""
    gespreid = spreid([begin + timedelta(days=nummer) for nummer in range(aantal)])

    assert (gespreid[-1] - begin).days <= aantal * 2 + 10


@settings(max_examples=60)
@given(TIEN_JAAR)
def test_an_anniversary_stays_on_its_day_for_ten_years(begin):
    dag = vrije_werkdag(begin)
    for jaar in range(1, 11):
        bedoeld = volgende_jaardag(begin, dag)
        dag = vrije_werkdag(bedoeld)

        assert bedoeld.year == begin.year + jaar
        assert (bedoeld.month, bedoeld.day) in {(begin.month, begin.day), (2, 28)}
        assert 0 <= (dag - bedoeld).days <= 6


@settings(max_examples=60)
@given(TIEN_JAAR, TIEN_JAAR)
def test_the_next_year_is_never_within_half_a_year_nor_beyond_one_and_a_half(jaardag, na):
    volgende = volgende_jaardag(min(jaardag, na), na)

    assert HALF_JAAR <= volgende - na <= HALF_JAAR + timedelta(days=366)
