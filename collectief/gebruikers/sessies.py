"""Sessions in the database, as Django keeps them; only looking one up is written out, because every request does so."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from collectief.voorbereid import voorbereide_cursor

ZOEK = "SELECT session_data::text FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    def load(self) -> dict:
        """What the session holds. One that is unknown or too old is left to Django, which then begins a new one."""
        with voorbereide_cursor() as cursor:
            cursor.execute(ZOEK, [self.session_key, timezone.now()])
            gevonden = cursor.fetchone()
        return self.decode(gevonden[0]) if gevonden else super().load()
