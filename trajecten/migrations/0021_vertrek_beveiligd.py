"""Who may decide that a young person's story goes, and the functions of the owner that carry it out.

The application cannot delete case rows. `verwijder_traject` can, for one trajectory, and checks everything itself: a
coördinator of that initiative asks, it was decided, the fortnight to reconsider is over, and either the family asked
for it or the term is over by the facts of that moment. It finds what belongs to a trajectory by the foreign keys of
the database itself, so a table that is added later goes along; what it cannot delete makes it fail as a whole.
"""

import importlib

from django.conf import settings
from django.db import connection, migrations

from collectief.rijbeveiliging import bescherm

KRING = importlib.import_module("trajecten.migrations.0016_kring_vooraf_bepalen")
IK = "(SELECT app_gebruiker())"

ROLLEN = """
CREATE FUNCTION is_coordinator_van(traject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM trajecten_traject t
                   WHERE t.id = $1 AND t.initiatief_id = ANY (coordinatie_nu()))
$$;
"""
ROLLEN_WEG = "DROP FUNCTION is_coordinator_van(uuid);"

# The moments of a decision are the database's own: the fortnight cannot be skipped by writing an earlier day.
STEMPELS = """
CREATE FUNCTION stempel_gewijzigd() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.gewijzigd_op := now();
    RETURN NEW;
END $$;
CREATE TRIGGER gewijzigd BEFORE UPDATE ON trajecten_traject FOR EACH ROW EXECUTE FUNCTION stempel_gewijzigd();
CREATE TRIGGER gewijzigd BEFORE UPDATE ON trajecten_jongere FOR EACH ROW EXECUTE FUNCTION stempel_gewijzigd();

CREATE FUNCTION stempel_vertrek() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.besluit = 'open' THEN
        NEW.besloten_op := NULL;
        NEW.besloten_door_id := NULL;
    ELSIF TG_OP = 'INSERT' OR OLD.besluit IS DISTINCT FROM NEW.besluit THEN
        NEW.besloten_op := now();
        NEW.besloten_door_id := app_gebruiker();
    ELSE
        NEW.besloten_op := OLD.besloten_op;
        NEW.besloten_door_id := OLD.besloten_door_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER besloten BEFORE INSERT OR UPDATE ON trajecten_vertrek FOR EACH ROW
WHEN (app_gebruiker() IS NOT NULL) EXECUTE FUNCTION stempel_vertrek();
"""
STEMPELS_WEG = """
DROP TRIGGER besloten ON trajecten_vertrek;
DROP FUNCTION stempel_vertrek();
DROP TRIGGER gewijzigd ON trajecten_jongere;
DROP TRIGGER gewijzigd ON trajecten_traject;
DROP FUNCTION stempel_gewijzigd();
"""

WEGEN = """
CREATE FUNCTION wegen_naar(doel regclass, teken text)
RETURNS TABLE (tabel regclass, diepte integer, waar text, bron text, sleutel text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE verwijzing AS (
        SELECT c.conrelid, c.confrelid, k.attname::text COLLATE "default" AS kolom,
               d.attname::text COLLATE "default" AS naar
        FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid AND NOT t.relispartition
        JOIN pg_attribute k ON k.attrelid = c.conrelid AND k.attnum = c.conkey[1]
        JOIN pg_attribute d ON d.attrelid = c.confrelid AND d.attnum = c.confkey[1]
        WHERE c.contype = 'f' AND c.conparentid = 0 AND cardinality(c.conkey) = 1
          AND c.conrelid NOT IN ('trajecten_traject'::regclass, 'trajecten_jongere'::regclass)
    ), weg AS (
        SELECT v.conrelid AS tabel, 1 AS diepte, ARRAY[v.conrelid] AS langs,
               format('%I = %s', v.kolom, teken) AS waar,
               format('%s r1', v.conrelid::regclass) AS bron,
               format('r1.%I', v.kolom) AS sleutel
        FROM verwijzing v WHERE v.confrelid = doel
        UNION ALL
        SELECT v.conrelid, w.diepte + 1, w.langs || v.conrelid,
               format('%I IN (SELECT %I FROM %s WHERE %s)', v.kolom, v.naar, w.tabel::regclass, w.waar),
               format('%s JOIN %s r%s ON r%s.%I = r%s.%I', w.bron, v.conrelid::regclass, w.diepte + 1,
                      w.diepte + 1, v.kolom, w.diepte, v.naar),
               w.sleutel
        FROM weg w JOIN verwijzing v ON v.confrelid = w.tabel
        WHERE v.conrelid <> ALL (w.langs)
    )
    SELECT w.tabel::regclass, w.diepte, w.waar, w.bron, w.sleutel FROM weg w
$$;

CREATE FUNCTION alles_van(weg uuid, wie uuid) RETURNS TABLE (tabel regclass, diepte integer, waar text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT w.tabel, w.diepte, w.waar FROM wegen_naar('trajecten_traject', '$1') w
    UNION ALL SELECT 'trajecten_traject'::regclass, 0, 'id = $1'
    UNION ALL
    SELECT j.tabel, j.diepte, j.waar FROM (
        SELECT w.tabel, w.diepte, w.waar FROM wegen_naar('trajecten_jongere', '$2') w
        UNION ALL SELECT 'trajecten_jongere'::regclass, -1, 'id = $2'
    ) j WHERE NOT EXISTS (SELECT FROM trajecten_traject t WHERE t.jongere_id = wie AND t.id <> weg)
$$;
REVOKE EXECUTE ON FUNCTION wegen_naar(regclass, text), alles_van(uuid, uuid) FROM PUBLIC;
"""
WEGEN_WEG = "DROP FUNCTION alles_van(uuid, uuid); DROP FUNCTION wegen_naar(regclass, text);"

# A change is every moment that a row of the trajectory holds (a timestamp, or `van` and `tot` where there is only a
# date), up to now. Looking is no change, nor is what the machine plans, a draft, or this very administration.
TERMIJN = """
CREATE FUNCTION herreken_bewaartermijnen(alleen uuid DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    vandaag constant date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
    eerder constant text := coalesce(current_setting('app.opruimen', true), '');
    stempels text;
    aantal bigint;
BEGIN
    IF alleen IS NULL THEN  -- two rounds at once would lock the same rows in another order
        PERFORM pg_advisory_xact_lock(hashtext('herreken_bewaartermijnen'));
    END IF;
    PERFORM set_config('app.opruimen', 'ja', true);
    SELECT string_agg(format('SELECT %s, max(%s) FROM %s %s GROUP BY 1', w.sleutel, k.dag, w.bron,
                             CASE WHEN alleen IS NULL THEN '' ELSE 'WHERE ' || w.sleutel || ' = $1' END),
                      ' UNION ALL ')
    INTO stempels
    FROM wegen_naar('trajecten_traject', '$1') w
    JOIN LATERAL (
        SELECT string_agg(format(
            CASE WHEN a.atttypid = 'date'::regtype THEN 'CASE WHEN r%1$s.%2$I <= $2 THEN r%1$s.%2$I END'
                 ELSE 'CASE WHEN r%1$s.%2$I <= now() THEN (r%1$s.%2$I AT TIME ZONE ''Europe/Amsterdam'')::date END' END,
            w.diepte, a.attname), ', ') AS kolommen
        FROM pg_attribute a
        WHERE a.attrelid = w.tabel AND a.attnum > 0 AND NOT a.attisdropped
          AND (a.atttypid = 'timestamptz'::regtype OR (a.atttypid = 'date'::regtype AND a.attname IN ('van', 'tot')))
    ) s ON s.kolommen IS NOT NULL
    CROSS JOIN LATERAL (SELECT format('greatest(%s)', s.kolommen) AS dag) k
    WHERE w.tabel NOT IN ('trajecten_inzagelog'::regclass, 'trajecten_herinnering'::regclass,
                          'trajecten_momentconcept'::regclass, 'trajecten_bewaartermijn'::regclass,
                          'trajecten_vertrek'::regclass);
    EXECUTE format($sql$
        WITH gewijzigd AS (
            SELECT s.traject, max(s.dag) AS dag FROM (%1$s) s (traject, dag) GROUP BY 1
        ), contact AS (
            SELECT traject_id, max(dag) AS dag FROM (
                SELECT traject_id, max(datum) FROM trajecten_moment %2$s GROUP BY 1
                UNION ALL SELECT traject_id, max(van) FROM trajecten_faseverblijf %2$s GROUP BY 1
                UNION ALL SELECT traject_id, max((afgerond_op AT TIME ZONE 'Europe/Amsterdam')::date)
                          FROM trajecten_contactmoment WHERE resultaat = 'gesproken' %3$s GROUP BY 1
                UNION ALL SELECT traject_id, max(gepland_op)
                          FROM trajecten_contactmoment WHERE resultaat = '' AND vervallen_op IS NULL %3$s GROUP BY 1
            ) c (traject_id, dag) GROUP BY 1
        ), feiten AS (
            SELECT t.id,
                   greatest(t.begonnen_op, (t.gewijzigd_op AT TIME ZONE 'Europe/Amsterdam')::date,
                            (j.gewijzigd_op AT TIME ZONE 'Europe/Amsterdam')::date, g.dag) AS wijziging,
                   greatest(t.begonnen_op, c.dag) AS contact
            FROM trajecten_traject t
            JOIN trajecten_jongere j ON j.id = t.jongere_id
            LEFT JOIN gewijzigd g ON g.traject = t.id
            LEFT JOIN contact c ON c.traject_id = t.id
            WHERE $1 IS NULL OR t.id = $1
        ), nieuw AS (
            SELECT f.*, coalesce(b.grond, 'jeugdhulp') AS grond,
                   (CASE WHEN b.grond = 'overig' THEN f.contact + interval '2 years'
                         ELSE f.wijziging + interval '20 years' END)::date AS tot
            FROM feiten f LEFT JOIN trajecten_bewaartermijn b ON b.traject_id = f.id
        )
        INSERT INTO trajecten_bewaartermijn AS b
            (traject_id, grond, laatste_wijziging, laatste_contact, bewaren_tot, berekend_op)
        SELECT id, grond, wijziging, contact, tot, now() FROM nieuw
        ON CONFLICT (traject_id) DO UPDATE SET laatste_wijziging = excluded.laatste_wijziging,
            laatste_contact = excluded.laatste_contact, bewaren_tot = excluded.bewaren_tot, berekend_op = now()
        WHERE (b.laatste_wijziging, b.laatste_contact, b.bewaren_tot)
            IS DISTINCT FROM (excluded.laatste_wijziging, excluded.laatste_contact, excluded.bewaren_tot)
    $sql$, stempels,
           CASE WHEN alleen IS NULL THEN '' ELSE 'WHERE traject_id = $1' END,
           CASE WHEN alleen IS NULL THEN '' ELSE 'AND traject_id = $1' END)
    USING alleen, vandaag;
    GET DIAGNOSTICS aantal = ROW_COUNT;
    PERFORM set_config('app.opruimen', eerder, true);
    RETURN aantal;
END $$;
"""
TERMIJN_WEG = "DROP FUNCTION herreken_bewaartermijnen(uuid);"

WEGHALEN = """
CREATE FUNCTION wat_weggaat(weg uuid) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    eerder constant text := coalesce(current_setting('app.opruimen', true), '');
    wie uuid;
    deel record;
    aantal bigint;
    aantallen jsonb := '{}';
BEGIN
    IF NOT is_coordinator_van(weg) THEN
        RAISE EXCEPTION 'niet van jou' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.opruimen', 'ja', true);
    SELECT jongere_id INTO wie FROM trajecten_traject WHERE id = weg;
    FOR deel IN
        SELECT a.tabel, string_agg(format('SELECT tableoid, ctid FROM %s WHERE %s', a.tabel, a.waar), ' UNION ') AS rijen
        FROM alles_van(weg, wie) a GROUP BY a.tabel
    LOOP
        EXECUTE format('SELECT count(*) FROM (%s) r', deel.rijen) INTO aantal USING weg, wie;
        aantallen := aantallen || jsonb_build_object(deel.tabel, aantal);
    END LOOP;
    PERFORM set_config('app.opruimen', eerder, true);
    RETURN aantallen;
END $$;

CREATE FUNCTION verwijder_traject(weg uuid) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    wie uuid;
    waar_ bigint;
    besluit trajecten_vertrek;
    termijn trajecten_bewaartermijn;
    deel record;
    aantal bigint;
    aantallen jsonb := '{}';
    groepen text[];
    brieven bigint[];
BEGIN
    IF NOT is_coordinator_van(weg) THEN
        RAISE EXCEPTION 'niet van jou' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.opruimen', 'ja', true);
    SELECT t.jongere_id, t.initiatief_id INTO wie, waar_ FROM trajecten_traject t WHERE t.id = weg FOR UPDATE;
    SELECT * INTO besluit FROM trajecten_vertrek v
    WHERE v.traject_id = weg AND v.besluit = 'weghalen' AND v.ingetrokken_op IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'niet besloten';
    END IF;
    IF besluit.besloten_op > now() - interval '14 days' THEN
        RAISE EXCEPTION 'bedenktijd';
    END IF;
    PERFORM herreken_bewaartermijnen(weg);
    PERFORM set_config('app.opruimen', 'ja', true);
    SELECT * INTO termijn FROM trajecten_bewaartermijn b WHERE b.traject_id = weg;
    IF besluit.aanleiding <> 'verzoek'
       AND termijn.bewaren_tot >= (now() AT TIME ZONE 'Europe/Amsterdam')::date THEN
        RAISE EXCEPTION 'niet voorbij';
    END IF;
    SET CONSTRAINTS ALL DEFERRED;
    groepen := ARRAY(SELECT 'herinnering:' || h.id FROM trajecten_herinnering h WHERE h.traject_id = weg);
    FOR deel IN SELECT * FROM alles_van(weg, wie) a ORDER BY a.diepte DESC LOOP
        EXECUTE format('DELETE FROM %s WHERE %s', deel.tabel, deel.waar) USING weg, wie;
        GET DIAGNOSTICS aantal = ROW_COUNT;
        aantallen := aantallen || jsonb_build_object(
            deel.tabel, aantal + coalesce((aantallen ->> deel.tabel::text)::bigint, 0));
    END LOOP;
    -- Mail about this trajectory, and its part of mail about several; a mail of which nothing is left goes too.
    WITH stukken AS (DELETE FROM post_berichtdeel d WHERE d.groep = ANY (groepen) RETURNING d.id, d.bericht_id)
    SELECT array_agg(DISTINCT s.bericht_id) INTO brieven FROM stukken s
    WHERE NOT EXISTS (SELECT FROM post_berichtdeel d WHERE d.bericht_id = s.bericht_id AND d.groep <> ALL (groepen));
    brieven := coalesce(brieven, '{}') || ARRAY(
        SELECT b.id FROM post_bericht b WHERE b.groep = ANY (groepen)
            OR position(weg::text in concat_ws(' ', b.sleutel, b.groep, b.pad, b.gegevens::text)) > 0);
    DELETE FROM post_berichtdeel d WHERE d.bericht_id = ANY (brieven);
    DELETE FROM post_bericht b WHERE b.id = ANY (brieven);
    INSERT INTO trajecten_verwijderbewijs (initiatief_id, op, aanleiding, grond, aantallen, door_id)
    VALUES (waar_, (now() AT TIME ZONE 'Europe/Amsterdam')::date, besluit.aanleiding, termijn.grond, aantallen,
            besluit.besloten_door_id);
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    PERFORM set_config('app.opruimen', '', true);
    RETURN aantallen;
END $$;

CREATE FUNCTION uit_te_voeren_vertrekken() RETURNS TABLE (traject_id uuid, besloten_door_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF app_taak() IS DISTINCT FROM 'opruimen' THEN
        RAISE EXCEPTION 'niet van jou' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.opruimen', 'ja', true);
    RETURN QUERY SELECT v.traject_id, v.besloten_door_id FROM trajecten_vertrek v
                 WHERE v.besluit = 'weghalen' AND v.ingetrokken_op IS NULL
                   AND v.besloten_op <= now() - interval '14 days' ORDER BY v.besloten_op, v.id;
    PERFORM set_config('app.opruimen', '', true);
END $$;

CREATE FUNCTION initiatieven_met_opruimvoorstel() RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    vandaag constant date := (now() AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
    IF app_taak() IS DISTINCT FROM 'opruimen' THEN
        RAISE EXCEPTION 'niet van jou' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.opruimen', 'ja', true);
    RETURN QUERY SELECT DISTINCT t.initiatief_id FROM trajecten_traject t
        LEFT JOIN trajecten_bewaartermijn b ON b.traject_id = t.id AND b.bewaren_tot < vandaag
        LEFT JOIN trajecten_vertrek v ON v.traject_id = t.id AND v.ingetrokken_op IS NULL
             AND (v.besluit <> 'bewaren' OR v.weer_vragen_op > vandaag)
        WHERE v.besluit = 'open' OR (b.traject_id IS NOT NULL AND v.id IS NULL);
    PERFORM set_config('app.opruimen', '', true);
END $$;
"""
WEGHALEN_WEG = """
DROP FUNCTION initiatieven_met_opruimvoorstel();
DROP FUNCTION uit_te_voeren_vertrekken();
DROP FUNCTION verwijder_traject(uuid);
DROP FUNCTION wat_weggaat(uuid);
"""
FUNCTIES = (
    "herreken_bewaartermijnen(uuid), wat_weggaat(uuid), verwijder_traject(uuid), uit_te_voeren_vertrekken(), "
    "initiatieven_met_opruimvoorstel()"
)
TABELLEN = "trajecten_bewaartermijn, trajecten_vertrek, trajecten_verwijderbewijs"
BESLUIT = "besluit, reden, besloten_door_id, besloten_op, weer_vragen_op, ingetrokken_op"


def zet_rechten(apps, schema_editor):
    """What the application may do with the new tables and functions; everything else only the owner."""
    rol = connection.ops.quote_name(settings.APP_ROL)
    for opdracht in (
        f"REVOKE EXECUTE ON FUNCTION {FUNCTIES} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {FUNCTIES} TO {rol}",
        f"REVOKE INSERT, UPDATE, DELETE ON {TABELLEN} FROM {rol}",
        f"GRANT UPDATE (grond, gekozen_door_id) ON trajecten_bewaartermijn TO {rol}",
        f"GRANT INSERT ON trajecten_vertrek TO {rol}",
        f"GRANT UPDATE ({BESLUIT}) ON trajecten_vertrek TO {rol}",
    ):
        schema_editor.execute(opdracht)


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0020_vertrek"), ("post", "0002_bundels_en_afmelden")]

    operations = [
        migrations.RunSQL(ROLLEN, ROLLEN_WEG),
        migrations.RunSQL(STEMPELS, STEMPELS_WEG),
        migrations.RunSQL(WEGEN, WEGEN_WEG),
        migrations.RunSQL(TERMIJN, TERMIJN_WEG),
        migrations.RunSQL(WEGHALEN, WEGHALEN_WEG),
        bescherm(
            "trajecten_bewaartermijn",
            f"zien FOR SELECT USING {KRING.LEZEN}",
            "kiezen FOR UPDATE USING (is_coordinator_van(traject_id)) WITH CHECK (is_coordinator_van(traject_id))",
        ),
        bescherm(
            "trajecten_vertrek",
            f"zien FOR SELECT USING {KRING.LEZEN}",
            f"vragen FOR INSERT WITH CHECK ({KRING.SCHRIJVEN} AND genoteerd_door_id = {IK} "
            "AND ((besluit = 'open' AND aanleiding = 'verzoek') OR is_coordinator_van(traject_id)))",
            "beslissen FOR UPDATE USING (is_coordinator_van(traject_id)) WITH CHECK (is_coordinator_van(traject_id))",
        ),
        bescherm(
            "trajecten_verwijderbewijs",
            "zien FOR SELECT USING (initiatief_id = ANY ((SELECT mijn_coordinatie())::bigint[]))",
        ),
        migrations.RunPython(zet_rechten, migrations.RunPython.noop),
    ]
