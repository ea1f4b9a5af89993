"""Triggers that note that there is something to publish.

The triggers add a row instead of counting up: a counter would make everybody who saves a place wait for the others.
"""

import django.db.models.functions.datetime
from django.db import migrations, models

TABELLEN = ["initiatieven_initiatief", "initiatieven_locatie", "initiatieven_plekken"]

HEEN = """
CREATE FUNCTION kaart_gewijzigd() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kaart_wijziging DEFAULT VALUES;
    RETURN NULL;
END $$;
""" + "".join(
    f"CREATE TRIGGER kaart_gewijzigd AFTER INSERT OR UPDATE OR DELETE ON {tabel}"
    " FOR EACH STATEMENT EXECUTE FUNCTION kaart_gewijzigd();"
    for tabel in TABELLEN
)
TERUG = "".join(f"DROP TRIGGER kaart_gewijzigd ON {tabel};" for tabel in TABELLEN) + "DROP FUNCTION kaart_gewijzigd();"


class Migration(migrations.Migration):
    dependencies = [("kaart", "0003_wacht_op_antwoord"), ("initiatieven", "0006_geschiedenis")]

    operations = [
        migrations.CreateModel(
            name="Wijziging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("op", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="op")),
            ],
            options={"verbose_name": "wijziging", "verbose_name_plural": "wijzigingen"},
        ),
        migrations.RunSQL(HEEN, TERUG),
    ]
