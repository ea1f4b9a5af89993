"""Search in the directory: Dutch words without accents, the name before the rest.

The configuration is this app's own: the one of the moments (`public.nederlands`) is made by an app above it. What does
not fit at a place (`past_niet`) is left out: whoever looks for a word there would find just the wrong places.
"""

from django.db import migrations, models

import initiatieven.models.initiatief

# The column is no field of the model: nothing in Python reads it, and no page fetches it by accident.
ZOEKVECTOR = """
CREATE TEXT SEARCH CONFIGURATION public.gids (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION public.gids
    ALTER MAPPING FOR asciihword, asciiword, hword, hword_asciipart, hword_part, word WITH public.unaccent, dutch_stem;
ALTER TABLE initiatieven_initiatief ADD COLUMN zoekvector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('public.gids', naam), 'A')
    || setweight(to_tsvector('public.gids', omschrijving || ' ' || aanbod_hoofd || ' ' || aanbod_hart || ' '
                             || aanbod_handen), 'B')
    || setweight(to_tsvector('public.gids', werkwijze || ' ' || past_wel || ' ' || wie_er_zijn), 'C')
) STORED;
CREATE INDEX initiatief_zoeken ON initiatieven_initiatief USING gin (zoekvector) WITH (fastupdate = off);
"""
ZOEKVECTOR_WEG = """
DROP INDEX initiatief_zoeken;
ALTER TABLE initiatieven_initiatief DROP COLUMN zoekvector;
DROP TEXT SEARCH CONFIGURATION public.gids;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatieven", "0007_bladzijde"),
    ]

    operations = [
        migrations.RunSQL(ZOEKVECTOR, ZOEKVECTOR_WEG),
        migrations.AddIndex(
            model_name="locatie",
            index=models.Index(initiatieven.models.initiatief.Zoekvorm("plaats"), name="locatie_op_plaats"),
        ),
    ]
