"""Places that are there already get a first version; and the versions of room and places go with an initiative too."""

from importlib import import_module

from django.db import migrations

KOLOMMEN = "adres, id, initiatief_id, is_online, lat, lon, naam, nauwkeurigheid, pc4, plaats, provincie"
EERSTE = f"""
INSERT INTO initiatieven_locatieevent ({KOLOMMEN}, pgh_created_at, pgh_label, pgh_obj_id)
SELECT {KOLOMMEN}, now(), 'begin', id FROM initiatieven_locatie;
"""  # noqa: S608
VROEGER = import_module("initiatieven.migrations.0014_weg_met_versies").FUNCTIE.replace(
    "CREATE", "CREATE OR REPLACE", 1
)
PAGINA = "DELETE FROM initiatieven_initiatiefevent WHERE id = weg;"
ALLES = f"""{PAGINA}
    DELETE FROM initiatieven_plekkenevent WHERE initiatief_id = weg;
    DELETE FROM initiatieven_locatieevent WHERE initiatief_id = weg;"""  # noqa: S608
WEES = """
DELETE FROM initiatieven_plekkenevent e
WHERE NOT EXISTS (SELECT FROM initiatieven_initiatief i WHERE i.id = e.initiatief_id);
"""


class Migration(migrations.Migration):
    dependencies = [("initiatieven", "0017_geschiedenis_van_plekken")]

    operations = [
        migrations.RunSQL(EERSTE, migrations.RunSQL.noop),
        migrations.RunSQL(VROEGER.replace(PAGINA, ALLES), VROEGER),
        migrations.RunSQL(WEES, migrations.RunSQL.noop),
    ]
