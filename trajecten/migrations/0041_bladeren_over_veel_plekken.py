"""An index in the order of the list: who coordinates very many initiatives finds her page without sorting everything."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0040_bewijs_gaat_mee")]

    operations = [
        migrations.AddIndex(
            model_name="traject",
            index=models.Index(fields=["-begonnen_op", "id"], name="traject_nieuwste_overal"),
        ),
    ]
