"""Try what the database should refuse, as whoever is named to it now; nothing of it stays.

Statements without a column of the row in them (`SET … = DEFAULT`, no WHERE) are what PostgreSQL checks by the policy of
that one command alone; reading the row first would hide behind what may be read.
"""

import json
from collections.abc import Iterator
from functools import cache

from django.db import DatabaseError, connection, transaction
from django.db.models import Model, UUIDField
from psycopg import sql
from psycopg.types.json import Jsonb

GEEN_RECHT = "42501"  # of PostgreSQL: by row security, or by what was granted


def lukt(opdracht: str, *waarden: object) -> bool:
    """Whether the database lets it happen to at least one row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(opdracht, waarden)
            geraakt = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return geraakt > 0


def uitkomst(opdracht: sql.Composable, *waarden: object) -> str:
    """`niets` when no row was touched, `geweigerd` by whoever is asked for rights, and otherwise what came through."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(opdracht, waarden)
            geraakt = cursor.fetchone()[0] if cursor.description else cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as fout:
        code = fout.__cause__.sqlstate
        return "geweigerd" if code == GEEN_RECHT else f"kwam erdoor: {code}"
    return f"kwam erdoor: {geraakt}" if geraakt else "niets"


def tabel(model: type[Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def lees(model: type[Model]) -> sql.Composed:
    return sql.SQL("SELECT count(*) FROM {}").format(tabel(model))


def haal_weg(model: type[Model]) -> sql.Composed:
    return sql.SQL("DELETE FROM {}").format(tabel(model))


def wijzig(model: type[Model]) -> Iterator[sql.Composed]:
    """Change every row, in the column that the application may change; none when there is no such column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(attname::text) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND attgenerated = '' AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'UPDATE')",
            [model._meta.db_table],
        )
        (kolom,) = cursor.fetchone()
    if kolom:
        yield sql.SQL("UPDATE {} SET {} = DEFAULT").format(tabel(model), sql.Identifier(kolom))


def rij_van(model: type[Model], **waar: object) -> dict:
    """One row as the database keeps it, for whoever may read it."""
    gevonden = model.objects.filter(**waar).order_by("pk").values_list("pk", flat=True)[:1]
    vraag = sql.SQL("SELECT to_jsonb(t) FROM {} t WHERE t.{} = %s").format(
        tabel(model), sql.Identifier(model._meta.pk.column)
    )
    with connection.cursor() as cursor:
        cursor.execute(vraag, [gevonden.get()])
        return json.loads(cursor.fetchone()[0])


@cache
def _te_schrijven(naam: str) -> set[str]:
    """The columns that the application fills in when it adds a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = ''"
            " AND attidentity = '' AND NOT attisdropped AND has_column_privilege(attrelid, attnum, 'INSERT')",
            [naam],
        )
        return {kolom for (kolom,) in cursor.fetchall()}


def schrijf(model: type[Model], rij: dict, **anders: object) -> str:
    """What comes of adding a row like this one, with some of it different."""
    velden = [veld for veld in model._meta.concrete_fields if veld.column in _te_schrijven(model._meta.db_table)]
    if not velden:
        return "geweigerd"
    nieuw = rij | {model._meta.get_field(naam).column: waarde for naam, waarde in anders.items()}
    kolommen = sql.SQL(", ").join(sql.Identifier(veld.column) for veld in velden)
    waarden = sql.SQL(", ").join(
        sql.SQL("gen_random_uuid()")
        if isinstance(veld, UUIDField) and veld.primary_key
        else sql.Identifier(veld.column)
        for veld in velden
    )
    opdracht = sql.SQL("INSERT INTO {t} ({k}) SELECT {w} FROM jsonb_populate_record(NULL::{t}, %s)")
    return uitkomst(opdracht.format(t=tabel(model), k=kolommen, w=waarden), Jsonb(nieuw))


def verplaats(model: type[Model], veld: str, waarheen: object) -> str:
    kolom = sql.Identifier(model._meta.get_field(veld).column)
    return uitkomst(sql.SQL("UPDATE {} SET {} = %s").format(tabel(model), kolom), waarheen)
