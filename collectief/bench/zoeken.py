"""`zoeken`: a postcode gives the nearest places, as a whole page."""

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collectief.bench.belasting import om_beurten
from collectief.bench.meting import Meting, om_en_om
from collectief.bench.opstelling import Opstelling
from collectief.bench.urls import OK
from collectief.geo.models import Postcode
from kaart.aanbod import Rij
from kaart.bladzijde import maak_gevonden, rijen
from kaart.forms.vraag import lees_vraag
from kaart.vraag import zoek_vraag
from kaart.wegwijzer import Wegwijzer, wegwijzer

KOPPEN = {"Accept-Encoding": "gzip"}
STRALEN = ("5", "10", "25", "50", "nl")
WEINIG = 120  # places to compare with
PAGINAS = 1000  # that are made for it
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
    meting.hooguit(f"ms to make a page: all places ÷ {WEINIG} of them", _groei(), 1.1)
    eerste, koud, warm = (_queries(pad) for pad in (paden[-1], paden[-2], paden[-2]))
    meting.cijfer("queries of the first page of a process", str(eerste))
    meting.hooguit("queries cold", koud, 2, vorm="{:.0f}")
    meting.hooguit("queries warm", warm, 0, vorm="{:.0f}")
    return meting


def _paden() -> list[str]:
    """More addresses than one run asks for, so that none is answered from memory."""
    postcodes = Postcode.objects.order_by("pc4").values_list("pc4", flat=True)
    return [f"/kaart/?q={pc4}&straal={straal}" for straal in STRALEN for pc4 in postcodes]


def _groei() -> float:
    """How much longer a page takes that was never asked before, with all places against a few of all over the country.

    The row of a place is made once, whoever asks; here they stand ready, as in a process that has been up for a while.
    """
    alles = wegwijzer()
    weinig = Wegwijzer(alles.plekken[:: max(len(alles.plekken) // WEINIG, 1)], alles.dag)
    for gids in (alles, weinig):
        rijen(gids, list(map(Rij, gids.plekken)), None)
    paden = _paden()[:: len(STRALEN) + 2]
    vragen = [lees_vraag(QueryDict(pad.partition("?")[2])).vraag for pad in paden]
    beurt = {gids: iter([(vraag, zoek_vraag(vraag)) for vraag in vragen]) for gids in (alles, weinig)}
    tijden = om_en_om(
        min(PAGINAS, len(paden) - 1),
        alles=lambda: maak_gevonden(*next(beurt[alles]), "", alles),
        weinig=lambda: maak_gevonden(*next(beurt[weinig]), "", weinig),
    )
    return tijden["alles"] / tijden["weinig"]


def _queries(pad: str) -> int:
    with CaptureQueriesContext(connection) as gevangen:
        Client(SERVER_NAME="localhost").get(pad)
    return len(gevangen)
