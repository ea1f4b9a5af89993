"""Words of the directory are looked up along their index, also when they stand in half of all pages.

The planner would read the table then. It does not know that each row's words lie elsewhere (TOAST) and have to be
fetched and unpacked one by one: 35 ms among 12,000 initiatives, against 6 along the index.
"""

from django.db import migrations

MAAK = """
CREATE FUNCTION gids_gevonden(woorden text, patroon text, plaatsnaam text, gelijkend text) RETURNS SETOF bigint
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    WITH letterlijk (id) AS MATERIALIZED (
        SELECT id FROM initiatieven_initiatief WHERE zoekvector @@ websearch_to_tsquery('public.gids', woorden)
        UNION SELECT id FROM initiatieven_initiatief WHERE naam_sleutel LIKE zoekvorm(patroon)
        UNION SELECT initiatief_id FROM initiatieven_locatie WHERE zoekvorm(plaats) = zoekvorm(plaatsnaam)
    )
    SELECT id FROM letterlijk
    UNION ALL
    SELECT id FROM initiatieven_initiatief
    WHERE NOT EXISTS (SELECT FROM letterlijk) AND naam_sleutel %> zoekvorm(gelijkend)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("initiatieven", "0014_weg_met_versies")]

    operations = [migrations.RunSQL(MAAK, "DROP FUNCTION gids_gevonden(text, text, text, text)")]
