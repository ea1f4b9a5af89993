"""Agreements take their form along into the list of forms, and know the day from which their years count."""

from django.db import migrations

# The owner only gets past row security while clearing away (see collectief/rijbeveiliging.py), or moving house.
HEEN = """
SELECT set_config('app.opruimen', 'ja', true);
UPDATE trajecten_nazorgafspraak a
SET vormen = ARRAY[a.vorm],
    jaardag = (SELECT max(c.gepland_op) FROM trajecten_contactmoment c WHERE c.afspraak_id = a.id);
UPDATE trajecten_contactmoment c SET met_gezin = true
FROM trajecten_nazorgafspraak a WHERE a.id = c.afspraak_id AND a.vorm = 'gezin';
SELECT set_config('app.opruimen', '', true);
"""
TERUG = """
SELECT set_config('app.opruimen', 'ja', true);
UPDATE trajecten_nazorgafspraak SET vorm = coalesce(vormen[1], 'tools');
SELECT set_config('app.opruimen', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0024_nazorg_op_maat")]

    operations = [migrations.RunSQL(HEEN, TERUG)]
