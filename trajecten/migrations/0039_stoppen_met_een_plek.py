"""An initiative stops only when each running trajectory has a place that received it, or rests.

The database looks past row security, tells nobody what it saw, and refuses: admins may set the status of an
initiative, and never see a trajectory.
"""

from django.db import migrations

FUNCTIES = """
CREATE FUNCTION zonder_vervolgplek(initiatief bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    eerder constant text := coalesce(current_setting('app.opruimen', true), '');
    aantal integer;
BEGIN
    PERFORM set_config('app.opruimen', 'ja', true);
    SELECT count(*) INTO aantal FROM trajecten_traject t
    WHERE t.initiatief_id = $1 AND t.toestand = 'lopend'
      AND NOT EXISTS (SELECT FROM trajecten_overdracht o
                      WHERE o.traject_id = t.id
                        AND (o.stand IN ('ontvangen', 'samen_op_weg') OR o.naar_id IS NULL AND o.stand = 'voorbereid'));
    PERFORM set_config('app.opruimen', eerder, true);
    RETURN aantal;
END $$;
REVOKE EXECUTE ON FUNCTION zonder_vervolgplek(bigint) FROM PUBLIC;

CREATE FUNCTION weiger_stoppen_zonder_plek() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF zonder_vervolgplek(NEW.id) > 0 THEN
        RAISE EXCEPTION 'initiatief %: niet elk lopend traject heeft een plek', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'initiatief_stopt_met_plekken';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stoppen_met_een_plek BEFORE UPDATE OF lidmaatschap ON initiatieven_initiatief FOR EACH ROW
WHEN (NEW.lidmaatschap = 'gestopt' AND OLD.lidmaatschap <> 'gestopt')
EXECUTE FUNCTION weiger_stoppen_zonder_plek();
"""
WEG = """
DROP TRIGGER stoppen_met_een_plek ON initiatieven_initiatief;
DROP FUNCTION weiger_stoppen_zonder_plek();
DROP FUNCTION zonder_vervolgplek(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0038_herinnering_minder_indexen"), ("initiatieven", "0011_langere_bewering")]

    operations = [migrations.RunSQL(FUNCTIES, WEG)]
