"""The table of phases, written a second time by hand: a wrong table cannot notice itself."""

import pytest

from trajecten.fases import Fase, belemmering, mogelijke_stappen

LABELS = {
    "landing": "Landingsfase – herstellen",
    "onderzoekend": "Onderzoekende fase – verkennen",
    "orientatie": "Oriëntatiefase – doorstromen",
    "waakvlam": "Waakvlamfase – nazorg",
}
PAREN = [
    (None, "landing", "volgende_stap"),
    (None, "onderzoekend", None),
    (None, "orientatie", None),
    (None, "waakvlam", None),
    ("landing", "landing", None),
    ("landing", "onderzoekend", "volgende_stap"),
    ("landing", "orientatie", "sprong"),
    ("landing", "waakvlam", "sprong"),
    ("onderzoekend", "landing", "terug"),
    ("onderzoekend", "onderzoekend", None),
    ("onderzoekend", "orientatie", "volgende_stap"),
    ("onderzoekend", "waakvlam", "sprong"),
    ("orientatie", "landing", "terug"),
    ("orientatie", "onderzoekend", "terug"),
    ("orientatie", "orientatie", None),
    ("orientatie", "waakvlam", "volgende_stap"),
    ("waakvlam", "landing", "terugkeer"),
    ("waakvlam", "onderzoekend", "terugkeer"),
    ("waakvlam", "orientatie", "terugkeer"),
    ("waakvlam", "waakvlam", None),
]


def test_the_phases_are_the_four_of_the_approach():
    assert {str(fase): fase.label for fase in Fase} == LABELS


def test_every_pair_stands_in_the_table_by_hand():
    assert len(PAREN) == 5 * 4


@pytest.mark.parametrize(("van", "naar", "stap"), PAREN)
def test_each_pair_of_phases_is_the_agreed_kind_of_step(van, naar, stap):
    mogelijk = {str(fase): str(soort) for fase, soort in mogelijke_stappen(van and Fase(van))}

    assert mogelijk.get(naar) == stap


@pytest.mark.parametrize(("van", "naar", "stap"), PAREN)
def test_a_possible_step_has_no_obstacle_and_another_has_one(van, naar, stap):
    in_de_weg = belemmering(van and Fase(van), Fase(naar), toelichting="Het past nu zo.", heeft_nazorg=True)

    assert (in_de_weg is not None) is (stap is None)


def test_a_trajectory_begins_in_landing():
    assert belemmering(None, Fase.ORIENTATIE, toelichting="x", heeft_nazorg=True) == (
        "Een traject begint in de landingsfase.",
        "naar",
    )


def test_staying_where_one_is_is_not_a_step():
    assert belemmering(Fase.LANDING, Fase.LANDING) == ("Daar is deze jongere nu al.", "naar")


@pytest.mark.parametrize("toelichting", ["", "   ", "\n"])
def test_a_leap_asks_for_a_few_words(toelichting):
    in_de_weg = belemmering(Fase.LANDING, Fase.ORIENTATIE, toelichting=toelichting)

    assert in_de_weg == ("Dit is een sprong. Schrijf er kort bij waarom die nu past.", "toelichting")


@pytest.mark.parametrize(("van", "naar"), [("onderzoekend", "landing"), ("waakvlam", "landing")])
def test_going_back_asks_for_no_excuse(van, naar):
    assert belemmering(Fase(van), Fase(naar)) is None


def test_the_waakvlam_asks_for_an_agreement_or_an_open_door():
    in_de_weg = belemmering(Fase.ORIENTATIE, Fase.WAAKVLAM)

    assert in_de_weg == ("Maak eerst een nazorgafspraak, of kies ‘de deur staat open, zonder afspraken’.", "vormen")


@pytest.mark.parametrize("van", ["onderzoekend", "orientatie", "waakvlam"])
def test_from_everywhere_there_is_a_way_back_in_one_step(van):
    assert {"terug", "terugkeer"} & {str(stap) for _, stap in mogelijke_stappen(Fase(van))}


def test_a_phase_has_a_short_name():
    assert [fase.kort for fase in Fase] == ["Landingsfase", "Onderzoekende fase", "Oriëntatiefase", "Waakvlamfase"]
