"""Aftercare to measure: several forms, a rhythm of one's own, room around a day, nudges, and a private calendar."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import collectief.versleuteling
import trajecten.models.moment
import trajecten.models.seintje
from collectief.rijbeveiliging import alleen_toevoegen, bescherm

MIJN = "traject_id IN (SELECT mijn_trajecten())"
IK = "gebruiker_id = (SELECT app_gebruiker()) AND EXISTS (SELECT mijn_initiatieven())"  # as long as she works here
SEINTJE = "(SELECT app_taak()) = 'seintje'"

# Who nudges needs to know when there is contact, and that the trajectory runs; no name and no story.
PLANNING_LEZEN = f"""
CREATE POLICY seintje_leest ON trajecten_contactmoment FOR SELECT USING ({SEINTJE});
CREATE POLICY seintje_leest ON trajecten_traject FOR SELECT USING ({SEINTJE});
"""
PLANNING_LEZEN_WEG = """
DROP POLICY seintje_leest ON trajecten_traject;
DROP POLICY seintje_leest ON trajecten_contactmoment;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("gebruikers", "0001_initial"),
        ("trajecten", "0023_verhaal_in_woorden"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agendalink",
            fields=[
                (
                    "gebruiker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sleutel",
                    models.CharField(default=trajecten.models.seintje.nieuwe_sleutel, max_length=43, unique=True),
                ),
                ("vernieuwd_op", models.DateTimeField(default=django.utils.timezone.now)),
                ("gestopt_op", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "agenda-adres",
                "verbose_name_plural": "agenda-adressen",
            },
        ),
        migrations.CreateModel(
            name="Seintje",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "voor",
                    models.CharField(
                        choices=[("jongere", "de jongere"), ("ouder", "een ouder")],
                        max_length=7,
                        verbose_name="voor wie is het?",
                    ),
                ),
                ("adres", collectief.versleuteling.VersleuteldVeld(null=True, verbose_name="mailadres")),
                (
                    "sleutel",
                    models.CharField(
                        default=trajecten.models.seintje.nieuwe_sleutel, editable=False, max_length=43, unique=True
                    ),
                ),
                (
                    "gevraagd_op",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[trajecten.models.moment.niet_in_de_toekomst],
                        verbose_name="gevraagd op",
                    ),
                ),
                ("gestopt_op", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "seintje",
                "verbose_name_plural": "seintjes",
            },
        ),
        migrations.AlterField(
            model_name="nazorgafspraak",
            name="vorm",
            field=models.CharField(default="tools", max_length=12),
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="afgerond_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="als_moment_op",
            field=models.DateTimeField(blank=True, help_text="When the note was kept as a moment too.", null=True),
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="met_gezin",
            field=models.BooleanField(db_default=False, default=False, help_text="The parents take part."),
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="ruimte",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="Days.", verbose_name="hoeveel ruimte zit erom?"
            ),
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="vorm",
            field=models.CharField(
                blank=True,
                choices=[("kaartje", "een kaartje"), ("berichtje", "een berichtje"), ("thee", "samen thee drinken")],
                db_default="",
                default="",
                max_length=10,
                verbose_name="op een andere manier",
            ),
        ),
        migrations.AddField(
            model_name="nazorgafspraak",
            name="herhaling",
            field=models.CharField(
                choices=[("jaar", "elk jaar één keer"), ("weken", "om de zoveel weken"), ("niet", "niet meer vanzelf")],
                db_default="jaar",
                default="jaar",
                max_length=5,
                verbose_name="en daarna?",
            ),
        ),
        migrations.AddField(
            model_name="nazorgafspraak",
            name="herhaling_weken",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="om de hoeveel weken?"),
        ),
        migrations.AddField(
            model_name="nazorgafspraak",
            name="jaardag",
            field=models.DateField(
                blank=True, help_text="The last day that was agreed; years count from it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="nazorgafspraak",
            name="vormen",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("meegaan", "meegaan naar de volgende plek"),
                        ("evaluatie", "samen terugkijken na een periode"),
                        ("begeleiding", "begeleiding die doorloopt"),
                        ("vervolgplek", "verbinding met de vervolgplek"),
                        ("gezin", "verbinding met gezin en jongere"),
                        ("tools", "tools meegeven"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                verbose_name="hoe houden jullie contact?",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmoment",
            constraint=models.CheckConstraint(condition=models.Q(("ruimte__lte", 28)), name="contactmoment_ruimte"),
        ),
        migrations.AddConstraint(
            model_name="contactmoment",
            constraint=models.CheckConstraint(
                condition=models.Q(("vorm__in", ["", "kaartje", "berichtje", "thee"])),
                name="contactmoment_bekende_vorm",
            ),
        ),
        migrations.AddConstraint(
            model_name="nazorgafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vormen__contained_by", ["meegaan", "evaluatie", "begeleiding", "vervolgplek", "gezin", "tools"])
                ),
                name="nazorgafspraak_bekende_vormen",
            ),
        ),
        migrations.AddConstraint(
            model_name="nazorgafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("herhaling", "weken"), ("herhaling_weken__range", (1, 208))),
                    models.Q(("herhaling__in", ["jaar", "niet"]), ("herhaling_weken", None)),
                    _connector="OR",
                ),
                name="nazorgafspraak_herhaling",
                violation_error_message="Kies een aantal weken van 1 tot en met 208.",
            ),
        ),
        migrations.AddField(
            model_name="seintje",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seintje",
            name="traject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seintjes", to="trajecten.traject"
            ),
        ),
        migrations.AddIndex(
            model_name="seintje",
            index=models.Index(condition=models.Q(("gestopt_op", None)), fields=["traject"], name="seintje_nu"),
        ),
        migrations.AddConstraint(
            model_name="seintje",
            constraint=models.CheckConstraint(
                condition=models.Q(("gestopt_op", None), ("adres__isnull", True), _connector="XOR"),
                name="seintje_stop_wist_adres",
            ),
        ),
        migrations.AddConstraint(
            model_name="seintje",
            constraint=models.CheckConstraint(
                condition=models.Q(("voor__in", ["jongere", "ouder"])), name="seintje_bekende_voor"
            ),
        ),
        bescherm(
            "trajecten_agendalink",
            f"van_mij FOR ALL USING ({IK}) WITH CHECK ({IK})",
            "agenda_leest FOR SELECT USING ((SELECT app_taak()) = 'agenda')",
        ),
        alleen_toevoegen("trajecten_agendalink", behalve="sleutel, vernieuwd_op, gestopt_op"),
        bescherm(
            "trajecten_seintje",
            f"zien FOR SELECT USING ({MIJN})",
            f"schrijven FOR INSERT WITH CHECK (door_id = (SELECT app_gebruiker()) AND {MIJN})",
            f"stoppen FOR UPDATE USING ({MIJN}) WITH CHECK ({MIJN})",
            f"seintje_leest FOR SELECT USING ({SEINTJE})",
            f"seintje_stopt FOR UPDATE USING ({SEINTJE}) WITH CHECK ({SEINTJE})",
        ),
        alleen_toevoegen("trajecten_seintje", behalve="adres, gestopt_op"),
        migrations.RunSQL(PLANNING_LEZEN, PLANNING_LEZEN_WEG),
    ]
