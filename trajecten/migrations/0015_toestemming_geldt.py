"""Who may see consent, that taking it back is for good, and one function that says whether it holds on a day.

The rule is the one of `trajecten/beslissen.py`. The database needs it too: what another place may read before a
handover is decided by a policy, on every request anew. So a birthday, an end date or a "no" works from that moment,
without anything that has to run. Days are days in Amsterdam.
"""

from django.db import migrations

from collectief.rijbeveiliging import alleen_toevoegen, bescherm

MIJN = "traject_id IN (SELECT mijn_trajecten())"
IK = "(SELECT app_gebruiker())"
# Foreign keys look past row security: the people have to be people of this trajectory, and only a parent speaks.
VAN_HIER = """
    (betrokkene_id IS NULL OR EXISTS (SELECT FROM trajecten_betrokkene b
        WHERE b.id = betrokkene_id AND b.traject_id = trajecten_toestemming.traject_id))
    AND (namens_id IS NULL OR EXISTS (SELECT FROM trajecten_betrokkene b
        WHERE b.id = namens_id AND b.traject_id = trajecten_toestemming.traject_id AND b.rol = 'ouder'))
"""

VOOR_GOED = """
CREATE FUNCTION blijft_ingetrokken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'toestemming_blijft_ingetrokken',
        MESSAGE = 'Een toestemming die is ingetrokken, blijft ingetrokken.';
END $$;
CREATE TRIGGER blijft_ingetrokken BEFORE UPDATE ON trajecten_toestemming FOR EACH ROW
    WHEN (OLD.ingetrokken_op IS NOT NULL) EXECUTE FUNCTION blijft_ingetrokken();
"""
VOOR_GOED_WEG = """
DROP TRIGGER blijft_ingetrokken ON trajecten_toestemming;
DROP FUNCTION blijft_ingetrokken();
"""

GELDT = """
CREATE POLICY lezen_door_eigenaar ON trajecten_leeftijdsgrenzen FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION wie_beslist(jongere uuid, dag date) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN g.twaalf_op IS NULL THEN 'beiden'
                WHEN $2 >= g.zestien_op THEN 'jongere'
                WHEN $2 >= g.twaalf_op THEN 'beiden'
                ELSE 'ouders' END
    FROM (VALUES (1)) een LEFT JOIN trajecten_leeftijdsgrenzen g ON g.jongere_id = $1
$$;

CREATE FUNCTION toestemming_geldt(traject uuid, doel text, betrokkene uuid, initiatief bigint, dag date)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH nu AS (
        SELECT wie_beslist(t.jongere_id, $5) AS beslist FROM trajecten_traject t WHERE t.id = $1
    ), gaf AS (
        SELECT s.namens_id FROM trajecten_toestemming s
        WHERE s.traject_id = $1 AND s.doel = $2 AND s.ingetrokken_op IS NULL AND $5 BETWEEN s.van AND s.geldig_tot
          AND s.betrokkene_id IS NOT DISTINCT FROM $3 AND s.initiatief_id IS NOT DISTINCT FROM $4
    ), gezag AS (
        SELECT b.id FROM trajecten_betrokkene b
        WHERE b.traject_id = $1 AND b.rol = 'ouder' AND b.heeft_gezag AND b.tot IS NULL
    )
    SELECT (n.beslist = 'ouders' OR EXISTS (SELECT FROM gaf WHERE namens_id IS NULL))
       AND (n.beslist = 'jongere'
            OR EXISTS (SELECT FROM gezag WHERE id = $3)
            OR (EXISTS (SELECT FROM gezag) AND NOT EXISTS (SELECT id FROM gezag EXCEPT SELECT namens_id FROM gaf)))
    FROM nu n
$$;
"""
GELDT_WEG = """
DROP FUNCTION toestemming_geldt(uuid, text, uuid, bigint, date);
DROP FUNCTION wie_beslist(uuid, date);
DROP POLICY lezen_door_eigenaar ON trajecten_leeftijdsgrenzen;
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0014_toestemming")]

    operations = [
        bescherm(
            "trajecten_toestemming",
            "lezen_door_eigenaar FOR SELECT TO CURRENT_USER USING (true)",
            f"zien FOR SELECT USING ({MIJN})",
            f"geven FOR INSERT WITH CHECK ({MIJN} AND door_id = {IK} AND ingetrokken_op IS NULL AND {VAN_HIER})",
            f"intrekken FOR UPDATE USING ({MIJN}) WITH CHECK ({MIJN} AND ingetrokken_door_id = {IK})",
        ),
        alleen_toevoegen("trajecten_toestemming", behalve="ingetrokken_op, ingetrokken_door_id"),
        migrations.RunSQL(VOOR_GOED, VOOR_GOED_WEG),
        migrations.RunSQL(GELDT, GELDT_WEG),
    ]
