"""A word is found in the singular and the plural, also where its last consonant changes: kip, kippen; brief, brieven.

The stemmer for Dutch of PostgreSQL makes `kipp` and `briev` of these. What is stored stays as it is; what is asked gets
the other form beside it.
"""

from django.db import migrations

# The text of a query has each stem in single quotes. One with a quote or a backslash in it is left as it is.
WOORDEN = r"""
CREATE FUNCTION gezochte_woorden(vraag text) RETURNS tsquery
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    woorden constant tsquery := websearch_to_tsquery('public.nederlands', vraag);
    tekst text := woorden::text;
BEGIN
    IF numnode(woorden) = 0 OR tekst LIKE $q$%''%$q$ OR strpos(tekst, chr(92)) > 0 THEN
        RETURN woorden;
    END IF;
    tekst := regexp_replace(tekst, $q$'([a-z]+?)(?:ff?|v)'$q$, $q$('\1f' | '\1ff' | '\1v')$q$, 'g');
    tekst := regexp_replace(tekst, $q$'([a-z]+?)(?:ss?|z)'$q$, $q$('\1s' | '\1ss' | '\1z')$q$, 'g');
    tekst := regexp_replace(tekst, $q$'([a-z]*[aeiou])([bdgklmnprt])\2?'$q$, $q$('\1\2' | '\1\2\2')$q$, 'g');
    RETURN tekst::tsquery;
END $$;
"""
ZOEKEN = """
CREATE OR REPLACE FUNCTION zoek_momenten(vraag text, na_datum date, na_id bigint, aantal int) RETURNS TABLE (moment bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE
    woorden constant tsquery := <woorden>;
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


def zoek(woorden: str) -> str:
    return ZOEKEN.replace("<woorden>", woorden)


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0044_kaartje_gestuurd")]

    operations = [
        migrations.RunSQL(WOORDEN, "DROP FUNCTION gezochte_woorden(text)"),
        migrations.RunSQL(zoek("gezochte_woorden(vraag)"), zoek("websearch_to_tsquery('public.nederlands', vraag)")),
    ]
