"""A sweep writes a hundred thousand steps in a breath: one index less, and who is asking is looked up once."""

import django.db.models.deletion
from django.db import migrations, models

TABELLEN = ["trajecten_contactmoment", "trajecten_herinnering"]
BEKEND = "traject_id = ANY ((SELECT bekende_trajecten())::uuid[])"


def zet(wie: str) -> list[str]:
    """The policies of 0016, with `wie` as the way to ask who is asking."""
    schrijven = f"({wie} IS NOT NULL AND van_mij(traject_id))"
    return [f"ALTER POLICY van_mij ON {t} USING ({BEKEND} OR {schrijven}) WITH CHECK ({schrijven})" for t in TABELLEN]


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0041_bladeren_over_veel_plekken")]

    operations = [
        migrations.AlterField(
            model_name="herinnering",
            name="traject",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trajecten.traject",
            ),
        ),
        migrations.RunSQL(zet("(SELECT app_gebruiker())"), zet("app_gebruiker()")),
    ]
