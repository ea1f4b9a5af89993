"""When contact goes to somebody else, the part of a mail about several things that was about it goes along too."""

from django.db import migrations

NIEUW = """
CREATE OR REPLACE FUNCTION geef_contact_door(contacten bigint[], aan bigint) RETURNS void LANGUAGE sql AS $$
    WITH was AS (
        SELECT c.id, c.eigenaar_id AS van FROM trajecten_contactmoment c
        WHERE c.id = ANY ($1) AND c.eigenaar_id <> $2 AND c.resultaat = '' AND c.vervallen_op IS NULL
        FOR UPDATE
    ), door AS (
        UPDATE trajecten_contactmoment c SET eigenaar_id = $2 FROM was WHERE c.id = was.id
        RETURNING c.id, c.traject_id, was.van
    ), stap AS (
        SELECT h.id, door.van, 'herinnering:' || h.id AS groep,
               format('/trajecten/%s/contact/%s/', door.traject_id, door.id) AS pad
        FROM door JOIN trajecten_herinnering h ON h.contactmoment_id = door.id
    ), los AS (
        UPDATE post_bericht p SET toestand = 'vervallen', pacht_tot = NULL FROM stap s
        WHERE p.groep = s.groep AND p.groep <> '' AND p.aan_id = s.van AND p.toestand IN ('wacht', 'bezig')
        RETURNING s.id
    ), deel AS (
        UPDATE post_berichtdeel d SET is_vervallen = true FROM stap s, post_bericht p
        WHERE d.groep = s.groep AND NOT d.is_vervallen AND p.id = d.bericht_id AND p.aan_id = s.van
          AND p.toestand IN ('wacht', 'bezig')
        RETURNING s.id, d.id AS deel_id, d.bericht_id
    ), leeg AS (
        UPDATE post_bericht p SET toestand = 'vervallen', pacht_tot = NULL
        WHERE p.id IN (SELECT bericht_id FROM deel)
          AND NOT EXISTS (SELECT FROM post_berichtdeel o WHERE o.bericht_id = p.id AND NOT o.is_vervallen
                          AND o.id NOT IN (SELECT deel_id FROM deel))
    )
    INSERT INTO post_bericht (sleutel, groep, soort, aan_id, aan_adres, pad, gegevens, toestand, versturen_vanaf,
                              pogingen, fout, aangemaakt_op)
    SELECT s.groep || ':' || $2, s.groep, 'herinnering', $2, '', s.pad, '{}', 'wacht', now(), 0, '', now()
    FROM stap s WHERE s.id IN (SELECT id FROM los UNION SELECT id FROM deel)
    ON CONFLICT (sleutel) DO UPDATE SET toestand = 'wacht' WHERE post_bericht.toestand = 'vervallen'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0032_overdracht_bewaakt"), ("post", "0002_bundels_en_afmelden")]

    # Undone, the function stays as it is: parts of a mail that are not there are not found.
    operations = [migrations.RunSQL(NIEUW, migrations.RunSQL.noop)]
