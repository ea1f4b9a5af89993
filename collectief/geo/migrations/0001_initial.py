"""Postcodes and places, with their point in RD metres worked out by the database."""

from django.contrib.postgres.indexes import SpGistIndex
from django.db import migrations, models

from collectief.geo.rd import rd_functie_sql
from collectief.geo.velden import RDPunt, RDVan


class Migration(migrations.Migration):
    initial = True

    dependencies = [("collectief", "0001_rechten")]

    operations = [
        migrations.RunSQL(rd_functie_sql(), "DROP FUNCTION rd_punt(double precision, double precision)"),
        migrations.CreateModel(
            name="Plaats",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("naam", models.CharField(max_length=80, verbose_name="naam")),
                ("gemeente", models.CharField(max_length=80, verbose_name="gemeente")),
                ("provincie", models.CharField(max_length=20, verbose_name="provincie")),
                ("lat", models.FloatField(verbose_name="breedtegraad")),
                ("lon", models.FloatField(verbose_name="lengtegraad")),
                (
                    "rd",
                    models.GeneratedField(db_persist=True, expression=RDVan("lat", "lon"), output_field=RDPunt()),
                ),
                ("aantal_postcodes", models.PositiveSmallIntegerField(verbose_name="aantal postcodes")),
            ],
            options={
                "verbose_name": "plaats",
                "verbose_name_plural": "plaatsen",
                "constraints": [
                    models.UniqueConstraint(fields=("naam", "gemeente", "provincie"), name="plaats_is_uniek")
                ],
            },
        ),
        migrations.CreateModel(
            name="Postcode",
            fields=[
                ("pc4", models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name="postcode")),
                ("plaats", models.CharField(max_length=80, verbose_name="plaats")),
                ("gemeente", models.CharField(max_length=80, verbose_name="gemeente")),
                ("provincie", models.CharField(max_length=20, verbose_name="provincie")),
                ("lat", models.FloatField(verbose_name="breedtegraad")),
                ("lon", models.FloatField(verbose_name="lengtegraad")),
                (
                    "rd",
                    models.GeneratedField(db_persist=True, expression=RDVan("lat", "lon"), output_field=RDPunt()),
                ),
                (
                    "nauwkeurigheid",
                    models.CharField(
                        choices=[
                            ("postcode", "punt van deze postcode"),
                            ("plaats", "midden van de plaats"),
                            ("benaderd", "geschat uit de postcodes eromheen"),
                        ],
                        max_length=10,
                        verbose_name="nauwkeurigheid",
                    ),
                ),
            ],
            options={
                "verbose_name": "postcode",
                "verbose_name_plural": "postcodes",
                "indexes": [SpGistIndex(fields=["rd"], name="postcode_rd")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(pc4__regex=r"^[1-9][0-9]{3}$"),
                        name="postcode_heeft_vier_cijfers",
                        violation_error_message="Een postcode heeft vier cijfers en begint niet met een 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(lat__range=(50.6, 53.7), lon__range=(3.2, 7.4)),
                        name="postcode_ligt_in_nederland",
                        violation_error_message="Dit punt ligt niet in Nederland.",
                    ),
                ],
            },
        ),
    ]
