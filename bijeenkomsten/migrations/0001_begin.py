import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import bijeenkomsten.models.uitnodiging


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("collectief", "0001_rechten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bijeenkomst",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("landelijk", "Landelijke bijeenkomst"),
                            ("fysiek", "Fysieke bijeenkomst"),
                            ("online", "Online bijeenkomst"),
                            ("regio", "Regiobijeenkomst"),
                            ("thema", "Themabijeenkomst"),
                            ("op_bezoek", "Op bezoek"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("titel", models.CharField(blank=True, max_length=120, verbose_name="titel")),
                ("omschrijving", models.TextField(blank=True, max_length=4000, verbose_name="omschrijving")),
                ("begint_op", models.DateTimeField(verbose_name="begin")),
                ("eindigt_op", models.DateTimeField(verbose_name="eind")),
                ("plaats", models.CharField(blank=True, max_length=200, verbose_name="plaats")),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="link",
                    ),
                ),
                (
                    "capaciteit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1, "Er moet minstens één persoon kunnen komen.")
                        ],
                        verbose_name="hoeveel mensen kunnen er komen?",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("concept", "concept"), ("gepubliceerd", "gepubliceerd"), ("afgelast", "afgelast")],
                        default="concept",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("afgelast_omdat", models.CharField(blank=True, max_length=200, verbose_name="waarom afgelast")),
                ("is_openbaar", models.BooleanField(default=True, verbose_name="op de openbare pagina")),
                ("is_demo", models.BooleanField(default=False, editable=False, verbose_name="voorbeeld")),
                (
                    "bron",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Key of an imported row.",
                        max_length=60,
                        verbose_name="bron",
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, help_text="UID in calendars; never changes.", unique=True
                    ),
                ),
                (
                    "volgnummer_agenda",
                    models.PositiveIntegerField(default=0, editable=False, help_text="SEQUENCE in calendars."),
                ),
                ("aangemaakt_op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("gewijzigd_op", models.DateTimeField(auto_now=True)),
                (
                    "trekkers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="trekt_bijeenkomsten",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="trekkers",
                    ),
                ),
            ],
            options={
                "verbose_name": "bijeenkomst",
                "verbose_name_plural": "bijeenkomsten",
            },
        ),
        migrations.CreateModel(
            name="Uitnodiging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "naam",
                    models.CharField(
                        blank=True, help_text="Van iemand zonder account.", max_length=120, verbose_name="naam"
                    ),
                ),
                (
                    "adres",
                    models.EmailField(
                        blank=True, help_text="Van iemand zonder account.", max_length=254, verbose_name="e-mailadres"
                    ),
                ),
                (
                    "antwoord",
                    models.CharField(
                        choices=[
                            ("ja", "komt"),
                            ("misschien", "komt misschien"),
                            ("nee", "komt niet"),
                            ("open", "nog geen antwoord"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="antwoord",
                    ),
                ),
                ("beantwoord_op", models.DateTimeField(blank=True, null=True)),
                (
                    "token",
                    models.CharField(
                        default=bijeenkomsten.models.uitnodiging.nieuw_token, editable=False, max_length=64, unique=True
                    ),
                ),
                ("aangemaakt_op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "bijeenkomst",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uitnodigingen",
                        to="bijeenkomsten.bijeenkomst",
                    ),
                ),
                (
                    "gebruiker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uitnodigingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
            },
        ),
        migrations.AddIndex(
            model_name="bijeenkomst",
            index=models.Index(fields=["begint_op", "id"], name="bijeenkomst_op_tijd"),
        ),
        migrations.AddConstraint(
            model_name="bijeenkomst",
            constraint=models.CheckConstraint(
                condition=models.Q(("soort__in", ["landelijk", "fysiek", "online", "regio", "thema", "op_bezoek"])),
                name="bijeenkomst_soort",
                violation_error_message="Kies een soort bijeenkomst uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijeenkomst",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["concept", "gepubliceerd", "afgelast"])), name="bijeenkomst_status"
            ),
        ),
        migrations.AddConstraint(
            model_name="bijeenkomst",
            constraint=models.CheckConstraint(
                condition=models.Q(("eindigt_op__gt", models.F("begint_op"))),
                name="bijeenkomst_eindigt_na_begin",
                violation_error_message="Een bijeenkomst eindigt na het begin.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijeenkomst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "eindigt_op__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("begint_op"), "+", models.Value(datetime.timedelta(days=1))
                        ),
                    )
                ),
                name="bijeenkomst_hooguit_een_dag",
                violation_error_message="Een bijeenkomst duurt hooguit 24 uur.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijeenkomst",
            constraint=models.CheckConstraint(
                condition=models.Q(("capaciteit", None), ("capaciteit__gte", 1), _connector="OR"),
                name="bijeenkomst_minstens_een_stoel",
                violation_error_message="Er moet minstens één persoon kunnen komen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijeenkomst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bron", ""), ("link", ""), ("soort", "online"), ("status", "gepubliceerd"), _negated=True
                ),
                name="bijeenkomst_online_heeft_link",
                violation_error_message="Zet de link erbij. Een online bijeenkomst kan niet zonder.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bijeenkomst",
            constraint=models.UniqueConstraint(
                condition=models.Q(("bron", ""), _negated=True),
                fields=("bron",),
                name="bijeenkomst_een_keer_per_bron",
                violation_error_message="Deze regel van de planning is al ingelezen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adres", ""), ("gebruiker__isnull", False), ("naam", "")),
                    models.Q(
                        ("gebruiker", None),
                        models.Q(("adres", ""), _negated=True),
                        models.Q(("naam", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="uitnodiging_voor_een_persoon",
                violation_error_message="Nodig iemand met een account uit, of vul een naam en een e-mailadres in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(("adres", django.db.models.functions.text.Lower("adres"))),
                name="uitnodiging_adres_klein",
                violation_error_message="Schrijf het e-mailadres met kleine letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(("antwoord__in", ["ja", "misschien", "nee", "open"])), name="uitnodiging_antwoord"
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("antwoord", "open"), ("beantwoord_op", None)),
                    models.Q(models.Q(("antwoord", "open"), _negated=True), ("beantwoord_op__isnull", False)),
                    _connector="OR",
                ),
                name="uitnodiging_antwoord_heeft_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gebruiker__isnull", False)),
                fields=("bijeenkomst", "gebruiker"),
                name="uitnodiging_een_keer_per_gebruiker",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("adres", ""), _negated=True),
                fields=("bijeenkomst", "adres"),
                name="uitnodiging_een_keer_per_adres",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
        ),
    ]
