"""Mistakes in what the database guards: a policy that is wider than it was meant, a trigger that is off.

Of each policy USING and WITH CHECK become true, and each part of an AND in them is left out. `app_gebruiker() IS NOT
NULL` before `van_mij(...)` is not left out: it spares a call that answers no by itself when nobody is named.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.db import connection, connections
from django.db.models import Model
from django.test import TransactionTestCase
from psycopg import sql

from tests.proberen import haal_weg, lees

BEWAAKT = {"trajecten", "kaart", "bijeenkomsten", "initiatieven", "post", "gebruikers"}
POLICIES = """
SELECT tablename, policyname, qual, with_check FROM pg_policies
WHERE qual IS DISTINCT FROM 'true' OR with_check IS NOT NULL ORDER BY tablename, policyname
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0 ORDER BY 1, 2
"""
NIET_WEG = re.compile(r"app_gebruiker\(\)( AS app_gebruiker\))? IS NOT NULL|^true$")


@dataclass(frozen=True)
class Databasefout:
    """One mistake: at which table, what makes it, and what mends it again."""

    tabel: str
    plek: str
    wat: str
    maak: str
    herstel: str
    regel: int = 0


def triggerfouten() -> Iterator[Databasefout]:
    """Each trigger off, in the database of these tests."""
    with _eigenaar() as eigenaar:
        return iter([triggerfout(*rij) for rij in eigenaar.execute(TRIGGERS)])


def policyfouten(tabel: str, naam: str, leest: str | None, schrijft: str | None) -> Iterator[Databasefout]:
    for eis, regel in (("USING", leest), ("WITH CHECK", schrijft)):
        if regel is None or regel == "true":
            continue
        for wat, ruimer in [("true", "true"), *zonder_een_deel(regel)]:
            opdrachten = [f'ALTER POLICY "{naam}" ON {tabel} {eis} ({voorwaarde})' for voorwaarde in (ruimer, regel)]
            yield Databasefout(tabel, f"{tabel} {naam} {eis}", wat, *opdrachten)


def triggerfout(tabel: str, naam: str) -> Databasefout:
    opdrachten = [f'ALTER TABLE {tabel} {stand} TRIGGER "{naam}"' for stand in ("DISABLE", "ENABLE")]
    return Databasefout(tabel, f"{tabel} {naam}", "uit", *opdrachten)


def zonder_een_deel(regel: str) -> Iterator[tuple[str, str]]:
    """The condition without each part of each AND in it, however deep; as PostgreSQL writes it, all in brackets."""
    for begin, einde in _haakjes(regel):
        delen = _delen(regel, begin + 1, einde)
        for nummer, (van, tot) in enumerate(delen):
            if len(delen) > 1 and not NIET_WEG.search(regel[van:tot]):
                over = " AND ".join(regel[a:b] for ander, (a, b) in enumerate(delen) if ander != nummer)
                yield f"zonder `{' '.join(regel[van:tot].split())}`", regel[: begin + 1] + over + regel[einde:]


def _haakjes(regel: str) -> Iterator[tuple[int, int]]:
    """Where each pair of brackets begins and ends."""
    open_ = []
    for plaats, teken in _buiten_aanhaling(regel):
        if teken == "(":
            open_.append(plaats)
        elif teken == ")":
            yield open_.pop(), plaats


def _delen(regel: str, begin: int, einde: int) -> list[tuple[int, int]]:
    """The parts that AND joins between these brackets, deeper ones aside."""
    diepte, delen, van = 0, [], begin
    for plaats, teken in _buiten_aanhaling(regel):
        if begin <= plaats < einde:
            diepte += {"(": 1, ")": -1}.get(teken, 0)
            if diepte == 0 and regel.startswith(" AND ", plaats):
                delen.append((van, plaats))
                van = plaats + len(" AND ")
    return [*delen, (van, einde)]


def _buiten_aanhaling(regel: str) -> Iterator[tuple[int, str]]:
    binnen = False
    for plaats, teken in enumerate(regel):
        binnen ^= teken == "'"
        if not binnen:
            yield plaats, teken


def tabellen_in(sql: str) -> Iterable[str]:
    """The tables that a statement names; with `!` before it the one that it writes."""
    for schrijft, tabel in re.findall(r'(INSERT INTO |UPDATE |DELETE FROM )?"?\b((?:[a-z]+)_[a-z_]+)', sql):
        if tabel.partition("_")[0] in BEWAAKT:
            yield tabel
            if schrijft:
                yield f"!{tabel}"


@contextmanager
def ingebouwd(fout: Databasefout) -> Iterator[None]:
    """While this holds the database of these tests has the mistake, also after a test that commits got it afresh."""
    fris = TransactionTestCase._fixture_teardown

    def fris_met_fout(self: TransactionTestCase) -> None:
        fris(self)
        _doe(fout.maak)

    TransactionTestCase._fixture_teardown = fris_met_fout
    connections.close_all()
    _doe(fout.maak)
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = fris
        _doe(fout.herstel)


def _doe(opdracht: str) -> None:
    with _eigenaar() as eigenaar:
        eigenaar.execute(opdracht)


def _eigenaar() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"], autocommit=True)


# --- Policies, wider ------------------------------------------------------------------------------------------------


def ongemerkt(
    eigenaar: psycopg.Connection, modellen: Iterable[type[Model]], proeven: Callable[[type[Model]], Iterable[object]]
) -> tuple[int, set[str]]:
    """Make each policy of these tables wider, one mistake at a time; how many there were, and which nothing showed.

    `proeven` tries what there is to try on one table. What the owner of the tables can do is tried here.
    """
    per_tabel = {model._meta.db_table: model for model in modellen}
    alle = [fout for rij in eigenaar.execute(POLICIES).fetchall() for fout in policyfouten(*rij)]
    fouten = [fout for fout in alle if fout.tabel in per_tabel]

    def alles(tabel: str) -> Iterator[object]:
        yield from _door_eigenaar(eigenaar, per_tabel[tabel])
        yield from proeven(per_tabel[tabel])

    eerst = {tabel: list(alles(tabel)) for tabel in {fout.tabel for fout in fouten}}
    stil = {
        f"{fout.plek}: {fout.wat}" for fout in fouten if not _merkt_iemand(eigenaar, fout, eerst[fout.tabel], alles)
    }
    return len(fouten), stil


def _merkt_iemand(
    eigenaar: psycopg.Connection, fout: Databasefout, eerst: list[object], alles: Callable[[str], Iterable[object]]
) -> bool:
    """Whether anything that is tried ends differently with this mistake; looks no further than the first difference."""
    eigenaar.execute(fout.maak)
    try:
        return any(een != ander for een, ander in zip(alles(fout.tabel), eerst, strict=True))
    finally:
        eigenaar.execute(fout.herstel)


def _door_eigenaar(eigenaar: psycopg.Connection, model: type[Model]) -> Iterator[str]:
    """What the owner of the tables, who is not clearing away, can read, take away and change."""
    velden = [veld.column for veld in model._meta.concrete_fields if not veld.primary_key and not veld.generated]
    yield _als_eigenaar(eigenaar, lees(model))
    yield _als_eigenaar(eigenaar, haal_weg(model))
    for kolom in (velden[0], velden[-1]):
        leeg = sql.SQL("UPDATE {} SET {} = DEFAULT")
        yield _als_eigenaar(eigenaar, leeg.format(sql.Identifier(model._meta.db_table), sql.Identifier(kolom)))


def _als_eigenaar(eigenaar: psycopg.Connection, opdracht: sql.Composable) -> str:
    try:
        with eigenaar.transaction(force_rollback=True):
            uitslag = eigenaar.execute(opdracht)
            return str(uitslag.fetchone()[0] if uitslag.description else uitslag.rowcount)
    except psycopg.Error as fout:
        return str(fout.sqlstate)
