"""Both ways of migrating make the same database. `.ci/run` runs this through `./dev lint`: Django's way is slow."""

import os
import re
import subprocess
from contextlib import nullcontext
from difflib import unified_diff

import psycopg

from collectief.servers.postgres import programma
from conftest import _bouw_sjabloon, _eigenaar

TIJDSTIP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+\d\d")


def stort(database: str) -> list[str]:
    """All of a database, in lines, but when it was made."""
    bron = psycopg.conninfo.make_conninfo(os.environ["RESERVEKOPIE_DATABASE_URL"], dbname=database)
    opdracht = [str(programma("pg_dump")), "--restrict-key=gelijk", bron]
    uitvoer = subprocess.run(opdracht, capture_output=True, text=True, check=True).stdout
    return TIJDSTIP.sub("ooit", uitvoer).splitlines()


def test_the_template_of_the_tests_is_what_django_makes(sjabloon, django_db_blocker):
    gewoon = f"{sjabloon}_gewoon"
    with django_db_blocker.unblock():
        _bouw_sjabloon(gewoon, staat=nullcontext)

    try:
        assert "\n".join(unified_diff(stort(gewoon), stort(sjabloon), "django", "tests", lineterm="")) == ""
    finally:
        with _eigenaar() as verbinding:
            verbinding.execute(f'DROP DATABASE "{gewoon}"')
