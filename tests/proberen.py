"""Try what the database should refuse, as whoever is named to it now."""

from django.db import DatabaseError, connection, transaction


def lukt(sql: str, *waarden: object) -> bool:
    """Whether the database lets it happen to at least one row; nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, waarden)
            geraakt = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return geraakt > 0
