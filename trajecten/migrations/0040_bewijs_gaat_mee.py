"""The proofs of removal of an initiative go when it leaves the bin for good: they are kept while it takes part."""

import django.db.models.deletion
from django.db import migrations, models

FK = """
ALTER TABLE trajecten_verwijderbewijs DROP CONSTRAINT trajecten_verwijderb_initiatief_id_f3703103_fk_initiatie;
ALTER TABLE trajecten_verwijderbewijs ADD CONSTRAINT trajecten_verwijderb_initiatief_id_f3703103_fk_initiatie
    FOREIGN KEY (initiatief_id) REFERENCES initiatieven_initiatief (id) {daarna} DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatieven", "0015_vinden_langs_de_index"),
        ("trajecten", "0039_stoppen_met_een_plek"),
    ]

    operations = [
        migrations.AlterField(
            model_name="verwijderbewijs",
            name="initiatief",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="initiatieven.initiatief"
            ),
        ),
        migrations.RunSQL(FK.format(daarna="ON DELETE CASCADE"), FK.format(daarna="")),
    ]
