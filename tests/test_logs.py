"""No name, address or secret reaches a log line, also not by way of an exception."""

import io
import logging
import re
import smtplib

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from celery.app import trace as celery_trace
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from psycopg.errors import AdminShutdown, QueryCanceled
from psycopg_pool import PoolTimeout
from pythonjsonlogger.json import JsonFormatter

from collectief import trace
from collectief.celery import app
from collectief.gebruikers.models import Gebruiker
from collectief.gebruikers.tevaak import mag_nog_eens
from collectief.logs import ZonderPersoonsgegevens
from collectief.post.models import Bericht
from collectief.post.verzenden import verstuur_alles
from collectief.versleuteling import VersleuteldVeld, versleutel
from collectief.verzoeken import noteer_in_het_log
from tests.factories import WACHTWOORD, geef_wachtwoord
from tests.post.postkantoor import leg

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


def test_a_key_that_is_missing_is_said_in_words(log, settings):
    logger, uitvoer = log
    geheim = versleutel(KANARIE)
    settings.SLEUTELS = [Fernet.generate_key().decode()]

    try:
        VersleuteldVeld().from_db_value(geheim, None, None)
    except InvalidToken:
        logger.exception("Internal Server Error: kaart:vragen")

    assert "InvalidToken: No key in COLLECTIEF_SLEUTELS fits this value." in uitvoer.getvalue()
    assert KANARIE not in uitvoer.getvalue()
    assert geheim not in uitvoer.getvalue()


def test_what_a_line_quotes_is_said_once(log):
    logger, uitvoer = log
    fout = OperationalError("couldn't get a connection")

    logger.error("Task proef raised unexpected: %r, or: %s", fout, fout, exc_info=fout)

    zin = "django.db.utils.OperationalError: couldn't get a connection"
    assert f"Task proef raised unexpected: {zin}, or: {zin}" in uitvoer.getvalue().replace("\\", "")


@pytest.mark.parametrize("citaat", ["", "e", "7"])
def test_a_quotation_of_a_letter_leaves_the_words_of_a_line_as_they_are(log, citaat):
    logger, uitvoer = log

    logger.error("message 7 cannot be handed over", exc_info=ValueError(citaat))

    assert "message 7 cannot be handed over" in uitvoer.getvalue()
    assert "builtins.ValueError" in uitvoer.getvalue()


def test_a_mistake_of_ours_still_says_what_it_is(log):
    logger, uitvoer = log

    try:
        None.naam  # noqa: B018
    except AttributeError:
        logger.exception("could not read")

    assert "'NoneType' object has no attribute 'naam'" in uitvoer.getvalue()


def test_a_traceback_shows_our_own_lines_and_where_it_began(log, db):
    logger, uitvoer = log

    try:
        Gebruiker.objects.get(naam=KANARIE)
    except Gebruiker.DoesNotExist:
        logger.exception("could not find")

    assert "test_logs.py" in uitvoer.getvalue()
    assert uitvoer.getvalue().count("site-packages") == 1
    assert KANARIE not in uitvoer.getvalue()


@pytest.mark.parametrize(
    ("eerst", "staat_er_waar"),
    [(PoolTimeout("no connection"), False), (AdminShutdown("stopped"), False), (QueryCanceled("too slow"), True)],
)
def test_where_somebody_noticed_that_the_database_is_away_does_not_matter(log, eerst, staat_er_waar):
    logger, uitvoer = log

    with pytest.raises(OperationalError) as gevangen:
        raise OperationalError("no answer") from eerst
    logger.error("could not read", exc_info=gevangen.value)

    assert "django.db.utils.OperationalError: no answer" in uitvoer.getvalue()
    assert ("test_logs.py" in uitvoer.getvalue()) is staat_er_waar


def test_a_task_that_fails_says_where_and_quotes_nobody(log, meteen, monkeypatch):
    logger, uitvoer = log
    monkeypatch.setattr(celery_trace, "logger", logger)

    @app.task
    def mislukt(wie) -> None:
        raise ValueError(f"{wie} is no number")

    mislukt.delay(KANARIE)
    app.tasks.unregister(mislukt.name)

    assert f"Task {mislukt.name}" in uitvoer.getvalue()
    assert "raised unexpected: builtins.ValueError" in uitvoer.getvalue()
    assert "test_logs.py" in uitvoer.getvalue()
    assert KANARIE not in uitvoer.getvalue()


def test_what_a_library_hangs_on_a_line_stays_out(log):
    logger, uitvoer = log

    logger.warning("Oops", extra={"status_code": 403, "data": {"wie": KANARIE}})

    assert KANARIE not in uitvoer.getvalue()


@pytest.mark.parametrize(
    "pad",
    [
        "/trajecten/9b2f6a52-6c1c-4b2e-9d0e-0c6a5ce0a001/",
        "/gebruikers/welkom/Nq3vG7m0sYxkH1dJ5bT9uLw2eRzPaC8fVh6iXoKyQjM/",
        "/accounts/password/reset/key/3-dg9a7k-7b1e0c55d0f94c1e8a62cbd7a3bd9f10/",
    ],
)
def test_the_secret_of_a_link_stays_out(log, pad):
    logger, uitvoer = log

    logger.warning("Forbidden (%s): %s", "CSRF", pad)

    assert pad.split("/")[-2] not in uitvoer.getvalue()


@pytest.mark.django_db
def test_a_page_that_fails_or_refuses_is_named_and_its_address_is_not_quoted(als, begeleider, log, monkeypatch):
    logger, uitvoer = log
    monkeypatch.setattr("django.views.csrf.logger", logger, raising=False)
    monkeypatch.setattr("django.middleware.csrf.logger", logger)
    client = als(begeleider)
    client.handler.enforce_csrf_checks = True

    client.post("/bijeenkomsten/12345/meedoen/", {"tekst": KANARIE})

    assert uitvoer.getvalue().count("bijeenkomsten:meedoen") == 1
    assert "12345" not in uitvoer.getvalue()


def test_what_a_library_says_about_a_refused_row_is_cut_off(log):
    logger, uitvoer = log

    logger.error(
        "Task raised unexpected: IntegrityError('no\nDETAIL:  Key (naam)=(%s) exists.\n\n%s')", KANARIE, KANARIE
    )

    assert KANARIE not in uitvoer.getvalue()


def test_every_handler_of_ours_has_the_filter():
    assert all("zonder_persoonsgegevens" in handler["filters"] for handler in settings.LOGGING["handlers"].values())


@pytest.fixture
def dagboek(caplog):
    """What stands in the log, line by line, with the id of each."""
    caplog.handler.addFilter(ZonderPersoonsgegevens())
    caplog.set_level(logging.INFO)
    return lambda: [(regel.trace, regel.getMessage()) for regel in caplog.records]


@pytest.mark.django_db
def test_a_request_is_one_line_that_names_the_page_and_not_the_secret_in_its_address(client, dagboek):
    client.get("/gebruikers/welkom/geheim-van-een-link/?naam=Kanarie")

    [(spoor, regel)] = dagboek()
    assert re.fullmatch(r"GET gebruikers:aanvaard 404 \d+ ms", regel)
    assert re.fullmatch("[0-9a-f]{12}", spoor)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pad", "regel"),
    [
        ("/wp-login.php", "/wp-login.php"),
        ("/trajecten/kanarie-kwetsbaar/", "/trajecten/…"),
        ("/gebruikers/welkom/geheim)/", "/gebruikers/…"),
        ("/static/css/bestaat-niet.css", "/static/css/bestaat-niet.css"),
    ],
)
def test_of_what_is_no_page_of_ours_the_log_has_the_first_part(client, dagboek, pad, regel):
    client.get(pad)

    assert [regel.rpartition(" ")[0].rpartition(" ")[0] for _, regel in dagboek()] == [f"GET {regel} 404"]


@pytest.mark.django_db
def test_too_many_tries_and_a_refused_sign_in_are_heard_without_who(client, dagboek, begeleider):
    for _ in range(6):
        client.post("/accounts/login/", {"login": begeleider.email, "password": KANARIE})

    regels = [regel for _, regel in dagboek() if "POST" not in regel]
    assert regels == ["a sign-in was refused"] * 5 + ["too many tries: login_failed"]


@pytest.mark.django_db
def test_of_a_refused_second_factor_the_log_says_which_account(client, dagboek, begeleider):
    """Whoever comes this far knows her password: somebody has to be able to call her."""
    TOTP.activate(geef_wachtwoord(begeleider), generate_totp_secret())
    client.post("/accounts/login/", {"login": begeleider.email, "password": WACHTWOORD})

    for _ in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": "kanarie"})

    regels = [regel for _, regel in dagboek() if "POST" not in regel]
    geweigerd = f"a second factor of account {begeleider.pk} was refused"
    assert regels == [geweigerd] * 5 + ["too many tries: second_factor"]


@pytest.mark.django_db
def test_too_many_questions_are_heard_without_who(rf, dagboek):
    verzoek = rf.post("/kaart/alarm/")

    gingen = [mag_nog_eens(verzoek, action="zoekalarm", key="kanarie@voorbeeld.example") for _ in range(4)]

    assert gingen == [True, True, True, False]
    assert [regel for _, regel in dagboek()] == ["too many tries: zoekalarm"]


@pytest.mark.parametrize(
    ("code", "zin"),
    [(451, "was not taken (SMTP 451) and goes again later"), (550, "will never arrive (SMTP 550)")],
)
def test_the_log_says_why_mail_was_refused_and_whether_it_goes_again(db, dagboek, server, code, zin):
    leg(aan_adres="kanarie@voorbeeld.example")
    server.antwoord = smtplib.SMTPRecipientsRefused({"kanarie@voorbeeld.example": (code, b"no kanarie@here")})

    verstuur_alles()

    assert [regel for _, regel in dagboek()] == [f"message {Bericht.objects.get().pk} (tekst) {zin}"]


@pytest.mark.django_db
def test_each_request_has_an_id_of_its_own_and_none_outlives_it(client, dagboek):
    client.get("/over/")
    client.get("/over/")
    logging.getLogger("proef").info("daarna")

    (eerste, _), (tweede, _), (daarna, _) = dagboek()
    assert len({eerste, tweede, trace.GEEN}) == 3
    assert daarna == trace.GEEN


@pytest.mark.parametrize(("status", "regels"), [(200, 0), (503, 1)])
def test_the_watchman_is_only_heard_when_something_is_wrong(dagboek, status, regels):
    verzoek = RequestFactory().get("/gezond/")
    verzoek.resolver_match = resolve("/gezond/")

    noteer_in_het_log(lambda verzoek: HttpResponse(status=status))(verzoek)

    assert len(dagboek()) == regels


def test_a_task_goes_by_the_id_of_what_asked_for_it_and_says_what_it_did(dagboek, meteen):
    deed = [2, 0]

    @app.task
    def proef() -> int:
        logging.getLogger("proef").info("bezig")
        return deed.pop(0)

    with trace.onder("verzoek") as eigen:
        proef.delay()
        proef.delay()
    app.tasks.unregister(proef.name)

    assert [spoor for spoor, _ in dagboek()] == [eigen] * 3
    assert [re.sub(r"\d+ ms", "… ms", regel) for _, regel in dagboek()] == [
        "bezig",
        "tests.test_logs.proef did 2 in … ms",
        "bezig",
    ]


def test_mail_goes_by_the_id_of_the_request_that_asked_for_it(db, dagboek, mailmap):
    with trace.onder("verzoek"):
        leg()

    verstuur_alles()

    bericht = Bericht.objects.get()
    assert dagboek() == [("verzoek", f"message {bericht.pk} (tekst) was handed over")]


@pytest.mark.parametrize("vreemd", [{"headers": {"host": "kwaad.example"}}, {"data": {"q": "x" * 3_000_000}}])
def test_what_a_stranger_tries_is_one_line_and_no_alarm(client, caplog, vreemd):
    antwoord = client.post("/kaart/", **vreemd)

    assert antwoord.status_code == 400
    assert [(regel.levelname, regel.name) for regel in caplog.records] == [("INFO", "collectief.verzoeken")]
