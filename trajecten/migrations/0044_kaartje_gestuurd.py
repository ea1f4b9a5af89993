"""A card or a message is sent: nobody has to be reached for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0043_herhaling_heeft_weken")]

    operations = [
        migrations.AlterField(
            model_name="contactmoment",
            name="resultaat",
            field=models.CharField(
                blank=True,
                choices=[
                    ("gesproken", "gesproken"),
                    ("niet_bereikt", "niet bereikt"),
                    ("wil_nu_niet", "jongere wil nu niet"),
                    ("gestuurd", "gestuurd"),
                ],
                max_length=15,
                verbose_name="hoe ging het?",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmoment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resultaat", "gestuurd"), _negated=True),
                    ("vorm__in", ["kaartje", "berichtje"]),
                    _connector="OR",
                ),
                name="contactmoment_gestuurd_per_post",
                violation_error_message="Alleen een kaartje of een berichtje wordt gestuurd.",
            ),
        ),
    ]
