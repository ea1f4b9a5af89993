"""The column for one form goes: all forms of an agreement stand in its list. No release ever had it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0025_vormen_overnemen")]

    operations = [migrations.RemoveField(model_name="nazorgafspraak", name="vorm")]
