"""Encrypted model fields, with key rotation.

Keys come from COLLECTIEF_SLEUTELS, newest first: new values use the first key, old values are read with any. A key and
a value are as the Fernet specification has them (AES-128 in CBC mode, with HMAC-SHA256): who changes a value breaks it.
"""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _sleutelbos(sleutels: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(sleutel) for sleutel in sleutels])


def versleutel(tekst: str) -> str:
    """Return the text encrypted with the newest key; twice the same text gives two different values."""
    return _sleutelbos(tuple(settings.SLEUTELS)).encrypt(tekst.encode()).decode()


def ontsleutel(waarde: str) -> str:
    """Return the plain text. Raises InvalidToken when no key fits."""
    return _sleutelbos(tuple(settings.SLEUTELS)).decrypt(waarde.encode()).decode()


class VersleuteldVeld(models.TextField):
    """Text that stands encrypted in the database. It cannot be searched or sorted on; an empty one is not encrypted.

    Reading raises InvalidToken when no key fits, looking for anything but its absence TypeError.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return versleutel(value) if value else value

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return ontsleutel(value)
        except InvalidToken as fout:
            raise InvalidToken("No key in COLLECTIEF_SLEUTELS fits this value.") from fout

    def get_lookup(self, lookup_name):
        if lookup_name in {"isnull"}:
            return super().get_lookup(lookup_name)
        raise TypeError(f"An encrypted field cannot be looked up with {lookup_name!r}.")
