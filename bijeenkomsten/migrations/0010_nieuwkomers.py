"""When the whole group of a meeting was invited: who joins that group later is invited too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bijeenkomsten", "0009_vraag_blijft_staan")]

    operations = [
        migrations.AddField(
            model_name="bijeenkomst",
            name="groep_uitgenodigd_op",
            field=models.DateTimeField(editable=False, null=True, verbose_name="hele groep uitgenodigd op"),
        ),
    ]
