"""Knowing the number of a young person of others opens nothing: a trajectory is of one's own young person, for good.

Foreign keys look past row security. A trajectory that points at somebody else's young person would make her visible,
so the database refuses to begin such a trajectory, and to point an existing one at another young person or initiative.
"""

from django.conf import settings
from django.db import connection, migrations

FUNCTIE = """
CREATE FUNCTION nog_zonder_traject(jongere uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM trajecten_traject t WHERE t.jongere_id = $1)
$$;
ALTER POLICY beginnen ON trajecten_traject WITH CHECK (
    initiatief_id IN (SELECT mijn_initiatieven())
    AND (nog_zonder_traject(jongere_id) OR jongere_id IN (SELECT mijn_jongeren()))
);
"""
WEG = """
ALTER POLICY beginnen ON trajecten_traject WITH CHECK (initiatief_id IN (SELECT mijn_initiatieven()));
DROP FUNCTION nog_zonder_traject(uuid);
"""
# What may change afterwards; the rest of a row stays as it began.
WIJZIGBAAR = {
    "trajecten_traject": "toestand, begonnen_op, wensdroom, wat_waardevol_is",
    "trajecten_betrokkene": "rol, naam, van, tot",
}


def neem_rechten_af(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    for tabel, kolommen in WIJZIGBAAR.items():
        schema_editor.execute(f"REVOKE UPDATE ON {tabel} FROM {rol}")
        schema_editor.execute(f"GRANT UPDATE ({kolommen}) ON {tabel} TO {rol}")


def geef_rechten_terug(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    for tabel in WIJZIGBAAR:
        schema_editor.execute(f"GRANT UPDATE ON {tabel} TO {rol}")


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0004_zelfde_roepnaam")]

    operations = [
        migrations.RunSQL(FUNCTIE, WEG),
        migrations.RunPython(neem_rechten_af, geef_rechten_terug),
    ]
