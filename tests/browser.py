"""A real browser for what only a browser shows. Without Chromium these tests are skipped, but never in CI."""

import os
import re
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from collectief.servers.browser import zoek_chromium

CHROMIUM = zoek_chromium(os.environ, licht=True)

# Playwright's synchronous API runs an event loop in the test's thread; the test itself still runs one thing at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items) -> None:
    if CHROMIUM or os.environ.get("CI") == "true":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="Chromium not found: install it or set CHROMIUM"))


# A page lives for a second: making its scripts fast costs more than running them slowly. What was read is kept, for
# the next page brings the same.
SOBER = "--js-flags=--no-turbofan,--no-maglev,--no-flush-bytecode"


def _zonder_balk() -> str:
    """Without what a whole Chromium prepares behind each window: two pages for its address bar, and one for later.

    This option takes the place of Playwright's own, so what that names is named again.
    """
    driver = Path(find_spec("playwright").origin).parent / "driver/package/lib/coreBundle.js"
    lijst = re.search(r"disabledFeatures = \[(.*?)\]", driver.read_text(), re.DOTALL)
    van_playwright = re.findall(r'^\s*"(\w+)"', lijst[1], re.MULTILINE)
    balk = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess"]
    return "--disable-features=" + ",".join([*van_playwright, *balk])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    if not CHROMIUM:
        pytest.fail("Chromium is missing; CI needs it for the browser tests")
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", SOBER, _zonder_balk()],
    }


def _opties(**extra) -> dict:
    # A frame of ours is sandboxed: no script runs there, so axe would wait for an answer that cannot come.
    return {"resultTypes": ["violations"], "iframes": False, **extra}


# Which rules can change their mind when the same page is looked at in another way?
# - Another scheme changes colours and nothing else, so all other rules are gone through once at each width.
# - Another width shows other elements: every rule counts on a phone and on a desk.
# - At 200 % zoom a desk has 640 pixels, for which the style sheets know nothing else than for a phone: what is shown is
#   the same, but lines break elsewhere. Left over are the size of targets, and what scrolls or sticks out.
# - Text stands out by its own colours, by those it stands in and by what really lies under or over it. `kijk.js` looks
#   at each such way once per scheme, on the page where it first shows: fifty links of one list need one look, and so
#   does a menu that comes along on every page. What was wrong once is looked at again wherever it shows.
#   Text has 7:1 (large text 4.5:1); what has not even 4.5:1 (3:1) is reported by `color-contrast` alone.
# - Whether a link in a text can be told from it, lies in that text too: seen on each page, in each scheme and width.
KLEUREN = _opties(runOnly=["color-contrast", "color-contrast-enhanced"])
LINKS = _opties(runOnly=["link-in-text-block"])
PLAATS = _opties(runOnly=["target-size", "scrollable-region-focusable", "link-in-text-block"])
ALLES = _opties(rules={"color-contrast": {"enabled": False}, "target-size": {"enabled": True}})
VORMEN = {
    "dark": [(1280, 800, ALLES), (360, 800, LINKS)],
    "light": [(360, 800, ALLES), (640, 400, PLAATS), (1280, 800, LINKS)],
}
# For what differs in a part of a page that was seen whole: each scheme, a phone and 200 % once.
BEKNOPT = {"dark": [(1280, 800, LINKS)], "light": [(360, 800, ALLES), (640, 400, PLAATS)]}
_KIJK_ZELF = (Path(__file__).parent / "kijk.js").read_text()
_KIJK = Axe().axe_script + _KIJK_ZELF
_goed: set[str] = set()  # ways to stand out in which nothing was wrong, of all pages in this process


def overtredingen(page: Page, vormen: dict[str, list] = VORMEN, zonder: Collection[str] = ()) -> list[tuple]:
    """Accessibility findings on this page, in the schemes, widths and zoom that people use; and what is too wide.

    The rules in `zonder` are passed over.
    """
    weg = {regel: {"enabled": False} for regel in zonder}
    if not page.evaluate("'axe' in window"):
        page.context.add_init_script(_KIJK)  # every next page here brings it along, which is faster
        page.evaluate(_KIJK)
    page.evaluate("([...namen]) => kijk.ken(namen)", sorted(_goed))
    gevonden = []
    for schema, maten in vormen.items():
        page.emulate_media(color_scheme=schema, reduced_motion="reduce")
        for breedte, hoogte, regels in maten:
            page.set_viewport_size({"width": breedte, "height": hoogte})
            anders = regels | {"rules": regels.get("rules", {}) | weg}
            vondsten, goed = page.evaluate("([...vraag]) => kijk(...vraag)", [anders, KLEUREN, schema])
            gevonden += [(page.url, schema, breedte, *vondst) for vondst in vondsten]
            _goed.update(goed)
    return gevonden


def past_niet(page: Page) -> list[tuple]:
    """What is cut off or sticks out on this page as it stands: a quick look, without axe."""
    page.evaluate(_KIJK_ZELF)
    return [(page.url, *vondst) for vondst in page.evaluate("kijk.maat()")]


def tab_naar(page: Page, doel: Locator, meest: int = 60) -> None:
    """Press Tab until `doel` has the focus; more than `meest` times is too far."""
    for _ in range(meest + 1):
        if doel.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{doel} is more than {meest} tabs away")
