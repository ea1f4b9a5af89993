"""Logging without personal data."""

import logging
import re
import traceback
from http.client import SERVICE_UNAVAILABLE
from pathlib import Path

import psycopg
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from collectief import trace

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
QUERY = re.compile(r"\?[^\s\"']*")
GEHEIM = re.compile(r"(?<=/)[-\w:]{36,}")  # in an address: a secret, or the number of a trajectory
RIJ = re.compile(r"DETAIL:.*", re.DOTALL)  # PostgreSQL quotes the row that it refused

# What these say comes from us or from the machine; any other exception may quote what somebody typed.
ZONDER_MENSEN = (
    AttributeError,
    ImportError,
    NameError,
    TypeError,
    ImproperlyConfigured,
    OperationalError,
    InterfaceError,
    InvalidToken,
)

ONS = Path(__file__).parents[1]
VREEMD = "site-packages"
# What a line may carry besides its words. A library adds more: Celery the whole exception, with what it quotes.
BEKEND = {*vars(logging.makeLogRecord({})), "message", "asctime", "trace", "status_code"}
UITGESCHREVEN = re.compile(r"\nTraceback \(most recent call last\):\n.*", re.DOTALL)
PLEK_OF_SOORT = re.compile(r"^  File .*$|^[A-Za-z_][\w.]*(?:Error|Exception)(?=:|$)", re.MULTILINE)
CITAAT = "\0"
KORT = 3  # letters of a quotation; fewer say nothing of anybody, and stand in every other word
DATABASE_WEG = ("08", "57P")  # no connection, or one that the server ended


def schoon(tekst: str) -> str:
    """Take out mail addresses, query strings, secrets in links and rows of the database."""
    return RIJ.sub("…", GEHEIM.sub("…", QUERY.sub("?…", EMAIL.sub("<adres>", tekst))))


def bladzijde(verzoek: HttpRequest) -> str:
    """What an address goes by in the log: the name of its page, so that no number or secret is kept.

    Of what is no page of ours only the first part: what follows may be anything that somebody typed.
    """
    if verzoek.resolver_match:
        return verzoek.resolver_match.view_name
    if verzoek.path.startswith(settings.STATIC_URL):
        return verzoek.path[:80]
    eerste, streep, rest = verzoek.path.lstrip("/").partition("/")
    return f"/{eerste[:40]}{streep}{'…' if rest else ''}"


def spoor(fout: BaseException | None) -> str:
    """Return the traceback of a chain of exceptions: where in our code and of what kind, not what was quoted.

    When the database is away, it does not matter where somebody noticed.
    """
    keten: list[BaseException] = []
    while fout is not None and fout not in keten:
        keten.append(fout)
        fout = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
    heeft_plek = not any(_is_database_weg(fout) for fout in keten)
    return "\n\n".join((_plek(fout) if heeft_plek else "") + beschrijf(fout) for fout in reversed(keten))


def _is_database_weg(fout: BaseException) -> bool:
    return isinstance(fout, psycopg.OperationalError) and (fout.sqlstate or "08").startswith(DATABASE_WEG)


def _plek(fout: BaseException) -> str:
    """The lines of ours that it came through, and the one where it began."""
    stappen = traceback.extract_tb(fout.__traceback__)
    van_ons = [stap for stap in stappen[:-1] if ONS in Path(stap.filename).parents and VREEMD not in stap.filename]
    return "".join(traceback.format_list([*van_ons, *stappen[-1:]]))


def beschrijf(fout: BaseException) -> str:
    """The kind of an exception, with what helps and names nobody: a message of ours, an error code, a constraint."""
    soort = f"{type(fout).__module__}.{type(fout).__qualname__}"
    if isinstance(fout, ZONDER_MENSEN):
        return f"{soort}: {schoon(str(fout))}"
    codes = [
        getattr(fout, "errno", None),
        getattr(fout, "sqlstate", None),
        getattr(getattr(fout, "diag", None), "constraint_name", None),
    ]
    return " ".join([soort, *(str(code) for code in codes if code)])


def _zonder_citaten(spoor: re.Match[str]) -> str:
    """A traceback that a library wrote out in its words, as granian does: where it was and of what kind."""
    return "".join(f"\n{regel}" for regel in PLEK_OF_SOORT.findall(spoor[0]))


def _bericht(record: logging.LogRecord, verzoek: HttpRequest | None, fout: BaseException | None) -> str:
    """The words of a line. An address becomes the name of its page, a quoted exception what may be said of it."""
    bericht = record.getMessage()
    if isinstance(verzoek, HttpRequest):
        bericht = bericht.replace(verzoek.path, bladzijde(verzoek))
    if fout is not None:
        for citaat in (repr(fout), str(fout)):
            bericht = bericht.replace(citaat, CITAAT) if len(citaat) >= KORT else bericht
        bericht = bericht.replace(CITAAT, beschrijf(fout))  # afterwards: what is said of it may quote it once more
        bericht = bericht.partition("\n")[0]  # Celery puts a traceback of its own below it
    return schoon(UITGESCHREVEN.sub(_zonder_citaten, bericht))


class ZonderPersoonsgegevens(logging.Filter):
    """Remove personal data and secrets from every log line and its traceback, and say what the line belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        fout = record.exc_info[1] if record.exc_info else None
        record.msg, record.args = _bericht(record, getattr(record, "request", None), fout), ()
        if record.exc_info:
            record.exc_text, record.exc_info = spoor(fout), None
        for extra in record.__dict__.keys() - BEKEND:
            del record.__dict__[extra]
        record.__dict__.setdefault("trace", trace.huidige())
        return True


class ZonderRuis(logging.Filter):
    """Leave out what reads as trouble and is none, or is said already.

    The web server advises about our numbers of processes and threads. And of a watchman who was told that something is
    missing, our own line of the request tells; he comes back every minute.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        is_bewaker = (
            getattr(record, "status_code", None) == SERVICE_UNAVAILABLE and bladzijde(record.request) == "gezond"
        )
        return not is_bewaker and "Consider" not in record.getMessage()
