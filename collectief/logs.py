"""Logging without personal data."""

import logging
import re

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
QUERY = re.compile(r"\?[^\s\"']*")


class ZonderPersoonsgegevens(logging.Filter):
    """Remove mail addresses and query strings from every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        bericht = record.getMessage()
        schoon = QUERY.sub("?…", EMAIL.sub("<adres>", bericht))
        if schoon != bericht:
            record.msg, record.args = schoon, ()
        record.__dict__.pop("request", None)
        return True
