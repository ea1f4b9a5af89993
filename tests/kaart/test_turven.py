"""However many look in vain, the database hears of it now and then, and of every one."""

import pytest
from django.db import connections

from collectief.geo.models import Postcode
from kaart.models import Zoekvraag
from kaart.turven import Turflijst


@pytest.fixture
def klok(monkeypatch):
    """A clock that stands still until somebody moves it."""
    stand = {"nu": 100.0}
    monkeypatch.setattr("kaart.turven.ELKE", 10)
    monkeypatch.setattr("kaart.turven.time.monotonic", lambda: stand["nu"])
    return stand


def geteld() -> dict[str, int]:
    return dict(Zoekvraag.objects.values_list("pc4", "aantal"))


def test_the_first_is_written_at_once_and_the_rest_after_ten_seconds(db, klok, django_assert_num_queries):
    zutphen, utrecht = (Postcode.objects.get(pc4=pc4).rd for pc4 in ("7201", "3511"))
    turflijst = Turflijst()

    turflijst.tel(zutphen)
    assert geteld() == {"7201": 1}
    with django_assert_num_queries(0):
        for punt in (zutphen, utrecht, zutphen):
            turflijst.tel(punt)
    klok["nu"] += 10
    with django_assert_num_queries(1):
        turflijst.tel(utrecht)

    assert geteld() == {"7201": 3, "3511": 2}


def test_too_many_points_do_not_wait(db, klok, monkeypatch):
    monkeypatch.setattr("kaart.turven.HOOGSTENS", 2)
    punten = [Postcode.objects.get(pc4=pc4).rd for pc4 in ("7201", "3511", "1011")]
    turflijst = Turflijst()

    for punt in punten:
        turflijst.tel(punt)

    assert geteld() == {"7201": 1, "3511": 1, "1011": 1}


def test_a_database_that_is_away_costs_a_count_and_no_page(db, klok, monkeypatch, caplog):
    punt = Postcode.objects.get(pc4="7201").rd
    connections["default"].close()
    monkeypatch.setitem(connections["default"].settings_dict, "PORT", "1")

    Turflijst().tel(punt)

    assert "are not counted" in caplog.text
