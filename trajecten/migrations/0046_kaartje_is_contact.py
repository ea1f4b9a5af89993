"""A card that was sent is contact, so the two years after the last contact count from it too."""

from importlib import import_module

from django.db import migrations

EERST = import_module("trajecten.migrations.0021_vertrek_beveiligd").TERMIJN.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
NU = EERST.replace("resultaat = 'gesproken'", "resultaat IN ('gesproken', 'gestuurd')")


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0045_enkelvoud_en_meervoud")]

    operations = [migrations.RunSQL(NU, EERST)]
