"""An agreement that repeats every so many weeks has to say how many: an empty number was unknown, and let through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0042_veeg_sneller")]

    operations = [
        migrations.RemoveConstraint(
            model_name="nazorgafspraak",
            name="nazorgafspraak_herhaling",
        ),
        migrations.AddConstraint(
            model_name="nazorgafspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("herhaling", "weken"), ("herhaling_weken__isnull", False), ("herhaling_weken__range", (1, 208))
                    ),
                    models.Q(("herhaling__in", ["jaar", "niet"]), ("herhaling_weken", None)),
                    _connector="OR",
                ),
                name="nazorgafspraak_herhaling",
                violation_error_message="Kies een aantal weken van 1 tot en met 208.",
            ),
        ),
    ]
