"""Who was handed over to a place outside the platform has that place, also when the initiative stops.

Its trajectory stays here, so the last step of such a handover took the place away again that the steps before it had
given. It counts until she comes back: a later step, other than to the waakvlam, asks for a place anew.
"""

from django.db import migrations

FUNCTIE = """
CREATE OR REPLACE FUNCTION zonder_vervolgplek(initiatief bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
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
                        AND (o.stand IN ('ontvangen', 'samen_op_weg')
                             OR o.naar_id IS NULL AND o.stand = 'voorbereid'{overgedragen}));
    PERFORM set_config('app.opruimen', eerder, true);
    RETURN aantal;
END $$;
"""
OVERGEDRAGEN = """
                             OR o.naar_id IS NULL AND o.stand = 'overgedragen' AND NOT EXISTS (
                                 SELECT FROM trajecten_faseverblijf v
                                 WHERE v.traject_id = t.id AND v.aangemaakt_op > o.klaar_op
                                   AND v.teruggenomen_op IS NULL AND v.fase <> 'waakvlam')"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0051_policies_zeggen_het_eens")]

    operations = [
        migrations.RunSQL(FUNCTIE.replace("{overgedragen}", OVERGEDRAGEN), FUNCTIE.replace("{overgedragen}", ""))
    ]
