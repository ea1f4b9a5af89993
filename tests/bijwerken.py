"""In a process of its own: bring a database from the first migration of each app to the last, with data in it.

    python -m tests.bijwerken NAME   of an empty database, on the server of DATABASE_OWNER_URL

Prints the keys of what was put in, as JSON. The data go in through the models as they were then.
"""

import json
import sys
from datetime import UTC, date, datetime

import django
from django.conf import settings
from django.core.management import call_command

EERSTE = {
    "gebruikers": "0001_initial",
    "post": "0001_initial",
    "initiatieven": "0001_initial",
    "trajecten": "0001_initial",
    "bijeenkomsten": "0001_begin",
}
DAG, LATER = date(2026, 9, 1), date(2026, 10, 1)
TOEN = datetime(2026, 9, 1, 9, tzinfo=UTC)


def vul(apps) -> dict[str, object]:
    """What a small initiative had in the first week: people, mail, a meeting, and a trajectory with its phases."""

    def maak(model: str, /, **velden):
        return apps.get_model(model).objects.create(**velden)

    plek = maak("initiatieven.Initiatief", naam="De Eerste Plek", slug="de-eerste-plek", lidmaatschap="lid")
    wie = maak("gebruikers.Gebruiker", email="eerste@voorbeeld.example", naam="Eef Eerste", password="!")
    maak("gebruikers.Rol", gebruiker=wie, soort="begeleider", initiatief=plek, van=DAG)
    maak("post.Bericht", sleutel="eerste", soort="herinnering", aan=wie, pad="/mijn/")
    tijden = {"begint_op": TOEN, "eindigt_op": TOEN.replace(hour=12)}
    bijeenkomst = maak("bijeenkomsten.Bijeenkomst", soort="landelijk", titel="De eerste", **tijden)
    maak("bijeenkomsten.Uitnodiging", bijeenkomst=bijeenkomst, gebruiker=wie, antwoord="ja", beantwoord_op=TOEN)
    jongere = maak("trajecten.Jongere", roepnaam="Eerst")
    maak("trajecten.JongereIdentiteit", jongere=jongere, geboortedatum="2011-05-04", officiele_naam="Echte Naam")
    vul_traject(maak, wie=wie, jongere=jongere, initiatief=plek)
    return {"begeleider": wie.pk}


def vul_traject(maak, *, wie, **van_wie) -> None:
    """A way that went from landing to exploring, with a moment, and a contact that was agreed."""
    traject = maak("trajecten.Traject", begonnen_op=DAG, wensdroom="Een boot.", **van_wie)
    van_traject = {"traject": traject, "door": wie}
    maak("trajecten.Betrokkene", traject=traject, gebruiker=wie, rol="vaste_begeleider", van=DAG)
    for nummer, (fase, van, tot) in enumerate([("landing", DAG, LATER), ("onderzoekend", LATER, None)], start=1):
        verblijf = {"volgnummer": nummer, "fase": fase, "stap": "volgende_stap", "van": van, "tot": tot}
        maak("trajecten.FaseVerblijf", **van_traject, **verblijf)
    maak("trajecten.Moment", **van_traject, soort="feit", tekst="We bouwden een vlot.", datum=DAG)
    afspraak = maak("trajecten.NazorgAfspraak", **van_traject, vorm="gezin", van=DAG)
    maak("trajecten.Contactmoment", traject=traject, afspraak=afspraak, gepland_op=LATER, eigenaar=wie)


def main() -> None:
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from tests.migreren import lichte_staat

    with lichte_staat():
        for app, naam in EERSTE.items():
            call_command("migrate", app, naam, verbosity=0, interactive=False)
        staat = MigrationExecutor(connection).loader.project_state(list(EERSTE.items()))
        erin = vul(staat.apps)
        call_command("migrate", verbosity=0, interactive=False)
    json.dump(erin, sys.stdout)


if __name__ == "__main__":
    main()
