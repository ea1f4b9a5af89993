"""Stories are found by their words, along an index."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("initiatieven", "0015_vinden_langs_de_index")]

    operations = [
        migrations.AddIndex(
            model_name="plekverhaal",
            index=GinIndex(SearchVector("titel", "tekst", config="public.gids"), name="plekverhaal_op_woorden"),
        ),
    ]
