from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0003_minder_indexen")]

    operations = [
        migrations.AddField(
            model_name="bericht",
            name="agenda",
            field=models.JSONField(null=True, blank=True, help_text="What a calendar part says; erased once sent."),
        ),
        migrations.AddField(
            model_name="bericht",
            name="antwoord_aan",
            field=models.CharField(
                max_length=254, blank=True, db_default="", help_text="Where an answer to this mail goes."
            ),
        ),
    ]
