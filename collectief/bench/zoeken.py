"""`zoeken`: a postcode gives the nearest places, as a whole page."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collectief.bench.belasting import om_beurten
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling
from collectief.bench.urls import OK
from collectief.geo.models import Postcode

KOPPEN = {"Accept-Encoding": "gzip"}
STRALEN = ("5", "10", "25", "50", "nl")
BEKENDE = 12  # addresses that everybody asks for


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting(
        "zoeken",
        "postcode → 12 nearest, whole HTML page, gzipped",
        "a Django view that returns `ok`, same server, same middleware",
    )
    paden = _paden()
    with opstelling.web() as basis:
        uitslagen = om_beurten(basis, opstelling.tempo, KOPPEN, ok=[OK], nieuw=paden, bekend=paden[:BEKENDE])
    ok, nieuw, bekend = (uitslagen[naam] for naam in ("ok", "nieuw", "bekend"))
    meting.cijfer("requests/s of the peer", f"{ok.per_seconde:.0f}")
    meting.cijfer("requests/s, every address new", f"{nieuw.per_seconde:.0f}")
    meting.cijfer(f"requests/s, {BEKENDE} addresses again and again", f"{bekend.per_seconde:.0f}")
    meting.minstens("share of the peer, every address new", nieuw.per_seconde / ok.per_seconde, 0.25, doel=0.35)
    meting.minstens("share of the peer, known addresses", bekend.per_seconde / ok.per_seconde, 0.25, doel=0.35)
    meting.hooguit("p95 in ms, every address new", nieuw.p95, 15, vorm="{:.1f}")
    eerste, koud, warm = (_queries(pad) for pad in (paden[-1], paden[-2], paden[-2]))
    meting.cijfer("queries of the first page of a process", str(eerste))
    meting.hooguit("queries cold", koud, 2, vorm="{:.0f}")
    meting.hooguit("queries warm", warm, 0, vorm="{:.0f}")
    return meting


def _paden() -> list[str]:
    """More addresses than one run asks for, so that none is answered from memory."""
    postcodes = Postcode.objects.order_by("pc4").values_list("pc4", flat=True)
    return [f"/kaart/?q={pc4}&straal={straal}" for straal in STRALEN for pc4 in postcodes]


def _queries(pad: str) -> int:
    with CaptureQueriesContext(connection) as gevangen:
        Client(SERVER_NAME="localhost").get(pad)
    return len(gevangen)
