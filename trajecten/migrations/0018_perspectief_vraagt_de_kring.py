"""Let the tables about how it goes and where it may go ask the circle that was worked out beforehand, like the others."""

from django.db import migrations

SCHRIJVEN = "(app_gebruiker() IS NOT NULL AND van_mij(traject_id))"
LEZEN = f"(traject_id = ANY ((SELECT bekende_trajecten())::uuid[]) OR {SCHRIJVEN})"
OUD = "traject_id IN (SELECT mijn_trajecten())"
IK = "door_id = (SELECT app_gebruiker())"
OUDER = """(ouder_id IS NULL OR EXISTS (SELECT FROM trajecten_betrokkene b
    WHERE b.id = ouder_id AND b.traject_id = trajecten_beleving.traject_id))"""
TABELLEN = {
    "trajecten_beleving": OUDER,
    "trajecten_eerderewens": "true",
    "trajecten_kleinestap": "true",
    "trajecten_mogelijkeplek": "true",
}


def zet(lezen: str, schrijven: str) -> list[str]:
    return [
        zin
        for tabel, extra in TABELLEN.items()
        for zin in (
            f"ALTER POLICY zien ON {tabel} USING ({lezen})",
            f"ALTER POLICY schrijven ON {tabel} WITH CHECK ({IK} AND {schrijven} AND {extra})",
        )
    ]


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0017_preventieplan")]

    operations = [migrations.RunSQL(zet(LEZEN, SCHRIJVEN), zet(OUD, OUD))]
