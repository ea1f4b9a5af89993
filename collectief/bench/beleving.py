"""`beleving`: what a search feels like on a slow telephone with a slow network, seen by a real browser."""

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser

from collectief.bench.belasting import Mislukt
from collectief.bench.browser import TELEFOON, open_chromium
from collectief.bench.kaart import TRAAG
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling

ZOEKEN = "/kaart/?q=3511&straal=25"
RONDES = 9
KILOBIT = 1000 / 8  # bytes
# "Slow 4G" as Lighthouse has it: 150 ms there and back, 1.6 megabit in, 750 kilobit out.
NETWERK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1638.4 * KILOBIT,
    "uploadThroughput": 750 * KILOBIT,
}
LUISTER = """
window.gezien = { lcp: 0, fcp: 0, cls: 0, taken: [] };
const kijk = (soort, doe) => new PerformanceObserver((lijst) => lijst.getEntries().forEach(doe))
  .observe({ type: soort, buffered: true });
kijk("largest-contentful-paint", (een) => { gezien.lcp = een.startTime; });
kijk("paint", (een) => { if (een.name === "first-contentful-paint") gezien.fcp = een.startTime; });
kijk("layout-shift", (een) => { if (!een.hadRecentInput) gezien.cls += een.value; });
kijk("longtask", (een) => { gezien.taken.push([een.startTime, een.duration]); });
"""


@dataclass(frozen=True)
class Indruk:
    """Milliseconds until the largest thing stands there, how much moved after that, and the longest tasks."""

    lcp: float
    cls: float
    taak: float  # after the first draw
    taak_kaart: float  # after the map was opened


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting("beleving", f"a search at 390 px, slow 4G, CPU slowed {TRAAG} times, nothing kept before", "–")
    with opstelling.web() as basis, open_chromium() as browser:
        indrukken = [_bezoek(browser, basis + ZOEKEN) for _ in range(RONDES)]
    meting.hooguit("ms to the largest paint", statistics.median(i.lcp for i in indrukken), 1000, vorm="{:.0f}")
    meting.hooguit("layout shift, the map opened too", max(i.cls for i in indrukken), 0.01, vorm="{:.3f}")
    taak, taak_kaart = (statistics.median(getattr(i, naam) for i in indrukken) for naam in ("taak", "taak_kaart"))
    meting.hooguit("ms of the longest task after the first draw", taak, 50, vorm="{:.0f}")
    meting.hooguit("ms of the longest task of opening the map", taak_kaart, 50, vorm="{:.0f}")
    return meting


def _bezoek(browser: Browser, adres: str) -> Indruk:
    """Come with an empty cache, wait until it is still, and open the map."""
    context = browser.new_context(viewport=TELEFOON, service_workers="block")
    pagina = context.new_page()
    pagina.add_init_script(LUISTER)
    lijn = context.new_cdp_session(pagina)
    lijn.send("Network.enable")
    lijn.send("Network.emulateNetworkConditions", NETWERK)
    lijn.send("Emulation.setCPUThrottlingRate", {"rate": TRAAG})
    pagina.goto(adres, wait_until="networkidle")
    knop = pagina.get_by_role("button", name="Kaart").bounding_box()
    if not knop:
        raise Mislukt("There is no button to open the map.")
    pagina.wait_for_timeout(500)  # what Playwright itself does in the page to find a button takes long, and is not ours
    lcp, geopend = pagina.evaluate("[gezien.lcp, performance.now()]")
    if not lcp:
        raise Mislukt("Nothing was painted.")
    pagina.mouse.click(knop["x"] + knop["width"] / 2, knop["y"] + knop["height"] / 2)
    pagina.wait_for_load_state("networkidle")
    pagina.wait_for_timeout(500)  # what the last answer started has to be over
    gezien = pagina.evaluate("gezien")
    context.close()
    return Indruk(lcp, gezien["cls"], _langste(gezien, gezien["fcp"], geopend), _langste(gezien, geopend, float("inf")))


def _langste(gezien: dict, van: float, tot: float) -> float:
    return max((duur for begin, duur in gezien["taken"] if van < begin <= tot), default=0)
