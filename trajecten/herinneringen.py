"""Put due reminders in the outbox: one statement, however many there are."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from collectief.post.actions import wek_post
from collectief.post.models import Hartslag
from collectief.rijbeveiliging import als_taak
from collectief.werkdagen import AMSTERDAM, OCHTEND, is_overdag, ochtend
from trajecten.ladder import RUSTIG_VANAF, TREDEN, Ontvanger, Stap

LOS = 3  # so many reminders a day come one by one; what comes above that comes together in one mail

# One sweep at a time: two sweeps side by side could each take a different step of the same contact moment.
ALLEEN = "SELECT pg_try_advisory_xact_lock(hashtext('nazorg.zet_klaar'))"

# Nearly every sweep finds nothing; that costs one look at an index. It counts no further than it has to know.
VEEL = 200
HOEVEEL = f"""
SELECT count(*) FROM (SELECT 1 FROM trajecten_herinnering
                      WHERE gezet_op IS NULL AND vervallen_op IS NULL AND op <= %(nu)s LIMIT {VEEL}) s
"""  # noqa: S608 - only constants

# Behind row security the planner expects one row where there may be a hundred thousand, and compares each with each.
# With loops and merging off it hashes; that reads whole tables, which is worth it only for many. Then it also gets room
# to do it in memory, and need not wait for the disk at its end: a sweep that a power cut takes away is swept again, and
# no mail goes out before the worker that claimed it has waited for the disk, which then holds the sweep too.
VOOR_VEEL = """
SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off;
SET LOCAL work_mem = '64MB'; SET LOCAL synchronous_commit = off
"""
WEER_GEWOON = "SET LOCAL enable_nestloop = on; SET LOCAL enable_mergejoin = on; SET LOCAL work_mem TO DEFAULT"

# What counts as still to do, whatever the hour. A pause is looked at here too: a step can be planned into one.
TE_DOEN = """
    FROM trajecten_herinnering h
    JOIN trajecten_contactmoment c ON c.id = h.contactmoment_id AND c.planningversie = h.planningversie
    JOIN trajecten_traject t ON t.id = c.traject_id
    LEFT JOIN trajecten_ladderinstelling i ON i.initiatief_id = t.initiatief_id
    WHERE h.gezet_op IS NULL AND h.vervallen_op IS NULL AND h.op <= %(nu)s
      AND c.resultaat = '' AND c.vervallen_op IS NULL AND t.toestand = 'lopend'
      AND NOT EXISTS (SELECT 1 FROM trajecten_nazorgpauze p
                      WHERE p.traject_id = t.id AND p.van <= %(vandaag)s AND p.tot > %(vandaag)s)
"""
# Quiet hours and working days of the initiative. Weekends and holidays hold for all and never come here.
IS_OPEN = f"""
    %(weekdag)s = ANY (coalesce(i.werkdagen, '{{1,2,3,4,5}}'))
    AND %(uur)s >= coalesce(i.vanaf_uur, {OCHTEND.hour}) AND %(uur)s < coalesce(i.tot_uur, {RUSTIG_VANAF})
"""


def _in_sql(stappen: Iterable[Stap]) -> str:
    return ", ".join(f"'{stap}'" for stap in stappen)


# Who hears of which step is said in the ladder; the statement below is made of it.
VOOR_EIGENAAR, VOOR_WAARNEMER, VOOR_COORDINATOR = (
    _in_sql(stap for stap, trede in TREDEN.items() if wie in trede.ontvangers) for wie in Ontvanger
)
MET_MAIL = _in_sql(stap for stap, trede in TREDEN.items() if trede.ontvangers)

# What is always the same of these mails stands in the values behind it; `overdag`: by day only.
IN_DE_POST = """INSERT INTO post_bericht (sleutel, groep, soort, aan_id, aan_adres, pad, gegevens, toestand,
                              versturen_vanaf, pogingen, fout, aangemaakt_op, overdag)"""

# `rijp` locks the due steps, so that somebody who records a result now either comes first (and the step is
# skipped) or waits and then silences the mail. Of several due steps of one contact moment only the last goes
# out; the others were overtaken while nobody was sweeping. A step that nobody can get stays, until somebody can.
# Each list is made once and each table is read once: with a hundred thousand steps one join more is a tenth of it all.
# What is added comes in the order of the steps: an index that grows at its end costs less than one that grows all over.
ZET_KLAAR = f"""
WITH rijp AS MATERIALIZED (
    SELECT h.id, h.contactmoment_id, h.stap, h.op, c.eigenaar_id, c.traject_id, t.initiatief_id
    {TE_DOEN} AND {IS_OPEN}
    FOR UPDATE OF h SKIP LOCKED
), coordinator AS (
    SELECT DISTINCT r.initiatief_id, r.gebruiker_id
    FROM gebruikers_rol r JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
    WHERE r.soort = 'coordinator' AND r.tot IS NULL
), stap AS MATERIALIZED (
    SELECT r.id, r.contactmoment_id, r.stap, r.eigenaar_id, r.traject_id, r.initiatief_id,
           row_number() OVER (PARTITION BY r.contactmoment_id ORDER BY r.op DESC, r.id DESC) = 1 AS is_laatste,
           (r.eigenaar_id, r.initiatief_id) IN (
               SELECT m.gebruiker_id, m.initiatief_id
               FROM gebruikers_rol m JOIN gebruikers_gebruiker g ON g.id = m.gebruiker_id AND g.is_active
               WHERE m.initiatief_id IS NOT NULL AND m.tot IS NULL
           ) AS heeft_eigenaar
    FROM rijp r
), ontvanger AS MATERIALIZED (
    SELECT s.id, s.stap, s.contactmoment_id, s.traject_id, s.eigenaar_id AS gebruiker_id
    FROM stap s WHERE s.is_laatste AND s.heeft_eigenaar AND s.stap IN ({VOOR_EIGENAAR})
    UNION ALL
    -- Who is both stand-in and coördinator hears once; who is the owner has heard above.
    (SELECT s.id, s.stap, s.contactmoment_id, s.traject_id, b.gebruiker_id
     FROM stap s
     JOIN trajecten_betrokkene b ON b.traject_id = s.traject_id AND b.rol = 'waarnemer' AND b.tot IS NULL
     JOIN gebruikers_gebruiker g ON g.id = b.gebruiker_id AND g.is_active
     WHERE s.is_laatste AND s.stap IN ({VOOR_WAARNEMER}) AND NOT (s.heeft_eigenaar AND b.gebruiker_id = s.eigenaar_id)
     UNION
     SELECT s.id, s.stap, s.contactmoment_id, s.traject_id, c.gebruiker_id
     FROM stap s JOIN coordinator c ON c.initiatief_id = s.initiatief_id
     WHERE s.is_laatste AND (s.stap IN ({VOOR_COORDINATOR})
                          OR (s.stap IN ({MET_MAIL}) AND NOT s.heeft_eigenaar)))
), vandaag_al AS (
    SELECT p.aan_id, count(*) FILTER (WHERE p.soort = 'herinnering' AND p.toestand <> 'vervallen') AS los,
           count(*) FILTER (WHERE p.soort = 'herinneringen') AS samen
    FROM post_bericht p
    WHERE p.aangemaakt_op >= %(middernacht)s AND p.soort IN ('herinnering', 'herinneringen')
    GROUP BY p.aan_id
), verdeeld AS MATERIALIZED (
    SELECT o.*, a.id IS NOT NULL AS is_afgemeld, coalesce(v.samen, 0) AS samen, w.is_bundel
    FROM ontvanger o
    JOIN (SELECT n.gebruiker_id, n.aantal > 1 AND n.aantal + coalesce(v.los, 0) > {LOS} AS is_bundel
          FROM (SELECT gebruiker_id, count(*) AS aantal FROM ontvanger GROUP BY gebruiker_id) n
          LEFT JOIN vandaag_al v ON v.aan_id = n.gebruiker_id) w ON w.gebruiker_id = o.gebruiker_id
    LEFT JOIN vandaag_al v ON v.aan_id = o.gebruiker_id
    LEFT JOIN post_afmelding a ON a.gebruiker_id = o.gebruiker_id AND a.soort = 'herinneringen'
), los AS (
    {IN_DE_POST}
    SELECT 'herinnering:' || o.id || ':' || o.gebruiker_id, 'herinnering:' || o.id, 'herinnering', o.gebruiker_id, '',
           '/trajecten/' || o.traject_id || '/contact/' || o.contactmoment_id || '/', '{{}}',
           CASE WHEN o.is_afgemeld THEN 'vervallen' ELSE 'wacht' END, %(nu)s, 0, '', %(nu)s, true
    FROM verdeeld o WHERE NOT o.is_bundel ORDER BY o.id
    ON CONFLICT (sleutel) DO NOTHING
), bundel AS (
    {IN_DE_POST}
    SELECT 'herinneringen:' || o.gebruiker_id || ':' || %(vandaag)s || ':' || min(o.samen) + 1, '', 'herinneringen',
           o.gebruiker_id, '',
           CASE WHEN bool_or(o.stap IN ({VOOR_COORDINATOR})) THEN '/trajecten/bord/' ELSE '/trajecten/' END, '{{}}',
           CASE WHEN bool_or(o.is_afgemeld) THEN 'vervallen' ELSE 'wacht' END, %(nu)s, 0, '', %(nu)s, true
    FROM verdeeld o WHERE o.is_bundel GROUP BY o.gebruiker_id
    RETURNING id, aan_id
), deel AS (
    INSERT INTO post_berichtdeel (bericht_id, groep, is_vervallen)
    SELECT b.id, 'herinnering:' || o.id, false
    FROM verdeeld o JOIN bundel b ON b.aan_id = o.gebruiker_id WHERE o.is_bundel ORDER BY o.id
)
UPDATE trajecten_herinnering h
SET gezet_op = CASE WHEN s.is_laatste THEN %(nu)s::timestamptz END,
    vervallen_op = CASE WHEN NOT s.is_laatste THEN %(nu)s::timestamptz END
FROM stap s
-- What `rijp` knows already is said again: so the index of what is still to do is read, and not the whole table.
WHERE h.id = s.id AND h.gezet_op IS NULL AND h.vervallen_op IS NULL AND h.op <= %(nu)s
  AND s.contactmoment_id IN (SELECT o.contactmoment_id FROM ontvanger o
                             UNION ALL
                             SELECT b.contactmoment_id FROM stap b WHERE b.is_laatste AND b.stap NOT IN ({MET_MAIL}))
"""  # noqa: S608 - only constants

# Once a week per coördinator, in the first open hour of her week. Who has nothing to look at gets nothing, and also
# not later that week: her key is used up.
WEEKOVERZICHT = f"""
{IN_DE_POST}
SELECT 'weekoverzicht:' || r.gebruiker_id || ':' || %(week)s, '', 'weekoverzicht', r.gebruiker_id, '',
       '/trajecten/bord/', '{{}}',
       CASE WHEN a.id IS NULL AND bool_or(EXISTS (
           SELECT 1 FROM trajecten_traject t
           JOIN trajecten_contactmoment c ON c.traject_id = t.id AND c.resultaat = '' AND c.vervallen_op IS NULL
           WHERE t.initiatief_id = r.initiatief_id AND t.toestand = 'lopend' AND c.gepland_op < %(week_erna)s
       )) THEN 'wacht' ELSE 'vervallen' END, %(nu)s, 0, '', %(nu)s, true
FROM gebruikers_rol r
JOIN gebruikers_gebruiker g ON g.id = r.gebruiker_id AND g.is_active
LEFT JOIN trajecten_ladderinstelling i ON i.initiatief_id = r.initiatief_id
LEFT JOIN post_afmelding a ON a.gebruiker_id = r.gebruiker_id AND a.soort = 'weekoverzicht'
WHERE r.soort = 'coordinator' AND r.tot IS NULL AND {IS_OPEN}
  AND NOT EXISTS (SELECT 1 FROM post_bericht p WHERE p.sleutel = 'weekoverzicht:' || r.gebruiker_id || ':' || %(week)s)
GROUP BY r.gebruiker_id, a.id
ON CONFLICT (sleutel) DO NOTHING
"""  # noqa: S608 - only constants

ACHTERSTAND = f"SELECT count(*), min(h.op) {TE_DOEN}"


@dataclass(frozen=True)
class Achterstand:
    """Steps that were due at a moment and that no sweep dealt with: how many, and since when the oldest."""

    aantal: int
    oudste: datetime | None


def zet_klaar(nu: datetime | None = None) -> int:
    """Put the reminders that are due at `nu` in the outbox, and then the weekly overviews; return how many steps.

    Safe to run often and side by side: a second sweep that runs at the same time does nothing. In the weekend, on a
    holiday and in the quiet hours of an initiative nothing happens; what became due then waits for the next open hour.
    """
    nu = nu or timezone.now()
    aantal = leg_stappen_klaar(nu)
    leg_weekoverzicht_klaar(nu)
    return aantal


def leg_stappen_klaar(nu: datetime) -> int:
    """The first part of a sweep, in a transaction of its own: nobody's reminder waits for the overviews."""
    with _als_enige() as cursor:
        if cursor is None:
            return 0
        Hartslag.sla("nazorg")
        if not is_overdag(nu):
            return 0
        aantal = _zet_stappen(cursor, nu)
        if aantal:
            wek_post()
    return aantal


def leg_weekoverzicht_klaar(nu: datetime) -> int:
    """The second part: once a week for each coördinator. Returns for how many it was decided just now."""
    with _als_enige() as cursor:
        if cursor is None or not is_overdag(nu):
            return 0
        cursor.execute(WEEKOVERZICHT, woorden_voor(nu))
        aantal = cursor.rowcount
        if aantal:
            wek_post()
    return aantal


@contextmanager
def _als_enige() -> Iterator[CursorWrapper | None]:
    """A transaction of this task in which nobody else sweeps; None when somebody does."""
    with als_taak("nazorg"), connection.cursor() as cursor:
        cursor.execute(ALLEEN)
        yield cursor if cursor.fetchone()[0] else None


def _zet_stappen(cursor: CursorWrapper, nu: datetime) -> int:
    cursor.execute(HOEVEEL, woorden_voor(nu))
    (hoeveel,) = cursor.fetchone()
    if not hoeveel:
        return 0
    if hoeveel == VEEL:
        cursor.execute(VOOR_VEEL)
    cursor.execute(ZET_KLAAR, woorden_voor(nu))
    aantal = cursor.rowcount
    cursor.execute(WEER_GEWOON)
    return aantal


def achterstand(nu: datetime) -> Achterstand:
    """What was due at `nu` and is still to do, by counting; no row of a case is read."""
    with als_taak("nazorg"), connection.cursor() as cursor:
        cursor.execute(ACHTERSTAND, woorden_voor(nu))
        return Achterstand(*cursor.fetchone())


def woorden_voor(nu: datetime) -> dict[str, object]:
    """What the statements ask about a moment, in Dutch local time."""
    lokaal = nu.astimezone(AMSTERDAM)
    dag = lokaal.date()
    maandag = dag - timedelta(days=dag.weekday())
    open_uur = not settings.RUSTIGE_UREN  # then any moment counts as a Wednesday at noon
    return {
        "nu": nu,
        "vandaag": dag,
        "middernacht": ochtend(dag, 0),
        "uur": 12 if open_uur else lokaal.hour,
        "weekdag": 3 if open_uur else dag.isoweekday(),
        "week": f"{maandag:%G-%V}",
        "week_erna": maandag + timedelta(weeks=1),
    }
