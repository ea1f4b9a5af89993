"""The connections to the database that a process keeps for its next visitor."""

from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool

WACHT = 3  # seconds for a connection, before a visitor reads that we will be back


def voorraad(hoogstens: int) -> dict[str, object]:
    """Return the options of a pool with at most so many connections."""
    return {"min_size": 1, "max_size": hoogstens, "timeout": WACHT, "check": kijk_na}


def kijk_na(verbinding: Connection) -> None:
    """Look whether a connection works, before somebody gets it out of the pool (25 µs). Raises OperationalError.

    When one does not, the database was away, and so were all of them: each is made anew now. Left to itself the pool
    finds them one by one, and waits a second longer after each.
    """
    pool: ConnectionPool = verbinding._pool  # noqa: SLF001 (as Django itself reaches it)
    try:
        pool.check_connection(verbinding)
    except OperationalError:
        pool.drain()
        raise
