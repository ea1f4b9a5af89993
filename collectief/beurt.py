"""Things that only one at a time may do, on whatever process."""

from django.db import connection


def wacht_op_beurt(waarvoor: str) -> None:
    """Wait until nobody else does this any more, and keep the turn until the end of the transaction.

    Who presses twice comes second, and sees what she did the first time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [waarvoor])
