"""Policies ask less of every question: no list is unpacked for each table of it, and no function is parsed anew.

Each table of each question had a subquery of its own that read the list of one's own trajectories as an array, behind
SQL functions whose text PostgreSQL parses each time it plans. Now a row is looked for in the list as it stands, and the
small functions that policies ask are compiled once per connection. What they answer stays the same.

The two tables that a sweep reads by the hundred thousand keep their subquery: a task has no list, and finds that out
once per question instead of once per row.
"""

import importlib

from django.db import migrations

KRING = importlib.import_module("trajecten.migrations.0016_kring_vooraf_bepalen")

BEPAALD = "CASE WHEN kring_is_bepaald() THEN current_setting('app.{}', true)::{} {}END"
KLEIN = {
    "app_gebruiker() RETURNS bigint": "nullif(current_setting('app.gebruiker', true), '')::bigint",
    "app_taak() RETURNS text": "nullif(current_setting('app.taak', true), '')",
    "mijn_coordinatie() RETURNS bigint[]": BEPAALD.format("coordinatie", "bigint[]", "ELSE coordinatie_nu() "),
    "mijn_begeleiding() RETURNS uuid[]": BEPAALD.format("trajecten", "uuid[]", "ELSE begeleiding_nu() "),
    "bekende_trajecten() RETURNS uuid[]": BEPAALD.format("trajecten", "uuid[]", ""),
    "bekende_jongeren() RETURNS uuid[]": BEPAALD.format("jongeren", "uuid[]", ""),
}


def klein(inhoud: str) -> list[str]:
    """The small functions once more, each in a body of this form around its answer."""
    return [
        f"CREATE OR REPLACE FUNCTION {naam} STABLE {'PARALLEL SAFE' * naam.startswith('app_')} "
        + inhoud.format(antwoord)
        for naam, antwoord in KLEIN.items()
    ]


# A key is 36 characters without a comma, in a list with commas between: what is found in it is a whole key.
ZOEK = """
CREATE FUNCTION is_bekend_traject(traject uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 10 AS $$
BEGIN
    RETURN kring_is_bepaald() AND strpos(current_setting('app.trajecten', true), traject::text) > 0;
END $$;
CREATE FUNCTION is_bekende_jongere(jongere uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 10 AS $$
BEGIN
    RETURN kring_is_bepaald() AND strpos(current_setting('app.jongeren', true), jongere::text) > 0;
END $$;
"""
ZOEK_WEG = "DROP FUNCTION is_bekende_jongere(uuid); DROP FUNCTION is_bekend_traject(uuid);"

ONDER_TRAJECT = {
    "van_mij": "betrokkene faseverblijf nazorgafspraak nazorgpauze",
    "zien": """aanvulling beleving bewaartermijn eerderewens inzagelog kleinestap mogelijkeplek moment momentfoto
               momentversie planakkoord preventieplan reisblad reisboekje rustperiode terugblik terugvalsignaal
               verhaal vertrek""",
    "beeindigen": "rustperiode",
    "terugnemen": "planakkoord terugvalsignaal",
    "weghalen": "momentfoto",
}
ZELF_GESCHREVEN = importlib.import_module("trajecten.migrations.0029_momenten_beschermd").DEZE_WEEK


def zet(traject: str, jongere: str) -> list[str]:
    """What may be read, from how a trajectory and a young person are known beforehand."""
    lezen = f"({traject} OR {KRING.SCHRIJVEN})"
    op_id, onder_jongere = (
        f"({jongere.format(kolom)} OR {KRING.JONGERE_SCHRIJVEN.format(kolom=kolom)})" for kolom in ("id", "jongere_id")
    )
    return [
        *(
            KRING.zet(policy, f"trajecten_{tabel}", lezen)
            for policy, tabellen in ONDER_TRAJECT.items()
            for tabel in tabellen.split()
        ),
        KRING.zet(
            "aanpassen", "trajecten_moment", f"{lezen} AND door_id = (SELECT app_gebruiker()) AND {ZELF_GESCHREVEN}"
        ),
        KRING.zet("van_mij", "trajecten_momentconcept", f"{KRING.IK} AND {lezen}"),
        *(KRING.zet(policy, "trajecten_jongere", op_id) for policy in ("zien", "wijzigen")),
        *(
            KRING.zet("van_mij", f"trajecten_{tabel}", onder_jongere)
            for tabel in ("jongereidentiteit", "leeftijdsgrenzen")
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0049_moment_een_keer")]

    operations = [
        migrations.RunSQL(
            klein("LANGUAGE plpgsql AS $$ BEGIN RETURN {}; END $$"),
            klein("LANGUAGE sql AS $$ SELECT {} $$"),
        ),
        migrations.RunSQL(ZOEK, ZOEK_WEG),
        migrations.RunSQL(
            zet("is_bekend_traject(traject_id)", "is_bekende_jongere({})"),
            zet(
                "traject_id = ANY ((SELECT bekende_trajecten())::uuid[])",
                "{} = ANY ((SELECT bekende_jongeren())::uuid[])",
            ),
        ),
    ]
