"""A real browser for what only a browser shows. Without Chromium these tests are skipped, but never in CI."""

import os
import shutil

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


VORMEN = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


def overtredingen(page: Page) -> list[tuple]:
    """Accessibility findings on this page, in the schemes and widths that people use; and what is too wide."""
    gevonden = []
    for breedte, schema in VORMEN:
        page.set_viewport_size({"width": breedte, "height": 800})
        page.emulate_media(color_scheme=schema, reduced_motion="reduce")
        gevonden += [
            (page.url, breedte, schema, regel["id"], [plek["html"] for plek in regel["nodes"]])
            for regel in Axe().run(page).response["violations"]
        ]
        te_breed = page.evaluate("document.documentElement.scrollWidth") - breedte
        if te_breed > 0:
            gevonden.append((page.url, breedte, "te breed", te_breed))
    return gevonden
