"""Interests, small steps and places to go on to; what stood there before can be read, and is never changed."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import connection, migrations, models

import trajecten.validators
from collectief.rijbeveiliging import alleen_toevoegen, bescherm

ROL = connection.ops.quote_name(settings.APP_ROL)
MIJN = "traject_id IN (SELECT mijn_trajecten())"
EIGEN_NAAM = "door_id = (SELECT app_gebruiker())"


def voegt_toe(tabel: str) -> list[migrations.RunSQL]:
    """Rows are only added, by who may see the trajectory and in her own name."""
    return [
        bescherm(
            tabel,
            f"zien FOR SELECT USING ({MIJN})",
            f"schrijven FOR INSERT WITH CHECK ({EIGEN_NAAM} AND {MIJN})",
        ),
        alleen_toevoegen(tabel),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("trajecten", "0012_altijd_iemand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="traject",
            name="interesses",
            field=models.TextField(
                blank=True, max_length=2000, validators=[trajecten.validators.geen_bsn], verbose_name="interesses"
            ),
        ),
        migrations.CreateModel(
            name="EerdereWens",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "onderdeel",
                    models.CharField(
                        choices=[
                            ("wensdroom", "wensdroom"),
                            ("wat_waardevol_is", "wat waardevol is"),
                            ("interesses", "interesses"),
                        ],
                        max_length=20,
                    ),
                ),
                ("tekst", models.TextField()),
                ("tot_op", models.DateTimeField(default=django.utils.timezone.now)),
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
                        related_name="eerdere_wensen",
                        to="trajecten.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "eerdere wens",
                "verbose_name_plural": "eerdere wensen",
                "indexes": [models.Index(fields=["traject", "-id"], name="eerdere_wens_per_traject")],
            },
        ),
        migrations.CreateModel(
            name="KleineStap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sleutel", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "wat",
                    models.CharField(
                        max_length=200, validators=[trajecten.validators.geen_bsn], verbose_name="wat is de stap?"
                    ),
                ),
                (
                    "wie",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[trajecten.validators.geen_bsn],
                        verbose_name="wie doet het?",
                    ),
                ),
                ("wanneer", models.DateField(blank=True, null=True, verbose_name="wanneer?")),
                (
                    "toestand",
                    models.CharField(
                        choices=[("open", "staat open"), ("gedaan", "gedaan"), ("losgelaten", "losgelaten")],
                        default="open",
                        max_length=12,
                    ),
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
                        related_name="kleine_stappen",
                        to="trajecten.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "kleine stap",
                "verbose_name_plural": "kleine stappen",
                "indexes": [models.Index(fields=["traject", "sleutel", "-id"], name="stap_per_traject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("toestand__in", ["open", "gedaan", "losgelaten"])),
                        name="stap_bekende_toestand",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MogelijkePlek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sleutel", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "naam",
                    models.CharField(
                        max_length=120, validators=[trajecten.validators.geen_bsn], verbose_name="welke plek?"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("school", "school of opleiding"),
                            ("werk", "werk of stage"),
                            ("initiatief", "een ander initiatief"),
                            ("vrije_tijd", "vereniging of vrije tijd"),
                            ("wonen", "wonen"),
                            ("anders", "iets anders"),
                        ],
                        max_length=12,
                        verbose_name="wat voor plek?",
                    ),
                ),
                (
                    "notitie",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[trajecten.validators.geen_bsn],
                        verbose_name="wat weten jullie ervan?",
                    ),
                ),
                (
                    "toestand",
                    models.CharField(
                        choices=[("open", "misschien"), ("losgelaten", "losgelaten")], default="open", max_length=12
                    ),
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
                        related_name="mogelijke_plekken",
                        to="trajecten.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "mogelijke vervolgplek",
                "verbose_name_plural": "mogelijke vervolgplekken",
                "indexes": [models.Index(fields=["traject", "sleutel", "-id"], name="plek_per_traject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("toestand__in", ["open", "losgelaten"])), name="plek_bekende_toestand"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            f"GRANT UPDATE (interesses) ON trajecten_traject TO {ROL}",
            f"REVOKE UPDATE (interesses) ON trajecten_traject FROM {ROL}",
        ),
        *voegt_toe("trajecten_eerderewens"),
        *voegt_toe("trajecten_kleinestap"),
        *voegt_toe("trajecten_mogelijkeplek"),
    ]
