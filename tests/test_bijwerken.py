"""An upgrade from the very first migrations, with data: nothing is lost, and the database becomes that of today."""

import json
import os
import re
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path

import psycopg
import pytest

from collectief.servers.postgres import programma
from conftest import _eigenaar, _maak

WORTEL = Path(__file__).resolve().parents[1]
STANDEN = {  # what the person who counsels her sees of it, by the policies of today
    "SELECT roepnaam FROM trajecten_jongere": [("Eerst",)],
    "SELECT wensdroom, toestand FROM trajecten_traject": [("Een boot.", "lopend")],
    "SELECT fase, tot IS NULL FROM trajecten_faseverblijf ORDER BY van": [("landing", False), ("onderzoekend", True)],
    "SELECT tekst FROM trajecten_moment": [("We bouwden een vlot.",)],
    "SELECT gepland_op::text FROM trajecten_contactmoment": [("2026-10-01",)],
    "SELECT rol FROM trajecten_betrokkene": [("vaste_begeleider",)],
    "SELECT naam_sleutel, is_vindbaar FROM initiatieven_initiatief": [("de eerste plek", True)],
    "SELECT titel FROM bijeenkomsten_bijeenkomst": [("De eerste",)],
    "SELECT antwoord FROM bijeenkomsten_uitnodiging": [("ja",)],
    "SELECT toestand FROM post_bericht": [("wacht",)],
}


def adres(naam: str, database: str) -> str:
    return psycopg.conninfo.make_conninfo(os.environ[naam], dbname=database)


def vorm(database: str) -> list[str]:
    """Every table, constraint, index, trigger, policy and grant, in lines without the comma of the last column."""
    opdracht = [str(programma("pg_dump")), "--schema-only", "--restrict-key=gelijk"]
    bron = adres("RESERVEKOPIE_DATABASE_URL", database)
    uitvoer = subprocess.run([*opdracht, bron], capture_output=True, text=True, check=True).stdout
    return [re.sub(r",$", "", regel) for regel in uitvoer.splitlines()]


@pytest.fixture(scope="module")
def bijgewerkt(sjabloon, worker_id, testrun_uid):
    """The name of the database that was brought up to date, and the keys of what was in it."""
    naam = f"oud_{testrun_uid[:12]}_{worker_id}"
    _maak(naam)
    omgeving = {**os.environ, "COLLECTIEF_DATABASE_ROL": "eigenaar"}
    opdracht = [sys.executable, "-m", "tests.bijwerken", naam]
    klaar = subprocess.run(opdracht, cwd=WORTEL, env=omgeving, capture_output=True, text=True, check=False)
    assert klaar.returncode == 0, klaar.stderr[-3000:]
    yield naam, json.loads(klaar.stdout)
    with _eigenaar() as verbinding:
        verbinding.execute(f'DROP DATABASE "{naam}"')


def test_nothing_that_was_there_is_lost(bijgewerkt):
    naam, erin = bijgewerkt

    with psycopg.connect(adres("DATABASE_URL", naam)) as verbinding:
        verbinding.execute("SELECT set_config('app.gebruiker', %s, true)", [str(erin["begeleider"])])
        gezien = {vraag: verbinding.execute(vraag).fetchall() for vraag in STANDEN}

    assert gezien == STANDEN


def test_what_was_there_is_guarded_from_now_on(bijgewerkt):
    naam, _ = bijgewerkt

    with psycopg.connect(adres("DATABASE_URL", naam)) as verbinding:
        tabellen = [vraag for vraag in STANDEN if "FROM trajecten_" in vraag]
        assert [verbinding.execute(vraag).fetchall() for vraag in tabellen] == [[]] * len(tabellen)


def test_the_database_becomes_what_a_new_one_is(bijgewerkt, sjabloon):
    naam, _ = bijgewerkt

    oud, nieuw = vorm(naam), vorm(sjabloon)

    assert "\n".join(unified_diff(oud, nieuw, "bijgewerkt", "nieuw", lineterm="", n=1)) == ""
