"""Row security on confidential questions: who asked, core team, and members who are invited where it is talked about.

An open question is there for everybody, as it was. Nobody but who asked and the core team changes a confidential one.
Merging and carrying over touch questions of several initiatives at once: those run as the task `vragen`, after it was
looked up whether this person may.
"""

from django.conf import settings
from django.db import connection, migrations

from collectief.rijbeveiliging import bescherm

ROL = connection.ops.quote_name(settings.APP_ROL)

FUNCTIES = """
CREATE FUNCTION is_kernteam_nu() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM gebruikers_rol r JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
        WHERE r.gebruiker_id = app_gebruiker() AND r.soort = 'kernteam' AND r.tot IS NULL)
$$;

-- Announced meetings to which this user is invited; none when no initiative of hers is a member.
CREATE FUNCTION mijn_bijeenkomsten_als_lid() RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 20 AS $$
    SELECT u.bijeenkomst_id
    FROM bijeenkomsten_uitnodiging u
    JOIN bijeenkomsten_bijeenkomst b ON b.id = u.bijeenkomst_id AND b.status <> 'concept'
    WHERE u.gebruiker_id = app_gebruiker() AND EXISTS (
        SELECT 1 FROM initiatieven_initiatief i
        WHERE i.id IN (SELECT mijn_initiatieven()) AND i.lidmaatschap IN ('lid', 'aandacht'))
$$;

-- Where questions of this user's initiatives went on. The owner looks them up: a policy cannot ask its own table.
CREATE FUNCTION vragen_met_die_van_mij() RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 5
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT in_vraag_id FROM bijeenkomsten_vraag
    WHERE in_vraag_id IS NOT NULL AND initiatief_id IN (SELECT mijn_initiatieven())
$$;
"""
FUNCTIES_WEG = """
DROP FUNCTION vragen_met_die_van_mij();
DROP FUNCTION mijn_bijeenkomsten_als_lid();
DROP FUNCTION is_kernteam_nu();
"""

VAN_MIJ = "initiatief_id IN (SELECT mijn_initiatieven())"
TAAK = "(SELECT app_taak()) = 'vragen'"
KERNTEAM = "(SELECT is_kernteam_nu())"
SCHRIJVEN = f"NOT is_vertrouwelijk OR {KERNTEAM} OR {VAN_MIJ}"
GENODIGD = "stand <> 'ingetrokken' AND bijeenkomst_id IN (SELECT mijn_bijeenkomsten_als_lid())"
LEZEN = f"{SCHRIJVEN} OR id IN (SELECT vragen_met_die_van_mij()) OR ({GENODIGD})"
ZICHTBAAR = "EXISTS (SELECT FROM bijeenkomsten_vraag v WHERE v.id = vraag_id)"


class Migration(migrations.Migration):
    dependencies = [("bijeenkomsten", "0010_nieuwkomers"), ("trajecten", "0002_rijbeveiliging")]

    operations = [
        migrations.RunSQL(FUNCTIES, FUNCTIES_WEG),
        bescherm(
            "bijeenkomsten_vraag",
            "lezen_door_eigenaar FOR SELECT TO CURRENT_USER USING (true)",
            # what an initiative asked stays when it goes for good
            "loslaten_door_eigenaar FOR UPDATE TO CURRENT_USER USING (true) WITH CHECK (initiatief_id IS NULL)",
            f"lezen FOR SELECT TO {ROL} USING ({LEZEN})",
            f"inbrengen FOR INSERT TO {ROL} WITH CHECK ({SCHRIJVEN})",
            f"wijzigen FOR UPDATE TO {ROL} USING ({SCHRIJVEN}) WITH CHECK ({SCHRIJVEN})",
            f"weghalen FOR DELETE TO {ROL} USING ({SCHRIJVEN})",
            f"taak FOR ALL TO {ROL} USING ({TAAK}) WITH CHECK ({TAAK})",
        ),
        bescherm(
            "bijeenkomsten_vraagsteun",
            f"lezen FOR SELECT TO {ROL} USING ({ZICHTBAAR})",
            f"steunen FOR INSERT TO {ROL} WITH CHECK ({ZICHTBAAR})",
            f"stoppen FOR DELETE TO {ROL} USING ({ZICHTBAAR})",
        ),
    ]
