"""The embedded servers and the commands of ./dev: PostgreSQL, Valkey, web, worker and beat without root or Docker."""

from .fouten import Startfout
from .ingebed import Ingebed

__all__ = ["Ingebed", "Startfout"]
