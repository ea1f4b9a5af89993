"""How it goes, told by young person, parents and counsellor. Answers are only added, and only in one's own name."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import trajecten.models.moment
import trajecten.validators
from collectief.rijbeveiliging import alleen_toevoegen, bescherm

MIJN = "traject_id IN (SELECT mijn_trajecten())"
# A foreign key looks past row security: the parent has to be one of this trajectory.
OUDER = """ouder_id IS NULL OR EXISTS (SELECT FROM trajecten_betrokkene b
    WHERE b.id = ouder_id AND b.traject_id = trajecten_beleving.traject_id)"""


class Migration(migrations.Migration):
    dependencies = [
        ("trajecten", "0009_inzagelog_per_maand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Beleving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "behoefte",
                    models.CharField(
                        choices=[
                            ("relatie", "de mensen om je heen"),
                            ("autonomie", "zelf kiezen"),
                            ("competentie", "wat je kunt en leert"),
                            ("welbevinden", "hoe je je voelt"),
                        ],
                        max_length=12,
                        verbose_name="waarover",
                    ),
                ),
                (
                    "stem",
                    models.CharField(
                        choices=[("jongere", "jongere"), ("ouder", "ouder"), ("begeleider", "begeleider")],
                        max_length=10,
                        verbose_name="wie antwoordt?",
                    ),
                ),
                (
                    "weer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("onweer", "onweer"),
                            ("regen", "regen"),
                            ("wolken", "wolken"),
                            ("opklaring", "zon en wolken"),
                            ("zon", "zon"),
                        ],
                        max_length=10,
                        verbose_name="hoe is dit nu voor jou?",
                    ),
                ),
                (
                    "woorden",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[trajecten.validators.geen_bsn],
                        verbose_name="in eigen woorden",
                    ),
                ),
                (
                    "datum",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[trajecten.models.moment.niet_in_de_toekomst],
                        verbose_name="wanneer",
                    ),
                ),
                ("aangemaakt_op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ouder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trajecten.betrokkene",
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="belevingen", to="trajecten.traject"
                    ),
                ),
            ],
            options={
                "verbose_name": "antwoord op hoe het gaat",
                "verbose_name_plural": "antwoorden op hoe het gaat",
                "indexes": [models.Index(fields=["traject", "-datum", "-id"], name="beleving_per_traject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("weer", ""), _negated=True),
                            models.Q(("woorden", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="beleving_zegt_iets",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ouder", None), ("stem", "ouder"), _connector="OR"),
                        name="beleving_ouder_is_ouder",
                    ),
                ],
            },
        ),
        bescherm(
            "trajecten_beleving",
            f"zien FOR SELECT USING ({MIJN})",
            f"schrijven FOR INSERT WITH CHECK (door_id = (SELECT app_gebruiker()) AND {MIJN} AND ({OUDER}))",
        ),
        alleen_toevoegen("trajecten_beleving"),
    ]
