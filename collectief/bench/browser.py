"""A real browser, for what only a browser can measure."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from collectief.bench.belasting import Mislukt
from collectief.servers.browser import vind_chromium

TELEFOON = {"width": 390, "height": 844}


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Chromium, closed again afterwards. Raises Mislukt where there is none."""
    chromium = vind_chromium(os.environ)
    if not chromium:
        raise Mislukt("Chromium is missing.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield browser
        browser.close()
