"""What was thrown away thirty days ago goes with its versions and with what only belongs to it.

The application may not delete everywhere, and does not see everything: the database does it, looks whether the time is
up, and refuses as long as anything else refers to it, a trajectory for example.
"""

from django.db import migrations

FUNCTIE = r"""
CREATE FUNCTION verwijder_initiatief(weg bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    verwijzing record;
BEGIN
    PERFORM FROM initiatieven_initiatief
    WHERE id = weg AND verwijderd_op < now() - interval '30 days' FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE initiatieven_aanmelding SET initiatief_id = NULL WHERE initiatief_id = weg;
    FOR verwijzing IN
        SELECT c.conrelid::regclass AS tabel, a.attname AS kolom
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'initiatieven_initiatief'::regclass
          AND (c.conrelid::regclass::text LIKE 'initiatieven\_%' AND c.conrelid <> 'initiatieven_aanmelding'::regclass
               OR c.conrelid::regclass::text IN
                  ('trajecten_ladderinstelling', 'gebruikers_rol', 'gebruikers_roluitnodiging'))
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = $1', verwijzing.tabel, verwijzing.kolom) USING weg;
    END LOOP;
    FOR verwijzing IN
        SELECT c.conrelid::regclass AS tabel, a.attname AS kolom
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'initiatieven_initiatief'::regclass
          AND c.conrelid::regclass::text LIKE 'bijeenkomsten\_%' AND NOT a.attnotnull
    LOOP
        EXECUTE format('UPDATE %s SET %I = NULL WHERE %I = $1', verwijzing.tabel, verwijzing.kolom, verwijzing.kolom)
        USING weg;
    END LOOP;
    DELETE FROM initiatieven_initiatief WHERE id = weg;
    DELETE FROM initiatieven_initiatiefevent WHERE id = weg;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("initiatieven", "0013_inlezen_en_weggooien")]

    operations = [migrations.RunSQL(FUNCTIE, "DROP FUNCTION verwijder_initiatief(bigint);")]
