"""A mail knows the id that its request goes by in the log. Nothing has to be filled in: older mail is on its way."""

from django.db import migrations, models

from collectief import trace


class Migration(migrations.Migration):
    dependencies = [("post", "0006_delen_per_opdracht")]

    operations = [
        migrations.AddField(
            model_name="bericht",
            name="trace",
            field=models.CharField(
                max_length=trace.LENGTE,
                blank=True,
                default=trace.huidige,
                db_default="",
                help_text="In the log: what asked for it.",
            ),
        ),
    ]
