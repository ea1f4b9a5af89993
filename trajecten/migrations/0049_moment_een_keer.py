"""What is sent twice from one form is kept once: the database refuses the second.

Older moments have no key, so the index is empty at first and takes one look at the table.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0048_concept_zonder_lezer")]

    operations = [
        migrations.AddField(
            model_name="moment",
            name="sleutel",
            field=models.UUIDField(editable=False, help_text="One form keeps the same words once.", null=True),
        ),
        migrations.AddConstraint(
            model_name="moment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sleutel__isnull", False)),
                fields=("sleutel",),
                name="moment_een_keer_bewaard",
                violation_error_message="Dit moment is al bewaard.",
            ),
        ),
    ]
