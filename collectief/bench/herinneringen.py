"""`herinneringen`: a morning on which very many contact moments are due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter, sleep
from typing import NamedTuple

from django.db.models import Max, Min
from django.utils import timezone

from collectief.bench.belasting import Mislukt
from collectief.bench.bezoek import meet_bezoek
from collectief.bench.gegevens import op_een_kopie
from collectief.bench.meting import Meting
from collectief.bench.opstelling import OPSTARTEN, Opstelling
from collectief.bench.postbus import Postkantoor, postkantoor
from collectief.bench.taken import neem_een
from collectief.post.models import Bericht
from collectief.post.tasks import verstuur_wachtende
from collectief.post.verzenden import PORTIE
from collectief.rijbeveiliging import achter_rijbeveiliging
from collectief.servers.processen import wacht_tot
from collectief.werkdagen import is_werkdag, ochtend
from trajecten.herinneringen import leg_stappen_klaar, leg_weekoverzicht_klaar

AANTAL = {"groot": 100_000, "klein": 2_000}
BINNEN = 1_200  # seconds that workers may take

# Contact that is planned today, owned by the steady counsellor, as often as needed to come to the number.
DEZE_OCHTEND = """
WITH nu_lopend AS (
    SELECT a.id AS afspraak_id, a.traject_id, b.gebruiker_id
    FROM trajecten_nazorgafspraak a
    JOIN trajecten_traject t ON t.id = a.traject_id AND t.toestand = 'lopend'
    JOIN trajecten_betrokkene b ON b.traject_id = t.id AND b.rol = 'vaste_begeleider' AND b.tot IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM trajecten_nazorgpauze p WHERE p.traject_id = t.id)
), vandaag AS (
    INSERT INTO trajecten_contactmoment
        (traject_id, afspraak_id, gepland_op, eigenaar_id, planningversie, resultaat, notitie)
    SELECT traject_id, afspraak_id, current_date, gebruiker_id, 1, '', ''
    FROM nu_lopend CROSS JOIN generate_series(0, %(aantal)s / (SELECT count(*) FROM nu_lopend)) keer
    ORDER BY keer LIMIT %(aantal)s
    RETURNING id, traject_id
)
INSERT INTO trajecten_herinnering (contactmoment_id, traject_id, stap, planningversie, op)
SELECT id, traject_id, 'vandaag', 1, now() - interval '14 days' FROM vandaag
"""
# What people got is a mail of its own or a part of one.
VERTELD = "SELECT (SELECT count(*) FROM post_bericht WHERE groep <> '') + (SELECT count(*) FROM post_berichtdeel)"
# A worker that starts would make the weekly overview again, in the middle of it.
ZONDER_WEEKOVERZICHT = """
DELETE FROM post_bericht WHERE soort = 'weekoverzicht';
UPDATE gebruikers_rol SET tot = greatest(van, current_date) WHERE soort = 'coordinator' AND tot IS NULL
"""
WEER_WACHTEND = (
    "UPDATE post_bericht SET toestand = 'wacht', pacht_tot = NULL, aangeboden_op = NULL, verstuurd_op = NULL"
)


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting("herinneringen", "contact moments due one morning, local mail sink", "one Celery task each")
    aantal = AANTAL.get(opstelling.schaal, 50)
    with op_een_kopie(opstelling) as avond:
        maak_ochtend(avond, aantal)
        # A copy begins as a night leaves it, all on the disk: what making the morning left to write is not measured.
        with op_een_kopie(avond) as ochtend:
            _meet_ochtend(ochtend, meting, aantal)
    return meting


def _meet_ochtend(kopie: Opstelling, meting: Meting, aantal: int) -> None:
    stappen = _tijd(lambda: leg_stappen_klaar(werkmoment()))
    overzichten = _tijd(lambda: leg_weekoverzicht_klaar(werkmoment()))
    with kopie.als_eigenaar() as eigenaar:
        eigenaar.execute(ZONDER_WEEKOVERZICHT)
        eigenaar.execute("UPDATE post_bericht SET overdag = false")  # measured at night too
        eigenaar.execute("VACUUM ANALYZE post_bericht")  # what that left behind is ours, and not of claiming
        if (verteld := eigenaar.execute(VERTELD).fetchone()[0]) != aantal:
            raise Mislukt(f"{verteld} steps told for {aantal} contact moments")
    meting.cijfer("contact moments due", str(aantal))
    meting.hooguit("seconds of fan-out", stappen, 2)
    meting.cijfer("seconds of the weekly overviews, after it in a transaction of their own", f"{overzichten:.2f}")
    aantal = Bericht.objects.count()
    meting.cijfer("messages about them", str(aantal))
    _meet_nemen(kopie, meting, aantal)
    _meet_versturen(kopie, meting)
    meet_bezoek(kopie, meting)


def _tijd(werk: Callable[[], object]) -> float:
    begin = perf_counter()
    werk()
    return perf_counter() - begin


def werkmoment() -> datetime:
    """Ten o'clock on the last working day before today: a sweep does nothing at another time."""
    dag = timezone.localdate() - timedelta(days=1)
    while not is_werkdag(dag):
        dag -= timedelta(days=1)
    return ochtend(dag, 10)


def maak_ochtend(kopie: Opstelling, aantal: int) -> None:
    """Make exactly this many reminders due, and none besides."""
    tabellen = achter_rijbeveiliging()
    with kopie.als_eigenaar() as eigenaar, eigenaar.transaction():
        for tabel in tabellen:
            eigenaar.execute(f'ALTER TABLE "{tabel}" NO FORCE ROW LEVEL SECURITY')
        eigenaar.execute("UPDATE trajecten_herinnering SET gezet_op = now() WHERE gezet_op IS NULL AND op <= now()")
        eigenaar.execute("DELETE FROM post_bericht")
        eigenaar.execute(DEZE_OCHTEND, {"aantal": aantal})
        eigenaar.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for tabel in tabellen:
            eigenaar.execute(f'ALTER TABLE "{tabel}" FORCE ROW LEVEL SECURITY')
    with kopie.als_eigenaar() as eigenaar:  # they would have been planned weeks ago, and autovacuum would have been by
        eigenaar.execute(
            "VACUUM ANALYZE trajecten_contactmoment, trajecten_herinnering, post_bericht, post_berichtdeel"
        )


class Portie(NamedTuple):
    """What was claimed at once, and how long that took."""

    nummers: list[int]
    seconden: float


def _neem(aantal: int) -> Portie | None:
    begin = perf_counter()
    berichten = Bericht.objects.neem(aantal)
    seconden = perf_counter() - begin
    return Portie([bericht.pk for bericht in berichten], seconden) if berichten else None


def _meet_nemen(kopie: Opstelling, meting: Meting, aantal: int) -> None:
    """Claiming alone: from the outbox in portions, and by a task for each message."""
    duur = 0.0
    while portie := _neem(PORTIE):
        duur += portie.seconden
        # As a worker does before it takes more: what is claimed and not sent stays little.
        Bericht.objects.filter(pk__in=portie.nummers).update(toestand=Bericht.Toestand.VERSTUURD, pacht_tot=None)
    uit_de_bus = aantal / duur
    _weer_wachtend(kopie)
    begin = perf_counter()
    for pk in Bericht.objects.values_list("pk", flat=True):
        neem_een.delay(pk)
    klaargezet = aantal / (perf_counter() - begin)
    with kopie.werkers(1, taken="collectief.bench.taken"):
        _wacht_op(lambda: not Bericht.objects.filter(toestand=Bericht.Toestand.WACHT).exists())
    tijden = Bericht.objects.aggregate(eerste=Min("aangeboden_op"), laatste=Max("aangeboden_op"))
    per_taak = aantal / (tijden["laatste"] - tijden["eerste"]).total_seconds()
    _weer_wachtend(kopie)
    meting.cijfer("claimed a second, outbox", f"{uit_de_bus:.0f}")
    meting.cijfer("claimed a second, one task each", f"{per_taak:.0f} (put on the broker at {klaargezet:.0f} a second)")
    meting.minstens("outbox ÷ one task each", uit_de_bus / per_taak, 10, doel=20, vorm="{:.1f}")


def _meet_versturen(kopie: Opstelling, meting: Meting) -> None:
    """Everything out by one worker, and again by two."""
    nummers = {bericht.message_id.encode() for bericht in Bericht.objects.only("pk")}
    with postkantoor(kopie.werkmap, kopie.omgeving) as kantoor:
        naar_de_bus = kopie.met_omgeving(MAIL_MAP="", EMAIL_URL=f"smtp://127.0.0.1:{kantoor.poort}")
        een = verstuur(naar_de_bus, kantoor, nummers, werkers=1)
        _weer_wachtend(kopie)
        twee = verstuur(naar_de_bus, kantoor, nummers, werkers=2)
    meting.minstens("mails a second, 1 worker", een, 50, vorm="{:.0f}")
    meting.cijfer("mails a second, 2 workers", f"{twee:.0f}")
    meting.minstens("second worker", twee / een, 1.6)
    meting.klopt("each mail arrived exactly once", "none lost, none twice", is_gehaald=True)


def verstuur(naar_de_bus: Opstelling, kantoor: Postkantoor, nummers: set[bytes], *, werkers: int) -> float:
    """Mails a second. Raises Mislukt when one was lost or came twice; what a worker mails at its start does not count.

    The mail waits until every worker stands ready, and nobody asks the database meanwhile how far it is.
    """
    kantoor.leeg()
    Bericht.objects.update(versturen_vanaf=timezone.now() + timedelta(days=1))
    with naar_de_bus.werkers(werkers):
        sleep(OPSTARTEN)
        kantoor.leeg()
        Bericht.objects.update(versturen_vanaf=timezone.now())
        for _ in range(werkers):
            verstuur_wachtende.delay()
        _wacht_op(lambda: sleep(0.5) or nummers <= kantoor.boek().nummers)
    boek = kantoor.boek()
    if not nummers <= boek.nummers or boek.dubbel:
        raise Mislukt(f"{len(nummers - boek.nummers)} of {len(nummers)} mails are lost, {boek.dubbel} came twice")
    return boek.per_seconde


def _weer_wachtend(kopie: Opstelling) -> None:
    with kopie.als_eigenaar() as eigenaar:
        eigenaar.execute(WEER_WACHTEND)
        eigenaar.execute("VACUUM ANALYZE post_bericht")


def _wacht_op(klaar) -> None:
    if not wacht_tot(klaar, BINNEN):
        raise Mislukt(f"The workers are not done after {BINNEN} seconds.")
