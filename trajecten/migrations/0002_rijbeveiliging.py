"""Row security on every table of trajecten: who may see which rows is decided here, whatever the code above does.

`mijn_trajecten()` reads, with the rights of the owner, which trajectories the user of this transaction may see.
It is a function and not a subquery in each policy, because policies on trajecten_betrokkene and trajecten_traject
would otherwise look at each other. The owner has a SELECT policy on just those two tables for it, and none on the
others: FORCE keeps even the owner out of moments and identities.
"""

from django.conf import settings
from django.db import connection, migrations

from collectief.rijbeveiliging import bescherm

FUNCTIES = """
CREATE FUNCTION mijn_trajecten() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.traject_id
    FROM trajecten_betrokkene b
    JOIN trajecten_traject t ON t.id = b.traject_id
    JOIN gebruikers_rol r ON r.gebruiker_id = b.gebruiker_id AND r.initiatief_id = t.initiatief_id
         AND r.soort = 'begeleider' AND r.tot IS NULL
    JOIN gebruikers_gebruiker g ON g.id = b.gebruiker_id AND g.is_active
    WHERE b.gebruiker_id = app_gebruiker() AND b.tot IS NULL AND b.rol IN ('vaste_begeleider', 'waarnemer')
    UNION
    SELECT t.id
    FROM gebruikers_rol r
    JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
    JOIN trajecten_traject t ON t.initiatief_id = r.initiatief_id
    WHERE r.gebruiker_id = app_gebruiker() AND r.soort = 'coordinator' AND r.tot IS NULL
$$;

CREATE FUNCTION mijn_jongeren() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.jongere_id FROM trajecten_traject t WHERE t.id IN (SELECT mijn_trajecten())
$$;

CREATE FUNCTION mijn_initiatieven() RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 3 AS $$
    SELECT r.initiatief_id
    FROM gebruikers_rol r JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
    WHERE r.gebruiker_id = app_gebruiker() AND r.soort IN ('begeleider', 'coordinator') AND r.tot IS NULL
$$;

CREATE FUNCTION zonder_betrokkenen(traject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM trajecten_traject t
                   WHERE t.id = traject AND t.initiatief_id IN (SELECT mijn_initiatieven()))
       AND NOT EXISTS (SELECT 1 FROM trajecten_betrokkene b WHERE b.traject_id = traject)
$$;
"""
FUNCTIES_WEG = """
DROP FUNCTION zonder_betrokkenen(uuid);
DROP FUNCTION mijn_jongeren();
DROP FUNCTION mijn_trajecten();
DROP FUNCTION mijn_initiatieven();
"""

MIJN = "traject_id IN (SELECT mijn_trajecten())"
NAZORG = "(SELECT app_taak()) = 'nazorg'"


def eigen_rijen(tabel: str, *extra: str) -> migrations.RunSQL:
    """Protect a table that hangs below a trajectory: seen and written by who may see the trajectory."""
    return bescherm(tabel, f"van_mij FOR ALL USING ({MIJN}) WITH CHECK ({MIJN})", *extra)


def neem_rechten_af(apps, schema_editor):
    """No case row can be deleted by the application; history and read log cannot be changed either."""
    rol = connection.ops.quote_name(settings.APP_ROL)
    tabellen = [model._meta.db_table for model in apps.get_app_config("trajecten").get_models()]
    blijvend = [tabel for tabel in tabellen if tabel != "trajecten_momentconcept"]
    schema_editor.execute(f"REVOKE DELETE ON {', '.join(blijvend)} FROM {rol}")
    schema_editor.execute(f"REVOKE UPDATE ON trajecten_faseverblijf, trajecten_inzagelog FROM {rol}")
    schema_editor.execute(f"GRANT UPDATE (tot) ON trajecten_faseverblijf TO {rol}")


def geef_rechten_terug(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    tabellen = [model._meta.db_table for model in apps.get_app_config("trajecten").get_models()]
    schema_editor.execute(f"GRANT UPDATE, DELETE ON {', '.join(tabellen)} TO {rol}")


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIES, FUNCTIES_WEG),
        bescherm(
            "trajecten_traject",
            "lezen_door_eigenaar FOR SELECT TO CURRENT_USER USING (true)",
            "zien FOR SELECT USING (id IN (SELECT mijn_trajecten()))",
            "beginnen FOR INSERT WITH CHECK (initiatief_id IN (SELECT mijn_initiatieven()))",
            "wijzigen FOR UPDATE USING (id IN (SELECT mijn_trajecten())) WITH CHECK (id IN (SELECT mijn_trajecten()))",
            f"nazorg_leest FOR SELECT USING ({NAZORG})",
        ),
        bescherm(
            "trajecten_betrokkene",
            "lezen_door_eigenaar FOR SELECT TO CURRENT_USER USING (true)",
            f"van_mij FOR ALL USING ({MIJN}) WITH CHECK ({MIJN})",
            "eerste_begeleider FOR INSERT WITH CHECK "
            "(gebruiker_id = (SELECT app_gebruiker()) AND zonder_betrokkenen(traject_id))",
            f"nazorg_leest FOR SELECT USING ({NAZORG})",
        ),
        bescherm(
            "trajecten_jongere",
            "zien FOR SELECT USING (id IN (SELECT mijn_jongeren()))",
            "aanmaken FOR INSERT WITH CHECK (EXISTS (SELECT mijn_initiatieven()))",
            "wijzigen FOR UPDATE USING (id IN (SELECT mijn_jongeren()))",
        ),
        bescherm(
            "trajecten_jongereidentiteit",
            "van_mij FOR ALL USING (jongere_id IN (SELECT mijn_jongeren())) "
            "WITH CHECK (jongere_id IN (SELECT mijn_jongeren()))",
        ),
        eigen_rijen("trajecten_faseverblijf"),
        eigen_rijen("trajecten_moment"),
        bescherm(
            "trajecten_momentconcept",
            f"van_mij FOR ALL USING (gebruiker_id = (SELECT app_gebruiker()) AND {MIJN}) "
            f"WITH CHECK (gebruiker_id = (SELECT app_gebruiker()) AND {MIJN})",
        ),
        eigen_rijen("trajecten_nazorgafspraak"),
        eigen_rijen("trajecten_contactmoment", f"nazorg_leest FOR SELECT USING ({NAZORG})"),
        eigen_rijen(
            "trajecten_herinnering",
            f"nazorg_leest FOR SELECT USING ({NAZORG})",
            f"nazorg_zet FOR UPDATE USING ({NAZORG}) WITH CHECK ({NAZORG})",
        ),
        bescherm(
            "trajecten_inzagelog",
            f"zien FOR SELECT USING ({MIJN})",
            f"schrijven FOR INSERT WITH CHECK (gebruiker_id = (SELECT app_gebruiker()) AND {MIJN})",
        ),
        migrations.RunPython(neem_rechten_af, geef_rechten_terug),
    ]
