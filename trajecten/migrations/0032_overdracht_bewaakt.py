"""Handing over, held by the database: who reads what, that nothing finished changes, and that ownership moves once.

Who receives sees the handover and the chosen pieces from `voorbereid` on, as long as consent holds: that is asked on
every query anew. She sees no row of the trajectory itself. No role of the application may change the initiative of a
trajectory; only the trigger on the last step does, and with it goes who counsels and what waits. The former initiative
keeps the row that says that it was handed over, which holds nothing of the young person.
"""

from django.conf import settings
from django.db import connection, migrations

from collectief.rijbeveiliging import alleen_toevoegen, bescherm

IK = "(SELECT app_gebruiker())"
MIJN = "(app_gebruiker() IS NOT NULL AND van_mij(traject_id))"
VAN_HIER = "overdracht_id IN (SELECT overdrachten_van_hier(false))"
HIERHEEN = "overdracht_id IN (SELECT overdrachten_hierheen())"
OPEN_VAN_HIER = "overdracht_id IN (SELECT overdrachten_van_hier(true))"

FUNCTIES = """
CREATE FUNCTION overdrachten_van_hier(alleen_open boolean) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.id FROM trajecten_overdracht o
    WHERE o.traject_id IN (SELECT mijn_trajecten())
      AND NOT ($1 AND o.stand IN ('overgedragen', 'ingetrokken'))
$$;

CREATE FUNCTION overdrachten_hierheen() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.id FROM trajecten_overdracht o
    WHERE o.stand IN ('voorbereid', 'ontvangen', 'samen_op_weg')
      AND (o.naar_id = ANY (mijn_coordinatie())
           OR (o.nieuwe_begeleider_id = app_gebruiker() AND werkt_bij(app_gebruiker(), o.naar_id)))
      AND toestemming_geldt(o.traject_id, 'overdracht', NULL, o.naar_id, amsterdam_vandaag())
$$;

CREATE FUNCTION trajecten_hierheen() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.traject_id FROM trajecten_overdracht o WHERE o.id IN (SELECT overdrachten_hierheen())
$$;

CREATE FUNCTION plek_van_hier(plek uuid, traject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT $1 IS NULL OR EXISTS (SELECT FROM trajecten_betrokkene b WHERE b.id = $1 AND b.traject_id = $2)
$$;

CREATE FUNCTION initiatief_van(traject uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.initiatief_id FROM trajecten_traject t WHERE t.id = $1 AND t.id IN (SELECT mijn_trajecten())
$$;
"""
FUNCTIES_WEG = """
DROP FUNCTION initiatief_van(uuid);
DROP FUNCTION plek_van_hier(uuid, uuid);
DROP FUNCTION trajecten_hierheen();
DROP FUNCTION overdrachten_hierheen();
DROP FUNCTION overdrachten_van_hier(boolean);
"""

# The table of `trajecten/overdrachten.py` once more, for whoever walks around it.
BEWAKEN = """
CREATE FUNCTION overdracht_mag(van text, naar text, buiten boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT van NOT IN ('overgedragen', 'ingetrokken') AND (naar = 'ingetrokken' OR (van, naar) IN (
        ('voorgesteld', 'toestemming'), ('toestemming', 'voorbereid'), ('samen_op_weg', 'overgedragen'))
        OR (NOT buiten AND (van, naar) IN (('voorbereid', 'ontvangen'), ('ontvangen', 'samen_op_weg')))
        OR (buiten AND (van, naar) = ('voorbereid', 'samen_op_weg')))
$$;

CREATE FUNCTION bewaak_overdracht() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reden text;
    buiten boolean := OLD.naar_id IS NULL;
BEGIN
    IF OLD.stand IN ('overgedragen', 'ingetrokken') THEN
        reden := 'Deze overdracht is klaar en verandert niet meer.';
    ELSIF NEW.stand <> OLD.stand AND NOT overdracht_mag(OLD.stand, NEW.stand, buiten) THEN
        reden := 'Deze stap kan nu niet.';
    ELSIF NEW.stand NOT IN ('voorgesteld', 'ingetrokken') AND NOT coalesce(
        toestemming_geldt(NEW.traject_id, 'overdracht', NEW.plek_id, NEW.naar_id, amsterdam_vandaag()), false) THEN
        reden := 'Er is geen geldige toestemming.';
    ELSIF NEW.stand = 'ontvangen' AND OLD.naar_id <> ALL (mijn_coordinatie()) THEN
        reden := 'Ontvangen doet de coördinator van de andere kant.';
    ELSIF NEW.stand = 'overgedragen' AND OLD.van_id <> ALL (mijn_coordinatie()) THEN
        reden := 'De laatste stap zet de coördinator.';
    ELSIF NOT buiten AND NEW.stand IN ('ontvangen', 'samen_op_weg', 'overgedragen')
          AND NOT coalesce(werkt_bij(NEW.nieuwe_begeleider_id, NEW.naar_id), false) THEN
        reden := 'Kies eerst wie daar de vaste begeleider wordt.';
    END IF;
    IF reden IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'overdracht_volgens_de_stappen', MESSAGE = reden;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bewaak_overdracht BEFORE UPDATE ON trajecten_overdracht FOR EACH ROW
    EXECUTE FUNCTION bewaak_overdracht();
"""
BEWAKEN_WEG = """
DROP TRIGGER bewaak_overdracht ON trajecten_overdracht;
DROP FUNCTION bewaak_overdracht();
DROP FUNCTION overdracht_mag(text, text, boolean);
"""

# The move itself. Only a function of the owner gets through these policies, and only while it says what it does.
VERHUIZEN = """
CREATE POLICY verhuist ON trajecten_traject FOR UPDATE TO CURRENT_USER
    USING ((SELECT app_taak()) = 'overdracht') WITH CHECK ((SELECT app_taak()) = 'overdracht');
CREATE POLICY verhuist ON trajecten_betrokkene FOR ALL TO CURRENT_USER
    USING ((SELECT app_taak()) = 'overdracht') WITH CHECK ((SELECT app_taak()) = 'overdracht');
CREATE POLICY verhuist ON trajecten_contactmoment FOR ALL TO CURRENT_USER
    USING ((SELECT app_taak()) = 'overdracht') WITH CHECK ((SELECT app_taak()) = 'overdracht');
CREATE POLICY verhuist ON trajecten_herinnering FOR SELECT TO CURRENT_USER
    USING ((SELECT app_taak()) = 'overdracht');

CREATE FUNCTION verhuis_traject() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE eerder text := coalesce(current_setting('app.taak', true), '');
BEGIN
    PERFORM set_config('app.taak', 'overdracht', true);
    UPDATE trajecten_betrokkene SET tot = greatest(van, amsterdam_vandaag())
    WHERE traject_id = NEW.traject_id AND tot IS NULL AND rol IN ('vaste_begeleider', 'waarnemer');
    INSERT INTO trajecten_betrokkene (id, traject_id, rol, gebruiker_id, naam, heeft_gezag, meelezen, van)
    VALUES (gen_random_uuid(), NEW.traject_id, 'vaste_begeleider', NEW.nieuwe_begeleider_id, '', false, 'niets',
            amsterdam_vandaag());
    UPDATE trajecten_traject SET initiatief_id = NEW.naar_id, toestand = 'lopend' WHERE id = NEW.traject_id;
    PERFORM geef_contact_door(array_agg(c.id), NEW.nieuwe_begeleider_id)
    FROM trajecten_contactmoment c
    WHERE c.traject_id = NEW.traject_id AND c.resultaat = '' AND c.vervallen_op IS NULL;
    PERFORM set_config('app.taak', eerder, true);
    RETURN NULL;
END $$;
CREATE TRIGGER verhuis_traject AFTER UPDATE OF stand ON trajecten_overdracht FOR EACH ROW
    WHEN (NEW.stand = 'overgedragen' AND OLD.stand <> 'overgedragen' AND NEW.naar_id IS NOT NULL)
    EXECUTE FUNCTION verhuis_traject();
"""
VERHUIZEN_WEG = """
DROP TRIGGER verhuis_traject ON trajecten_overdracht;
DROP FUNCTION verhuis_traject();
DROP POLICY verhuist ON trajecten_herinnering;
DROP POLICY verhuist ON trajecten_contactmoment;
DROP POLICY verhuist ON trajecten_betrokkene;
DROP POLICY verhuist ON trajecten_traject;
"""

# Who reads before it is hers leaves a line in the read log too, and sees that line herself.
INZAGE = f"""
CREATE POLICY overdracht_schrijft ON trajecten_inzagelog FOR INSERT WITH CHECK
    (gebruiker_id = {IK} AND grond = 'overdracht' AND traject_id IN (SELECT trajecten_hierheen()));
CREATE POLICY overdracht_leest ON trajecten_inzagelog FOR SELECT USING
    (gebruiker_id = {IK} AND grond = 'overdracht' AND traject_id IN (SELECT trajecten_hierheen()));
"""
INZAGE_WEG = """
DROP POLICY overdracht_leest ON trajecten_inzagelog;
DROP POLICY overdracht_schrijft ON trajecten_inzagelog;
"""


def neem_rechten_af(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    schema_editor.execute(f"REVOKE UPDATE ON trajecten_overdrachtstuk, trajecten_overdrachtafspraak FROM {rol}")


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0031_overdracht")]

    operations = [
        migrations.RunSQL(FUNCTIES, FUNCTIES_WEG),
        bescherm(
            "trajecten_overdracht",
            "lezen_door_eigenaar FOR SELECT TO CURRENT_USER USING (true)",
            f"van_hier FOR SELECT USING ({MIJN})",
            "hierheen FOR SELECT USING (id IN (SELECT overdrachten_hierheen()))",
            "gegeven FOR SELECT USING (stand = 'overgedragen' AND van_id = ANY ((SELECT mijn_coordinatie())::bigint[]))",
            "afgezegd FOR SELECT USING "
            "(stand = 'ingetrokken' AND voorbereid_op IS NOT NULL AND naar_id = ANY ((SELECT mijn_coordinatie())::bigint[]))",
            f"voorstellen FOR INSERT WITH CHECK ({MIJN} AND door_id = {IK} AND stand = 'voorgesteld' "
            "AND van_id = initiatief_van(traject_id) AND van_id = ANY ((SELECT mijn_coordinatie())::bigint[]) "
            "AND plek_van_hier(plek_id, traject_id))",
            f"stap_van_hier FOR UPDATE USING ({MIJN}) WITH CHECK ({MIJN})",
            "stap_van_daar FOR UPDATE USING "
            "(naar_id = ANY ((SELECT mijn_coordinatie())::bigint[]) AND id IN (SELECT overdrachten_hierheen())) "
            "WITH CHECK (naar_id = ANY ((SELECT mijn_coordinatie())::bigint[]) AND stand IN ('ontvangen', 'samen_op_weg', 'ingetrokken'))",
        ),
        alleen_toevoegen("trajecten_overdracht", behalve="stand, nieuwe_begeleider_id, voorbereid_op, klaar_op"),
        bescherm(
            "trajecten_overdrachtstap",
            f"zien FOR SELECT USING ({VAN_HIER} OR {HIERHEEN})",
            f"noteren FOR INSERT WITH CHECK (door_id = {IK} AND ({OPEN_VAN_HIER} OR {HIERHEEN}))",
        ),
        alleen_toevoegen("trajecten_overdrachtstap"),
        bescherm(
            "trajecten_overdrachtstuk",
            f"zien FOR SELECT USING ({VAN_HIER} OR {HIERHEEN})",
            f"kiezen FOR INSERT WITH CHECK (gekozen_door_id = {IK} AND {OPEN_VAN_HIER})",
            f"terugnemen FOR DELETE USING ({OPEN_VAN_HIER})",
        ),
        bescherm(
            "trajecten_overdrachtafspraak",
            f"zien FOR SELECT USING ({VAN_HIER} OR {HIERHEEN})",
            f"afspreken FOR INSERT WITH CHECK (door_id = {IK} AND "
            f"({OPEN_VAN_HIER} OR ({HIERHEEN} AND kant <> 'gever')))",
            f"weghalen FOR DELETE USING ({OPEN_VAN_HIER} OR ({HIERHEEN} AND door_id = {IK}))",
        ),
        migrations.RunPython(neem_rechten_af, migrations.RunPython.noop),
        migrations.RunSQL(BEWAKEN, BEWAKEN_WEG),
        migrations.RunSQL(VERHUIZEN, VERHUIZEN_WEG),
        migrations.RunSQL(INZAGE, INZAGE_WEG),
    ]
