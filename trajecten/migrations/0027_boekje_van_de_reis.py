"""Booklets of the journey, word for word as they were chosen, and looking back once a year."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import trajecten.validators
from collectief.rijbeveiliging import alleen_toevoegen, bescherm

SCHRIJVEN = "(app_gebruiker() IS NOT NULL AND van_mij(traject_id))"
LEZEN = f"(traject_id = ANY ((SELECT bekende_trajecten())::uuid[]) OR {SCHRIJVEN})"
EIGEN_NAAM = "door_id = (SELECT app_gebruiker())"
# A foreign key looks past row security: the booklet has to be one of this trajectory.
VAN_DIT_TRAJECT = """EXISTS (SELECT FROM trajecten_reisboekje b
    WHERE b.id = boekje_id AND b.traject_id = trajecten_reisblad.traject_id)"""


def voegt_toe(tabel: str, extra: str = "true") -> list[migrations.RunSQL]:
    """Rows are only added, by who may see the trajectory and in her own name."""
    return [
        bescherm(
            tabel,
            f"zien FOR SELECT USING ({LEZEN})",
            f"schrijven FOR INSERT WITH CHECK ({EIGEN_NAAM} AND {SCHRIJVEN} AND {extra})",
        ),
        alleen_toevoegen(tabel),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("trajecten", "0026_een_vorm_weg"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reisboekje",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nummer", models.PositiveIntegerField()),
                (
                    "titel",
                    models.CharField(max_length=80, validators=[trajecten.validators.geen_bsn], verbose_name="titel"),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="boekjes", to="trajecten.traject"
                    ),
                ),
            ],
            options={
                "verbose_name": "boekje van een reis",
                "verbose_name_plural": "boekjes van een reis",
            },
        ),
        migrations.CreateModel(
            name="Reisblad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("volgorde", models.PositiveIntegerField()),
                ("sleutel", models.CharField(help_text="Where it came from, as `moment:12`.", max_length=60)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("woorden", "eigen woorden"),
                            ("moment", "moment"),
                            ("stap", "kleine stap"),
                            ("weg", "de weg tot nu"),
                            ("weer", "hoe het ging"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kop", models.CharField(max_length=200)),
                ("tekst", models.TextField(blank=True)),
                ("datum", models.DateField(null=True)),
                ("gegevens", models.JSONField(blank=True, default=list)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reisbladen", to="trajecten.traject"
                    ),
                ),
                (
                    "boekje",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bladen", to="trajecten.reisboekje"
                    ),
                ),
            ],
            options={
                "verbose_name": "stukje van een boekje",
                "verbose_name_plural": "stukjes van een boekje",
                "ordering": ["volgorde"],
            },
        ),
        migrations.CreateModel(
            name="Terugblik",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hoe",
                    models.CharField(choices=[("samen", "samen teruggekeken"), ("nu_niet", "nu niet")], max_length=10),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="terugblikken", to="trajecten.traject"
                    ),
                ),
            ],
            options={
                "verbose_name": "terugblik",
                "verbose_name_plural": "terugblikken",
            },
        ),
        migrations.AddConstraint(
            model_name="reisboekje",
            constraint=models.UniqueConstraint(fields=("traject", "nummer"), name="boekje_nummer"),
        ),
        migrations.AddConstraint(
            model_name="reisblad",
            constraint=models.UniqueConstraint(fields=("boekje", "volgorde"), name="reisblad_volgorde"),
        ),
        migrations.AddIndex(
            model_name="terugblik",
            index=models.Index(fields=["traject", "-op"], name="terugblik_per_traject"),
        ),
        *voegt_toe("trajecten_reisboekje"),
        *voegt_toe("trajecten_reisblad", VAN_DIT_TRAJECT),
        *voegt_toe("trajecten_terugblik"),
    ]
