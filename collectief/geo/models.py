"""Postcodes and places: open data that search, map and locations stand on. See data/README.md."""

from __future__ import annotations

from django.contrib.postgres.indexes import SpGistIndex
from django.db import connection, models

from collectief.geo.rd import LAT_BEREIK, LON_BEREIK
from collectief.geo.velden import RDPunt, RDVan

# A place is where its postcodes are: the median of their points, so that one odd code does not pull it away.
# Codes whose own point is only borrowed or estimated count when there is nothing better.
PLAATSEN_UIT_POSTCODES = """
WITH gewogen AS (
    SELECT *, bool_or(nauwkeurigheid = 'postcode') OVER (PARTITION BY plaats, gemeente, provincie) AS beter,
           nauwkeurigheid = 'postcode' AS goed
    FROM geo_postcode
), geteld AS (
    SELECT plaats, gemeente, provincie, count(*) AS aantal,
           round((percentile_cont(0.5) WITHIN GROUP (ORDER BY lat) FILTER (WHERE goed = beter))::numeric, 4) AS lat,
           round((percentile_cont(0.5) WITHIN GROUP (ORDER BY lon) FILTER (WHERE goed = beter))::numeric, 4) AS lon
    FROM gewogen GROUP BY plaats, gemeente, provincie
), weg AS (
    DELETE FROM geo_plaats p WHERE NOT EXISTS (
        SELECT FROM geteld g WHERE (g.plaats, g.gemeente, g.provincie) = (p.naam, p.gemeente, p.provincie))
)
INSERT INTO geo_plaats (naam, gemeente, provincie, lat, lon, aantal_postcodes)
SELECT plaats, gemeente, provincie, lat, lon, aantal FROM geteld
ON CONFLICT (naam, gemeente, provincie) DO UPDATE
SET lat = excluded.lat, lon = excluded.lon, aantal_postcodes = excluded.aantal_postcodes
"""


class PostcodeQuerySet(models.QuerySet):
    def leg_vast(self, rijen: list[Postcode]) -> None:
        """Add or replace these postcodes in one statement. A code that is not among them stays as it is."""
        velden = ["plaats", "gemeente", "provincie", "lat", "lon", "nauwkeurigheid"]
        self.bulk_create(rijen, update_conflicts=True, unique_fields=["pc4"], update_fields=velden)


class PlaatsQuerySet(models.QuerySet):
    def leid_af(self) -> None:
        """Make the places anew from the postcodes; a place that moved to another municipality moves here too."""
        with connection.cursor() as cursor:
            cursor.execute(PLAATSEN_UIT_POSTCODES)


class Postcode(models.Model):
    """Four digits, with the point that stands for them."""

    class Nauwkeurigheid(models.TextChoices):
        POSTCODE = "postcode", "punt van deze postcode"
        PLAATS = "plaats", "midden van de plaats"
        BENADERD = "benaderd", "geschat uit de postcodes eromheen"

    pc4 = models.CharField("postcode", max_length=4, primary_key=True)
    plaats = models.CharField("plaats", max_length=80)
    gemeente = models.CharField("gemeente", max_length=80)
    provincie = models.CharField("provincie", max_length=20)
    lat = models.FloatField("breedtegraad")
    lon = models.FloatField("lengtegraad")
    rd = models.GeneratedField(expression=RDVan("lat", "lon"), output_field=RDPunt(), db_persist=True)
    nauwkeurigheid = models.CharField("nauwkeurigheid", max_length=10, choices=Nauwkeurigheid)

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        verbose_name = "postcode"
        verbose_name_plural = "postcodes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pc4__regex=r"^[1-9][0-9]{3}$"),
                name="postcode_heeft_vier_cijfers",
                violation_error_message="Een postcode heeft vier cijfers en begint niet met een 0.",
            ),
            models.CheckConstraint(
                condition=models.Q(lat__range=LAT_BEREIK, lon__range=LON_BEREIK),
                name="postcode_ligt_in_nederland",
                violation_error_message="Dit punt ligt niet in Nederland.",
            ),
        ]
        indexes = [SpGistIndex(fields=["rd"], name="postcode_rd")]

    def __str__(self):
        return f"{self.pc4} {self.plaats}"


class Plaats(models.Model):
    """A town or village; the same name may occur in more than one municipality."""

    naam = models.CharField("naam", max_length=80)
    gemeente = models.CharField("gemeente", max_length=80)
    provincie = models.CharField("provincie", max_length=20)
    lat = models.FloatField("breedtegraad")
    lon = models.FloatField("lengtegraad")
    rd = models.GeneratedField(expression=RDVan("lat", "lon"), output_field=RDPunt(), db_persist=True)
    aantal_postcodes = models.PositiveSmallIntegerField("aantal postcodes")

    objects = PlaatsQuerySet.as_manager()

    class Meta:
        verbose_name = "plaats"
        verbose_name_plural = "plaatsen"
        constraints = [
            models.UniqueConstraint(fields=["naam", "gemeente", "provincie"], name="plaats_is_uniek"),
        ]

    def __str__(self):
        return f"{self.naam} ({self.gemeente}, {self.provincie})"
