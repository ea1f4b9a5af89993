"""Who nudges holds contact in place while reading it, and still cannot change it; in a pause it keeps quiet."""

from django.db import migrations

HEEN = """
CREATE POLICY seintje_vergrendelt ON trajecten_contactmoment FOR UPDATE
    USING ((SELECT app_taak()) = 'seintje') WITH CHECK (false);
CREATE POLICY seintje_leest ON trajecten_nazorgpauze FOR SELECT USING ((SELECT app_taak()) = 'seintje');
"""
TERUG = """
DROP POLICY seintje_leest ON trajecten_nazorgpauze;
DROP POLICY seintje_vergrendelt ON trajecten_contactmoment;
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0035_ladder_en_pauze_beveiligd")]

    operations = [migrations.RunSQL(HEEN, TERUG)]
