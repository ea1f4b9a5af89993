"""A real browser for what only a browser shows. Without Chromium these tests are skipped, but never in CI."""

import os
import shutil
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

# Playwright's synchronous API runs an event loop in the test's thread; the test itself still runs one thing at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items) -> None:
    if CHROMIUM or os.environ.get("CI") == "true":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="Chromium not found: install it or set CHROMIUM"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    if not CHROMIUM:
        pytest.fail("Chromium is missing; CI needs it for the browser tests")
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
    }


class Vorm(NamedTuple):
    """One way of looking at a page, and what axe has to look at in it: everything, or what another scheme changes."""

    breedte: int
    hoogte: int
    schema: str
    opties: dict


# A frame of ours is sandboxed: no script runs there, so axe would wait for an answer that cannot come.
ALLES = {
    "resultTypes": ["violations"],
    "iframes": False,
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}  # 7:1 for text
KLEUR = {
    "resultTypes": ["violations"],
    "iframes": False,
    "runOnly": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"],
}
VORMEN = [
    Vorm(360, 800, "light", ALLES),
    Vorm(360, 800, "dark", KLEUR),
    Vorm(1280, 800, "dark", KLEUR),
    Vorm(1280, 800, "light", ALLES),
    Vorm(640, 400, "light", ALLES),  # the same desk at 200 % zoom: half as many pixels for the page
]
_AXE = Axe().axe_script


def overtredingen(page: Page) -> list[tuple]:
    """Accessibility findings on this page, in the schemes, widths and zoom that people use; and what is too wide."""
    gevonden = []
    page.evaluate(_AXE)
    for vorm in VORMEN:
        page.set_viewport_size({"width": vorm.breedte, "height": vorm.hoogte})
        page.emulate_media(color_scheme=vorm.schema, reduced_motion="reduce")
        uitkomst = page.evaluate("opties => axe.run(opties)", vorm.opties)
        gevonden += [
            (page.url, *vorm[:3], regel["id"], [plek["html"] for plek in regel["nodes"]])
            for regel in uitkomst["violations"]
        ]
        te_breed = page.evaluate("document.documentElement.scrollWidth") - vorm.breedte
        if te_breed > 0:
            gevonden.append((page.url, *vorm[:3], "te breed", te_breed))
    return gevonden
