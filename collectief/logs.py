"""Logging without personal data."""

import logging
import re
import traceback

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from collectief import trace

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
QUERY = re.compile(r"\?[^\s\"']*")
GEHEIM = re.compile(r"(?<=/)[-\w:]{40,}")  # a secret of a link; a UUID is shorter
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
)


def schoon(tekst: str) -> str:
    """Take out mail addresses, query strings, secrets in links and rows of the database."""
    return RIJ.sub("…", GEHEIM.sub("…", QUERY.sub("?…", EMAIL.sub("<adres>", tekst))))


def spoor(fout: BaseException | None) -> str:
    """Return the traceback of a chain of exceptions: where and of what kind, not what was quoted."""
    delen: list[str] = []
    gezien: set[int] = set()
    while fout is not None and id(fout) not in gezien:
        gezien.add(id(fout))
        delen.append("".join(traceback.format_tb(fout.__traceback__)) + _beschrijf(fout))
        fout = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
    return "\n\n".join(reversed(delen))


def _beschrijf(fout: BaseException) -> str:
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


class ZonderPersoonsgegevens(logging.Filter):
    """Remove personal data and secrets from every log line and its traceback, and say what the line belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        bericht = record.getMessage()
        if schoon(bericht) != bericht:
            record.msg, record.args = schoon(bericht), ()
        if record.exc_info:
            record.exc_text, record.exc_info = spoor(record.exc_info[1]), None
        record.__dict__.pop("request", None)
        record.__dict__.setdefault("trace", trace.huidige())
        return True
