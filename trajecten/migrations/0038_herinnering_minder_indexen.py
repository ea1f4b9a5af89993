"""The index on a reminder's contact moment goes: its unique constraint begins with the same column."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0037_meer_stukken")]

    operations = [
        migrations.AlterField(
            model_name="herinnering",
            name="contactmoment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="herinneringen",
                to="trajecten.contactmoment",
            ),
        )
    ]
