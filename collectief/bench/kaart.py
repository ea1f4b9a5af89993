"""`kaart`: the map with all places on a slow phone, seen by a real browser."""

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page

from collectief.bench.belasting import Mislukt
from collectief.bench.browser import TELEFOON, open_chromium
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling
from kaart.openbaar import Regel, lees_regels
from kaart.uitgeven import leg_neer

TRAAG = 4  # times slower than this machine
WEINIG = 120  # places to compare with
RONDES = 5
# From the moment that Leaflet is in, until the dots stand there and the next frame begins.
LUISTER = """
addEventListener("map:init", ({ detail }) => {
  window.proefkaart = detail.map;
  const doos = detail.map.getContainer();
  const begin = performance.now();
  new MutationObserver(() => {
    if (doos.getAttribute("aria-busy") !== "false" || window.getekend) return;
    window.getekend = true;
    requestAnimationFrame(() => { document.title = `klaar ${performance.now() - begin}`; });
  }).observe(doos, { attributes: true });
});
"""
ZOOM = """(naar) => {
  const begin = performance.now();
  proefkaart.setZoom(naar, { animate: false });
  return performance.now() - begin;
}"""


@dataclass(frozen=True)
class Tijden:
    """In milliseconds: the first drawing, and the slowest zoom; medians of several visits."""

    eerste: float
    zoom: float


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting("kaart", f"the map at 390 px, CPU slowed {TRAAG} times", f"the same with {WEINIG} places")
    regels = lees_regels()
    with _uitgaven(regels) as veel, _uitgaven(regels[:WEINIG]) as minder, open_chromium() as browser:
        alles, weinig = (_tijden(browser, opstelling.met_omgeving(UITGAVE_MAP=map_)) for map_ in (veel, minder))
    meting.cijfer("places", str(len(regels)))
    meting.hooguit("ms to the first drawing", alles.eerste, 400, vorm="{:.0f}")
    meting.hooguit("ms of the slowest zoom", alles.zoom, 50, vorm="{:.0f}")
    meting.cijfer(f"ms with {WEINIG} places", f"{weinig.eerste:.0f} and {weinig.zoom:.0f}")
    meting.hooguit("times the first drawing of the peer", alles.eerste / weinig.eerste, 4, doel=2.5)
    return meting


@contextmanager
def _uitgaven(regels: list[Regel]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as map_, override_settings(UITGAVE_MAP=map_):
        leg_neer(regels, timezone.localdate())
        yield map_


def _tijden(browser: Browser, opstelling: Opstelling) -> Tijden:
    with opstelling.web() as basis:
        bezoeken = [_bezoek(browser, basis) for _ in range(RONDES)]
    return Tijden(*(statistics.median(tijden) for tijden in zip(*bezoeken, strict=True)))


def _bezoek(browser: Browser, basis: str) -> tuple[float, float]:
    context = browser.new_context(viewport=TELEFOON, service_workers="block")
    pagina = context.new_page()
    pagina.add_init_script(LUISTER)
    context.new_cdp_session(pagina).send("Emulation.setCPUThrottlingRate", {"rate": TRAAG})
    pagina.goto(f"{basis}/kaart/", wait_until="networkidle")
    pagina.get_by_role("button", name="Kaart").click()
    eerste = _wacht_op_stippen(pagina)
    pagina.wait_for_load_state("networkidle")
    zooms = [pagina.evaluate(ZOOM, naar) for naar in (8, 9, 10, 11, 12, 13, 9, 7)]
    context.close()
    return eerste, max(zooms)


def _wacht_op_stippen(pagina: Page) -> float:
    for _ in range(200):
        if pagina.title().startswith("klaar "):
            return float(pagina.title().split()[1])
        pagina.wait_for_timeout(50)
    raise Mislukt("The dots never came.")
