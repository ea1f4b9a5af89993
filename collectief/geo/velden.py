"""A column for PostgreSQL's own `point`, in RD metres, and the distance between two of them.

A place that can be found keeps `lat` and `lon`, and has its RD point worked out by the database:

    rd = models.GeneratedField(expression=RDVan("lat", "lon"), output_field=RDPunt(), db_persist=True)

with an index `SpGistIndex(fields=["rd"], name=…)`. Nearest first is `order_by(Afstand("rd", punt))`; that order comes
straight from the index. On degrees the same operator ranks wrongly: at 52° N a degree east is 0.6 of a degree north.
"""

from django.db import models
from django.db.models import F, Func, Value

from collectief.geo.rd import Punt


class RDPunt(models.Field):
    """A `point` in RD metres; in Python a `Punt` or None."""

    description = "punt in RD-meters"

    def db_type(self, connection) -> str:
        return "point"

    def from_db_value(self, value, expression, connection) -> Punt | None:
        return self.to_python(value)

    def to_python(self, value) -> Punt | None:
        if value is None or isinstance(value, Punt):
            return value
        x, y = value.strip("()").split(",")
        return Punt(float(x), float(y))

    def get_prep_value(self, value) -> str | None:
        return None if value is None else f"({float(value.x)!r},{float(value.y)!r})"

    def get_placeholder_sql(self, value, compiler, connection) -> tuple[str, list]:
        if hasattr(value, "as_sql"):
            return compiler.compile(value)
        return "%s::point", [value]

    def value_to_string(self, obj) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""


class RDVan(Func):
    """The RD point of a latitude and longitude: the SQL twin of `naar_rd`, for generated columns."""

    function = "rd_punt"
    arity = 2
    output_field = RDPunt()


class Afstand(Func):
    """Metres between a point column and a point, by the operator `<->`, which an SP-GiST index can order by."""

    arg_joiner = " <-> "
    template = "%(expressions)s"
    output_field = models.FloatField()

    def __init__(self, veld: str | F, punt: Punt, **extra):
        super().__init__(veld, Value(punt, output_field=RDPunt()), **extra)
