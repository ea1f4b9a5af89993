"""The days on which a young person turns 12, 16 and 18, derived from the encrypted birth date."""

import django.db.models.deletion
from django.conf import settings
from django.db import connection, migrations, models

from collectief.rijbeveiliging import bescherm

MIJN = "jongere_id IN (SELECT mijn_jongeren())"


def neem_rechten_af(apps, schema_editor):
    rol = connection.ops.quote_name(settings.APP_ROL)
    schema_editor.execute(f"REVOKE DELETE ON trajecten_leeftijdsgrenzen FROM {rol}")


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0005_jongere_blijft_in_haar_kring")]

    operations = [
        migrations.CreateModel(
            name="Leeftijdsgrenzen",
            fields=[
                (
                    "jongere",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="leeftijdsgrenzen",
                        serialize=False,
                        to="trajecten.jongere",
                    ),
                ),
                ("twaalf_op", models.DateField(null=True)),
                ("zestien_op", models.DateField(null=True)),
                ("achttien_op", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "leeftijdsgrenzen van een jongere",
                "verbose_name_plural": "leeftijdsgrenzen van jongeren",
            },
        ),
        bescherm("trajecten_leeftijdsgrenzen", f"van_mij FOR ALL USING ({MIJN}) WITH CHECK ({MIJN})"),
        migrations.RunPython(neem_rechten_af, migrations.RunPython.noop),
    ]
