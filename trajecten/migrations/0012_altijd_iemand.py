"""A trajectory is never without somebody, and what waits is never with somebody who left.

Held by the database, because a role ends in several places (a page, Django's admin, a shell) and by people who may
not see a trajectory. Whoever ends it, in that same transaction the stand-in owns what waits. The task `vertrek` sees
planning and people for that, and no moment, no wish and no name of a young person.
"""

from django.db import migrations

VERTREK = "(SELECT app_taak()) = 'vertrek'"

POLICIES = f"""
CREATE POLICY vertrek_leest ON trajecten_contactmoment FOR SELECT USING ({VERTREK});
CREATE POLICY vertrek_geeft_door ON trajecten_contactmoment FOR UPDATE USING ({VERTREK}) WITH CHECK ({VERTREK});
CREATE POLICY vertrek_leest ON trajecten_herinnering FOR SELECT USING ({VERTREK});
CREATE POLICY vertrek_beeindigt ON trajecten_betrokkene FOR UPDATE USING ({VERTREK}) WITH CHECK ({VERTREK});
"""
POLICIES_WEG = """
DROP POLICY vertrek_leest ON trajecten_contactmoment;
DROP POLICY vertrek_geeft_door ON trajecten_contactmoment;
DROP POLICY vertrek_leest ON trajecten_herinnering;
DROP POLICY vertrek_beeindigt ON trajecten_betrokkene;
"""

# Who works here, who can take over and in which order: the stand-in first, then another steady counsellor, then the
# coördinator.
MENSEN = """
CREATE FUNCTION amsterdam_vandaag() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date
$$;

CREATE FUNCTION werkt_bij(gebruiker bigint, initiatief bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM gebruikers_rol r JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
        WHERE r.gebruiker_id = $1 AND r.initiatief_id = $2 AND r.soort IN ('begeleider', 'coordinator')
          AND r.tot IS NULL)
$$;

CREATE FUNCTION coordinatoren(initiatief bigint) RETURNS TABLE (gebruiker_id bigint, van date)
LANGUAGE sql STABLE ROWS 2 AS $$
    SELECT r.gebruiker_id, r.van
    FROM gebruikers_rol r JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
    WHERE r.initiatief_id = $1 AND r.soort = 'coordinator' AND r.tot IS NULL
$$;

CREATE FUNCTION wie_neemt_over(traject uuid, vertrekt bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT k.gebruiker_id FROM (
        SELECT b.gebruiker_id, CASE b.rol WHEN 'waarnemer' THEN 1 ELSE 2 END AS plaats, b.van
        FROM trajecten_betrokkene b JOIN trajecten_traject t ON t.id = b.traject_id
        WHERE b.traject_id = $1 AND b.tot IS NULL AND b.rol IN ('vaste_begeleider', 'waarnemer')
          AND werkt_bij(b.gebruiker_id, t.initiatief_id)
        UNION ALL
        SELECT c.gebruiker_id, 3, c.van FROM trajecten_traject t, coordinatoren(t.initiatief_id) c WHERE t.id = $1
    ) k
    WHERE k.gebruiker_id <> $2
    ORDER BY k.plaats, k.van, k.gebruiker_id
    LIMIT 1
$$;
"""
MENSEN_WEG = """
DROP FUNCTION wie_neemt_over(uuid, bigint);
DROP FUNCTION coordinatoren(bigint);
DROP FUNCTION werkt_bij(bigint, bigint);
DROP FUNCTION amsterdam_vandaag();
"""

# Contact goes to somebody else, and with it mail that was not sent yet. Called by `ContactmomentQuerySet.geef_door`
# too, with the rights of who calls it.
DOORGEVEN = """
CREATE FUNCTION geef_contact_door(contacten bigint[], aan bigint) RETURNS void LANGUAGE sql AS $$
    WITH was AS (
        SELECT c.id, c.eigenaar_id AS van FROM trajecten_contactmoment c
        WHERE c.id = ANY ($1) AND c.eigenaar_id <> $2 AND c.resultaat = '' AND c.vervallen_op IS NULL
        FOR UPDATE
    ), door AS (
        UPDATE trajecten_contactmoment c SET eigenaar_id = $2 FROM was WHERE c.id = was.id RETURNING c.id, was.van
    ), stil AS (
        UPDATE post_bericht p SET toestand = 'vervallen', pacht_tot = NULL
        FROM door JOIN trajecten_herinnering h ON h.contactmoment_id = door.id
        WHERE p.groep = 'herinnering:' || h.id AND p.groep <> '' AND p.aan_id = door.van
          AND p.toestand IN ('wacht', 'bezig')
        RETURNING p.groep, p.soort, p.pad, p.gegevens, p.versturen_vanaf
    )
    INSERT INTO post_bericht (sleutel, groep, soort, aan_id, aan_adres, pad, gegevens, toestand, versturen_vanaf,
                              pogingen, fout, aangemaakt_op)
    SELECT s.groep || ':' || $2, s.groep, s.soort, $2, '', s.pad, s.gegevens, 'wacht', s.versturen_vanaf, 0, '', now()
    FROM stil s
    ON CONFLICT (sleutel) DO UPDATE SET toestand = 'wacht' WHERE post_bericht.toestand = 'vervallen'
$$;

CREATE FUNCTION geef_door_bij_vertrek(vertrekt bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    eerder text := coalesce(current_setting('app.taak', true), '');
    groep record;
BEGIN
    PERFORM set_config('app.taak', 'vertrek', true);
    UPDATE trajecten_betrokkene b SET tot = greatest(b.van, amsterdam_vandaag())
    FROM trajecten_traject t
    WHERE t.id = b.traject_id AND b.gebruiker_id = vertrekt AND b.tot IS NULL
      AND b.rol IN ('vaste_begeleider', 'waarnemer') AND NOT werkt_bij(vertrekt, t.initiatief_id);
    FOR groep IN
        SELECT k.aan, array_agg(k.id) AS contacten FROM (
            SELECT c.id, wie_neemt_over(c.traject_id, vertrekt) AS aan
            FROM trajecten_contactmoment c JOIN trajecten_traject t ON t.id = c.traject_id
            WHERE c.eigenaar_id = vertrekt AND c.resultaat = '' AND c.vervallen_op IS NULL
              AND NOT werkt_bij(vertrekt, t.initiatief_id)
        ) k WHERE k.aan IS NOT NULL GROUP BY k.aan
    LOOP
        PERFORM geef_contact_door(groep.contacten, groep.aan);
    END LOOP;
    PERFORM set_config('app.taak', eerder, true);
END $$;

CREATE FUNCTION rol_eindigde() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM geef_door_bij_vertrek(OLD.gebruiker_id);
    RETURN NULL;
END $$;
CREATE FUNCTION account_ging_dicht() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM geef_door_bij_vertrek(OLD.id);
    RETURN NULL;
END $$;

CREATE TRIGGER geef_door_bij_vertrek AFTER UPDATE OF tot ON gebruikers_rol FOR EACH ROW
    WHEN (OLD.tot IS NULL AND NEW.tot IS NOT NULL AND OLD.initiatief_id IS NOT NULL) EXECUTE FUNCTION rol_eindigde();
CREATE TRIGGER geef_door_bij_verwijderen AFTER DELETE ON gebruikers_rol FOR EACH ROW
    WHEN (OLD.tot IS NULL AND OLD.initiatief_id IS NOT NULL) EXECUTE FUNCTION rol_eindigde();
CREATE TRIGGER geef_door_bij_vertrek AFTER UPDATE OF is_active ON gebruikers_gebruiker FOR EACH ROW
    WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION account_ging_dicht();
"""
DOORGEVEN_WEG = """
DROP TRIGGER geef_door_bij_vertrek ON gebruikers_gebruiker;
DROP TRIGGER geef_door_bij_verwijderen ON gebruikers_rol;
DROP TRIGGER geef_door_bij_vertrek ON gebruikers_rol;
DROP FUNCTION account_ging_dicht();
DROP FUNCTION rol_eindigde();
DROP FUNCTION geef_door_bij_vertrek(bigint);
DROP FUNCTION geef_contact_door(bigint[], bigint);
"""

# Checked at the end of the transaction, so that who comes and who leaves may be written in any order. Two people who
# end the last two roles at once wait for each other here: the second sees what the first did.
BEWAKEN = """
CREATE FUNCTION zonder_iemand(initiatief bigint, traject uuid) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM coordinatoren($1)) AND EXISTS (
        SELECT 1 FROM trajecten_traject t
        WHERE t.initiatief_id = $1 AND ($2 IS NULL OR t.id = $2) AND t.toestand <> 'overgedragen'
          AND NOT EXISTS (SELECT 1 FROM trajecten_betrokkene b
                          WHERE b.traject_id = t.id AND b.rol = 'vaste_begeleider' AND b.tot IS NULL
                            AND werkt_bij(b.gebruiker_id, $1)))
$$;

CREATE FUNCTION eis_iemand(initiatief bigint, traject uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('altijd_iemand'), (initiatief % 64)::int);
    IF zonder_iemand(initiatief, traject) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'traject_heeft_altijd_iemand', MESSAGE =
            'Dan staat er een jongere zonder begeleider en zonder coördinator. Zorg eerst voor een van die twee.';
    END IF;
END $$;

CREATE FUNCTION bewaak_traject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM eis_iemand(NEW.initiatief_id, NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION bewaak_betrokkene() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM eis_iemand(t.initiatief_id, t.id) FROM trajecten_traject t WHERE t.id = OLD.traject_id;
    RETURN NULL;
END $$;
CREATE FUNCTION bewaak_rol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM eis_iemand(OLD.initiatief_id, NULL);
    RETURN NULL;
END $$;
CREATE FUNCTION bewaak_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM eis_iemand(r.initiatief_id, NULL)
    FROM gebruikers_rol r WHERE r.gebruiker_id = OLD.id AND r.tot IS NULL AND r.initiatief_id IS NOT NULL;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER altijd_iemand AFTER INSERT OR UPDATE OF initiatief_id, toestand ON trajecten_traject
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bewaak_traject();
CREATE CONSTRAINT TRIGGER altijd_iemand AFTER UPDATE OF rol, tot OR DELETE ON trajecten_betrokkene
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.rol = 'vaste_begeleider' AND OLD.tot IS NULL) EXECUTE FUNCTION bewaak_betrokkene();
CREATE CONSTRAINT TRIGGER altijd_iemand AFTER UPDATE OF tot OR DELETE ON gebruikers_rol
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.tot IS NULL AND OLD.initiatief_id IS NOT NULL) EXECUTE FUNCTION bewaak_rol();
CREATE CONSTRAINT TRIGGER altijd_iemand AFTER UPDATE OF is_active ON gebruikers_gebruiker
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION bewaak_account();
"""
BEWAKEN_WEG = """
DROP TRIGGER altijd_iemand ON gebruikers_gebruiker;
DROP TRIGGER altijd_iemand ON gebruikers_rol;
DROP TRIGGER altijd_iemand ON trajecten_betrokkene;
DROP TRIGGER altijd_iemand ON trajecten_traject;
DROP FUNCTION bewaak_account();
DROP FUNCTION bewaak_rol();
DROP FUNCTION bewaak_betrokkene();
DROP FUNCTION bewaak_traject();
DROP FUNCTION eis_iemand(bigint, uuid);
DROP FUNCTION zonder_iemand(bigint, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("gebruikers", "0001_initial"), ("post", "0001_initial"), ("trajecten", "0011_ouders_en_gezag")]

    operations = [
        migrations.RunSQL(POLICIES, POLICIES_WEG),
        migrations.RunSQL(MENSEN, MENSEN_WEG),
        migrations.RunSQL(DOORGEVEN, DOORGEVEN_WEG),
        migrations.RunSQL(BEWAKEN, BEWAKEN_WEG),
    ]
