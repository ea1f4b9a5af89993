"""Whoever applies can say that there is no place to go to, or that young people come from everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatieven", "0019_landelijk")]

    operations = [
        migrations.AddField(
            model_name="aanmelding",
            name="is_landelijk",
            field=models.BooleanField(db_default=False, default=False, verbose_name="voor jongeren uit heel Nederland"),
        ),
        migrations.AddField(
            model_name="aanmelding",
            name="is_online",
            field=models.BooleanField(db_default=False, default=False, verbose_name="online, zonder vaste plek"),
        ),
    ]
