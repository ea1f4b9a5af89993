"""Put due reminders in the outbox: one statement, however many there are."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from collectief.post.actions import wek_post
from collectief.rijbeveiliging import als_taak

# One sweep at a time: two sweeps side by side could each take a different step of the same contact moment.
ALLEEN = "SELECT pg_try_advisory_xact_lock(hashtext('nazorg.zet_klaar'))"

# `rijp` locks the due steps, so that somebody who records a result now either comes first (and the step is
# skipped) or waits and then silences the mail. Of several due steps of one contact moment only the last goes
# out; the others were overtaken while nobody was sweeping.
ZET_KLAAR = """
WITH rijp AS (
    SELECT h.id, h.contactmoment_id, h.stap, h.op, c.eigenaar_id, c.traject_id, t.initiatief_id
    FROM trajecten_herinnering h
    JOIN trajecten_contactmoment c ON c.id = h.contactmoment_id AND c.planningversie = h.planningversie
    JOIN trajecten_traject t ON t.id = c.traject_id
    WHERE h.gezet_op IS NULL AND h.vervallen_op IS NULL AND h.op <= %(nu)s
      AND c.resultaat = '' AND c.vervallen_op IS NULL AND t.toestand = 'lopend'
    FOR UPDATE OF h SKIP LOCKED
), laatste AS (
    SELECT DISTINCT ON (contactmoment_id) * FROM rijp ORDER BY contactmoment_id, op DESC, id DESC
), coordinator AS (
    SELECT DISTINCT r.initiatief_id, r.gebruiker_id
    FROM gebruikers_rol r JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
    WHERE r.soort = 'coordinator' AND r.tot IS NULL
), eigenaar AS (
    SELECT l.id, l.eigenaar_id AS gebruiker_id FROM laatste l
    JOIN gebruikers_gebruiker g ON g.id = l.eigenaar_id AND g.is_active
    WHERE EXISTS (SELECT 1 FROM gebruikers_rol r WHERE r.gebruiker_id = l.eigenaar_id
                  AND r.initiatief_id = l.initiatief_id AND r.tot IS NULL)
), ontvanger AS (
    SELECT l.id, l.stap, l.contactmoment_id, l.traject_id, e.gebruiker_id
    FROM laatste l JOIN eigenaar e ON e.id = l.id WHERE l.stap IN ('vooraf', 'vandaag', 'daarna')
    UNION
    SELECT l.id, l.stap, l.contactmoment_id, l.traject_id, b.gebruiker_id
    FROM laatste l
    JOIN trajecten_betrokkene b ON b.traject_id = l.traject_id AND b.rol = 'waarnemer' AND b.tot IS NULL
    JOIN gebruikers_gebruiker g ON g.id = b.gebruiker_id AND g.is_active
    WHERE l.stap = 'daarna'
    UNION
    SELECT l.id, l.stap, l.contactmoment_id, l.traject_id, c.gebruiker_id
    FROM laatste l JOIN coordinator c ON c.initiatief_id = l.initiatief_id
    WHERE l.stap = 'coordinator'
       OR (l.stap <> 'bord' AND NOT EXISTS (SELECT 1 FROM eigenaar e WHERE e.id = l.id))
), klaargelegd AS (
    INSERT INTO post_bericht (sleutel, groep, soort, aan_id, aan_adres, pad, gegevens, toestand, versturen_vanaf,
                              pogingen, fout, aangemaakt_op)
    SELECT format('herinnering:%%s:%%s', o.id, o.gebruiker_id), format('herinnering:%%s', o.id), 'herinnering',
           o.gebruiker_id, '', format('/trajecten/%%s/contact/%%s/', o.traject_id, o.contactmoment_id), '{}', 'wacht',
           %(nu)s, 0, '', %(nu)s
    FROM ontvanger o
    ON CONFLICT (sleutel) DO NOTHING
)
UPDATE trajecten_herinnering h
SET gezet_op = CASE WHEN l.id IS NOT NULL THEN %(nu)s::timestamptz END,
    vervallen_op = CASE WHEN l.id IS NULL THEN %(nu)s::timestamptz END
FROM rijp r LEFT JOIN laatste l ON l.id = r.id
WHERE h.id = r.id
"""


def zet_klaar(nu: datetime | None = None) -> int:
    """Put the reminders that are due at `nu` in the outbox; return how many steps were dealt with.

    Safe to run often and side by side: a second sweep that runs at the same time does nothing.
    """
    with als_taak("nazorg"), connection.cursor() as cursor:
        cursor.execute(ALLEEN)
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(ZET_KLAAR, {"nu": nu or timezone.now()})
        aantal = cursor.rowcount
        if aantal:
            wek_post()
    return aantal
