"""A policy says its condition once: the second was a copy to be kept the same, which nothing could tell from none."""

from django.db import migrations

from collectief.rijbeveiliging import zegt_het_een_keer


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0050_kring_zonder_uitpakken")]

    operations = [zegt_het_een_keer("trajecten")]
