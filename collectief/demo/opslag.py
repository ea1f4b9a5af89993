"""Get many rows into the database quickly: COPY, in the order in which Django made the tables."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from django.apps import apps
from django.db import connection, models

from collectief.versleuteling import VersleuteldVeld

BLOK = 20_000  # rows that wait in memory before they are written
VOORBEWERKT = (VersleuteldVeld, models.JSONField)  # columns that hold something else than the value itself


def reserveer(model: type[models.Model], aantal: int) -> Iterator[int]:
    """Take `aantal` primary keys from the model's sequence, in order."""
    tabel = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), nextval(pg_get_serial_sequence(%s, 'id')) + %s - 1)",
            [tabel, tabel, aantal],
        )
        (laatste,) = cursor.fetchone()
    return iter(range(laatste - aantal + 1, laatste + 1))


class Opslag:
    """Rows that wait to be written. All rows of one model name the same columns; the rest gets its default."""

    def __init__(self) -> None:
        self.wachtend: dict[type[models.Model], list[Mapping[str, object]]] = defaultdict(list)
        self.geschreven: dict[type[models.Model], int] = defaultdict(int)
        self._sleutels: dict[type[models.Model], Iterator[int]] = {}

    def voeg_toe(self, model: type[models.Model], **waarden: object) -> None:
        self.wachtend[model].append(waarden)

    def sleutel(self, model: type[models.Model]) -> int:
        """A primary key for a row that other rows will point at."""
        try:
            return next(self._sleutels.setdefault(model, iter(())))
        except StopIteration:
            self._sleutels[model] = reserveer(model, 1_000)
            return next(self._sleutels[model])

    def schrijf_af_en_toe(self) -> None:
        if sum(map(len, self.wachtend.values())) > BLOK:
            self.schrijf()

    def schrijf(self) -> None:
        """Write everything that waits, in the order in which Django made the tables."""
        for model in [model for model in apps.get_models(include_auto_created=True) if self.wachtend[model]]:
            rijen = self.wachtend.pop(model)
            _kopieer(model, rijen)
            self.geschreven[model] += len(rijen)


def _kopieer(model: type[models.Model], rijen: list[Mapping[str, object]]) -> None:
    gegeven = rijen[0].keys()
    velden = [veld for veld in model._meta.concrete_fields if veld.attname in gegeven or _heeft_standaard(veld)]
    lezers = [_lezer(veld, is_gegeven=veld.attname in gegeven) for veld in velden]
    kolommen = ", ".join(connection.ops.quote_name(veld.column) for veld in velden)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({kolommen}) FROM STDIN") as copy,
    ):
        for rij in rijen:
            copy.write_row([lees(rij) for lees in lezers])


def _heeft_standaard(veld: models.Field) -> bool:
    """Whether a column that nobody named needs a value from us: the database fills in keys and generated columns."""
    if veld.primary_key:
        return veld.has_default()
    return not (veld.generated or veld.null or veld.has_db_default())


def _lezer(veld: models.Field, *, is_gegeven: bool) -> Callable[[Mapping[str, object]], object]:
    """How to get the value of one column out of a row."""
    naam = veld.attname
    if is_gegeven and isinstance(veld, VOORBEWERKT):
        return lambda rij: veld.get_db_prep_save(rij[naam], connection)
    if is_gegeven:
        return lambda rij: rij[naam]
    if veld.has_default() and callable(veld.default) and not isinstance(veld, VOORBEWERKT):
        return lambda _rij: veld.get_default()
    waarde = veld.get_db_prep_save(veld.pre_save(veld.model(), add=True), connection)
    return lambda _rij: waarde
