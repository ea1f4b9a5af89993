"""What is read before the first visitor comes, and what happens when it can't be."""

from threading import Thread

import pytest
from django.db import connections

from collectief.geo.register import vergeet_register
from collectief.geo.zoeken import Gevonden, zoek
from collectief.opwarmen import lees_voor


@pytest.fixture(autouse=True)
def vers_register():
    vergeet_register()
    yield
    vergeet_register()


def _in_een_eigen_draad() -> None:
    draad = Thread(target=lees_voor)
    draad.start()
    draad.join()


def test_after_warming_up_the_first_search_asks_the_database_nothing(db, django_assert_num_queries):
    _in_een_eigen_draad()

    with django_assert_num_queries(0):
        assert isinstance(zoek("3511"), Gevonden)


def test_without_a_database_the_first_search_reads_for_itself(db, monkeypatch, caplog):
    monkeypatch.setitem(connections.settings["default"], "PORT", "1")

    _in_een_eigen_draad()

    assert "de database antwoordt nog niet" in caplog.text
    assert isinstance(zoek("3511"), Gevonden)
