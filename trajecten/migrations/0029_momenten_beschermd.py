"""Who may change a moment, for how long, and that what stood there before stays.

Only its writer changes a moment, through the seventh day after the day it was written. A trigger keeps the earlier
content among the versions: no code can forget to. Versions and supplements are only added, and what hangs on a
moment belongs to the trajectory of that moment.
"""

import importlib

from django.conf import settings
from django.db import connection, migrations

from collectief.rijbeveiliging import alleen_toevoegen, bescherm

KRING = importlib.import_module("trajecten.migrations.0016_kring_vooraf_bepalen")
LEZEN, SCHRIJVEN = KRING.LEZEN, KRING.SCHRIJVEN
IK = "(SELECT app_gebruiker())"
AMSTERDAM = "AT TIME ZONE 'Europe/Amsterdam'"
DEZE_WEEK = f"(now() {AMSTERDAM})::date <= (aangemaakt_op {AMSTERDAM})::date + 7"
WIJZIGBAAR = "soort, datum, tekst, erbij, ook_erbij, vormen, delen, samen, aangepast_op"

BELEID = f"""
DROP POLICY van_mij ON trajecten_moment;
CREATE POLICY zien ON trajecten_moment FOR SELECT USING {LEZEN};
CREATE POLICY bewaren ON trajecten_moment FOR INSERT WITH CHECK ({SCHRIJVEN} AND door_id = {IK});
CREATE POLICY aanpassen ON trajecten_moment FOR UPDATE USING ({LEZEN} AND door_id = {IK} AND {DEZE_WEEK});
"""
BELEID_WEG = f"""
DROP POLICY aanpassen ON trajecten_moment;
DROP POLICY bewaren ON trajecten_moment;
DROP POLICY zien ON trajecten_moment;
CREATE POLICY van_mij ON trajecten_moment FOR ALL USING {LEZEN} WITH CHECK {SCHRIJVEN};
"""
TRIGGER = """
CREATE FUNCTION bewaar_momentversie() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO trajecten_momentversie (moment_id, traject_id, inhoud, geschreven_op, vervangen_op)
    VALUES (OLD.id, OLD.traject_id, to_jsonb(OLD) - 'zoekvector', coalesce(OLD.aangepast_op, OLD.aangemaakt_op), now());
    RETURN NULL;
END $$;
CREATE TRIGGER bewaar_versie AFTER UPDATE ON trajecten_moment FOR EACH ROW
WHEN ((OLD.soort, OLD.datum, OLD.tekst, OLD.erbij, OLD.ook_erbij, OLD.vormen, OLD.delen, OLD.samen)
      IS DISTINCT FROM (NEW.soort, NEW.datum, NEW.tekst, NEW.erbij, NEW.ook_erbij, NEW.vormen, NEW.delen, NEW.samen))
EXECUTE FUNCTION bewaar_momentversie();
"""
TRIGGER_WEG = """
DROP TRIGGER bewaar_versie ON trajecten_moment;
DROP FUNCTION bewaar_momentversie();
"""


def van_moment(tabel: str, *, door: str = "") -> str:
    """The check on a new row that hangs on a moment: of mine, and of the same trajectory."""
    return (
        f"{SCHRIJVEN} {door} AND EXISTS (SELECT 1 FROM trajecten_moment m "  # noqa: S608 - our own words
        f"WHERE m.id = {tabel}.moment_id AND m.traject_id = {tabel}.traject_id)"
    )


def neem_rechten_af(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    schema_editor.execute(f"REVOKE UPDATE ON trajecten_moment FROM {rol}")
    schema_editor.execute(f"GRANT UPDATE ({WIJZIGBAAR}) ON trajecten_moment TO {rol}")


def geef_rechten_terug(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    schema_editor.execute(f"GRANT UPDATE ON trajecten_moment TO {rol}")


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0028_momenten_uitgebreid")]

    operations = [
        migrations.RunSQL(BELEID, BELEID_WEG),
        bescherm(
            "trajecten_momentversie",
            f"zien FOR SELECT USING {LEZEN}",
            f"bewaren FOR INSERT WITH CHECK ({van_moment('trajecten_momentversie')})",
        ),
        bescherm(
            "trajecten_aanvulling",
            f"zien FOR SELECT USING {LEZEN}",
            f"bewaren FOR INSERT WITH CHECK ({van_moment('trajecten_aanvulling', door=f'AND door_id = {IK}')})",
        ),
        bescherm(
            "trajecten_momentfoto",
            f"zien FOR SELECT USING {LEZEN}",
            f"bewaren FOR INSERT WITH CHECK ({van_moment('trajecten_momentfoto')})",
            f"weghalen FOR UPDATE USING {LEZEN}",
            "fotos_leest FOR SELECT USING ((SELECT app_taak()) = 'fotos')",
        ),
        migrations.RunSQL(TRIGGER, TRIGGER_WEG),
        alleen_toevoegen("trajecten_momentversie"),
        alleen_toevoegen("trajecten_aanvulling"),
        alleen_toevoegen("trajecten_momentfoto", behalve="weggehaald_op, weggehaald_door_id"),
        migrations.RunPython(neem_rechten_af, geef_rechten_terug),
    ]
