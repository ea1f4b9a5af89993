"""A step can be taken back within a day, and stays in the history as such. Everything else in the history stays as is.

What the application may change of a stay is held by a trigger: it ends; or its step is taken back, by who set it and
within a day; or it goes on, because the step after it was taken back.
"""

from django.conf import settings
from django.db import connection, migrations, models

BEWAKEN = """
CREATE FUNCTION bewaak_verblijf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.teruggenomen_op IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verblijf_blijft_zoals_het_was',
            MESSAGE = 'A step that was taken back stays taken back.';
    ELSIF NEW.teruggenomen_op IS NOT NULL THEN
        IF OLD.tot IS NOT NULL OR OLD.door_id IS DISTINCT FROM app_gebruiker()
           OR OLD.aangemaakt_op < now() - interval '24 hours' THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verblijf_blijft_zoals_het_was',
                MESSAGE = 'Only the last step is taken back, within a day, by who set it.';
        END IF;
    ELSIF OLD.tot IS NOT NULL AND NEW.tot IS DISTINCT FROM OLD.tot AND NOT (NEW.tot IS NULL AND EXISTS (
        SELECT FROM trajecten_faseverblijf v
        WHERE v.traject_id = OLD.traject_id AND v.volgnummer > OLD.volgnummer AND v.van = OLD.tot
          AND v.teruggenomen_op IS NOT NULL)) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verblijf_blijft_zoals_het_was',
            MESSAGE = 'A stay that ended goes on only when the step after it is taken back.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bewaak_verblijf BEFORE UPDATE ON trajecten_faseverblijf
    FOR EACH ROW WHEN (app_gebruiker() IS NOT NULL) EXECUTE FUNCTION bewaak_verblijf();
"""
BEWAKEN_WEG = """
DROP TRIGGER bewaak_verblijf ON trajecten_faseverblijf;
DROP FUNCTION bewaak_verblijf();
"""


def geef_recht(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    schema_editor.execute(f"GRANT UPDATE (teruggenomen_op) ON trajecten_faseverblijf TO {rol}")


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0018_perspectief_vraagt_de_kring")]

    operations = [
        migrations.AddField(
            model_name="faseverblijf",
            name="gevolgen",
            field=models.JSONField(default=dict, help_text="Numbers of what changed with this step, to take it back."),
        ),
        migrations.AddField(
            model_name="faseverblijf",
            name="teruggenomen_op",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="faseverblijf",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("teruggenomen_op", None),
                    models.Q(("tot", models.F("van")), ("volgnummer__gt", 1)),
                    _connector="OR",
                ),
                name="verblijf_terug_duurt_niets",
            ),
        ),
        migrations.RunSQL(BEWAKEN, BEWAKEN_WEG),
        migrations.RunPython(geef_recht, migrations.RunPython.noop),
    ]
