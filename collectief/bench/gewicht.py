"""`gewicht`: what a first visit costs, seen by a real browser."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request

from collectief.bench.browser import TELEFOON, open_chromium
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling

LIJST, ZOEK, KAART = "/initiatieven/", "/kaart/?q=3511", "/kaart/?q=3511&straal=25"
KB = 1024


@dataclass(frozen=True)
class Bezoek:
    """All requests of one first visit: address, kind and bytes of the answer's body over the wire."""

    verzoeken: list[tuple[str, str, int]]

    def bytes_van(self, *soorten: str) -> int:
        return sum(gewicht for _, soort, gewicht in self.verzoeken if not soorten or soort in soorten)

    def vreemd(self, basis: str) -> int:
        return sum(urlsplit(adres).netloc not in ("", urlsplit(basis).netloc) for adres, _, _ in self.verzoeken)


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting("gewicht", "first visit in Chromium, 390 px wide: bytes and requests", "–")
    with opstelling.web() as basis, open_chromium() as browser:
        lijst, zoek, kaart = (_bezoek(browser, basis + pad) for pad in (LIJST, ZOEK, KAART))
    for naam, bezoek in {"directory": lijst, "places around a postcode": zoek}.items():
        meting.hooguit(
            f"{naam}, kB of HTML and CSS", bezoek.bytes_van("document", "stylesheet") / KB, 14, vorm="{:.1f}"
        )
        meting.cijfer(f"{naam}, kB in all", f"{bezoek.bytes_van() / KB:.1f} in {len(bezoek.verzoeken)} requests")
    meting.hooguit("map, kB in all", kaart.bytes_van() / KB, 90, vorm="{:.1f}")
    meting.hooguit("map, requests", len(kaart.verzoeken), 12, vorm="{:.0f}")
    meting.hooguit("requests to anybody else", lijst.vreemd(basis) + kaart.vreemd(basis), 0, vorm="{:.0f}")
    return meting


def _bezoek(browser: Browser, adres: str) -> Bezoek:
    """Open an address with an empty cache and wait until nothing more comes in."""
    pagina = browser.new_context(viewport=TELEFOON).new_page()
    klaar: list[Request] = []
    pagina.on("requestfinished", lambda verzoek: klaar.append(verzoek))  # noqa: PLW0108 - a builtin cannot listen
    pagina.goto(adres, wait_until="networkidle")
    echt = [verzoek for verzoek in klaar if not verzoek.url.startswith("data:")]
    bezoek = Bezoek([(v.url, v.resource_type, v.sizes()["responseBodySize"]) for v in echt])
    pagina.context.close()
    return bezoek
