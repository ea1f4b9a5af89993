"""Statements that are asked on nearly every request: PostgreSQL plans these once per connection and not each time.

Django writes values into the text of a statement, so every text is new and is planned anew. Here they go beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


class Voorbereid(ServerBindingCursor):
    """Has what it executes prepared at once; all other cursors of the connection go on as Django wants them."""

    def execute(self, query: str, params: object = None, **opties: object) -> Self:
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **opties)
        finally:
            self.connection.prepare_threshold = None


@contextmanager
def voorbereide_cursor() -> Iterator[CursorWrapper]:
    """A cursor for a statement that is written out, with %s for values; it is counted and logged as any other.

    PostgreSQL has to know the type of each value from where it stands: write a cast where it cannot. A text that is
    asked for gets ::text: when a migration makes the column longer, the answer on an open connection stays the same.
    """
    connection.ensure_connection()
    with connection._prepare_cursor(Voorbereid(connection.connection)) as cursor:  # noqa: SLF001 (what cursor() does)
        yield cursor
