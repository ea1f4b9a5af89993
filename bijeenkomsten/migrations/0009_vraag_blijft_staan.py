"""What an initiative asked stays when it left the bin for good; that it supported a question of others goes."""

import django.db.models.deletion
from django.db import migrations, models

FK = """
ALTER TABLE bijeenkomsten_vraagsteun DROP CONSTRAINT bijeenkomsten_vraags_initiatief_id_5983908d_fk_initiatie;
ALTER TABLE bijeenkomsten_vraagsteun ADD CONSTRAINT bijeenkomsten_vraags_initiatief_id_5983908d_fk_initiatie FOREIGN KEY (initiatief_id)
    REFERENCES initiatieven_initiatief (id) {daarna} DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bijeenkomsten", "0008_verslag"),
        ("initiatieven", "0015_vinden_langs_de_index"),
    ]

    operations = [
        migrations.AlterField(
            model_name="vraag",
            name="initiatief",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="vragen",
                to="initiatieven.initiatief",
                verbose_name="initiatief",
            ),
        ),
        migrations.RunSQL(FK.format(daarna="ON DELETE CASCADE"), FK.format(daarna="")),
    ]
