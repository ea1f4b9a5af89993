"""Searching in a real browser: filters that answer at once, searching from here, the shortlist, five questions."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import overtredingen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plekken(maak_plek) -> list[int]:
    eerste = maak_plek("De Wilgenhoek", noord=0.03, leeftijd=(12, 18), plekken=[(12, 18, "plek_vrij")])
    tweede = maak_plek("Atelier Noord", noord=0.08, soort="atelier", leeftijd=(4, 11))
    return [eerste.pk, tweede.pk]


def test_a_filter_answers_without_leaving_the_page_and_says_how_many(live_server, page: Page, plekken):
    page.goto(f"{live_server.url}/kaart/?q=7201")
    zin = page.locator(".kaart-antwoord [role='status']")
    expect(zin).to_have_text("2 plekken binnen 25 km van 7201 Zutphen.")
    gebied = zin.element_handle()

    page.get_by_label("Alleen waar nu plek is").check()

    expect(zin).to_have_text("1 plek binnen 25 km van 7201 Zutphen.")
    assert gebied.evaluate("zin => zin.isConnected")  # the same live region, or a screen reader stays silent
    expect(page).to_have_url(f"{live_server.url}/kaart/?q=7201&straal=25&plek=1")
    expect(page.get_by_label("Alleen waar nu plek is")).to_be_focused()
    page.get_by_text("Meer filters").click()
    expect(page.get_by_label("atelier (0)")).to_be_visible()
    page.get_by_role("link", name="plek vrij weghalen").click()
    expect(zin).to_have_text("2 plekken binnen 25 km van 7201 Zutphen.")


def test_where_you_are_is_rounded_before_it_leaves_the_device(live_server, browser, plekken):
    context = browser.new_context(
        geolocation={"latitude": 52.141357, "longitude": 6.196113}, permissions=["geolocation"]
    )
    page = context.new_page()
    gevraagd: list[str] = []
    page.on("request", lambda vraag: gevraagd.append(vraag.url))
    page.goto(f"{live_server.url}/kaart/")

    page.get_by_role("button", name="Bij mij in de buurt").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Plekken rond waar je nu bent")
    assert page.url == f"{live_server.url}/kaart/?straal=25&bij=52.14%2C6.20"
    assert not [adres for adres in gevraagd if "52.141" in adres or "6.196" in adres]
    context.close()


def test_who_may_not_be_found_hears_what_to_do_instead(live_server, page: Page, db):
    page.goto(f"{live_server.url}/kaart/")

    page.get_by_role("button", name="Bij mij in de buurt").press("Enter")

    zin = page.get_by_text("zegt niet waar je bent. Typ je postcode of plaats.")
    expect(zin).to_be_focused()
    assert page.url == f"{live_server.url}/kaart/"


def test_a_kept_place_stands_on_the_list_and_the_list_is_only_here(live_server, page: Page, plekken):
    gevraagd: list[str] = []
    page.on("request", lambda vraag: gevraagd.append(vraag.url))
    page.goto(f"{live_server.url}/kaart/?q=7201")
    page.get_by_role("button", name="Bewaar De Wilgenhoek").click()
    page.get_by_role("button", name="Bewaar Atelier Noord").press(" ")
    expect(page.get_by_role("button", name="Bewaard ✓ Atelier Noord")).to_be_visible()
    assert not [adres for adres in gevraagd if "/lijstje/" in adres]  # nothing of it left this browser

    page.get_by_role("link", name="Je lijstje (2)").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Jouw lijstje")
    expect(page.get_by_text("2 plekken, met de afstand hemelsbreed vanaf 7201 Zutphen.")).to_be_visible()
    assert overtredingen(page) == []
    page.get_by_role("link", name="Haal De Wilgenhoek van dit lijstje").click()
    expect(page.get_by_text("1 plek, met de afstand")).to_be_visible()
    page.goto(f"{live_server.url}/kaart/lijstje/")  # without an address: what this browser kept
    expect(page.get_by_role("link", name="Atelier Noord", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="De Wilgenhoek")).to_have_count(0)


def test_without_javascript_places_are_ticked_and_go_to_one_list(live_server, browser, plekken):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/kaart/?q=7201")
    expect(page.get_by_role("link", name="Bewaar De Wilgenhoek")).to_be_hidden()

    page.get_by_role("checkbox", name="Bewaar De Wilgenhoek").check()
    page.get_by_role("checkbox", name="Bewaar Atelier Noord").check()
    page.get_by_role("button", name="Zet wat ik aankruiste op een lijstje").click()

    expect(page.get_by_text("2 plekken, met de afstand hemelsbreed vanaf 7201 Zutphen.")).to_be_visible()


def test_the_questions_come_one_by_one_and_become_a_search(live_server, page: Page, plekken):
    page.goto(f"{live_server.url}/kaart/hulp/", wait_until="networkidle")
    gevraagd: list[str] = []
    page.on("request", lambda vraag: gevraagd.append(vraag.url))
    expect(page.get_by_text("Vraag 1 van 5")).to_be_visible()
    page.get_by_label("Jaar").fill("14")
    page.keyboard.press("Enter")
    page.get_by_label("buiten, in een tuin of bos").check()
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Vorige vraag").click()
    expect(page.get_by_label("buiten, in een tuin of bos")).to_be_checked()
    assert overtredingen(page) == []
    for _ in range(3):
        page.get_by_role("button", name="Verder").click()
    page.get_by_label("Postcode of plaats").fill("7201 AB 3")
    assert gevraagd == []  # the answers stay in the browser until she asks for places
    assert page.context.cookies() == []

    page.get_by_role("button", name="Laat plekken zien").click()

    expect(page.get_by_text("1 plek binnen 25 km van 7201 Zutphen.")).to_be_visible()
    assert page.url == f"{live_server.url}/kaart/?leeftijd=14&soort=tuin&q=7201&straal=25"
    page.go_back()
    expect(page.get_by_label("Jaar")).to_have_value("14")


def test_without_javascript_the_questions_are_one_form(live_server, browser, plekken):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/kaart/hulp/")

    page.get_by_label("buiten, in een tuin of bos").check()
    page.get_by_label("Postcode of plaats").fill("7201")
    page.get_by_role("button", name="Laat plekken zien").click()

    expect(page.get_by_role("link", name="De Wilgenhoek", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="tuin of bos weghalen")).to_be_visible()
