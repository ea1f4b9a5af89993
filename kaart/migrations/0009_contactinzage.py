"""Who opened the question of a family: written by the page itself, and never changed.

Staff of the place read the lines about their own questions, the family with the private link those about hers.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from collectief.rijbeveiliging import alleen_toevoegen, bescherm

PLEK = "EXISTS (SELECT FROM kaart_contactplek p WHERE p.id = kaart_contactinzage.plek_id AND {eis})"
VAN_MIJ = PLEK.format(eis="p.initiatief_id IN (SELECT mijn_initiatieven())")
MET_DE_LINK = PLEK.format(eis="p.verzoek_id = (SELECT app_sleutel())")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kaart", "0008_verhalen_op_de_voorpagina"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contactinzage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("op", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inzagen",
                        to="kaart.contactplek",
                    ),
                ),
            ],
            options={
                "verbose_name": "inzage in een vraag",
                "verbose_name_plural": "inzagen in vragen",
                "indexes": [models.Index(fields=["plek", "op"], name="contactinzage_per_plek")],
            },
        ),
        bescherm(
            "kaart_contactinzage",
            f"gevraagd_lezen FOR SELECT USING ({VAN_MIJ})",
            f"met_de_link FOR SELECT USING ({MET_DE_LINK})",
            f"noteren FOR INSERT WITH CHECK (gebruiker_id = (SELECT app_gebruiker()) AND {VAN_MIJ})",
        ),
        alleen_toevoegen("kaart_contactinzage"),
    ]
