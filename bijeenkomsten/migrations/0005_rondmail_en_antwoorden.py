import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import bijeenkomsten.models.agendasleutel


class Migration(migrations.Migration):
    dependencies = [
        ("bijeenkomsten", "0004_schoolvakanties_invullen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agendasleutel",
            fields=[
                (
                    "gebruiker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sleutel",
                    models.CharField(
                        default=bijeenkomsten.models.agendasleutel.nieuwe_sleutel, max_length=43, unique=True
                    ),
                ),
                ("vernieuwd_op", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "sleutel van een agenda",
                "verbose_name_plural": "sleutels van agenda's",
            },
        ),
        migrations.CreateModel(
            name="Antwoordmail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kenmerk",
                    models.CharField(help_text="SHA-256 of the mail; it is read once.", max_length=64, unique=True),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        choices=[
                            ("verwerkt", "antwoord bewaard"),
                            ("verouderd", "er was al een nieuwer antwoord"),
                            ("doorgestuurd", "doorgestuurd naar de trekkers"),
                            ("automatisch", "automatisch bericht, niets mee gedaan"),
                            ("geweigerd", "kon niet"),
                            ("onbekend", "hoort bij geen uitnodiging"),
                            ("onleesbaar", "niet te lezen"),
                        ],
                        max_length=14,
                        verbose_name="uitkomst",
                    ),
                ),
                ("reden", models.CharField(blank=True, max_length=200, verbose_name="waarom")),
                ("antwoord", models.CharField(blank=True, max_length=10, verbose_name="antwoord")),
                ("van", models.CharField(blank=True, max_length=254, verbose_name="van")),
                ("onderwerp", models.CharField(blank=True, max_length=200, verbose_name="onderwerp")),
                ("gelezen_op", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "uitnodiging",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="antwoordmails",
                        to="bijeenkomsten.uitnodiging",
                    ),
                ),
            ],
            options={
                "verbose_name": "binnengekomen antwoord",
                "verbose_name_plural": "binnengekomen antwoorden",
                "indexes": [models.Index(fields=["-gelezen_op", "-id"], name="antwoordmail_nieuwste")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "uitkomst__in",
                                [
                                    "verwerkt",
                                    "verouderd",
                                    "doorgestuurd",
                                    "automatisch",
                                    "geweigerd",
                                    "onbekend",
                                    "onleesbaar",
                                ],
                            )
                        ),
                        name="antwoordmail_uitkomst",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uitkomst__in", ["verwerkt", "verouderd", "doorgestuurd", "automatisch"]),
                            models.Q(("reden", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="antwoordmail_zegt_waarom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rondmail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("uitnodiging", "tekst van de uitnodiging"),
                            ("herinnering", "herinnering"),
                            ("bericht", "bericht aan de groep"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                (
                    "wie",
                    models.CharField(
                        choices=[
                            ("open", "wie nog niet heeft geantwoord"),
                            ("komt", "wie komt"),
                            ("misschien", "wie komt of misschien komt"),
                            ("niet_nee", "iedereen, behalve wie niet komt"),
                            ("allen", "iedereen die is uitgenodigd"),
                        ],
                        default="allen",
                        max_length=10,
                        verbose_name="aan wie",
                    ),
                ),
                ("onderwerp", models.CharField(blank=True, max_length=120, verbose_name="onderwerp")),
                ("tekst", models.TextField(max_length=4000, verbose_name="tekst")),
                (
                    "dagen_vooraf",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(90, "Kies hooguit 90 dagen vooraf.")],
                        verbose_name="hoeveel dagen vooraf",
                    ),
                ),
                (
                    "uur",
                    models.PositiveSmallIntegerField(
                        default=9,
                        validators=[
                            django.core.validators.MinValueValidator(8, "Kies een uur van 8 tot en met 19."),
                            django.core.validators.MaxValueValidator(19, "Kies een uur van 8 tot en met 19."),
                        ],
                        verbose_name="vanaf hoe laat",
                    ),
                ),
                (
                    "sleutel",
                    models.UUIDField(default=uuid.uuid4, editable=False, help_text="One form sends once.", unique=True),
                ),
                ("aangemaakt_op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("verstuurd_op", models.DateTimeField(editable=False, null=True)),
                (
                    "verstuurd_voor",
                    models.DateTimeField(editable=False, help_text="Begin of the meeting it was sent for.", null=True),
                ),
                (
                    "aantal",
                    models.PositiveIntegerField(default=0, editable=False, help_text="How many guests it went to."),
                ),
                (
                    "bijeenkomst",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rondmails",
                        to="bijeenkomsten.bijeenkomst",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rondmail",
                "verbose_name_plural": "rondmails",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", ["uitnodiging", "herinnering", "bericht"])),
                        name="rondmail_soort",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wie__in", ["open", "komt", "misschien", "niet_nee", "allen"])),
                        name="rondmail_wie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dagen_vooraf__isnull", False), ("dagen_vooraf__lte", 90), ("soort", "herinnering")
                            ),
                            models.Q(models.Q(("soort", "herinnering"), _negated=True), ("dagen_vooraf", None)),
                            _connector="OR",
                        ),
                        name="rondmail_herinnering_heeft_dag",
                        violation_error_message="Kies hoeveel dagen vooraf de herinnering uitgaat.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("uur__gte", 8), ("uur__lt", 20)),
                        name="rondmail_overdag",
                        violation_error_message="Kies een uur van 8 tot en met 19.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("soort", "uitnodiging")),
                        fields=("bijeenkomst",),
                        name="rondmail_een_uitnodiging",
                        violation_error_message="Deze bijeenkomst heeft al een tekst voor de uitnodiging.",
                    ),
                ],
            },
        ),
    ]
