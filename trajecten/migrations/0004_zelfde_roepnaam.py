"""Let staff know that a roepnaam is already there at their own initiative, and who counsels her; nothing more."""

from django.db import migrations

FUNCTIE = """
CREATE POLICY lezen_door_eigenaar ON trajecten_jongere FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION zelfde_roepnaam(initiatief bigint, roepnaam text) RETURNS SETOF text LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT g.naam::text
    FROM trajecten_traject t
    JOIN trajecten_jongere j ON j.id = t.jongere_id
    JOIN trajecten_betrokkene b ON b.traject_id = t.id AND b.rol = 'vaste_begeleider' AND b.tot IS NULL
    JOIN gebruikers_gebruiker g ON g.id = b.gebruiker_id
    WHERE t.initiatief_id = $1 AND $1 IN (SELECT mijn_initiatieven())
      AND j.roepnaam_sleutel = zoekvorm(btrim($2)) AND t.toestand <> 'overgedragen'
    ORDER BY 1 LIMIT 5
$$;
"""
WEG = """
DROP FUNCTION zelfde_roepnaam(bigint, text);
DROP POLICY lezen_door_eigenaar ON trajecten_jongere;
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0003_lijst_op_naam")]

    operations = [migrations.RunSQL(FUNCTIE, WEG)]
