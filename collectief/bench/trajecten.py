"""`trajecten`: the list and one trajectory under row security, against the same SQL without policies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from statistics import median

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collectief.bench.belasting import kuier, om_beurten
from collectief.bench.gegevens import verbind, zet_klaar
from collectief.bench.meting import Meting, milliseconden, om_en_om, p95
from collectief.bench.opstelling import Opstelling
from collectief.demo.accounts import ACCOUNT_VAN
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.rijbeveiliging import achter_rijbeveiliging, als_gebruiker
from initiatieven.models import Initiatief
from trajecten.models import Traject
from trajecten.views.lijst import PER_BLADZIJDE

LIJST = "/trajecten/lijst/"
VER = 1_000  # the page that may not cost more than the first
VEEL = 3_600  # initiatives, with about nine trajectories each
VEELZIENDE = "bench@voorbeeld.example"  # may see a thousand pages: nobody is like that, but it shows what grows


TRANSACTIE = {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}  # these begin and end something, and ask nothing


@dataclass(frozen=True)
class Blik:
    """Somebody who looks at a page: the address, and the SQL on case tables that it takes."""

    pad: str
    vragen: list[str]
    aantal: int


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting("trajecten", "list and one trajectory under row security", "the same SQL without policies")
    wie = Gebruiker.objects.get(email=ACCOUNT_VAN[Rol.Soort.COORDINATOR].email)
    client = _ingelogd(wie)
    lijst, traject = _kijk(client, LIJST), _kijk(client, _nieuwste(wie))
    with _zonder_force(opstelling), opstelling.als_app() as app, opstelling.als_eigenaar() as eigenaar:
        for naam, blik in (("list", lijst), ("one trajectory", traject)):
            tijden = _per_vraag(opstelling.tempo.herhaal, blik.vragen, wie.pk, met=app, zonder=eigenaar)
            meting.cijfer(
                f"{naam}: ms of SQL with and without policies", f"{tijden['met']:.2f} / {tijden['zonder']:.2f}"
            )
            meting.hooguit(f"{naam}: with ÷ without policies", tijden["met"] / tijden["zonder"], 1.5, doel=1.15)
    _meet_paginas(opstelling, meting, client, lijst, traject)
    if opstelling.schaal == "groot":
        _meet_ver(opstelling, meting)
        _meet_groei(opstelling, meting)
    return meting


def _ingelogd(wie: Gebruiker) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(wie)
    return client


def _nieuwste(wie: Gebruiker) -> str:
    """The address of the youngest trajectory that she sees."""
    with als_gebruiker(wie.pk):
        eerste = Traject.objects.zichtbaar_voor(wie).order_by("-begonnen_op").first()
    return f"/trajecten/{eerste.pk}/"


def _kijk(client: Client, pad: str) -> Blik:
    client.get(pad)
    with CaptureQueriesContext(connection) as gevangen:
        client.get(pad)
    vragen = [vraag["sql"] for vraag in gevangen if vraag["sql"].split()[0] not in TRANSACTIE]
    gelezen = [vraag for vraag in vragen if vraag.startswith("SELECT") and "trajecten_" in vraag]
    return Blik(pad, gelezen, len(vragen))


def _per_vraag(
    herhaal: int, vragen: Sequence[str], gebruiker: int, **verbindingen: psycopg.Connection
) -> dict[str, float]:
    """Milliseconds of these questions over each connection: of each question the median, added up.

    The median of the sum measures the machine: six questions in a row are six times as often held up as one.
    """
    gemeten: dict[str, list[list[float]]] = {naam: [] for naam in verbindingen}
    for _ in range(herhaal):
        for naam, verbinding in verbindingen.items():
            gemeten[naam].append(_voer_uit(verbinding, vragen, gebruiker))
    return {naam: sum(map(median, zip(*ronden, strict=True))) for naam, ronden in gemeten.items()}


def _voer_uit(verbinding: psycopg.Connection, vragen: Sequence[str], gebruiker: int) -> list[float]:
    """Name the user as a request does, and ask; the owner, whom no policy holds back, does just the same.

    A request has the first prepared and the others planned each time, so that is what is measured here. Returns how
    long each of these took.
    """
    with verbinding.transaction():
        noem = partial(verbinding.execute, "SELECT noem_gebruiker(%s)", [gebruiker], prepare=True)
        return [milliseconden(noem), *(milliseconden(partial(_vraag, verbinding, vraag)) for vraag in vragen)]


def _vraag(verbinding: psycopg.Connection, vraag: str) -> None:
    verbinding.execute(vraag, prepare=False).fetchall()


@contextmanager
def _zonder_force(opstelling: Opstelling) -> Iterator[None]:
    """Let the owner read past the policies for a while. Only ever in the database of a bench."""
    tabellen = achter_rijbeveiliging()
    with opstelling.als_eigenaar() as eigenaar:
        for tabel in tabellen:
            eigenaar.execute(f'ALTER TABLE "{tabel}" NO FORCE ROW LEVEL SECURITY')
        try:
            yield
        finally:
            for tabel in tabellen:
                eigenaar.execute(f'ALTER TABLE "{tabel}" FORCE ROW LEVEL SECURITY')


def _meet_paginas(opstelling: Opstelling, meting: Meting, client: Client, lijst: Blik, traject: Blik) -> None:
    """The pages themselves, over HTTP: how many a second there can be, and how long one takes without a queue."""
    koekje = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with opstelling.web() as basis:
        koppen = {"Cookie": koekje, "Accept-Encoding": "gzip"}
        uitslagen = om_beurten(basis, opstelling.tempo, koppen, lijst=[lijst.pad], traject=[traject.pad])
        wachten = {blik.pad: kuier(basis, [blik.pad], opstelling.tempo.seconden, koppen) for blik in (lijst, traject)}
    for naam, blik, uitslag in (("list", lijst, uitslagen["lijst"]), ("one trajectory", traject, uitslagen["traject"])):
        meting.hooguit(f"{naam}: queries", blik.aantal, 8, vorm="{:.0f}")
        meting.cijfer(f"{naam}: requests/s", f"{uitslag.per_seconde:.0f}")
        meting.cijfer(f"{naam}: p95 in ms, as many as there can be", f"{uitslag.p95:.1f}")
        meting.hooguit(f"{naam}: p95 in ms, 25 a second", p95(wachten[blik.pad]), 40, vorm="{:.1f}")


def _meet_ver(opstelling: Opstelling, meting: Meting) -> None:
    """Page 1 and page 1,000 of somebody who may see enough for that."""
    wie = _veelziende()
    with als_gebruiker(wie.pk):
        zichtbaar = Traject.objects.zichtbaar_voor(wie).exclude(toestand=Traject.Toestand.OVERGEDRAGEN)
        plaats = zichtbaar.order_by("-begonnen_op", "pk").values_list("pk", flat=True)
        na = plaats[(VER - 1) * PER_BLADZIJDE - 1]
    client = _ingelogd(wie)
    tijden = om_en_om(
        max(3, opstelling.tempo.herhaal // 30),
        eerste=lambda: client.get(LIJST),
        ver=lambda: client.get(LIJST, {"na": na}),
    )
    meting.cijfer(f"page 1 and {VER}, ms", f"{tijden['eerste']:.0f} / {tijden['ver']:.0f}")
    meting.hooguit(f"page {VER} ÷ page 1", tijden["ver"] / tijden["eerste"], 1.2)


def _meet_groei(opstelling: Opstelling, meting: Meting) -> None:
    """The list and the page of a trajectory of the same initiative, with a hundredth of everything around it."""
    klein = zet_klaar(replace(opstelling, schaal="klein"))
    tijden: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(opstelling.tempo.rondes):
        for hier in (klein, opstelling):
            verbind(hier)
            wie = Gebruiker.objects.get(email=ACCOUNT_VAN[Rol.Soort.COORDINATOR].email)
            client, traject = _ingelogd(wie), _nieuwste(wie)
            for naam, pad in (("list", LIJST), ("one trajectory", traject)):
                client.get(pad)
                herhaal = range(max(3, opstelling.tempo.herhaal // 10))
                tijden[naam, hier.schaal] += [milliseconden(partial(client.get, pad)) for _ in herhaal]
    for naam in ("list", "one trajectory"):
        van, naar = median(tijden[naam, klein.schaal]), median(tijden[naam, opstelling.schaal])
        meting.cijfer(f"{naam}: ms at 1,000 and 100,000 trajectories", f"{van:.1f} / {naar:.1f}")
        meting.hooguit(f"{naam}: 100,000 ÷ 1,000", naar / van, 1.5)


def _veelziende() -> Gebruiker:
    """A coördinator of so many initiatives that the list has a thousand pages."""
    wie, _ = Gebruiker.objects.get_or_create(email=VEELZIENDE, defaults={"naam": "Bench", "password": "!"})
    if not wie.rollen.exists():
        leden = Initiatief.objects.openbaar().order_by("pk").values_list("pk", flat=True)[:VEEL]
        Rol.objects.bulk_create(
            Rol(gebruiker=wie, soort=Rol.Soort.COORDINATOR, initiatief_id=initiatief) for initiatief in leden
        )
    return wie
