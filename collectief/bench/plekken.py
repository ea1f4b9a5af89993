"""`plekken`: all places for the map, in one file."""

import http.client
import tempfile
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from collectief.bench.belasting import om_beurten
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling
from initiatieven.models import Locatie
from kaart.feed import maak

FEED = "/kaart/plekken.json"
KOPPEN = {"Accept-Encoding": "gzip"}


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting("plekken", "all places for the map", "granian's own static file with the same bytes")
    begin = perf_counter()
    bestand = maak()
    duur = perf_counter() - begin
    aantal = Locatie.objects.op_de_kaart().count()
    with tempfile.TemporaryDirectory() as map_:
        (Path(map_) / "plekken.bin").write_bytes(bestand.verpakt)
        Path(map_).chmod(0o755)
        with opstelling.web(bestanden=Path(map_)) as basis:
            status, gewicht = _onveranderd(basis)
            uitslagen = om_beurten(basis, opstelling.tempo, KOPPEN, feed=[FEED], bestand=["/bestanden/plekken.bin"])
    feed, statisch = uitslagen["feed"], uitslagen["bestand"]
    meting.cijfer("places", str(aantal))
    meting.cijfer("requests/s of the static file", f"{statisch.per_seconde:.0f}")
    meting.cijfer("requests/s of the feed", f"{feed.per_seconde:.0f}")
    meting.minstens("share of the peer", feed.per_seconde / statisch.per_seconde, 0.5, doel=0.9)
    meting.hooguit("bytes gzipped a place", gewicht / aantal, 18, vorm="{:.1f}")
    meting.klopt("unchanged", "304 without a body", is_gehaald=status == http.client.NOT_MODIFIED)
    meting.hooguit("seconds to publish", duur, 1)
    return meting


def _onveranderd(basis: str) -> tuple[int, int]:
    """The status of asking again for what has not changed, and the bytes of the first answer."""
    verbinding = http.client.HTTPConnection(urlsplit(basis).netloc)
    verbinding.request("GET", FEED, headers=KOPPEN)
    eerste = verbinding.getresponse()
    gewicht = len(eerste.read())
    verbinding.request("GET", FEED, headers={**KOPPEN, "If-None-Match": eerste.headers["ETag"]})
    tweede = verbinding.getresponse()
    status = tweede.status if not tweede.read() else 0
    verbinding.close()
    return status, gewicht
