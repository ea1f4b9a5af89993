"""`plekken`: all places for the map, as a published file; and how long publishing takes."""

import http.client
import shutil
import tempfile
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from django.test import override_settings
from django.utils import timezone

from collectief.bench.belasting import om_beurten
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling
from initiatieven.models import Locatie
from kaart.openbaar import lees_regels
from kaart.uitgeven import Soort, geef_uit, leg_neer, nieuwste

KOPPEN = {"Accept-Encoding": "gzip"}


def meet(opstelling: Opstelling) -> Meting:
    with tempfile.TemporaryDirectory() as map_, override_settings(UITGAVE_MAP=map_):
        return _meet(opstelling.met_omgeving(UITGAVE_MAP=map_), Path(map_))


def _meet(opstelling: Opstelling, map_: Path) -> Meting:
    meting = Meting("plekken", "all places for the map", "granian's own static file with the same bytes")
    begin = perf_counter()
    leg_neer(lees_regels(), timezone.localdate(), [Soort.KAART])
    duur = perf_counter() - begin
    geef_uit()
    geheel = perf_counter() - begin - duur
    uitgave, aantal = nieuwste(Soort.KAART), Locatie.objects.op_de_kaart().count()
    (statisch := map_ / "statisch").mkdir()
    shutil.copy(uitgave.verpakt, statisch / "plekken.bin")
    with opstelling.web(bestanden=statisch) as basis:
        status, gewicht = _onveranderd(basis, uitgave.adres)
        paden = {"feed": [uitgave.adres], "bestand": ["/bestanden/plekken.bin"]}
        uitslagen = om_beurten(basis, opstelling.tempo, KOPPEN, **paden)
    feed, bestand = uitslagen["feed"], uitslagen["bestand"]
    meting.cijfer("places", str(aantal))
    meting.cijfer("requests/s of the static file", f"{bestand.per_seconde:.0f}")
    meting.cijfer("requests/s of the feed", f"{feed.per_seconde:.0f}")
    meting.minstens("share of the peer", feed.per_seconde / bestand.per_seconde, 0.5, doel=0.9)
    meting.hooguit("bytes gzipped a place", gewicht / aantal, 18, vorm="{:.1f}")
    meting.klopt("unchanged", "304 without a body", is_gehaald=status == http.client.NOT_MODIFIED)
    meting.hooguit("seconds to publish", duur, 1)
    meting.cijfer("seconds to publish directory and open data too", f"{geheel:.2f}")
    meting.cijfer("kB of the directory, gzipped", f"{nieuwste(Soort.GIDS).verpakt.stat().st_size / 1024:.0f}")
    return meting


def _onveranderd(basis: str, adres: str) -> tuple[int, int]:
    """The status of asking again for what has not changed, and the bytes of the first answer."""
    verbinding = http.client.HTTPConnection(urlsplit(basis).netloc)
    verbinding.request("GET", adres, headers=KOPPEN)
    eerste = verbinding.getresponse()
    gewicht = len(eerste.read())
    verbinding.request("GET", adres, headers={**KOPPEN, "If-None-Match": eerste.headers["ETag"] or "-"})
    tweede = verbinding.getresponse()
    status = tweede.status if not tweede.read() else 0
    verbinding.close()
    return status, gewicht
