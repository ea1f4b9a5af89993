"""However many look in vain, the database hears of it now and then, and of every one."""

import pytest
from django.db import connections

from collectief.geo.models import Postcode
from kaart.models import Zoekvraag
from kaart.turven import Turflijst
from tests.kaart.turven import BROWSER


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


VAN_HIER = "http://testserver/kaart/?q=7201&straal=25"


@pytest.mark.parametrize(
    ("koppen", "verwacht"),
    [
        ({}, {"7201": 1}),
        ({"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, {}),
        ({"user-agent": "Mozilla/5.0 AppleWebKit/537.36 (compatible; ClaudeBot/1.0)"}, {}),
        ({"user-agent": "facebookexternalhit/1.1 (link preview)"}, {}),
        ({"user-agent": "curl/8.5.0"}, {}),
        ({"user-agent": ""}, {}),
        ({"sec-purpose": "prefetch;prerender"}, {}),
        ({"purpose": "prefetch"}, {}),
        ({"cache-control": "max-age=0"}, {}),  # the same page again
        ({"cache-control": "no-cache"}, {}),  # and with nothing from memory
        ({"referer": VAN_HIER}, {}),  # in vain there too: counted then
        ({"referer": VAN_HIER + "&leeftijd=boe"}, {}),
        ({"referer": VAN_HIER.replace("7201", "3511")}, {"7201": 1}),
        ({"referer": "http://testserver/kaart/?q=%00"}, {"7201": 1}),
        ({"referer": "http://[kapot"}, {"7201": 1}),
        ({"referer": "https://elders.example/kaart/?q=7201&straal=25"}, {"7201": 1}),
    ],
)
def test_only_people_count_and_each_visit_once(client, db, koppen, verwacht):
    client.get("/kaart/?q=7201&straal=25&leeftijd=14", headers={"user-agent": BROWSER} | koppen)

    assert geteld() == verwacht


def test_a_filter_that_leaves_nothing_counts_although_there_was_something_before(client, maak_plek):
    maak_plek("Alleen groot", leeftijd=(16, 23))

    client.get("/kaart/?q=7201&straal=25&leeftijd=14", headers={"user-agent": BROWSER, "referer": VAN_HIER})

    assert geteld() == {"7201": 1}


def test_a_look_at_the_headers_alone_is_not_a_search(client, db):
    client.head("/kaart/?q=7201&straal=25", headers={"user-agent": BROWSER})

    assert geteld() == {}
