from django.db import migrations


class Migration(migrations.Migration):
    """Nobody asks for the latest coverage by that name; the table stays as it is, both ways."""

    dependencies = [("kaart", "0009_contactinzage")]

    operations = [
        migrations.AlterModelOptions(
            name="dekking",
            options={"verbose_name": "dekking", "verbose_name_plural": "dekkingen"},
        ),
    ]
