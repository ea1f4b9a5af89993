"""A draft that nobody can read any more does not stay.

Only its writer reads a draft, and only as long as she belongs to the circle. Who works there may know that there is
one, whose it is and since when: `wie_schrijft_nog` shows no word of it. With the last step of a handover the drafts
go; when somebody left the circle, hers go thirty days later, so that a mistake in the roles costs nobody her words.
"""

from django.db import migrations

POLICIES = """
CREATE POLICY loopt_na ON trajecten_momentconcept FOR SELECT TO CURRENT_USER
    USING ((SELECT app_taak()) = 'concepten');
CREATE POLICY laat_gaan ON trajecten_momentconcept FOR DELETE TO CURRENT_USER
    USING ((SELECT app_taak()) = 'concepten');
"""
POLICIES_WEG = """
DROP POLICY laat_gaan ON trajecten_momentconcept;
DROP POLICY loopt_na ON trajecten_momentconcept;
"""

# `hoort_bij_kring` asks of anybody what `van_mij` asks of the user of this transaction.
FUNCTIES = """
CREATE FUNCTION hoort_bij_kring(gebruiker bigint, traject uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM trajecten_traject t
        JOIN gebruikers_rol r ON r.initiatief_id = t.initiatief_id AND r.gebruiker_id = $1 AND r.tot IS NULL
        JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
        WHERE t.id = $2 AND (r.soort = 'coordinator' OR r.soort = 'begeleider' AND EXISTS (
            SELECT FROM trajecten_betrokkene b
            WHERE b.traject_id = t.id AND b.gebruiker_id = $1 AND b.tot IS NULL
              AND b.rol IN ('vaste_begeleider', 'waarnemer'))))
$$;

CREATE FUNCTION wie_schrijft_nog(trajecten uuid[])
RETURNS TABLE (traject_id uuid, gebruiker_id bigint, naam text, sinds timestamptz, kan_erbij boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE eerder text := coalesce(current_setting('app.taak', true), '');
BEGIN
    PERFORM set_config('app.taak', 'concepten', true);
    RETURN QUERY
        SELECT c.traject_id, g.id, g.naam::text, c.bijgewerkt_op, hoort_bij_kring(g.id, c.traject_id)
        FROM trajecten_momentconcept c JOIN gebruikers_gebruiker g ON g.id = c.gebruiker_id
        WHERE c.traject_id = ANY ($1) AND app_gebruiker() IS NOT NULL AND van_mij(c.traject_id) AND c.tekst <> ''
        ORDER BY c.bijgewerkt_op, c.id;
    PERFORM set_config('app.taak', eerder, true);
END $$;

CREATE FUNCTION ruim_concepten_op(dagen integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    eerder text := coalesce(current_setting('app.taak', true), '');
    aantal integer;
BEGIN
    IF eerder <> 'concepten' THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'Dit doet alleen de taak concepten.';
    END IF;
    DELETE FROM trajecten_momentconcept c
    WHERE NOT hoort_bij_kring(c.gebruiker_id, c.traject_id)
      AND c.bijgewerkt_op < now() - make_interval(days => dagen)
      AND NOT EXISTS (SELECT FROM trajecten_betrokkene b
                      WHERE b.traject_id = c.traject_id AND b.gebruiker_id = c.gebruiker_id
                        AND b.tot > amsterdam_vandaag() - dagen)
      AND NOT EXISTS (SELECT FROM gebruikers_rol r JOIN trajecten_traject t ON t.initiatief_id = r.initiatief_id
                      WHERE t.id = c.traject_id AND r.gebruiker_id = c.gebruiker_id
                        AND r.tot > amsterdam_vandaag() - dagen);
    GET DIAGNOSTICS aantal = ROW_COUNT;
    RETURN aantal;
END $$;
"""
FUNCTIES_WEG = """
DROP FUNCTION ruim_concepten_op(integer);
DROP FUNCTION wie_schrijft_nog(uuid[]);
DROP FUNCTION hoort_bij_kring(bigint, uuid);
"""

VERHUIZEN = """
CREATE OR REPLACE FUNCTION verhuis_traject() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE eerder text := coalesce(current_setting('app.taak', true), '');
BEGIN
    {concepten}PERFORM set_config('app.taak', 'overdracht', true);
    UPDATE trajecten_betrokkene SET tot = greatest(van, amsterdam_vandaag())
    WHERE traject_id = NEW.traject_id AND tot IS NULL AND rol IN ('vaste_begeleider', 'waarnemer');
    INSERT INTO trajecten_betrokkene (id, traject_id, rol, gebruiker_id, naam, heeft_gezag, meelezen, van)
    VALUES (gen_random_uuid(), NEW.traject_id, 'vaste_begeleider', NEW.nieuwe_begeleider_id, '', false, 'niets',
            amsterdam_vandaag());
    UPDATE trajecten_traject SET initiatief_id = NEW.naar_id, toestand = 'lopend' WHERE id = NEW.traject_id;
    PERFORM geef_contact_door(array_agg(c.id), NEW.nieuwe_begeleider_id)
    FROM trajecten_contactmoment c
    WHERE c.traject_id = NEW.traject_id AND c.resultaat = '' AND c.vervallen_op IS NULL;
    PERFORM set_config('app.taak', eerder, true);
    RETURN NULL;
END $$;
"""
CONCEPTEN = """PERFORM set_config('app.taak', 'concepten', true);
    DELETE FROM trajecten_momentconcept WHERE traject_id = NEW.traject_id;
    """


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0047_verhaal_gaat_mee")]

    operations = [
        migrations.RunSQL(POLICIES, POLICIES_WEG),
        migrations.RunSQL(FUNCTIES, FUNCTIES_WEG),
        migrations.RunSQL(VERHUIZEN.format(concepten=CONCEPTEN), VERHUIZEN.format(concepten="")),
    ]
