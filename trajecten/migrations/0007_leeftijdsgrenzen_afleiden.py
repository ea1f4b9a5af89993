"""Derive the days for everybody whose birth date is known already: decrypted here, once, by the owner."""

from datetime import date

from django.db import migrations

from trajecten.leeftijd import leeftijdsgrenzen

TABELLEN = ("trajecten_jongereidentiteit", "trajecten_leeftijdsgrenzen")


def leid_af(apps, schema_editor):
    Leeftijdsgrenzen = apps.get_model("trajecten", "Leeftijdsgrenzen")
    for tabel in TABELLEN:
        schema_editor.execute(f"ALTER TABLE {tabel} NO FORCE ROW LEVEL SECURITY")
    rijen = apps.get_model("trajecten", "JongereIdentiteit").objects.values_list("jongere_id", "geboortedatum")
    Leeftijdsgrenzen.objects.bulk_create(
        (_rij(Leeftijdsgrenzen, *rij) for rij in rijen.iterator() if rij[1]), batch_size=1000
    )
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with pending checks is not altered
    for tabel in TABELLEN:
        schema_editor.execute(f"ALTER TABLE {tabel} FORCE ROW LEVEL SECURITY")


def _rij(model, jongere_id, geboortedatum):
    twaalf, zestien, achttien = leeftijdsgrenzen(date.fromisoformat(geboortedatum)).values()
    return model(jongere_id=jongere_id, twaalf_op=twaalf, zestien_op=zestien, achttien_op=achttien)


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0006_leeftijdsgrenzen")]

    operations = [migrations.RunPython(leid_af, migrations.RunPython.noop)]
