"""The first version of the text that members stand for. A later version is made on the site, by admins."""

from django.db import migrations

TEKST = """We kijken naar wat een jongere kan en wil, en niet eerst naar wat er misgaat. Ontwikkelen gaat met bochten. Een stap terug is net zo goed als een stap vooruit.

Landen. Eerst komt rust. We leren elkaar kennen zonder oordeel en zonder haast. Er hoeft nog niets.

Verkennen. De jongere ontdekt wat bij hem past, met hoofd, hart en handen. Wij letten op de lichtjes in de ogen en gaan mee in wat hij zelf wil.

Doorstromen. De blik gaat naar buiten. Samen zoeken we een plek waar de jongere van betekenis is. We dragen warm over en laten pas los als het daar goed gaat.

Nazorg. Een vlammetje blijft branden. We houden contact zoals de jongere dat wil, en terugkomen mag altijd.

De jongere zit zelf aan het stuur. Ouders horen erbij. De vaste begeleider blijft, zo lang dat nodig is."""


def maak(apps, schema_editor):
    apps.get_model("initiatieven", "Benadering").objects.get_or_create(versie=1, defaults={"tekst": TEKST})


class Migration(migrations.Migration):
    dependencies = [("initiatieven", "0009_gesprek_en_benadering")]

    operations = [migrations.RunPython(maak, migrations.RunPython.noop)]
