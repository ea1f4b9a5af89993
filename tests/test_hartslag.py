"""Beat says that a broker is away, and that it is back; each once."""

import logging
from collections.abc import Iterator

import pytest
from celery.beat import SchedulingError
from kombu.exceptions import OperationalError

from collectief.celery import app
from collectief.hartslag import Planner


@pytest.fixture
def planner(tmp_path) -> Iterator[Planner]:
    planner = Planner(app=app, schedule_filename=str(tmp_path / "schema"))
    planner.setup_schedule()
    yield planner
    planner.close()


def _vraag(planner: Planner, monkeypatch, *uitkomsten: Exception | None) -> None:
    """Ask for the same task again and again; each time the broker does what stands here."""
    beurt = iter(uitkomsten)

    def apply_async(entry, **opties):
        if fout := next(beurt):
            try:
                raise fout
            except type(fout):
                raise SchedulingError("Couldn't apply scheduled task")  # noqa: B904 - as Celery does

    monkeypatch.setattr(planner, "apply_async", apply_async)
    for _ in uitkomsten:
        planner.apply_entry(planner.schedule["post"])


def test_a_broker_that_is_away_is_one_line_and_so_is_its_return(planner, monkeypatch, caplog):
    caplog.set_level(logging.INFO, "collectief.hartslag")
    weg = OperationalError("geen antwoord")

    _vraag(planner, monkeypatch, None, weg, weg, weg, None, None, weg)

    assert [(regel.levelname, regel.getMessage().split(";")[0]) for regel in caplog.records] == [
        ("WARNING", "broker does not answer"),
        ("INFO", "broker answers again"),
        ("WARNING", "broker does not answer"),
    ]


def test_another_trouble_says_which_task_and_where(planner, monkeypatch, caplog):
    _vraag(planner, monkeypatch, TypeError("stuk"), TypeError("stuk"))

    assert [regel.getMessage() for regel in caplog.records] == [
        "collectief.post.tasks.verstuur_wachtende could not be asked for"
    ] * 2
    assert all("builtins.TypeError" in regel.exc_text for regel in caplog.records)
