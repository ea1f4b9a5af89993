"""A browser without a mouse: everything by Tab, Enter, Space and the arrows."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from collectief.gebruikers.models import Gebruiker
from tests.browser import tab_naar

MEEST = 25  # how often somebody presses Tab before she takes the mouse after all


def dag_in_elke_taal() -> date:
    """A day to come whose number is that of its month: a browser may ask for either of them first."""
    morgen = timezone.localdate() + timedelta(days=1)
    return next(dag for n in range(90) for dag in [morgen + timedelta(days=n)] if dag.day == dag.month)


class Toetsen:
    """A browser without a mouse, signed in as one person."""

    def __init__(self, page: Page):
        self.page = page

    def naar(self, doel: Locator) -> None:
        """A link or a button, and the page or the part of it that comes of it."""
        tab_naar(self.page, doel, MEEST)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def naar_de_inhoud(self) -> None:
        """The first Tab of a page, and Enter: past the menu. After a form that was sent from there one stays there."""
        self.page.keyboard.press("Tab")
        if self.page.evaluate("document.activeElement.getAttribute('href')") == "#inhoud":
            self.page.keyboard.press("Enter")

    def link(self, naam: str) -> Locator:
        return self.page.locator("main").get_by_role("link", name=naam).first

    def volg(self, naam: str) -> None:
        """A link of a page that was just opened."""
        self.naar_de_inhoud()
        self.naar(self.link(naam))

    def druk(self, naam: str) -> None:
        self.naar(self.page.get_by_role("button", name=naam, exact=True).first)

    def vink(self, *namen: str) -> None:
        for naam in namen:
            tab_naar(self.page, self.page.get_by_label(naam).first, MEEST)
            self.page.keyboard.press("Space")
            expect(self.page.get_by_label(naam).first).to_be_checked()

    def kies(self, vraag: str, antwoord: str) -> None:
        """One of several: Tab goes to the question, Space takes the first answer, arrows go on."""
        groep = self.page.get_by_role("group", name=vraag)
        tab_naar(self.page, groep.get_by_role("radio").first, MEEST)
        self.page.keyboard.press("Space")
        for _ in range(10):
            if groep.get_by_label(antwoord).is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"{antwoord} cannot be chosen with the arrows")

    def typ(self, vraag: str, tekst: str) -> None:
        tab_naar(self.page, self.page.get_by_label(vraag).first, MEEST)
        self.page.keyboard.type(tekst)


@pytest.fixture
def toetsen_van(browser: Browser, live_server, als) -> Iterator[Callable[[Gebruiker], Toetsen]]:
    """Return a browser without a mouse for this person; what any of them complains of fails the test."""
    contexten, fouten = [], []

    def maak(gebruiker) -> Toetsen:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=live_server.url, locale="nl-NL")
        contexten.append(context)
        sessie = als(gebruiker).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessie, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
        return Toetsen(page)

    yield maak
    for context in contexten:
        context.close()
    assert fouten == []
