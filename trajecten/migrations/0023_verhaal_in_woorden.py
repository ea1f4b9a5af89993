"""The intake in words, with everything that stood there before."""

import importlib

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import trajecten.validators
from collectief.rijbeveiliging import alleen_toevoegen, bescherm

KRING = importlib.import_module("trajecten.migrations.0016_kring_vooraf_bepalen")
EIGEN = f"{KRING.SCHRIJVEN} AND door_id = (SELECT app_gebruiker())"


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0022_rust_met_een_dag")]

    operations = [
        migrations.CreateModel(
            name="Verhaal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vraag",
                    models.CharField(
                        choices=[
                            ("wie", "Wie is deze jongere?"),
                            ("lichtjes", "Waar gaan de lichtjes van aan?"),
                            ("nodig", "Wat heeft deze jongere nodig?"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "tekst",
                    models.TextField(blank=True, max_length=10_000, validators=[trajecten.validators.geen_bsn]),
                ),
                ("op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verhalen", to="trajecten.traject"
                    ),
                ),
            ],
            options={
                "verbose_name": "verhaal van een jongere",
                "verbose_name_plural": "verhalen van jongeren",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["traject", "vraag", "-id"], name="verhaal_per_vraag")],
            },
        ),
        bescherm(
            "trajecten_verhaal",
            f"zien FOR SELECT USING ({KRING.LEZEN})",
            f"schrijven FOR INSERT WITH CHECK ({EIGEN})",
        ),
        alleen_toevoegen("trajecten_verhaal"),
    ]
