"""The birthdays that change who decides, and where they are kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectief.rijbeveiliging import als_gebruiker
from trajecten.actions import bewaar_identiteit
from trajecten.leeftijd import leeftijdsgrenzen, wordt
from trajecten.models import JongereIdentiteit, Leeftijdsgrenzen

GEBOREN = date(2014, 6, 17)


@pytest.mark.parametrize(
    ("geboren", "twaalf", "zestien", "achttien"),
    [
        (date(2014, 6, 17), date(2026, 6, 17), date(2030, 6, 17), date(2032, 6, 17)),
        (date(2012, 2, 29), date(2024, 2, 29), date(2028, 2, 29), date(2030, 3, 1)),  # 2030 has no 29 February
        (date(2013, 2, 28), date(2025, 2, 28), date(2029, 2, 28), date(2031, 2, 28)),
        (date(2014, 12, 31), date(2026, 12, 31), date(2030, 12, 31), date(2032, 12, 31)),
        (date(2088, 2, 29), date(2100, 3, 1), date(2104, 2, 29), date(2106, 3, 1)),  # 2100 is no leap year
    ],
)
def test_the_borders_by_hand(geboren, twaalf, zestien, achttien):
    assert leeftijdsgrenzen(geboren) == {12: twaalf, 16: zestien, 18: achttien}


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 40))
def test_nobody_turns_older_before_the_day_itself(geboren, jaren):
    op = wordt(geboren, jaren)

    assert (op.year, (op.month, op.day) >= (geboren.month, geboren.day)) == (geboren.year + jaren, True)
    assert (op.month, op.day) in {(geboren.month, geboren.day), (3, 1)}


@pytest.mark.parametrize(
    ("dag", "bereikt"),
    [
        (date(2026, 6, 16), 0),  # 11 years and 364 days
        (date(2026, 6, 17), 12),
        (date(2029, 6, 17), 12),  # 15
        (date(2030, 6, 16), 12),
        (date(2030, 6, 17), 16),
        (date(2032, 6, 16), 16),
        (date(2032, 6, 17), 18),
    ],
)
def test_which_border_was_passed(dag, bereikt):
    twaalf, zestien, achttien = leeftijdsgrenzen(GEBOREN).values()

    grenzen = Leeftijdsgrenzen(twaalf_op=twaalf, zestien_op=zestien, achttien_op=achttien)

    assert grenzen.bereikt_op(dag) == bereikt


def test_without_a_birth_date_nothing_is_known():
    assert Leeftijdsgrenzen().bereikt_op(GEBOREN) is None


def test_the_form_of_the_identity_derives_the_days(als, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        jongere = traject.jongere
    velden = {"roepnaam": jongere.roepnaam, "geboortedatum": "2014-06-17"}

    als(begeleider).post(f"/trajecten/{traject.pk}/gegevens/", velden)

    with als_gebruiker(begeleider.pk):
        assert Leeftijdsgrenzen.objects.get().per_leeftijd == leeftijdsgrenzen(GEBOREN)


def test_a_birth_date_that_is_taken_away_takes_its_days_along(begeleider, traject, kijkt_als):
    kijkt_als(begeleider)
    identiteit = JongereIdentiteit(jongere_id=traject.jongere_id, geboortedatum="2014-06-17")
    bewaar_identiteit(identiteit=identiteit)

    identiteit.geboortedatum = ""
    bewaar_identiteit(identiteit=identiteit)

    grenzen = Leeftijdsgrenzen.objects.get()
    assert set(grenzen.per_leeftijd.values()) == {None}
    assert grenzen.bereikt_op(GEBOREN + timedelta(days=9000)) is None
