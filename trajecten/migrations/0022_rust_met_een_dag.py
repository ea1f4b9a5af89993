"""Why a trajectory rests, and until when that was agreed."""

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
    dependencies = [("trajecten", "0021_vertrek_beveiligd")]

    operations = [
        migrations.CreateModel(
            name="Rustperiode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reden",
                    models.CharField(
                        choices=[
                            ("wens", "de jongere wil even niets"),
                            ("afgesproken", "de tijd die we afspraken is om"),
                        ],
                        default="wens",
                        max_length=12,
                        verbose_name="waarom nu rust?",
                    ),
                ),
                ("van", models.DateField(default=django.utils.timezone.localdate)),
                ("tot", models.DateField(blank=True, null=True, verbose_name="tot wanneer?")),
                (
                    "woorden",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[trajecten.validators.geen_bsn],
                        verbose_name="in de woorden van de jongere",
                    ),
                ),
                ("beeindigd_op", models.DateTimeField(editable=False, null=True)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rustperioden",
                        to="trajecten.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "rustperiode",
                "verbose_name_plural": "rustperioden",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("beeindigd_op", None)), fields=("traject",), name="rust_een_tegelijk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tot", None), ("tot__gte", models.F("van")), _connector="OR"),
                        name="rust_eindigt_na_begin",
                    ),
                ],
            },
        ),
        bescherm(
            "trajecten_rustperiode",
            f"zien FOR SELECT USING ({KRING.LEZEN})",
            f"schrijven FOR INSERT WITH CHECK ({EIGEN})",
            f"beeindigen FOR UPDATE USING ({KRING.LEZEN}) WITH CHECK ({KRING.SCHRIJVEN})",
        ),
        alleen_toevoegen("trajecten_rustperiode", behalve="beeindigd_op"),
        migrations.AddField(
            model_name="nazorgafspraak",
            name="afgesproken_tot",
            field=models.DateField(blank=True, null=True, verbose_name="tot wanneer spreken jullie dit af?"),
        ),
    ]
