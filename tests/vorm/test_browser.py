"""What only a browser shows: accessibility rules, width, the strict policy, keyboard, passkeys."""

import re

import pytest
from playwright.sync_api import Page, expect

from collectief.gebruikers.models import Rol
from tests.factories import WACHTWOORD, RolFactory, geef_wachtwoord

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def beheerder_met_wachtwoord():
    rol = RolFactory(gebruiker__naam="Bea Beheer", gebruiker__email="bea@voorbeeld.example", soort=Rol.Soort.BEHEERDER)
    return geef_wachtwoord(rol.gebruiker)


@pytest.fixture
def meldingen(page: Page) -> list[str]:
    """What the console says: violations of the policy, failed scripts."""
    gezegd: list[str] = []
    page.on("console", lambda melding: gezegd.append(melding.text) if "Content Security" in melding.text else None)
    page.on("pageerror", lambda fout: gezegd.append(str(fout)))
    return gezegd


def _log_in(page: Page, basis: str, email: str) -> None:
    page.goto(f"{basis}/accounts/login/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*accounts/login)"))


@pytest.fixture
def stijlblad(live_server, page: Page, als, beheerder) -> Page:
    """The page with every component, as an admin sees it."""
    sessie = als(beheerder).cookies["sessie"].value
    page.context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])
    page.goto(f"{live_server.url}/stijl/")
    return page


def test_targets_on_a_phone_are_large_enough(stijlblad):
    stijlblad.set_viewport_size({"width": 360, "height": 800})

    te_klein = stijlblad.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
            .filter((el) => el.checkVisibility() && getComputedStyle(el).display !== "inline" && !el.closest(".keuze"))
            .map((el) => [el.outerHTML.slice(0, 80), el.getBoundingClientRect().height])
            .filter(([, hoogte]) => hoogte < 44)"""
    )

    assert te_klein == []


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(live_server, page: Page):
    page.goto(live_server.url)

    page.keyboard.press("Tab")

    overslaan = page.get_by_role("link", name="Naar de inhoud")
    expect(overslaan).to_be_focused()
    expect(overslaan).to_be_in_viewport()
    assert overslaan.evaluate("el => getComputedStyle(el).outlineWidth") == "3px"


def test_the_menu_on_a_phone_works_without_javascript(live_server, browser):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
    page.goto(live_server.url)
    kaart = page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Kaart")
    expect(kaart).to_be_hidden()

    page.get_by_text("Menu", exact=True).click()

    expect(kaart).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("breed", [1280, 1100])
def test_the_longest_menu_fits_in_one_row_on_a_desk(live_server, page: Page, als, coordinator, breed):
    page.set_viewport_size({"width": breed, "height": 800})
    sessie = als(coordinator).cookies["sessie"].value
    page.context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])

    page.goto(f"{live_server.url}/gebruikers/wat-mag-ik/")

    tops = page.locator(".woordmerk, .menu > ul > li").evaluate_all("e => e.map(x => x.getBoundingClientRect().top)")
    assert max(tops) - min(tops) < 20


def test_escape_closes_the_menu_of_your_account(stijlblad):
    stijlblad.get_by_text("Mijn account").click()
    expect(stijlblad.get_by_role("link", name="Wat mag ik?")).to_be_visible()

    stijlblad.keyboard.press("Escape")

    expect(stijlblad.get_by_role("link", name="Wat mag ik?")).to_be_hidden()


def test_nothing_moves_for_who_prefers_rest(live_server, page: Page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(live_server.url)

    duur = page.get_by_role("button", name="Zoeken").evaluate("el => getComputedStyle(el).transitionDuration")

    assert {deel.strip() for deel in duur.split(",")} == {"0s"}


@pytest.fixture
def sleutelhanger(page: Page) -> None:
    """A virtual authenticator: a phone that says yes to every passkey."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.mark.usefixtures("sleutelhanger")
def test_a_passkey_is_added_and_opens_the_door_next_time(live_server, page: Page, meldingen, beheerder_met_wachtwoord):
    basis = live_server.url.replace("127.0.0.1", "localhost")
    _log_in(page, basis, beheerder_met_wachtwoord.email)
    page.goto(f"{basis}/accounts/2fa/webauthn/add/")
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_role("button", name="Bevestigen").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    page.wait_for_url(re.compile("/2fa/(?!webauthn/add)"))
    page.context.clear_cookies()

    page.goto(f"{basis}/accounts/login/?next=/stijl/")
    page.get_by_role("button", name="Inloggen met een passkey").click()

    page.wait_for_url("**/stijl/")
    assert meldingen == []


def test_a_passkey_that_fails_says_so_in_words(live_server, page: Page):
    page.goto(f"{live_server.url}/accounts/login/")

    page.evaluate("document.dispatchEvent(new CustomEvent('allauth.error', {detail: {}, cancelable: true}))")

    expect(page.get_by_role("alert")).to_contain_text("Het lukte niet met de passkey")
