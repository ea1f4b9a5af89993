"""In a real browser, without a network: search goes on, and nothing of anybody's own pages was kept."""

import pytest
from playwright.sync_api import Error, Page, expect

from initiatieven.models import Initiatief
from kaart.uitgeven import geef_uit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEWAARD = """async () => {
  const adressen = [];
  for (const naam of await caches.keys()) {
    for (const vraag of await (await caches.open(naam)).keys()) adressen.push(new URL(vraag.url).pathname);
  }
  return adressen;
}"""
# Waits no longer than a page may take: what never comes is a mistake, not a reason to wait for ever.
PARAAT = """() => Promise.race([
  navigator.serviceWorker.ready.then(() => true),
  new Promise((_, mis) => setTimeout(mis, 15000, new Error("no service worker"))),
])"""
# A browser says that the network is gone before its processes all know.
VERBROKEN = """async () => {
  for (let keer = 0; keer < 500; keer++) {
    try { await fetch("/dienst.js", { cache: "no-store" }) } catch { return }
    await new Promise((verder) => setTimeout(verder, 10));
  }
  throw new Error("there still is a network");
}"""

NOOIT_KLAAR = """window.requestIdleCallback = (wat, eis) => {
  if (eis?.timeout) setTimeout(wat, eis.timeout);
  return 1;
}"""


@pytest.fixture
def op_zak(live_server, page: Page, maak_plek):
    """Somebody looked at the map once; the service worker stands ready and the network is gone."""
    plek = maak_plek("De Wilgenhoek", noord=0.03, plekken=[(12, 18, "plek_vrij")], leeftijd=(12, 18), is_landelijk=True)
    maak_plek("Atelier Noord", noord=0.08, leeftijd=(4, 11))
    Initiatief.objects.filter(pk=plek.initiatief_id).update(omschrijving="Wij tuinieren <b>samen</b>.")
    geef_uit()
    page.goto(f"{live_server.url}/kaart/")
    page.evaluate(PARAAT)
    page.reload()
    return page


def _zonder_netwerk(page: Page) -> None:
    page.context.set_offline(True)
    for wie in (page, *page.context.service_workers):
        wie.evaluate(VERBROKEN)


def test_without_a_network_the_nearest_places_are_found(live_server, op_zak: Page):
    _zonder_netwerk(op_zak)

    op_zak.goto(f"{live_server.url}/kaart/?q=7201&straal=25")

    expect(op_zak.get_by_role("heading", level=2)).to_have_text("De 2 dichtstbijzijnde plekken rond 7201")
    eerste = op_zak.locator("#zonder-netwerk li").first
    expect(eerste).to_contain_text("De Wilgenhoek")
    expect(eerste).to_contain_text("ca. 4 km")
    expect(eerste).to_contain_text("12–18 jaar: plek vrij")
    expect(eerste).to_contain_text("Zutphen · voor jongeren uit heel Nederland")
    op_zak.get_by_text("Lees hoe het er is").click()
    expect(eerste).to_contain_text("Wij tuinieren <b>samen</b>.")

    op_zak.get_by_label("Postcode of plaats").fill("zutphen")
    op_zak.get_by_role("button", name="Zoeken").click()
    expect(op_zak.get_by_role("heading", level=2)).to_have_text("De 2 dichtstbijzijnde plekken rond Zutphen")

    op_zak.get_by_label("Postcode of plaats").fill("Bergen op Zoom")  # goes by POST: it might have been a street
    op_zak.get_by_role("button", name="Zoeken").click()
    expect(op_zak.get_by_role("heading", level=2)).to_have_text("De 2 dichtstbijzijnde plekken rond Bergen op Zoom")

    op_zak.get_by_label("Postcode of plaats").fill("Hengelo")
    op_zak.get_by_role("button", name="Zoeken").click()
    expect(op_zak.get_by_role("heading", level=2)).to_have_text("Welke Hengelo bedoel je?")
    op_zak.get_by_role("link", name="Gelderland").click()
    expect(op_zak.get_by_role("heading", level=2)).to_contain_text("rond Hengelo")

    op_zak.get_by_label("Postcode of plaats").fill("Xyzzy")
    op_zak.get_by_role("button", name="Zoeken").click()
    expect(op_zak.get_by_role("heading", level=2)).to_contain_text("We kennen Xyzzy niet")


def test_without_a_network_a_typing_error_is_read_as_the_place_that_was_meant(live_server, op_zak: Page):
    _zonder_netwerk(op_zak)

    for getypt, bedoeld in [("Zuthpen", "Zutphen"), ("amersfort", "Amersfoort"), ("Deventr", "Deventer")]:
        op_zak.goto(f"{live_server.url}/kaart/?q={getypt}")
        expect(op_zak.get_by_role("heading", level=2)).to_contain_text(f"rond {bedoeld}")
        expect(op_zak.locator("#zonder-netwerk")).to_contain_text(f"Je typte “{getypt}”. We zoeken rond {bedoeld}.")

    op_zak.goto(f"{live_server.url}/kaart/?q=Bergel")  # Bergen or Berkel: nobody knows
    expect(op_zak.get_by_role("heading", level=2)).to_have_text("Welke Bergel bedoel je?")
    op_zak.goto(f"{live_server.url}/kaart/?q=Xyz")
    expect(op_zak.get_by_role("heading", level=2)).to_contain_text("We kennen Xyz niet")


def test_without_a_network_nothing_more_goes_into_the_address_and_what_is_not_looked_at_is_said(
    live_server, op_zak: Page
):
    _zonder_netwerk(op_zak)
    kop, antwoord = op_zak.get_by_role("heading", level=2), op_zak.locator("#zonder-netwerk")
    op_zak.goto(f"{live_server.url}/kaart/?bij=52.14,6.20")
    expect(kop).to_have_text("De 2 dichtstbijzijnde plekken rond waar je nu bent")

    op_zak.get_by_label("Postcode of plaats").fill("7201 AB 12")
    op_zak.get_by_role("button", name="Zoeken").click()

    expect(kop).to_have_text("De 2 dichtstbijzijnde plekken rond 7201")
    assert op_zak.url == f"{live_server.url}/kaart/?q=7201"
    op_zak.goto(f"{live_server.url}/kaart/?q=7201&straal=25&leeftijd=8&soort=tuin")
    expect(kop).to_have_text("De dichtstbijzijnde plek rond 7201")
    expect(antwoord).to_contain_text("en niet naar wat je verder koos")
    op_zak.goto(f"{live_server.url}/kaart/?q=7201&leeftijd=30")
    expect(kop).to_have_text("De 2 dichtstbijzijnde plekken rond 7201")
    expect(antwoord).to_contain_text("Voor deze leeftijd weten we geen plek.")
    assert op_zak.locator("#zonder-netwerk [role='status'] li").count() == 0  # read at leisure, not all at once


def test_without_a_network_what_is_for_everybody_is_found_when_little_is_near(live_server, page: Page, maak_plek):
    nergens = {"is_online": True, "lat": None, "lon": None, "adres": "", "pc4": "", "plaats": ""}
    for nummer in range(13):
        maak_plek(f"Dichtbij {nummer}", noord=0.01 * nummer, leeftijd=(12, 18))
    maak_plek("Met een bed", noord=0.5, leeftijd=(12, 18), is_landelijk=True)
    maak_plek("Op het scherm", leeftijd=(12, 18), **nergens)
    maak_plek("Voor kleintjes", leeftijd=(4, 6), **nergens)
    geef_uit()
    page.goto(f"{live_server.url}/kaart/")
    page.evaluate(PARAAT)
    page.reload()
    _zonder_netwerk(page)
    koppen, antwoord = page.get_by_role("heading", level=2), page.locator("#zonder-netwerk")

    page.goto(f"{live_server.url}/kaart/?q=7201&straal=25&leeftijd=14")
    expect(koppen).to_have_text(["De 12 dichtstbijzijnde plekken rond 7201"])  # enough within 25 km
    page.goto(f"{live_server.url}/kaart/?q=1011&leeftijd=14")
    expect(koppen).to_have_text(
        [
            "De 12 dichtstbijzijnde plekken rond 1011",
            "Ver weg, voor jongeren uit heel Nederland",
            "Online, waar je ook woont",
        ]
    )
    expect(antwoord.locator("li > h3").last).to_have_text("Op het scherm")
    expect(antwoord).not_to_contain_text("Voor kleintjes")
    page.goto(f"{live_server.url}/kaart/?q=7201&online=1")
    expect(koppen).to_have_text(["2 plekken online, waar je ook woont"])
    expect(antwoord).not_to_contain_text("Dichtbij")


def test_a_shortlist_is_there_without_a_network(live_server, op_zak: Page):
    op_zak.goto(f"{live_server.url}/kaart/?q=7201")
    op_zak.get_by_role("button", name="Bewaar De Wilgenhoek").click()
    _zonder_netwerk(op_zak)

    op_zak.goto(f"{live_server.url}/kaart/lijstje/")

    expect(op_zak.get_by_role("heading", level=2)).to_have_text("Jouw lijstje")
    expect(op_zak.locator("#zonder-netwerk li > h3")).to_have_text(["De Wilgenhoek"])
    op_zak.goto(f"{live_server.url}/kaart/hulp/")
    expect(op_zak.get_by_role("heading", level=1)).to_have_text("Even geen netwerk")


def test_nothing_but_the_public_pieces_is_kept_also_for_who_is_signed_in(live_server, op_zak: Page, begeleider, als):
    sessie = als(begeleider).cookies["sessie"].value
    op_zak.context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])
    op_zak.goto(f"{live_server.url}/trajecten/")
    op_zak.goto(f"{live_server.url}/initiatieven/beheer/")
    bewaard = op_zak.evaluate(BEWAARD)

    assert [adres for adres in bewaard if not adres.startswith(("/static/", "/gepubliceerd/gids."))] == [
        "/kaart/zonder-netwerk/"
    ]
    _zonder_netwerk(op_zak)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        op_zak.goto(f"{live_server.url}/trajecten/")


def test_a_newer_directory_takes_the_place_of_the_old_one(live_server, op_zak: Page):
    (oud,) = [adres for adres in op_zak.evaluate(BEWAARD) if "gids" in adres]
    Initiatief.objects.filter(naam="De Wilgenhoek").update(naam="De Lindehoek")
    geef_uit()
    op_zak.evaluate("async () => { await (await navigator.serviceWorker.ready).unregister() }")

    op_zak.goto(f"{live_server.url}/kaart/")
    op_zak.evaluate(PARAAT)
    op_zak.reload()

    (nieuw,) = [adres for adres in op_zak.evaluate(BEWAARD) if "gids" in adres]
    assert nieuw != oud


def test_a_browser_that_is_never_idle_draws_the_map_and_keeps_the_directory_all_the_same(live_server, page: Page):
    page.add_init_script(NOOIT_KLAAR)
    page.goto(f"{live_server.url}/kaart/")

    expect(page.locator(".leaflet-container")).to_be_visible()
    assert page.evaluate(PARAAT)
