"""Who may see and set the ladder of an initiative and a pause; and what moves along when contact goes to somebody else.

How an initiative sets its ladder is no case data: everybody who works there may see it, the coördinator sets it.
"""

import importlib

from django.conf import settings
from django.db import connection, migrations

from collectief.rijbeveiliging import alleen_toevoegen, bescherm

ROL = connection.ops.quote_name(settings.APP_ROL)
NAZORG = "(SELECT app_taak()) = 'nazorg'"
COORDINATOR = "initiatief_id = ANY ((SELECT mijn_coordinatie())::bigint[])"
SCHRIJVEN = "(app_gebruiker() IS NOT NULL AND van_mij(traject_id))"
LEZEN = f"(traject_id = ANY ((SELECT bekende_trajecten())::uuid[]) OR {SCHRIJVEN})"

# As in 0033, and the mail for the new owner waits for the day, and is not sent when she wants none.
DOORGEVEN = """
CREATE OR REPLACE FUNCTION geef_contact_door(contacten bigint[], aan bigint) RETURNS void LANGUAGE sql AS $$
    WITH was AS (
        SELECT c.id, c.eigenaar_id AS van FROM trajecten_contactmoment c
        WHERE c.id = ANY ($1) AND c.eigenaar_id <> $2 AND c.resultaat = '' AND c.vervallen_op IS NULL
        FOR UPDATE
    ), door AS (
        UPDATE trajecten_contactmoment c SET eigenaar_id = $2 FROM was WHERE c.id = was.id
        RETURNING c.id, c.traject_id, was.van
    ), stap AS (
        SELECT 'herinnering:' || h.id AS groep, door.van,
               '/trajecten/' || door.traject_id || '/contact/' || door.id || '/' AS pad
        FROM door JOIN trajecten_herinnering h ON h.contactmoment_id = door.id AND h.gezet_op IS NOT NULL
    ), los AS (
        UPDATE post_bericht p SET toestand = 'vervallen', pacht_tot = NULL
        FROM stap s WHERE p.groep = s.groep AND p.groep <> '' AND p.aan_id = s.van AND p.toestand IN ('wacht', 'bezig')
        RETURNING s.groep, s.pad, p.versturen_vanaf
    ), samen AS (
        UPDATE post_berichtdeel d SET is_vervallen = true
        FROM stap s, post_bericht p
        WHERE d.groep = s.groep AND NOT d.is_vervallen AND p.id = d.bericht_id AND p.aan_id = s.van
          AND p.toestand IN ('wacht', 'bezig')
        RETURNING s.groep, s.pad, p.versturen_vanaf
    )
    INSERT INTO post_bericht (sleutel, groep, soort, aan_id, aan_adres, pad, gegevens, toestand, versturen_vanaf,
                              pogingen, fout, aangemaakt_op, overdag)
    SELECT g.groep || ':' || $2, g.groep, 'herinnering', $2, '', g.pad, '{}',
           CASE WHEN EXISTS (SELECT 1 FROM post_afmelding a WHERE a.gebruiker_id = $2 AND a.soort = 'herinneringen')
                THEN 'vervallen' ELSE 'wacht' END,
           g.versturen_vanaf, 0, '', now(), true
    FROM (SELECT * FROM los UNION SELECT * FROM samen) g
    ON CONFLICT (sleutel) DO UPDATE SET toestand = excluded.toestand WHERE post_bericht.toestand = 'vervallen';

    UPDATE post_bericht p SET toestand = 'vervallen', pacht_tot = NULL
    WHERE p.toestand IN ('wacht', 'bezig')
      AND p.id IN (SELECT d.bericht_id FROM post_berichtdeel d
                   JOIN trajecten_herinnering h ON d.groep = 'herinnering:' || h.id
                   WHERE h.contactmoment_id = ANY ($1))
      AND NOT EXISTS (SELECT 1 FROM post_berichtdeel d WHERE d.bericht_id = p.id AND NOT d.is_vervallen)
$$;
"""
DOORGEVEN_ALS_EERST = importlib.import_module("trajecten.migrations.0033_bundels_gaan_mee").NIEUW


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0034_ladder_en_pauze"), ("post", "0002_bundels_en_afmelden")]

    operations = [
        bescherm(
            "trajecten_ladderinstelling",
            "zien FOR SELECT USING (initiatief_id IN (SELECT mijn_initiatieven()))",
            f"instellen FOR INSERT WITH CHECK ({COORDINATOR})",
            f"wijzigen FOR UPDATE USING ({COORDINATOR}) WITH CHECK ({COORDINATOR})",
            f"nazorg_leest FOR SELECT USING ({NAZORG})",
        ),
        migrations.RunSQL(
            f"REVOKE DELETE ON trajecten_ladderinstelling FROM {ROL}",
            f"GRANT DELETE ON trajecten_ladderinstelling TO {ROL}",
        ),
        bescherm(
            "trajecten_nazorgpauze",
            f"van_mij FOR ALL USING ({LEZEN}) WITH CHECK ({SCHRIJVEN})",
            f"nazorg_leest FOR SELECT USING ({NAZORG})",
        ),
        alleen_toevoegen("trajecten_nazorgpauze", behalve="tot"),
        migrations.RunSQL(DOORGEVEN, DOORGEVEN_ALS_EERST),
    ]
