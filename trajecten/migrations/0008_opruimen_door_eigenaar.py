"""Let the functions of the owner that clear away on purpose reach every case row, also in databases made before.

A database that is made now has this policy from `bescherm`; one that exists already gets it here.
"""

from django.db import migrations

from collectief.rijbeveiliging import OPRUIMEN, OPRUIMEN_REGEL

AANVULLEN = f"""
DO $$
DECLARE tabel regclass;
BEGIN
    FOR tabel IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relforcerowsecurity AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
          AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '{OPRUIMEN}')
    LOOP
        EXECUTE 'CREATE POLICY {OPRUIMEN} ON ' || tabel || $regel$ {OPRUIMEN_REGEL}$regel$;
    END LOOP;
END $$;
"""  # noqa: S608 - only constants


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0007_leeftijdsgrenzen_afleiden")]

    operations = [migrations.RunSQL(AANVULLEN, migrations.RunSQL.noop)]
