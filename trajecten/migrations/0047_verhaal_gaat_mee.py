"""Who this young person is, in words, can go along with a handover."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trajecten", "0046_kaartje_is_contact"),
    ]

    operations = [
        migrations.AlterField(
            model_name="overdrachtstuk",
            name="soort",
            field=models.CharField(
                choices=[
                    ("roepnaam", "de roepnaam"),
                    ("wensen", "wensdroom en wat waardevol is"),
                    ("verhaal", "wie deze jongere is"),
                    ("weg", "de weg tot nu"),
                    ("woorden", "eigen woorden bij de weg"),
                    ("stap", "kleine stappen"),
                    ("mens", "mensen eromheen"),
                    ("nazorg", "afspraken over nazorg"),
                    ("plan", "preventieplan"),
                    ("moment", "momenten"),
                    ("foto", "foto’s bij momenten"),
                    ("aanvulling", "aanvullingen bij momenten"),
                ],
                max_length=12,
            ),
        ),
    ]
