"""A place that left the bin for good leaves the questions of families, and these stay.

The database does it, whoever deletes: row security hides the question from everybody but the family and the places.
"""

import django.db.models.deletion
from django.db import migrations, models

FK = """
ALTER TABLE kaart_contactplek DROP CONSTRAINT kaart_contactplek_initiatief_id_93d8a97c_fk_initiatie;
ALTER TABLE kaart_contactplek ADD CONSTRAINT kaart_contactplek_initiatief_id_93d8a97c_fk_initiatie FOREIGN KEY (initiatief_id)
    REFERENCES initiatieven_initiatief (id) {daarna} DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatieven", "0015_vinden_langs_de_index"),
        ("kaart", "0006_contactcijfers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contactplek",
            name="initiatief",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="contactplekken",
                to="initiatieven.initiatief",
            ),
        ),
        migrations.RunSQL(FK.format(daarna="ON DELETE SET NULL"), FK.format(daarna="")),
    ]
