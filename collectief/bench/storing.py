"""`herinneringen --storing`: a morning on which everything is killed now and then, and no reminder may be lost.

On servers of its own, because these are killed too. What counts is the ledger of the mail sink, and not what the tables
say of themselves.
"""

import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import psycopg
import redis
from django.conf import settings

from collectief.bench.belasting import Mislukt
from collectief.bench.herinneringen import werkmoment
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling
from collectief.bench.postbus import Postkantoor, postkantoor
from collectief.post.models import Bericht
from collectief.servers.ingebed import Ingebed
from collectief.servers.processen import Proces, Werkmap, stop_samen, stuur, wacht_tot
from trajecten import herinneringen

ZAAD = 20260101
OMVANG = {"groot": (10_000, 50), "klein": (400, 10)}  # due, kills
PORTIES = 50  # the fan-out goes on while things die
OP_GANG = 20  # seconds in which workers are sending again
KLAAR_BINNEN = 900
HERSTEL = 30  # seconds in which claimed work is taken over
CELERY = [sys.executable, "-m", "celery", "-A", "collectief"]
CONTACTEN = """
WITH afspraak AS (
    SELECT a.id, a.traject_id, t.initiatief_id FROM trajecten_nazorgafspraak a
    JOIN trajecten_traject t ON t.id = a.traject_id AND t.toestand = 'lopend' ORDER BY a.id LIMIT 1
), rol AS (
    INSERT INTO gebruikers_rol (gebruiker_id, soort, initiatief_id, van)
    SELECT g.id, 'begeleider', a.initiatief_id, current_date FROM gebruikers_gebruiker g, afspraak a
    WHERE starts_with(g.email, %(zoveel)s)
), wie AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM gebruikers_gebruiker
    WHERE starts_with(email, %(zoveel)s)
), contact AS (
    INSERT INTO trajecten_contactmoment
        (traject_id, afspraak_id, gepland_op, eigenaar_id, planningversie, resultaat, notitie)
    SELECT a.traject_id, a.id, %(dag)s, w.id, 1, '', ''
    FROM afspraak a, generate_series(0, %(aantal)s - 1) s JOIN wie w ON w.n = s / 3 + 1
    RETURNING id, traject_id
)
INSERT INTO trajecten_herinnering (contactmoment_id, traject_id, stap, planningversie, op)
SELECT id, traject_id, 'vandaag', 1, %(nu)s - (id %% %(porties)s) * interval '1 minute' FROM contact
"""


@dataclass
class Rampdag:
    """Everything that runs on the day, and what was killed."""

    servers: Ingebed
    omgeving: Mapping[str, str]
    kantoor: Postkantoor
    toeval: random.Random = field(default_factory=lambda: random.Random(ZAAD))  # noqa: S311 - not a secret
    processen: dict[str, Proces] = field(default_factory=dict)
    gedood: list[str] = field(default_factory=list)
    in_handen: list[tuple[float, list[tuple[int, datetime]]]] = field(default_factory=list)
    herstel: float = 0.0

    def begin(self) -> None:
        schema = self.servers.werkmap.map / "schema"
        werker = [*CELERY, "worker", "--pool", "solo", "--without-mingle", "--without-gossip", "-n"]
        opdrachten = {
            "werker0": [*werker, "w0@storing"],
            "werker1": [*werker, "w1@storing"],
            "beat": [*CELERY, "beat", "--schedule", str(schema)],
        }
        for naam, opdracht in opdrachten.items():
            proces = Proces(f"storing-{naam}", opdracht, self.servers.werkmap, self.omgeving, cwd=settings.BASE_DIR)
            proces.start()
            self.processen[naam] = proces

    def dood(self, wat: str) -> None:
        """kill -9, and bring back what does not come back by itself."""
        self.gedood.append(wat)
        if wat == "makelaar":
            self.servers.kill_broker()
            self.servers.restart_broker()
        elif wat == "verbinding":
            self._dood_verbinding()
        else:
            if wat.startswith("werker"):
                self._onthoud_wat_in_handen_was()
            self.processen[wat].dood()
            self.processen[wat].start()

    def _dood_verbinding(self) -> None:
        """The process behind a connection: PostgreSQL then ends all the others too, and recovers."""
        with suppress(psycopg.OperationalError), self._als_app() as app:
            rijen = app.execute(
                "SELECT pid FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()"
            ).fetchall()
            if rijen:
                stuur([self.toeval.choice(rijen)[0]], signal.SIGKILL)

    def _onthoud_wat_in_handen_was(self) -> None:
        with suppress(psycopg.OperationalError), self._als_app() as app:
            rijen = app.execute("SELECT id, pacht_tot FROM post_bericht WHERE toestand = 'bezig'").fetchall()
            if rijen:
                self.in_handen.append((time.monotonic(), rijen))

    def kijk_naar_herstel(self) -> None:
        """Note how long the claimed work of a killed worker waited, once all of it was taken over or sent."""
        with suppress(psycopg.OperationalError), self._als_app() as app:
            for begin, rijen in list(self.in_handen):
                nog = app.execute(
                    "SELECT count(*) FROM post_bericht b JOIN unnest(%s::bigint[], %s::timestamptz[]) AS o (id, pacht) "
                    "ON o.id = b.id AND o.pacht = b.pacht_tot WHERE b.toestand = 'bezig'",
                    [[rij[0] for rij in rijen], [rij[1] for rij in rijen]],
                ).fetchone()[0]
                if not nog:
                    self.herstel = max(self.herstel, time.monotonic() - begin)
                    self.in_handen.remove((begin, rijen))

    def spoel(self) -> None:
        """Everything that the broker knew is gone."""
        with suppress(redis.RedisError), redis.Redis.from_url(self.servers.redis_url) as client:
            client.flushall()

    def zet_klaar(self, nu: datetime) -> None:
        """The sweep itself, as the task for aftercare; a database that is just being killed is no mistake."""
        with suppress(psycopg.OperationalError), self._als_app() as app, app.transaction():
            app.execute("SELECT set_config('app.taak', 'nazorg', true)")
            app.execute(herinneringen.ZET_KLAAR, herinneringen.woorden_voor(nu))
            app.execute("UPDATE post_bericht SET overdag = false WHERE overdag")  # this day has no night

    def wacht_op(self, klaar: Callable[[], bool]) -> bool:
        def kijk() -> bool:
            self.kijk_naar_herstel()
            time.sleep(0.3)
            return klaar()

        return wacht_tot(kijk, KLAAR_BINNEN)

    def wacht_op_werk(self) -> None:
        """Until some mail is in somebody's hands: who is killed before she began shows nothing."""

        def is_bezig() -> bool:
            self.kijk_naar_herstel()
            with suppress(psycopg.OperationalError), self._als_app() as app:
                return app.execute("SELECT EXISTS (SELECT 1 FROM post_bericht WHERE toestand = 'bezig')").fetchone()[0]
            return False

        wacht_tot(is_bezig, OP_GANG)

    def herinneringen(self) -> set[bytes]:
        """The Message-ID of every reminder: other mail goes out that day too."""
        with self._als_app() as app:
            rijen = app.execute("SELECT id FROM post_bericht WHERE soort = 'herinnering'").fetchall()
        return {Bericht(pk=pk).message_id.encode() for (pk,) in rijen}

    def is_alles_weg(self, aantal: int) -> bool:
        with suppress(psycopg.OperationalError), self._als_app() as app:
            tel = (
                "SELECT count(*), count(*) FILTER (WHERE toestand = 'verstuurd') "
                "FROM post_bericht WHERE soort = 'herinnering'"
            )
            return app.execute(tel).fetchone() == (aantal, aantal)
        return False

    def _als_app(self) -> psycopg.Connection:
        return psycopg.connect(self.servers.database_url, autocommit=True, connect_timeout=5)

    def stop(self) -> None:
        stop_samen(list(self.processen.values()))


def meet(opstelling: Opstelling) -> Meting:
    aantal, doden = OMVANG.get(opstelling.schaal, OMVANG["klein"])
    meting = Meting(
        "herinneringen --storing", f"{aantal} reminders due, everything is killed", "the mail sink's ledger"
    )
    map_ = opstelling.werkmap.map / "storing"
    with Ingebed(map_, vluchtig=True) as servers:
        basis = {**opstelling.omgeving, "DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
        basis |= {"DATABASE_OWNER_URL": servers.database_owner_url, "NAZORG_INTERVAL": "2"}
        _vul(opstelling, basis, servers)
        for naam, kogels in (("clean", 0), ("faults", doden)):
            _meet_ronde(meting, servers, basis, naam, aantal if kogels else max(aantal // 10, 40), kogels)
    return meting


def _vul(opstelling: Opstelling, basis: Mapping[str, str], servers: Ingebed) -> None:
    """Tables, and a little demo data to hang the contacts on."""
    with psycopg.connect(servers.database_owner_url) as eigenaar:
        if eigenaar.execute("SELECT to_regclass('post_bericht')").fetchone()[0]:
            return
    op = opstelling.met_omgeving(**basis)
    for opdracht in (("migrate", "--no-input", "-v0"), ("laad_geodata",), ("laad_demodata", "--schaal", "klein")):
        op.beheer(*opdracht)


def _meet_ronde(meting: Meting, servers: Ingebed, basis: Mapping[str, str], naam: str, aantal: int, doden: int) -> None:
    with postkantoor(Werkmap(servers.werkmap.map / naam), basis) as kantoor:
        omgeving = {**basis, "MAIL_MAP": "", "EMAIL_URL": f"smtp://127.0.0.1:{kantoor.poort}"}
        dag = Rampdag(servers, omgeving, kantoor)
        nu = werkmoment()
        _maak_ochtend(servers, aantal, nu)
        try:
            dag.begin()
            _beleef(dag, nu, doden)
            klaar = dag.wacht_op(lambda: dag.is_alles_weg(aantal))
        finally:
            dag.stop()
        _oordeel(meting, dag, naam, aantal, klaar=klaar)


def _beleef(dag: Rampdag, nu: datetime, doden: int) -> None:
    """Put the reminders ready in portions; in between, something dies in the middle of its work."""
    soorten = ["werker0", "werker1", "werker0", "werker1", "beat", "makelaar", "verbinding"]
    klappen = set(range(0, PORTIES, PORTIES // doden)) if doden else set()
    for beurt in range(PORTIES):
        dag.zet_klaar(nu - timedelta(minutes=PORTIES - 1 - beurt))
        if beurt in klappen:
            dag.wacht_op_werk()
            time.sleep(dag.toeval.uniform(0, 1))
            dag.dood(dag.toeval.choice(soorten))
        if doden and beurt == PORTIES // 2:
            dag.spoel()
        time.sleep(0.1)
        dag.kijk_naar_herstel()
    for _ in range(20):  # a sweep that met a killed database comes again, as beat would
        dag.zet_klaar(nu)
        time.sleep(0.2)


def _maak_ochtend(servers: Ingebed, aantal: int, nu: datetime) -> None:
    """So many contacts that are due in portions, a minute apart, each of three or fewer for one person."""
    with psycopg.connect(servers.database_owner_url) as eigenaar:
        tabellen = eigenaar.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity").fetchall()
        for (tabel,) in tabellen:
            eigenaar.execute(f'ALTER TABLE "{tabel}" NO FORCE ROW LEVEL SECURITY')
        eigenaar.execute("DELETE FROM post_berichtdeel; DELETE FROM post_bericht")
        wat_wachtte = (
            "UPDATE trajecten_herinnering SET vervallen_op = now() WHERE gezet_op IS NULL AND vervallen_op IS NULL"
        )
        eigenaar.execute(wat_wachtte)
        _schrijf_contacten(eigenaar, aantal, nu)
        eigenaar.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for (tabel,) in tabellen:
            eigenaar.execute(f'ALTER TABLE "{tabel}" FORCE ROW LEVEL SECURITY')


def _schrijf_contacten(eigenaar: psycopg.Connection, aantal: int, nu: datetime) -> None:
    woorden = {"aantal": aantal, "nu": nu, "dag": nu.date(), "porties": PORTIES, "zoveel": f"z{time.time_ns()}-"}
    eigenaar.execute(
        "INSERT INTO gebruikers_gebruiker (password, email, naam, is_active, is_staff, is_superuser, aangemaakt_op) "
        "SELECT '!', %(zoveel)s || n || '@voorbeeld.example', 'Begeleider', true, false, false, now() "
        "FROM generate_series(1, (%(aantal)s + 2) / 3) n",
        woorden,
    )
    eigenaar.execute(CONTACTEN, woorden)


def _oordeel(meting: Meting, dag: Rampdag, naam: str, aantal: int, *, klaar: bool) -> None:
    boek = dag.kantoor.boek()
    if not boek.binnen:
        raise Mislukt(f"No mail arrived at all: see {dag.servers.werkmap.logs}.")
    meting.cijfer(f"{naam}: reminders due, kills", f"{aantal}, {len(dag.gedood)}")
    if dag.gedood:
        meting.cijfer(f"{naam}: killed", ", ".join(f"{dag.gedood.count(w)} {w}" for w in sorted(set(dag.gedood))))
    meting.klopt(f"{naam}: the tables say that all is sent", "all sent", is_gehaald=klaar)
    meting.hooguit(f"{naam}: lost", aantal - len(boek.nummers & dag.herinneringen()), 0, vorm="{:.0f}")
    meting.hooguit(f"{naam}: twice", boek.dubbel, len(dag.gedood), vorm="{:.0f}")
    if dag.gedood:
        meting.hooguit(f"{naam}: seconds until claimed work was taken over", dag.herstel, HERSTEL, vorm="{:.1f}")
