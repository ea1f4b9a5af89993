"""The prevention plan in versions, who agreed with which, and the signal that brings it out."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import trajecten.models.moment
import trajecten.validators
from collectief.rijbeveiliging import alleen_toevoegen, bescherm

SCHRIJVEN = "(app_gebruiker() IS NOT NULL AND van_mij(traject_id))"
LEZEN = f"(traject_id = ANY ((SELECT bekende_trajecten())::uuid[]) OR {SCHRIJVEN})"
EIGEN_NAAM = "door_id = (SELECT app_gebruiker())"


# A foreign key looks past row security: the plan has to be one of this trajectory.
VAN_DIT_TRAJECT = """plan_id IS NULL OR EXISTS (SELECT FROM trajecten_preventieplan p
    WHERE p.id = plan_id AND p.traject_id = {tabel}.traject_id)"""


def voegt_toe(tabel: str, extra: str = "true", *, terug: str = "") -> list[migrations.RunSQL]:
    """Rows are only added, by who may see the trajectory and in her own name; `terug` may be filled in later."""
    wijzigen = [f"terugnemen FOR UPDATE USING ({LEZEN}) WITH CHECK ({SCHRIJVEN})"] if terug else []
    return [
        bescherm(
            tabel,
            f"zien FOR SELECT USING ({LEZEN})",
            f"schrijven FOR INSERT WITH CHECK ({EIGEN_NAAM} AND {SCHRIJVEN} AND ({extra}))",
            *wijzigen,
        ),
        alleen_toevoegen(tabel, behalve=terug),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("trajecten", "0016_kring_vooraf_bepalen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Preventieplan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versie", models.PositiveIntegerField()),
                (
                    "signalen",
                    models.TextField(
                        blank=True, validators=[trajecten.validators.geen_bsn], verbose_name="waaraan merken we het?"
                    ),
                ),
                (
                    "wat_helpt",
                    models.TextField(
                        blank=True, validators=[trajecten.validators.geen_bsn], verbose_name="wat helpt dan?"
                    ),
                ),
                (
                    "wat_niet_helpt",
                    models.TextField(
                        blank=True, validators=[trajecten.validators.geen_bsn], verbose_name="wat helpt niet?"
                    ),
                ),
                (
                    "bellen",
                    models.JSONField(blank=True, default=list, verbose_name="wie bellen we, en in welke volgorde?"),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preventieplannen",
                        to="trajecten.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "preventieplan",
                "verbose_name_plural": "preventieplannen",
            },
        ),
        migrations.CreateModel(
            name="PlanAkkoord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "partij",
                    models.CharField(
                        choices=[("jongere", "jongere"), ("ouders", "ouders"), ("vervolgplek", "vervolgplek")],
                        max_length=12,
                        verbose_name="wie is het eens met dit plan?",
                    ),
                ),
                (
                    "naam",
                    models.CharField(max_length=120, validators=[trajecten.validators.geen_bsn], verbose_name="naam"),
                ),
                (
                    "datum",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[trajecten.models.moment.niet_in_de_toekomst],
                        verbose_name="wanneer spraken jullie dat af?",
                    ),
                ),
                ("op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True)),
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
                        related_name="planakkoorden",
                        to="trajecten.traject",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="akkoorden",
                        to="trajecten.preventieplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "akkoord met een preventieplan",
                "verbose_name_plural": "akkoorden met preventieplannen",
            },
        ),
        migrations.CreateModel(
            name="Terugvalsignaal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "woorden",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[trajecten.validators.geen_bsn],
                        verbose_name="wat zie je?",
                    ),
                ),
                ("op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("teruggenomen_op", models.DateTimeField(blank=True, null=True)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trajecten.preventieplan",
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terugvalsignalen",
                        to="trajecten.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "terugvalsignaal",
                "verbose_name_plural": "terugvalsignalen",
            },
        ),
        migrations.AddConstraint(
            model_name="preventieplan",
            constraint=models.UniqueConstraint(fields=("traject", "versie"), name="preventieplan_versie"),
        ),
        migrations.AddIndex(
            model_name="planakkoord",
            index=models.Index(fields=["traject", "plan"], name="akkoord_per_plan"),
        ),
        migrations.AddIndex(
            model_name="terugvalsignaal",
            index=models.Index(fields=["traject", "-op"], name="signaal_per_traject"),
        ),
        *voegt_toe("trajecten_preventieplan"),
        *voegt_toe(
            "trajecten_planakkoord",
            VAN_DIT_TRAJECT.format(tabel="trajecten_planakkoord"),
            terug="ingetrokken_op",
        ),
        *voegt_toe(
            "trajecten_terugvalsignaal",
            VAN_DIT_TRAJECT.format(tabel="trajecten_terugvalsignaal"),
            terug="teruggenomen_op",
        ),
    ]
