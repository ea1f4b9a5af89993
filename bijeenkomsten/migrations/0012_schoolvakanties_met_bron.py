"""School holidays of more years, each row with the place where it can be looked up.

What the core team wrote itself stays as it is: only rows that are still as 0004 made them get another source, and a
year is filled in only when nothing is known of it.
"""

import csv
from datetime import date
from pathlib import Path

from django.db import migrations

BESTAND = Path(__file__).parent.parent / "data" / "schoolvakanties.csv"
BRON = "Rijksoverheid: Regeling vaststelling schoolvakanties, en de adviesdata voor herfst en voorjaar"


def vul_aan(apps, schema_editor):
    schoolvakantie = apps.get_model("bijeenkomsten", "Schoolvakantie")
    bekend = set(schoolvakantie.objects.values_list("schooljaar", flat=True))
    with BESTAND.open(encoding="utf-8", newline="") as bestand:
        rijen = [rij | {"schooljaar": int(rij["schooljaar"])} for rij in csv.DictReader(bestand)]
    for rij in rijen:
        dagen = {naam: date.fromisoformat(rij[naam]) for naam in ("van", "tot_en_met")}
        welke = {naam: rij[naam] for naam in ("schooljaar", "soort", "regio")}
        if rij["schooljaar"] in bekend:
            schoolvakantie.objects.filter(**welke, **dagen, bron=BRON).update(bron=rij["bron"])
        else:
            schoolvakantie.objects.create(**welke, **dagen, bron=rij["bron"])


class Migration(migrations.Migration):
    dependencies = [("bijeenkomsten", "0011_vragen_beschermd")]

    operations = [migrations.RunPython(vul_aan, migrations.RunPython.noop)]
