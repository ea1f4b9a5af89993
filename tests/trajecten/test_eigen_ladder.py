"""An initiative puts the steps of the ladder itself: how far it may, and where they fall then. Written out by hand."""

from datetime import date

import pytest

from trajecten.ladder import DAGEN, RUSTIG_GRENZEN, RUSTIG_VANAF, UITERST_UUR, Ladder, Stap, belemmering

DONDERDAG = date(2027, 6, 17)


def ladder(**dagen: int | None) -> dict[Stap, int | None]:
    """The agreed days, with these put otherwise."""
    return {stap: dagen.get(stap, dag) for stap, dag in DAGEN.items()}


def dagen_van(momenten: dict) -> dict[str, str]:
    return {str(stap): op.strftime("%a %d-%m %H") for stap, op in momenten.items()}


# --- What may be chosen -----------------------------------------------------------------------------------------------


RUIMTE = [
    ("vooraf", -3, -1, "1 tot en met 3"),
    ("vandaag", 0, 3, "0 tot en met 3"),
    ("daarna", 4, 21, "4 tot en met 21"),
    ("coordinator", 10, 42, "10 tot en met 42"),
    ("bord", 30, 90, "30 tot en met 90"),
]


@pytest.mark.parametrize(("stap", "eerste", "laatste", "grenzen"), RUIMTE)
def test_each_step_has_its_room(stap, eerste, laatste, grenzen):
    ruim = {"coordinator": 22, "bord": 90}  # so that no other step is in the way

    for dag in (eerste, laatste):
        assert belemmering(ladder(**{**ruim, stap: dag})) == {}
    for dag in (eerste - 1, laatste + 1):
        assert belemmering(ladder(**{**ruim, stap: dag})) == {stap: f"Kies een getal van {grenzen}."}


def test_the_room_of_every_step_stands_in_that_table_in_order():
    assert [stap for stap, *_ in RUIMTE] == list(Stap)


@pytest.mark.parametrize("stap", ["vooraf", "vandaag", "daarna", "coordinator"])
def test_a_step_can_be_off(stap):
    assert belemmering(ladder(**{stap: None})) == {}


def test_the_last_step_is_never_off():
    assert belemmering(ladder(bord=None)) == {"bord": "Deze stap blijft altijd aan: zo raakt geen vlammetje vergeten."}


@pytest.mark.parametrize(
    ("dagen", "stap"),
    [
        ({"daarna": 10}, "coordinator"),
        ({"daarna": 21, "coordinator": 20}, "coordinator"),
        ({"coordinator": 30}, "bord"),
        ({"daarna": None, "coordinator": 42}, "bord"),
    ],
)
def test_a_step_comes_after_the_one_before(dagen, stap):
    assert belemmering(ladder(**dagen)) == {stap: "Deze stap komt na de vorige. Kies een later moment."}


def test_one_mistake_gets_one_sentence():
    assert list(belemmering(ladder(daarna=50))) == ["daarna"]
    assert belemmering(ladder(daarna=21, coordinator=None)) == {}


def test_the_hours_that_can_be_chosen():
    assert (UITERST_UUR, RUSTIG_VANAF, RUSTIG_GRENZEN) == (12, 18, (15, 20))


# --- Where they fall --------------------------------------------------------------------------------------------------


def test_what_comes_after_the_day_counts_from_the_end_of_the_room():
    momenten = Ladder(DAGEN).momenten(DONDERDAG, uiterlijk=date(2027, 6, 24))

    assert dagen_van(momenten) == {
        "vooraf": "Mon 14-06 09",
        "vandaag": "Thu 17-06 09",
        "daarna": "Mon 28-06 09",
        "coordinator": "Mon 05-07 09",  # 4 July is a Sunday
        "bord": "Mon 26-07 09",  # 24 July is a Saturday
    }


def test_of_steps_that_fall_together_the_highest_stays():
    samen = Ladder(ladder(daarna=9, coordinator=10))  # a Saturday and the Sunday after it

    assert dagen_van(samen.momenten(DONDERDAG)) == {
        "vooraf": "Mon 14-06 09",
        "vandaag": "Thu 17-06 09",
        "coordinator": "Mon 28-06 09",
        "bord": "Mon 19-07 09",
    }


@pytest.mark.parametrize("vandaag", [None, 1])
@pytest.mark.parametrize("gepland_op", [date(2026, 4, 7), date(2026, 4, 6)])  # the Tuesday after Easter, and the Monday
def test_a_step_beforehand_never_falls_on_the_day_or_later(gepland_op, vandaag):
    assert "vooraf" not in Ladder(ladder(vandaag=vandaag)).momenten(gepland_op)


def test_an_initiative_has_its_own_hour_and_days():
    op_maandag_en_woensdag = Ladder(ladder(vooraf=None), uur=10, werkdagen=(1, 3))

    assert dagen_van(op_maandag_en_woensdag.momenten(DONDERDAG)) == {
        "daarna": "Mon 21-06 10",  # and what would fall there by moving, the day itself, gives way
        "coordinator": "Mon 28-06 10",
        "bord": "Mon 19-07 10",
    }


def test_once_is_a_ladder_of_one_step():
    eenmalig = Ladder(ladder(), uur=11).eenmalig()

    assert eenmalig.dagen == {"vooraf": None, "vandaag": 0, "daarna": None, "coordinator": None, "bord": None}
    assert dagen_van(eenmalig.momenten(DONDERDAG)) == {"vandaag": "Thu 17-06 11"}
