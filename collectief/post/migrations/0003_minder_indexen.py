"""Two indexes on the kind of mail go: nothing searches by it alone, and every change of state wrote them too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0002_bundels_en_afmelden")]

    operations = [
        migrations.AlterField(
            model_name="bericht",
            name="soort",
            field=models.SlugField(db_index=False, help_text="Name of the template in templates/post/.", max_length=60),
        )
    ]
