"""The map in a real browser: linked to the list, by mouse and keyboard, on a desk and on a phone, and never abroad."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from kaart.uitgeven import geef_uit
from tests.browser import overtredingen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTIEF = re.compile(r"\bactief\b")
BUREAU = {"width": 1280, "height": 800}
TELEFOON = {"width": 360, "height": 740}
TEGEL = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def gezegd(page: Page, live_server) -> list[str]:
    """What should not happen: messages of the console, failed scripts, answers of 400 and up, other hosts."""
    regels: list[str] = []
    page.on("console", lambda melding: regels.append(melding.text))
    page.on("pageerror", lambda fout: regels.append(str(fout)))
    page.on("response", lambda antwoord: regels.append(antwoord.url) if antwoord.status >= 400 else None)
    page.on("request", lambda vraag: regels.append(vraag.url) if not vraag.url.startswith(live_server.url) else None)
    return regels


@pytest.fixture
def drie_plekken(maak_plek):
    maak_plek("De Wilgenhoek", noord=0.03, plekken=[(12, 18, "plek_vrij")])
    maak_plek("Atelier Noord", noord=0.08)
    maak_plek("Thuis bij Riet", nauwkeurigheid="ongeveer", adres="", lat=52.1, lon=6.1)
    return maak_plek("Ver weg", noord=0.9)


def _open(page: Page, live_server, pad: str, maat: dict) -> None:
    page.set_viewport_size(maat)
    page.goto(live_server.url + pad)
    if maat is BUREAU:
        expect(page.locator(".kaart-speld").first).to_be_visible()


def test_list_and_map_show_the_same_places_and_point_at_each_other(live_server, page: Page, drie_plekken, gezegd):
    _open(page, live_server, "/kaart/?q=7201", BUREAU)
    speld = page.get_by_role("button", name="3: Atelier Noord")

    expect(page.locator(".kaart-speld")).to_have_text(["1", "2", "3"])
    expect(page.get_by_role("button", name="2: Thuis bij Riet, ongeveer hier")).to_be_visible()
    page.locator('.kaart-plekken > [value="3"]').hover()
    expect(speld).to_have_class(ACTIEF)
    page.get_by_role("link", name="De Wilgenhoek", exact=True).focus()
    page.mouse.move(5, 5)
    expect(page.get_by_role("button", name="1: De Wilgenhoek")).to_have_class(ACTIEF)
    speld.hover()
    expect(page.locator('.kaart-plekken > [value="3"]')).to_have_class(ACTIEF)
    assert gezegd == []


def test_a_pin_opens_with_the_keyboard_and_says_what_the_list_says(live_server, page: Page, drie_plekken, gezegd):
    _open(page, live_server, "/kaart/?q=7201", BUREAU)

    speld = page.get_by_role("button", name="1: De Wilgenhoek")
    speld.press("Enter")

    ballon = page.locator(".leaflet-popup-content")
    expect(ballon).to_contain_text("ca. 4 km")
    expect(ballon).to_contain_text("plek vrij")
    expect(ballon.get_by_role("link", name="De Wilgenhoek", exact=True)).to_be_focused()
    page.mouse.move(5, 5)
    expect(page.get_by_role("button", name="1: De Wilgenhoek")).to_have_class(ACTIEF)  # whose balloon this is
    expect(page.locator('.kaart-plekken > [value="1"]')).to_have_class(ACTIEF)
    expect(page.get_by_role("button", name="Sluiten")).to_be_visible()
    page.keyboard.press("Escape")
    expect(ballon).to_have_count(0)
    expect(speld).to_be_focused()
    assert gezegd == []


def test_any_place_opens_from_its_dot(live_server, page: Page, drie_plekken, gezegd):
    _kaart(page, live_server)
    x, y = page.evaluate(
        "([lat, lon]) => { const p = proefkaart.latLngToContainerPoint([lat, lon]); return [p.x, p.y] }",
        [drie_plekken.lat, drie_plekken.lon],
    )

    page.locator("#plattegrond").click(position={"x": x, "y": y})

    expect(page.locator(".leaflet-popup-content")).to_contain_text("Ver weg")
    assert gezegd == []


def test_on_a_phone_the_map_is_a_sheet_that_gives_the_focus_back(live_server, page: Page, drie_plekken, gezegd):
    _open(page, live_server, "/kaart/?q=7201", TELEFOON)
    expect(page.locator("#plattegrond")).to_be_hidden()

    page.get_by_role("button", name="Kaart").click()

    expect(page.locator(".kaart-speld").first).to_be_visible()
    expect(page.get_by_role("button", name="Lijst")).to_be_focused()
    expect(page.locator(".kaart-kolom")).to_have_attribute("inert", "")  # what lies behind the sheet rests
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="3: Atelier Noord").press("Enter")  # the northernmost: near the buttons
    ballon = page.locator(".leaflet-popup-content-wrapper")
    expect(ballon).to_be_in_viewport(ratio=1)
    straten = page.get_by_role("button", name="Straten").bounding_box()
    _wacht_op(page, lambda: ballon.bounding_box()["y"] >= straten["y"] + 44)  # the map moves to make room
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Kaart")).to_be_focused()
    expect(page.locator("#plattegrond")).to_be_hidden()
    assert gezegd == []


def test_a_phone_fetches_the_map_only_when_it_is_wanted(live_server, page: Page, drie_plekken):
    gevraagd: list[str] = []
    page.on("request", lambda vraag: gevraagd.append(vraag.url))
    _open(page, live_server, "/kaart/?q=7201", TELEFOON)
    vooraf = list(gevraagd)

    page.get_by_role("button", name="Kaart").click()

    expect(page.locator(".kaart-speld").first).to_be_visible()
    van_de_kaart = [adres for adres in gevraagd if "leaflet" in adres or adres.endswith(".json")]
    assert van_de_kaart
    assert not set(van_de_kaart) & set(vooraf)


@pytest.mark.parametrize("getypt", ["7201 AB", "7201ab 12", "Dorpsweg 4, 7201AB Zutphen"])
@pytest.mark.parametrize(("pad", "adres"), [("/kaart/", "?q=7201&straal=25"), ("/", "?q=7201")])
def test_letters_and_street_of_a_postcode_do_not_leave_the_device(live_server, page: Page, db, pad, adres, getypt):
    gevraagd: list[str] = []
    _open(page, live_server, pad, TELEFOON)
    page.on("request", lambda vraag: gevraagd.append(vraag.url))

    page.get_by_label("Postcode of plaats").fill(getypt)
    page.get_by_label("Postcode of plaats").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Plekken rond 7201 Zutphen")
    assert page.url == f"{live_server.url}/kaart/{adres}"
    assert [vraag for vraag in gevraagd if "?" in vraag] == [page.url]


def test_without_javascript_the_list_and_a_drawing_are_there(live_server, browser, drie_plekken):
    page = browser.new_context(java_script_enabled=False, viewport=TELEFOON).new_page()

    page.goto(f"{live_server.url}/kaart/?q=7201")

    expect(page.get_by_role("link", name="De Wilgenhoek", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="Kaart van Nederland met de plekken uit de lijst")).to_be_visible()
    expect(page.get_by_role("button", name="Kaart")).to_have_count(0)


def test_axe_finds_nothing_in_light_and_dark_on_desk_and_phone(live_server, page: Page, drie_plekken, gezegd):
    gevonden = []
    for vraag in ("q=7201", "q=Hengelo", "q=abc&leeftijd=99"):
        page.set_viewport_size(BUREAU)
        page.goto(f"{live_server.url}/kaart/?{vraag}")
        expect(page.get_by_role("button", name="Dichterbij")).to_be_visible()
        gevonden += overtredingen(page)

    assert gevonden == []
    assert gezegd == []


# --- All places, and streets ----------------------------------------------------------------------------------------


@pytest.fixture
def tegels(page: Page) -> list[str]:
    """The Kadaster, played by the browser: what is asked of it."""
    gevraagd: list[str] = []

    def antwoord(route) -> None:
        gevraagd.append(route.request.url)
        route.fulfill(content_type="image/svg+xml", body=TEGEL)

    page.route("https://service.pdok.nl/**", antwoord)
    return gevraagd


def _wacht_op(page: Page, vraag: Callable[[], object]) -> None:
    """Until it is so; five seconds at most."""
    for _ in range(100):
        if vraag():
            return
        page.wait_for_timeout(50)
    pytest.fail("It did not happen.")


def _zie_stippen(page: Page) -> None:
    expect(page.locator("#plattegrond")).to_have_attribute("aria-busy", "false")


def _kaart(page: Page, live_server, pad: str = "/kaart/") -> None:
    """Open the page on a desk and wait until the dots are there; `proefkaart` is Leaflet's map."""
    page.add_init_script("addEventListener('map:init', ({ detail }) => { window.proefkaart = detail.map; })")
    page.set_viewport_size(BUREAU)
    page.goto(live_server.url + pad)
    _zie_stippen(page)


def _zet(page: Page, lat: float, lon: float, zoom: int) -> None:
    page.evaluate("([lat, lon, zoom]) => proefkaart.setView([lat, lon], zoom, {animate: false})", [lat, lon, zoom])


def test_a_group_falls_apart_by_mouse_and_by_keyboard(live_server, page: Page, maak_plek, gezegd):
    maak_plek("Links", noord=0.05, oost=-0.02)
    maak_plek("Rechts", noord=0.05, oost=0.02)
    geef_uit()
    _kaart(page, live_server)
    _zet(page, 52.1913, 6.1961, 9)

    page.get_by_role("application").press("Enter")
    _wacht_op(page, lambda: page.evaluate("proefkaart.getZoom()") == 11)
    expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)  # it stands still
    _zet(page, 52.1913, 6.2161, 13)
    page.get_by_role("application").press("Enter")

    expect(page.locator(".leaflet-popup-content")).to_contain_text("Rechts")
    assert gezegd == []


def test_places_on_one_spot_open_together(live_server, page: Page, maak_plek, gezegd):
    maak_plek("Boven", noord=0.05)
    maak_plek("Onder", noord=0.05)
    geef_uit()
    _kaart(page, live_server)
    _zet(page, 52.1913, 6.1961, 9)

    page.locator("#plattegrond").click()

    expect(page.locator(".leaflet-popup-content")).to_contain_text("Boven")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Onder")
    assert gezegd == []


def test_a_page_that_was_open_for_days_still_gets_its_dots(live_server, page: Page, maak_plek):
    maak_plek("Een")
    geef_uit()
    page.route("**/gepubliceerd/kaart.*", lambda route: route.fulfill(status=404), times=1)

    _kaart(page, live_server)


def test_nobody_asks_for_streets_before_the_visitor_does_and_the_browser_remembers(
    live_server, page: Page, drie_plekken, tegels
):
    _kaart(page, live_server)
    assert tegels == []  # and of its own accord it never does

    page.get_by_role("button", name="Straten").click()
    _wacht_op(page, lambda: tegels)
    expect(page.get_by_role("button", name="Straten")).to_have_attribute("aria-pressed", "true")

    tegels.clear()
    page.reload()
    _zie_stippen(page)
    _wacht_op(page, lambda: tegels)
    page.get_by_role("button", name="Straten").click()

    tegels.clear()
    page.reload()
    _zie_stippen(page)
    assert tegels == []
    assert page.context.cookies() == []


def test_streets_come_from_the_one_host_of_the_policy_and_do_not_tell_what_was_asked(
    live_server, page: Page, vrije_plek
):
    elders: list[Request] = []
    page.on("request", lambda vraag: elders.append(vraag) if not vraag.url.startswith(live_server.url) else None)
    page.route("https://service.pdok.nl/**", lambda route: route.fulfill(content_type="image/svg+xml", body=TEGEL))
    with page.expect_response("**/kaart/?q=7201") as antwoord:
        _kaart(page, live_server, "/kaart/?q=7201")
    assert elders == []

    page.get_by_role("button", name="Straten").click()

    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    beleid = antwoord.value.headers["content-security-policy"]
    assert re.findall(r"https?:[^ ;]+", beleid) == ["https://service.pdok.nl"]
    assert {"/".join(vraag.url.split("/")[:3]) for vraag in elders} == {"https://service.pdok.nl"}
    assert not [vraag for vraag in elders if "referer" in vraag.headers or "cookie" in vraag.headers]


def test_when_streets_do_not_come_the_page_says_so_and_our_own_map_stays(live_server, page: Page, vrije_plek):
    page.route("https://service.pdok.nl/**", lambda route: route.fulfill(status=503))
    _kaart(page, live_server)
    zin, namen = page.get_by_text("De straten komen nu niet door."), page.locator(".leaflet-namen-pane")

    page.get_by_role("button", name="Straten").click()

    expect(zin).to_be_visible()
    expect(page.locator(".leaflet-ondergrond-pane canvas")).to_be_visible()
    expect(namen).to_have_css("display", "block")
    page.unroute("https://service.pdok.nl/**")
    page.route("https://service.pdok.nl/**", lambda route: route.fulfill(content_type="image/svg+xml", body=TEGEL))
    page.get_by_role("button", name="Dichterbij").click()
    expect(zin).to_have_count(0)
    expect(namen).to_have_css("display", "none")  # two names for one town are one too many
    page.get_by_role("button", name="Straten").click()
    expect(namen).to_have_css("display", "block")


def test_on_paper_the_list_stands_with_a_drawing(live_server, page: Page, drie_plekken):
    _kaart(page, live_server, "/kaart/?q=7201")

    page.emulate_media(media="print")

    expect(page.locator(".kaart-tekening")).to_be_visible()
    expect(page.locator("#plattegrond")).to_be_hidden()
    for deel in (".kaart-plekken > li", "[data-toestand]"):  # number and shape are drawn by a background
        gedrukt = page.locator(deel).first.evaluate("deel => getComputedStyle(deel, '::before').printColorAdjust")
        assert gedrukt == "exact"
    expect(page.get_by_role("link", name="De Wilgenhoek", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Straten")).to_be_hidden()
    expect(page.locator("main")).to_have_css("display", "block")  # one above the other, also on a wide sheet


def test_with_colours_of_the_visitor_the_map_has_its_lines_dots_and_pins(live_server, page: Page, drie_plekken, gezegd):
    page.emulate_media(forced_colors="active")
    _open(page, live_server, "/kaart/?q=7201&straal=5", BUREAU)
    expect(page.get_by_role("application")).to_have_attribute("aria-busy", "false")

    spelden = page.locator(".kaart-speld")
    assert spelden.first.evaluate("deel => getComputedStyle(deel, '::before').borderTopWidth") != "0px"
    randen = "delen => delen.map((deel) => getComputedStyle(deel, '::before').borderTopStyle)"
    assert spelden.evaluate_all(randen) == ["solid", "dashed", "solid", "solid"]  # the second is at somebody's home
    zwart = "doek => [...doek.getContext('2d').getImageData(0, 0, doek.width, doek.height).data].includes(255)"
    assert page.locator("canvas").first.evaluate(zwart)
    assert gezegd == []


def test_pins_and_dots_follow_a_filter_without_a_new_page(live_server, page: Page, drie_plekken, gezegd):
    geef_uit()
    _kaart(page, live_server, "/kaart/?q=7201")
    expect(page.locator(".kaart-speld")).to_have_count(3)

    page.get_by_label("Afstand").select_option("nl")

    expect(page.locator(".kaart-speld")).to_have_count(4)
    assert gezegd == []


def test_on_a_narrow_phone_a_long_name_leaves_room_for_how_far(live_server, page: Page, maak_plek):
    maak_plek("De haven van Nachtegaalsveldje, Zutphen")
    page.set_viewport_size(TELEFOON)

    page.goto(f"{live_server.url}/kaart/?q=7201")

    rand = page.locator(".kaart-afstand").evaluate("deel => deel.getBoundingClientRect().right")
    assert rand <= TELEFOON["width"] - 16
