"""Search in moments: Dutch words without accents, answered from an index and still only for one's own trajectories.

Under row security PostgreSQL may not look a word up in an index before the policy has spoken, because `@@` is not
marked leakproof; it then reads every moment of the user. So the search runs in a function with the rights of the
owner. The index begins with the trajectory: only the postings of the user's own trajectories are ever touched. The
function gives keys and nothing else; the moments themselves are read under row security as always.

The owner needs to see moments for it, and gets a policy for that, as it has for trajectories and people: USING (true),
because any other condition would be a barrier to the index again. The owner role is for migrations only.
"""

from django.db import migrations

# The columns are no fields of the models: nothing in Python reads them, and no page fetches them by accident.
KOLOM = "ADD COLUMN zoekvector tsvector GENERATED ALWAYS AS (to_tsvector('public.nederlands', tekst)) STORED"
ZOEKVECTOR = f"""
CREATE TEXT SEARCH CONFIGURATION public.nederlands (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION public.nederlands
    ALTER MAPPING FOR asciihword, asciiword, hword, hword_asciipart, hword_part, word WITH public.unaccent, dutch_stem;
ALTER TABLE trajecten_moment {KOLOM};
ALTER TABLE trajecten_aanvulling {KOLOM};
CREATE INDEX moment_zoeken ON trajecten_moment USING gin (traject_id, zoekvector) WITH (fastupdate = off);
CREATE INDEX aanvulling_zoeken ON trajecten_aanvulling USING gin (traject_id, zoekvector) WITH (fastupdate = off);
"""
ZOEKVECTOR_WEG = """
DROP INDEX aanvulling_zoeken;
DROP INDEX moment_zoeken;
ALTER TABLE trajecten_aanvulling DROP COLUMN zoekvector;
ALTER TABLE trajecten_moment DROP COLUMN zoekvector;
DROP TEXT SEARCH CONFIGURATION public.nederlands;
"""
# A common word is soon found among the newest moments, a rare one through the index of words: so the newest are tried
# first, a month of them, and then everything. EXECUTE plans each of these anew, with the words in hand.
FUNCTIE = """
CREATE POLICY lezen_door_eigenaar ON trajecten_moment FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY lezen_door_eigenaar ON trajecten_aanvulling FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION zoek_momenten(vraag text, na_datum date, na_id bigint, aantal int) RETURNS TABLE (moment bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE
    woorden constant tsquery := websearch_to_tsquery('public.nederlands', vraag);
    mijn constant uuid[] := ARRAY(SELECT mijn_trajecten());
    tot constant date := coalesce(na_datum, (now() AT TIME ZONE 'Europe/Amsterdam')::date);
    vanaf date;
    gevonden bigint[];
BEGIN
    IF numnode(woorden) = 0 THEN
        RETURN;
    END IF;
    FOREACH vanaf IN ARRAY ARRAY[tot - 30, '-infinity'] LOOP
        EXECUTE '
            SELECT array_agg(id ORDER BY datum DESC, id DESC) FROM (
                SELECT DISTINCT g.datum, g.id
                FROM unnest($6) AS mijn (traject), LATERAL (
                    (SELECT m.id, m.datum FROM trajecten_moment m
                     WHERE m.traject_id = mijn.traject AND m.zoekvector @@ $1
                       AND m.datum > $5 AND m.datum <= $2 AND (m.datum, m.id) < ($2, $3)
                     ORDER BY m.datum DESC, m.id DESC LIMIT $4)
                    UNION ALL
                    (SELECT m.id, m.datum FROM trajecten_aanvulling a JOIN trajecten_moment m ON m.id = a.moment_id
                     WHERE a.traject_id = mijn.traject AND a.zoekvector @@ $1
                       AND m.datum > $5 AND (m.datum, m.id) < ($2, $3)
                     ORDER BY m.datum DESC, m.id DESC LIMIT $4)
                ) AS g
                ORDER BY g.datum DESC, g.id DESC LIMIT $4
            ) AS eerste'
        INTO gevonden
        USING woorden, coalesce(na_datum, 'infinity'), coalesce(na_id, 9223372036854775807), aantal, vanaf, mijn;
        EXIT WHEN cardinality(gevonden) >= aantal;
    END LOOP;
    RETURN QUERY SELECT unnest(gevonden);
END $$;
"""
FUNCTIE_WEG = """
DROP FUNCTION zoek_momenten(text, date, bigint, int);
DROP POLICY lezen_door_eigenaar ON trajecten_aanvulling;
DROP POLICY lezen_door_eigenaar ON trajecten_moment;
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0029_momenten_beschermd")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gin", migrations.RunSQL.noop),
        migrations.RunSQL(ZOEKVECTOR, ZOEKVECTOR_WEG),
        migrations.RunSQL(FUNCTIE, FUNCTIE_WEG),
    ]
