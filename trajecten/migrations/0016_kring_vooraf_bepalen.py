"""Work out once per request what one's own circle is, and let every policy ask that first.

Every policy used to work out the whole circle of the user again, for every table of every query, and more slowly the
more trajectories she may see. Now `noem_gebruiker` names the user and works out, in the same statement, of which
initiatives she is coördinator, which trajectories are hers, and which young people. These lists are local to the
transaction, count only for the user they were made for, and are forgotten as soon as an account, a role or an
involvement changes in that transaction. A list is a short cut and never the whole truth: who is not on it is looked up
by `van_mij`, row by row, in the tables as they are now. That is also what every write is checked with.

A policy on another table never asks trajecten_traject itself: who may see that row for another reason, such as the
task for aftercare, would see moments too.
"""

from django.db import migrations

VRAGEN = """
CREATE OR REPLACE FUNCTION coordinatie_nu() RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(
        SELECT r.initiatief_id
        FROM gebruikers_rol r JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
        WHERE r.gebruiker_id = app_gebruiker() AND r.soort = 'coordinator' AND r.tot IS NULL);
END $$;

CREATE OR REPLACE FUNCTION begeleiding_nu() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT b.traject_id
        FROM trajecten_betrokkene b
        JOIN trajecten_traject t ON t.id = b.traject_id
        JOIN gebruikers_rol r ON r.gebruiker_id = b.gebruiker_id AND r.initiatief_id = t.initiatief_id
             AND r.soort = 'begeleider' AND r.tot IS NULL
        JOIN gebruikers_gebruiker g ON g.id = b.gebruiker_id AND g.is_active
        WHERE b.gebruiker_id = app_gebruiker() AND b.tot IS NULL AND b.rol IN ('vaste_begeleider', 'waarnemer'));
END $$;

CREATE OR REPLACE FUNCTION van_mij(traject uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1
        FROM trajecten_traject t
        JOIN gebruikers_rol r ON r.initiatief_id = t.initiatief_id AND r.gebruiker_id = app_gebruiker() AND r.tot IS NULL
        JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
        WHERE t.id = traject AND (r.soort = 'coordinator' OR r.soort = 'begeleider' AND EXISTS (
            SELECT 1 FROM trajecten_betrokkene b
            WHERE b.traject_id = t.id AND b.gebruiker_id = r.gebruiker_id AND b.tot IS NULL
              AND b.rol IN ('vaste_begeleider', 'waarnemer'))));
END $$;

CREATE OR REPLACE FUNCTION jongere_van_mij(jongere uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM trajecten_traject t WHERE t.jongere_id = jongere AND van_mij(t.id));
END $$;

CREATE OR REPLACE FUNCTION trajecten_nu() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT unnest(begeleiding_nu())
    UNION
    SELECT t.id FROM trajecten_traject t WHERE t.initiatief_id = ANY (coordinatie_nu())
$$;
CREATE OR REPLACE FUNCTION jongeren_nu() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.jongere_id FROM trajecten_traject t WHERE t.id IN (SELECT trajecten_nu())
$$;
"""
# The other four stay: `mijn_trajecten` and `mijn_jongeren` ask them, also as they were.
VRAGEN_WEG = "DROP FUNCTION jongere_van_mij(uuid); DROP FUNCTION van_mij(uuid);"

# A coördinator of more than two hundred trajectories has them looked up one by one: a longer list would cost more.
LIJSTEN = """
CREATE FUNCTION noem_gebruiker(gebruiker bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    coordinatie bigint[];
    eigen uuid[];
    samen uuid[];
    past boolean := true;
BEGIN
    PERFORM set_config('app.gebruiker', gebruiker::text, true);
    coordinatie := coordinatie_nu();
    eigen := begeleiding_nu();
    IF cardinality(coordinatie) > 0 THEN
        samen := ARRAY(SELECT t.id FROM trajecten_traject t WHERE t.initiatief_id = ANY (coordinatie) LIMIT 201);
        past := cardinality(samen) <= 200;
        eigen := eigen || CASE WHEN past THEN samen ELSE '{}' END;
    END IF;
    PERFORM set_config('app.kring_past', past::text, true);
    PERFORM set_config('app.coordinatie', coordinatie::text, true);
    PERFORM set_config('app.trajecten', eigen::text, true);
    PERFORM set_config('app.jongeren', ARRAY(
        SELECT t.jongere_id FROM trajecten_traject t WHERE t.id = ANY (eigen))::text, true);
    PERFORM set_config('app.kring_van', gebruiker::text, true);
END $$;

CREATE FUNCTION kring_is_bepaald() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('app.kring_van', true), '') = current_setting('app.gebruiker', true)
$$;
CREATE FUNCTION mijn_coordinatie() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN kring_is_bepaald() THEN current_setting('app.coordinatie', true)::bigint[]
                ELSE coordinatie_nu() END
$$;
CREATE FUNCTION mijn_begeleiding() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN kring_is_bepaald() THEN current_setting('app.trajecten', true)::uuid[]
                ELSE begeleiding_nu() END
$$;
CREATE FUNCTION bekende_trajecten() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN kring_is_bepaald() THEN current_setting('app.trajecten', true)::uuid[] END
$$;
CREATE FUNCTION bekende_jongeren() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN kring_is_bepaald() THEN current_setting('app.jongeren', true)::uuid[] END
$$;

-- For a policy that asks for the whole circle at once: the lists when they hold everything, and else the tables.
CREATE FUNCTION kring_past() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(kring_is_bepaald() AND current_setting('app.kring_past', true) = 'true', false)
$$;
CREATE OR REPLACE FUNCTION mijn_trajecten() RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 50 AS $$
BEGIN
    IF kring_past() THEN
        RETURN QUERY SELECT unnest(bekende_trajecten());
    ELSE
        RETURN QUERY SELECT trajecten_nu();
    END IF;
END $$;
CREATE OR REPLACE FUNCTION mijn_jongeren() RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 50 AS $$
BEGIN
    IF kring_past() THEN
        RETURN QUERY SELECT unnest(bekende_jongeren());
    ELSE
        RETURN QUERY SELECT jongeren_nu();
    END IF;
END $$;

CREATE FUNCTION vergeet_kring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.kring_van', '', true);
    RETURN NULL;
END $$;
CREATE TRIGGER vergeet_kring AFTER INSERT OR UPDATE OR DELETE ON trajecten_betrokkene
    FOR EACH STATEMENT EXECUTE FUNCTION vergeet_kring();
CREATE TRIGGER vergeet_kring AFTER INSERT OR UPDATE OR DELETE ON gebruikers_rol
    FOR EACH STATEMENT EXECUTE FUNCTION vergeet_kring();
CREATE TRIGGER vergeet_kring AFTER UPDATE OF is_active OR DELETE ON gebruikers_gebruiker
    FOR EACH STATEMENT EXECUTE FUNCTION vergeet_kring();
"""
LIJSTEN_WEG = """
DROP TRIGGER vergeet_kring ON gebruikers_gebruiker;
DROP TRIGGER vergeet_kring ON gebruikers_rol;
DROP TRIGGER vergeet_kring ON trajecten_betrokkene;
DROP FUNCTION vergeet_kring();
CREATE OR REPLACE FUNCTION mijn_trajecten() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp AS 'SELECT trajecten_nu()';
CREATE OR REPLACE FUNCTION mijn_jongeren() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp AS 'SELECT jongeren_nu()';
DROP FUNCTION kring_past();
DROP FUNCTION bekende_jongeren();
DROP FUNCTION bekende_trajecten();
DROP FUNCTION mijn_begeleiding();
DROP FUNCTION mijn_coordinatie();
DROP FUNCTION kring_is_bepaald();
DROP FUNCTION noem_gebruiker(bigint);
"""

EIGEN = "initiatief_id = ANY ((SELECT mijn_coordinatie())::bigint[]) OR id = ANY ((SELECT mijn_begeleiding())::uuid[])"
# A task has no user, and many rows: it is not worth a look per row that never finds anything.
SCHRIJVEN = "(app_gebruiker() IS NOT NULL AND van_mij(traject_id))"
LEZEN = f"(traject_id = ANY ((SELECT bekende_trajecten())::uuid[]) OR {SCHRIJVEN})"
JONGERE_SCHRIJVEN = "(app_gebruiker() IS NOT NULL AND jongere_van_mij({kolom}))"
JONGERE_LEZEN = f"({{kolom}} = ANY ((SELECT bekende_jongeren())::uuid[]) OR {JONGERE_SCHRIJVEN})"
IK = "gebruiker_id = (SELECT app_gebruiker())"

TRAJECTTABELLEN = [
    "trajecten_betrokkene",
    "trajecten_faseverblijf",
    "trajecten_moment",
    "trajecten_nazorgafspraak",
    "trajecten_contactmoment",
    "trajecten_herinnering",
]


def zet(policy: str, tabel: str, lezen: str = "", schrijven: str = "") -> str:
    delen = [f"USING ({lezen})" if lezen else "", f"WITH CHECK ({schrijven})" if schrijven else ""]
    return f"ALTER POLICY {policy} ON {tabel} {' '.join(filter(None, delen))}"


def zet_alle(*, traject: tuple, onder: tuple, jongere: tuple) -> list[str]:
    """Every policy, from what it says about a trajectory, what hangs below one, and a young person: (read, write)."""
    lezen, schrijven = onder
    op_id, onder_jongere = ([zin.format(kolom=kolom) for zin in jongere] for kolom in ("id", "jongere_id"))
    return [
        zet("zien", "trajecten_traject", traject[0]),
        zet("wijzigen", "trajecten_traject", *traject),
        *(zet("van_mij", tabel, lezen, schrijven) for tabel in TRAJECTTABELLEN),
        zet("van_mij", "trajecten_momentconcept", f"{IK} AND {lezen}", f"{IK} AND {schrijven}"),
        zet("zien", "trajecten_inzagelog", lezen),
        zet("schrijven", "trajecten_inzagelog", "", f"{IK} AND {schrijven}"),
        zet("zien", "trajecten_jongere", op_id[0]),
        zet("wijzigen", "trajecten_jongere", op_id[0]),
        zet("van_mij", "trajecten_jongereidentiteit", *onder_jongere),
        zet("van_mij", "trajecten_leeftijdsgrenzen", *onder_jongere),
    ]


NIEUW = zet_alle(
    traject=(EIGEN, "van_mij(id)"),
    onder=(LEZEN, SCHRIJVEN),
    jongere=(JONGERE_LEZEN, JONGERE_SCHRIJVEN),
)
OUD = zet_alle(
    traject=("id IN (SELECT mijn_trajecten())",) * 2,
    onder=("traject_id IN (SELECT mijn_trajecten())",) * 2,
    jongere=("{kolom} IN (SELECT mijn_jongeren())",) * 2,
)


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0015_toestemming_geldt"), ("gebruikers", "0001_initial")]

    operations = [
        migrations.RunSQL(VRAGEN, VRAGEN_WEG),
        migrations.RunSQL(LIJSTEN, LIJSTEN_WEG),
        migrations.RunSQL(NIEUW, OUD),
    ]
