"""A policy says its condition once: the second was a copy to be kept the same, which nothing could tell from none."""

from django.db import migrations

from collectief.rijbeveiliging import zegt_het_een_keer


class Migration(migrations.Migration):
    dependencies = [("kaart", "0010_dekking_zonder_laatste")]

    operations = [zegt_het_een_keer("kaart")]
