"""No name, address or secret reaches a log line, also not by way of an exception."""

import io
import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from pythonjsonlogger.json import JsonFormatter

from collectief.gebruikers.models import Gebruiker
from collectief.logs import ZonderPersoonsgegevens

KANARIE = "Kanarie Kwetsbaar"


@pytest.fixture(params=[logging.Formatter, JsonFormatter])
def log(request):
    """A logger that is set up as ours, and what it wrote."""
    uitvoer = io.StringIO()
    handler = logging.StreamHandler(uitvoer)
    handler.addFilter(ZonderPersoonsgegevens())
    handler.setFormatter(request.param("%(levelname)s %(message)s"))
    logger = logging.getLogger("proef")
    logger.addHandler(handler)
    yield logger, uitvoer
    logger.removeHandler(handler)


def test_a_refused_row_leaves_its_place_and_constraint_but_no_content(log, begeleider):
    logger, uitvoer = log

    try:
        with transaction.atomic():
            Gebruiker.objects.create(naam=KANARIE, email=begeleider.email)
    except IntegrityError:
        logger.exception("could not save")

    assert "test_logs.py" in uitvoer.getvalue()
    assert "gebruikers_gebruiker_email" in uitvoer.getvalue()
    assert begeleider.email not in uitvoer.getvalue()
    assert KANARIE not in uitvoer.getvalue()


def test_an_exception_that_quotes_somebody_is_named_but_not_quoted(log):
    logger, uitvoer = log

    try:
        {}[KANARIE]
    except KeyError:
        logger.exception("could not find")

    assert "builtins.KeyError" in uitvoer.getvalue()
    assert KANARIE not in uitvoer.getvalue()


def test_a_mistake_of_ours_still_says_what_it_is(log):
    logger, uitvoer = log

    try:
        None.naam  # noqa: B018
    except AttributeError:
        logger.exception("could not read")

    assert "'NoneType' object has no attribute 'naam'" in uitvoer.getvalue()


@pytest.mark.parametrize(
    "pad",
    [
        "/gebruikers/welkom/Nq3vG7m0sYxkH1dJ5bT9uLw2eRzPaC8fVh6iXoKyQjM/",
        "/accounts/password/reset/key/3-dg9a7k-7b1e0c55d0f94c1e8a62cbd7a3bd9f10/",
    ],
)
def test_the_secret_of_a_link_stays_out(log, pad):
    logger, uitvoer = log

    logger.warning("Forbidden (%s): %s", "CSRF", pad)

    assert pad.split("/")[-2] not in uitvoer.getvalue()


def test_the_number_of_a_trajectory_may_be_there(log):
    logger, uitvoer = log

    logger.warning("Not Found: /trajecten/9b2f6a52-6c1c-4b2e-9d0e-0c6a5ce0a001/")

    assert "9b2f6a52-6c1c-4b2e-9d0e-0c6a5ce0a001" in uitvoer.getvalue()


def test_what_a_library_says_about_a_refused_row_is_cut_off(log):
    logger, uitvoer = log

    logger.error(
        "Task raised unexpected: IntegrityError('no\nDETAIL:  Key (naam)=(%s) exists.\n\n%s')", KANARIE, KANARIE
    )

    assert KANARIE not in uitvoer.getvalue()


def test_every_handler_of_ours_has_the_filter():
    assert all("zonder_persoonsgegevens" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
