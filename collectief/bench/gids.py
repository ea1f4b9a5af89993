"""`gids`: the directory with words, facets and distance, as a whole page."""

from itertools import product
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collectief.bench.belasting import kuier, om_beurten
from collectief.bench.meting import Meting, p95
from collectief.bench.opstelling import Opstelling
from collectief.bench.urls import OK
from collectief.geo.namen import PROVINCIES
from initiatieven.models import Initiatief

KOPPEN = {"Accept-Encoding": "gzip"}
WOORDEN = ("", "q=moestuin", "q=dieren", "q=muziek", "q=de+wilgenhoke", "q=zutphen")
KEUZES = ("", "plek=plek_vrij", "voor=rust&voor=doener", "domein=zorg&samen=groep", "bij=3511&sorteer=afstand")


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting(
        "gids",
        "words, facets with counts and distance over the whole directory, whole HTML page",
        "a Django view that returns `ok`, same server, same middleware",
    )
    paden = [
        "/initiatieven/?"
        + "&".join(filter(None, [woorden, keuze, f"provincie={quote(provincie)}" if provincie else ""]))
        for woorden, keuze, provincie in product(WOORDEN, KEUZES, ("", *PROVINCIES))
    ]
    with opstelling.web() as basis:
        uitslagen = om_beurten(basis, opstelling.tempo, KOPPEN, ok=[OK], gids=paden)
        wachten = kuier(basis, paden, opstelling.tempo.seconden, KOPPEN)
    meting.cijfer("initiatives", str(Initiatief.objects.vindbaar().count()))
    meting.cijfer("requests/s of the peer", f"{uitslagen['ok'].per_seconde:.0f}")
    meting.cijfer("requests/s of the directory", f"{uitslagen['gids'].per_seconde:.0f}")
    meting.cijfer("p95 in ms, as many as there can be", f"{uitslagen['gids'].p95:.1f}")
    meting.hooguit("p95 in ms, 25 a second", p95(wachten), 25, vorm="{:.1f}")
    Client(SERVER_NAME="localhost").get(paden[0])
    meting.hooguit("queries", max(_queries(pad) for pad in paden[:: len(paden) // 20]), 4, vorm="{:.0f}")
    return meting


def _queries(pad: str) -> int:
    with CaptureQueriesContext(connection) as gevangen:
        Client(SERVER_NAME="localhost").get(pad)
    return len(gevangen)
