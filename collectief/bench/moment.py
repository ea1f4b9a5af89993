"""`moment`: store one moment, against the bare SQL transaction; and search in the moments of one initiative."""

import gc
from collections.abc import Callable, Sequence

import psycopg
from django.db import connection
from django.test import Client
from django.utils import timezone

from collectief.bench.belasting import Mislukt
from collectief.bench.gegevens import op_een_kopie
from collectief.bench.meting import Meting, milliseconden, om_en_om, p95
from collectief.bench.opstelling import Opstelling
from collectief.demo.accounts import ACCOUNT_VAN
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.rijbeveiliging import als_gebruiker
from trajecten.models import Moment, Traject

ZOEKEN = "/trajecten/zoeken/"
SCHRIJFT = 3  # statements: the read log, the moment, and its draft
RONDES = 3  # how long a disk takes to be sure varies: the more pairs, the less that matters
TEKST = "Samen een vogelhuisje gezaagd. Het duurde lang, en aan het eind kwam er een lach. " * 4


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting(
        "moment",
        "store one moment: form, policy, read log, one transaction",
        "the same writes as a bare SQL transaction",
    )
    with op_een_kopie(opstelling) as kopie:
        wie = Gebruiker.objects.get(email=ACCOUNT_VAN[Rol.Soort.COORDINATOR].email)
        client = Client(SERVER_NAME="localhost")
        client.force_login(wie)
        _meet_bewaren(kopie, meting, client, wie)
        _meet_zoeken(kopie, meting, client, wie)
    return meting


def _meet_bewaren(kopie: Opstelling, meting: Meting, client: Client, wie: Gebruiker) -> None:
    with als_gebruiker(wie.pk):
        traject = Traject.objects.zichtbaar_voor(wie).order_by("-begonnen_op").first()
    pad = f"/trajecten/{traject.pk}/moment/"
    velden = {"tekst": TEKST, "soort": "lichtje", "datum": timezone.localdate().isoformat(), "vormen": ["creatief"]}

    def bewaar() -> None:
        if client.post(pad, velden).status_code != 302:
            raise Mislukt("The moment was not stored.")

    bewaar()
    schrijft = _wat_schrijft(bewaar)
    if len(schrijft) != SCHRIJFT:
        raise Mislukt(
            f"A moment is written with {len(schrijft)} statements: look whether the peer still does the same."
        )
    gc.collect()
    gc.freeze()  # as every process does after it has read everything; what stood frozen before stays so
    with kopie.als_app() as app:
        tijden = om_en_om(RONDES * kopie.tempo.herhaal, heel=bewaar, kaal=lambda: _voer_uit(app, schrijft, wie.pk))
    meting.cijfer("ms, request and bare transaction", f"{tijden['heel']:.2f} / {tijden['kaal']:.2f}")
    meting.minstens("share of the peer", tijden["kaal"] / tijden["heel"], 0.25, doel=0.40)
    meting.hooguit("p95 in ms", p95([milliseconden(bewaar) for _ in range(kopie.tempo.herhaal)]), 40, vorm="{:.1f}")


def _wat_schrijft(doe: Callable[[], None]) -> list[tuple[str, Sequence]]:
    """The statements that write when this is done, with their values."""
    schrijft: list[tuple[str, Sequence]] = []

    def vang(execute, vraag, waarden, many, context):
        if vraag.lstrip().startswith(("INSERT", "DELETE")):
            schrijft.append((vraag, waarden))
        return execute(vraag, waarden, many, context)

    with connection.execute_wrapper(vang):
        doe()
    return schrijft


def _voer_uit(verbinding: psycopg.Connection, vragen: Sequence[tuple[str, Sequence]], gebruiker: int) -> None:
    """The same statements with the same values; psycopg has them planned once, as it does for anybody."""
    with verbinding.transaction():
        verbinding.execute("SELECT noem_gebruiker(%s)", [gebruiker])
        for vraag, waarden in vragen:
            verbinding.execute(vraag, waarden)


def _meet_zoeken(kopie: Opstelling, meting: Meting, client: Client, wie: Gebruiker) -> None:
    """The whole page with a word that many moments hold, and with one that few do."""
    with als_gebruiker(wie.pk), connection.cursor() as cursor:
        eigen = Moment.objects.count()
        cursor.execute("SELECT word FROM ts_stat('SELECT zoekvector FROM trajecten_moment') ORDER BY ndoc DESC, word")
        woorden = [woord for (woord,) in cursor.fetchall()]
    meting.cijfer("search: moments, all and one's own", f"{_alle(kopie)} / {eigen}")
    for wat, woord in (("common", woorden[0]), ("rare", woorden[-1])):
        client.get(ZOEKEN, {"q": woord})
        tijden = [
            milliseconden(lambda woord=woord: client.get(ZOEKEN, {"q": woord})) for _ in range(kopie.tempo.herhaal)
        ]
        meting.hooguit(f"search: p95 in ms of a page with a {wat} word", p95(tijden), 50, vorm="{:.1f}")


def _alle(kopie: Opstelling) -> int:
    with kopie.als_eigenaar() as eigenaar:
        (rij,) = eigenaar.execute("SELECT count(*) FROM trajecten_moment").fetchone()
    return rij
