"""The school holidays that were decided when this was written. A later year is added on the page of the core team."""

from datetime import date, timedelta

from django.db import migrations

BRON = "Rijksoverheid: Regeling vaststelling schoolvakanties, en de adviesdata voor herfst en voorjaar"
REGIOS = ("noord", "midden", "zuid")
# Per school year and holiday the first days in noord, midden and zuid, and how many days it lasts: Saturday to Sunday.
VAKANTIES = {
    2023: {
        "herfst": ("2023-10-21", "2023-10-14", "2023-10-14", 9),
        "kerst": ("2023-12-23", "2023-12-23", "2023-12-23", 16),
        "voorjaar": ("2024-02-17", "2024-02-17", "2024-02-10", 9),
        "mei": ("2024-04-27", "2024-04-27", "2024-04-27", 9),
        "zomer": ("2024-07-20", "2024-07-13", "2024-07-06", 44),
    },
    2025: {
        "herfst": ("2025-10-18", "2025-10-18", "2025-10-11", 9),
        "kerst": ("2025-12-20", "2025-12-20", "2025-12-20", 16),
        "voorjaar": ("2026-02-21", "2026-02-14", "2026-02-14", 9),
        "mei": ("2026-04-25", "2026-04-25", "2026-04-25", 9),
        "zomer": ("2026-07-04", "2026-07-18", "2026-07-11", 44),
    },
    2026: {
        "herfst": ("2026-10-10", "2026-10-17", "2026-10-17", 9),
        "kerst": ("2026-12-19", "2026-12-19", "2026-12-19", 16),
        "voorjaar": ("2027-02-20", "2027-02-20", "2027-02-13", 9),
        "mei": ("2027-04-24", "2027-04-24", "2027-04-24", 9),
        "zomer": ("2027-07-10", "2027-07-17", "2027-07-24", 44),
    },
}


def vul_in(apps, schema_editor):
    schoolvakantie = apps.get_model("bijeenkomsten", "Schoolvakantie")
    schoolvakantie.objects.bulk_create(
        schoolvakantie(
            schooljaar=jaar,
            soort=soort,
            regio=regio,
            van=date.fromisoformat(van),
            tot_en_met=date.fromisoformat(van) + timedelta(days=dagen - 1),
            bron=BRON,
        )
        for jaar, soorten in VAKANTIES.items()
        for soort, (*eerste, dagen) in soorten.items()
        for regio, van in zip(REGIOS, eerste, strict=True)
    )


class Migration(migrations.Migration):
    dependencies = [("bijeenkomsten", "0003_voorbereiding")]

    operations = [migrations.RunPython(vul_in, migrations.RunPython.noop)]
