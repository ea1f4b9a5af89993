"""The canary: the young people of all tests are not heard where no name may be.

Tests share two young people, Noor and Sem. While any test runs, this listens at every way out: what stands in the
outbox and what is mailed, log lines, arguments of tasks, addresses that are visited and pages that say no. It takes
the place of one long test: whatever a test does, this comes along.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from celery.signals import before_task_publish
from django.core import mail
from django.db import connection
from django.db.utils import Error
from django.test.client import Client

from collectief.logs import ZonderPersoonsgegevens

NAMEN = re.compile(r"\b(Noor|Sem)\b", re.IGNORECASE)
UITBAK = """
SELECT string_agg(concat_ws(' ', sleutel, groep, soort, pad, gegevens, agenda, fout), ' ') FROM post_bericht
"""


@dataclass
class Kanarie:
    """What was heard, each with where."""

    gehoord: list[str] = field(default_factory=list)

    def luister(self, waar: str, tekst: object) -> None:
        if NAMEN.search(str(tekst)):
            self.gehoord.append(f"{waar}: {tekst}"[:300])


kanarie = Kanarie()


class Logluisteraar(logging.Handler):
    """Hears what our own handlers write: after the filter that takes personal data out."""

    def emit(self, record: logging.LogRecord) -> None:
        kanarie.luister("log", record.getMessage())
        kanarie.luister("log", {**vars(record), "msg": "", "message": ""})  # its traceback, and what hangs on it


def _taak(sender=None, body=None, **_) -> None:
    kanarie.luister(f"taak {sender}", body)


@pytest.fixture(scope="session", autouse=True)
def luister_bij_elke_uitgang() -> Iterator[logging.Handler]:
    """Tasks, log lines and answers; a test's own outbox and mail are looked at when it ends."""
    oor = Logluisteraar()
    oor.addFilter(ZonderPersoonsgegevens())
    logging.getLogger().addHandler(oor)
    before_task_publish.connect(_taak)
    vraag = Client.request

    def request(self, **gegevens):
        antwoord = vraag(self, **gegevens)
        kanarie.luister("adres", gegevens.get("PATH_INFO", ""))
        kanarie.luister("doorverwijzing", antwoord.headers.get("Location", ""))
        if antwoord.status_code >= 400 and not antwoord.streaming:
            kanarie.luister(f"antwoord {antwoord.status_code}", antwoord.content.decode(errors="replace"))
        return antwoord

    Client.request = request
    yield oor
    Client.request = vraag
    before_task_publish.disconnect(_taak)
    logging.getLogger().removeHandler(oor)


def _raakt_de_database(request) -> bool:
    return "db" in request.fixturenames or request.node.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def geen_naam_naar_buiten(request, luister_bij_elke_uitgang) -> Iterator[None]:
    """Every test fails that lets a young person's name out, or stops the listening for those after it."""
    met_database = _raakt_de_database(request)
    if met_database:
        request.getfixturevalue("db")  # so that this looks before everything is rolled back
    kanarie.gehoord.clear()
    yield
    _kijk_in_de_post()
    if met_database:
        _kijk_in_de_uitbak()
    assert kanarie.gehoord == []
    assert luister_bij_elke_uitgang in logging.getLogger().handlers


def _kijk_in_de_post() -> None:
    """All of each mail but whom it is for: a young person may be written to at her own address."""
    for bericht in getattr(mail, "outbox", []):
        brief = bericht.message()
        del brief["To"]
        kanarie.luister("mail", brief.as_string())


def _kijk_in_de_uitbak() -> None:
    if connection.connection is None or connection.needs_rollback:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(UITBAK)
            kanarie.luister("uitbak", cursor.fetchone()[0])
    except Error:
        connection.close()  # a test that broke the connection on purpose has nothing left to look at
