"""The crooked line as a drawing: every stay on it, everything inside the frame, nothing measured."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from trajecten.fases import STAPPEN, Fase, Stap, mogelijke_stappen
from trajecten.lijn import BREED, SMAL, in_jaar, jaren, teken
from trajecten.models import FaseVerblijf

BEGIN = date(2026, 1, 1)


def maak_verblijven(fasen: list[Fase], dagen: int = 20) -> list[FaseVerblijf]:
    verblijven = []
    for nummer, fase in enumerate(fasen):
        vorige = fasen[nummer - 1] if nummer else None
        van = BEGIN + timedelta(days=dagen * nummer)
        tot = van + timedelta(days=dagen) if nummer < len(fasen) - 1 else None
        verblijven.append(FaseVerblijf(volgnummer=nummer + 1, fase=fase, stap=STAPPEN[vorige, fase], van=van, tot=tot))
    return verblijven


@st.composite
def wegen(draw) -> list[Fase]:
    fasen = [Fase.LANDING]
    for _ in range(draw(st.integers(0, 45))):
        fasen.append(draw(st.sampled_from([naar for naar, _ in mogelijke_stappen(fasen[-1])])))
    return fasen


MOMENTEN = st.lists(
    st.tuples(st.dates(BEGIN - timedelta(days=400), BEGIN + timedelta(days=1500)), st.booleans()),
    max_size=60,
)


@pytest.mark.parametrize("vel", [BREED, SMAL])
@given(fasen=wegen(), momenten=MOMENTEN)
@settings(deadline=None)
def test_every_way_fits_its_frame(vel, fasen, momenten):
    lijn = teken(maak_verblijven(fasen), momenten, vel)

    assert len(lijn.stukken) + lijn.eerdere == len(fasen)
    for stuk in lijn.stukken:
        getallen = [int(getal) for getal in re.findall(r"-?\d+", stuk.pad)]
        assert all(-5 <= x <= lijn.breedte + 5 for x in getallen[0::2])
        assert all(0 <= y <= lijn.hoogte for y in getallen[1::2])
        assert all(0 < x < lijn.breedte and 0 < y < lijn.hoogte for x, y in [*stuk.lichten, *stuk.lichtjes])


def test_forty_stays_are_all_drawn_on_a_wide_page():
    fasen = [Fase.LANDING, Fase.ONDERZOEKEND] * 20

    assert len(teken(maak_verblijven(fasen), [], BREED).stukken) == 40


def test_stretches_in_a_row_are_equally_long_however_long_the_stay():
    verblijven = maak_verblijven([Fase.LANDING, Fase.ONDERZOEKEND, Fase.ORIENTATIE])
    verblijven[1].van = verblijven[0].tot = BEGIN + timedelta(days=1)

    begin = [stuk.x for stuk in teken(verblijven, [], BREED).stukken]

    assert begin[1] - begin[0] == pytest.approx(begin[2] - begin[1], abs=1)


def test_each_stretch_begins_where_the_one_before_ended():
    stukken = teken(maak_verblijven([Fase.LANDING, Fase.ONDERZOEKEND] * 10), [], BREED).stukken

    for eerder, later in pairwise(stukken):
        assert eerder.pad.split()[-2:] == later.pad[1:].split("C")[0].split()


def test_a_return_is_a_curl_and_a_leap_an_arch_and_a_step_just_goes_on():
    bochten = {
        stap: len(re.findall(r"\d+ \d+ -?\d+ \d+ -?\d+ \d+", teken(weg, [], BREED).stukken[1].pad))
        for stap, weg in {
            Stap.VOLGENDE: maak_verblijven([Fase.LANDING, Fase.ONDERZOEKEND]),
            Stap.SPRONG: maak_verblijven([Fase.LANDING, Fase.ORIENTATIE]),
        }.items()
    }
    terug = teken(maak_verblijven([Fase.LANDING, Fase.ONDERZOEKEND, Fase.LANDING]), [], BREED).stukken[2].pad

    assert bochten[Stap.SPRONG] > bochten[Stap.VOLGENDE]
    x = [int(getal) for getal in re.findall(r"-?\d+", terug)[0::2]]
    assert x != sorted(x)  # the line turns back on itself, and then goes on


def test_a_moment_shines_in_the_stay_of_its_day():
    verblijven = maak_verblijven([Fase.LANDING, Fase.ONDERZOEKEND])

    eerste, tweede = teken(verblijven, [(BEGIN + timedelta(days=20), True)], BREED).stukken

    assert (eerste.lichtjes, len(tweede.lichtjes)) == ([], 1)


def test_a_little_light_outshines_other_moments_of_that_place():
    momenten = [(BEGIN, False), (BEGIN, True), (BEGIN, False)]

    [stuk] = teken(maak_verblijven([Fase.LANDING]), momenten, BREED).stukken

    assert (len(stuk.lichten), len(stuk.lichtjes)) == (0, 1)


def test_a_year_shows_the_stays_that_touch_it_and_its_own_lights():
    verblijven = maak_verblijven([Fase.LANDING, Fase.ONDERZOEKEND, Fase.ORIENTATIE], dagen=200)  # 2026 and 2027
    momenten = [(date(2026, 7, 1), True), (date(2027, 1, 10), True)]

    with time_machine.travel("2028-03-01"):
        jaar = in_jaar(verblijven, 2026)
        lijn = teken(jaar, momenten, BREED, 2026)

        assert jaren(verblijven) == [2026, 2027, 2028]
    assert [verblijf.fase for verblijf in jaar] == [Fase.LANDING, Fase.ONDERZOEKEND]
    assert [len(stuk.lichtjes) for stuk in lijn.stukken] == [1, 0]


@pytest.mark.parametrize("vel", [BREED, SMAL])
@given(fasen=wegen(), momenten=MOMENTEN, jaar=st.integers(2026, 2030))
@settings(deadline=None, max_examples=40)
def test_every_year_of_every_way_can_be_drawn(vel, fasen, momenten, jaar):
    with time_machine.travel("2030-06-01"):
        verblijven = in_jaar(maak_verblijven(fasen), jaar)

        lijn = teken(verblijven, momenten, vel, jaar)

    assert len(lijn.stukken) + lijn.eerdere == len(verblijven) > 0
