"""A search without JavaScript: no letter of a postcode, no street and no house number ever stands in an address."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from collectief.geo.namen import zonder_huis
from tests.toegang import ALLEN

HUIS = "Kerkplein 3, 7201 AB Zutphen"
# By hand: every search that may be asked by POST, with what comes of an address of one house.
GAAT_NAAR = [
    ("/kaart/", {"q": HUIS, "straal": "10", "leeftijd": ""}, "/kaart/?q=7201&straal=10"),
    ("/kaart/", {"q": "Kerkplein 3 Zutphen"}, "/kaart/?q=Zutphen%2C+Zutphen&straal=25"),
    ("/kaart/", {"q": "Dorpsweg 12 Hengelo"}, "/kaart/?q=Hengelo&straal=25"),  # the page asks which one
    ("/kaart/", {"q": "Kerkplein 3"}, "/kaart/?q=Kerkplein&straal=25"),
    ("/kaart/", {"q": "x" * 300}, f"/kaart/?q={'x' * 101}&straal=25"),  # the page says that it is too long
    ("/kaart/", {"q": f"{'x' * 50} {HUIS} {'y' * 60}"}, "/kaart/?q=7201&straal=25"),  # pasted from a letter
    ("/kaart/", {"q": f"Kerkplein 3 {'x' * 110}"}, f"/kaart/?q=Kerkplein+{'x' * 89}&straal=25"),
    ("/kaart/", {"q": "Kerkplein 3bis ,4 nr.5-6 b"}, "/kaart/?q=Kerkplein&straal=25"),
    ("/kaart/", {"q": "2e Kerkplein 3"}, "/kaart/?q=2e+Kerkplein&straal=25"),
    ("/kaart/", {"q": "Hengelo", "plek": "1"}, "/kaart/?q=Hengelo&straal=25&plek=1"),
    ("/kaart/", {"q": "7201", "leeftijd": "99"}, "/kaart/?q=7201&straal=25&leeftijd=99"),  # the page says what is wrong
    ("/kaart/", {"q": "", "bij": "52.141299,6.196055"}, "/kaart/?bij=52.14%2C6.20&straal=25"),
    ("/kaart/", {}, "/kaart/?q=&straal=25"),
    (
        "/kaart/",  # the five questions of "Help me zoeken"
        {"leeftijd": "14", "soort": ["tuin", "boerderij"], "samen": "", "q": "7201ab 3", "straal": "nl"},
        "/kaart/?q=7201&straal=nl&leeftijd=14&soort=boerderij&soort=tuin",
    ),
    ("/kaart/insluiten/", {"q": HUIS, "straal": "5"}, "/kaart/insluiten/?q=7201&straal=5"),
    ("/kaart/insluiten/maken/", {"q": HUIS, "straal": "5"}, "/kaart/insluiten/maken/?q=7201&straal=5"),
    ("/zoeken/", {"q": HUIS}, "/zoeken/?q=7201"),
    ("/zoeken/", {"q": "De Wilgenhoek"}, "/zoeken/?q=De+Wilgenhoek"),
    ("/initiatieven/", {"q": "7201ab", "bij": HUIS, "voor": "rust"}, "/initiatieven/?q=7201&bij=7201&voor=rust"),
    ("/initiatieven/", {"q": "tuin", "bij": "Kerkplein 3 Zutphen"}, "/initiatieven/?q=tuin&bij=Zutphen%2C+Zutphen"),
]
ZOEKT = sorted({pad for pad, _, _ in GAAT_NAAR})
# Every view of ours that takes a form without a token. The links hold a secret; a search changes nothing.
ZONDER_BEWIJS = {
    *("kaart", "insluiten", "insluiten_maken", "zoeken", "lijst"),
    *("alarm_stop", "afmelden", "seintje_stop", "bevestigen"),
}


@pytest.mark.parametrize(("pad", "getypt", "waarheen"), GAAT_NAAR)
def test_a_search_by_post_is_sent_on_to_an_address_that_may_be_known(db, pad, getypt, waarheen):
    antwoord = Client(enforce_csrf_checks=True).post(pad, getypt)

    assert (antwoord.status_code, antwoord["Location"]) == (303, waarheen)
    assert antwoord.cookies == {}
    assert not antwoord.has_header("Vary")


@pytest.mark.parametrize("wie", ALLEN[:2] + ALLEN[3:])
def test_every_role_may_search_by_post(als, request, wie):
    client = als(request.getfixturevalue(wie))

    assert {client.post(pad, {"q": "7201"}).status_code for pad in ZOEKT} == {303}


@pytest.mark.parametrize("pad", ["/zoeken/?q=", "/initiatieven/?q=", "/initiatieven/?q=tuin&bij=", "/kaart/?q="])
@pytest.mark.parametrize("getypt", ["7201AB", "NL-7201+ab", "Kerkplein+3+7201ab", "%EF%BC%97201AB"])
def test_who_comes_by_get_all_the_same_is_sent_on_too(client, db, pad, getypt):
    """A search from the address bar of a browser (OpenSearch) always comes that way."""
    antwoord = client.get(pad + getypt)

    assert antwoord.status_code == 302
    assert re.search(r"[?&](q|bij)=7201(&|$)", antwoord["Location"])
    assert not re.search("ab|kerkplein", antwoord["Location"], re.IGNORECASE)


@pytest.mark.parametrize(
    "pad",
    [
        "/kaart/lijstje/?p=1%2C2&q=",
        "/kaart/lijstje/naast-elkaar/?p=1&q=",
        "/kaart/alarm/?straal=10&soort=tuin&soort=atelier&q=",
        "/kaart/insluiten/maken/?straal=5&q=",
    ],
)
@pytest.mark.parametrize(
    ("getypt", "blijft"),
    [
        ("7201AB", "7201"),
        ("Kerkplein+3+7201ab", "7201"),
        ("Kerkplein+3+Zutphen", "Zutphen%2C+Zutphen"),
        ("Kerkplein+3", "Kerkplein"),
        ("7201AB&q=7201", "7201"),
        ("7201&q=7201AB", "7201"),
    ],
)
def test_who_types_an_address_herself_is_sent_to_one_that_may_be_known(client, db, pad, getypt, blijft):
    antwoord = client.get(pad + getypt)

    assert (antwoord.status_code, antwoord["Location"]) == (302, pad + blijft)
    assert client.get(antwoord["Location"]).status_code == 200


@pytest.mark.parametrize("q", ["7201", "Den+Haag", "Hengelo%2C+Bronckhorst", "provincie+Gelderland", "Zuthpen", ""])
def test_an_address_that_may_be_known_stays_as_it_is(client, db, q):
    for pad in ("/kaart/lijstje/", "/kaart/lijstje/naast-elkaar/", "/kaart/alarm/", "/kaart/insluiten/maken/"):
        assert client.get(f"{pad}?q={q}").status_code == 200
        assert client.get(pad).status_code == 200


@pytest.mark.parametrize(
    ("getypt", "blijft"),
    [
        ("3511AB", "3511"),
        ("3511 ab", "3511"),
        ("3511.AB", "3511"),
        ("3511\x00AB", "3511"),
        ("Kerkplein 3, 3511 AB", "3511"),
        ("3511de", "3511"),
        ("3511 de", "3511"),
        ("3511", "3511"),
        ("verslag 2024 van de tuin", "verslag 2024 van de tuin"),
        ("bijeenkomst 2024 op de hei", "bijeenkomst 2024 op de hei"),
        ("12345 ab", "12345 ab"),
        ("Atelier 3D", "Atelier 3D"),
        ("0123 ab", "0123 ab"),
        ("", ""),
    ],
)
def test_only_a_full_postcode_loses_what_belongs_to_one_house(getypt, blijft):
    assert zonder_huis(getypt) == blijft


@pytest.mark.parametrize("pad", [*ZOEKT, "/", "/kaart/hulp/", "/kaart/zonder-netwerk/", "/bestaat-niet/"])
def test_every_public_search_goes_by_post_to_an_address_that_sends_on(client, db, pad):
    antwoord = client.get(pad)
    inhoud = antwoord.content.decode()

    formulieren = re.findall(r"<form[^>]*data-zoek[^>]*>", inhoud)
    naar = {(re.search('action="([^"]*)"', formulier) or [None, pad])[1] for formulier in formulieren}
    assert formulieren
    assert all('method="post"' in formulier for formulier in formulieren)
    assert naar <= set(ZOEKT)
    assert not re.search(r'<form[^>]*method="get"', inhoud)
    assert "form-action 'self'" in antwoord["Content-Security-Policy"]


VREEMD = st.text(max_size=40) | st.sampled_from(
    ["7201AB", "' OR 1=1 --", "\x00", "-1", "1e9", "\u202e3511ab", "x" * 3000]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["q", "bij", "straal", "leeftijd", "soort", "pagina", "csrf", "x"]), VREEMD),
    st.sampled_from(ZOEKT),
)
def test_whatever_is_posted_there_is_an_address_that_answers(client, db, getypt, pad):
    waarheen = client.post(pad, {naam: waarde.encode("utf-8", "ignore").decode() for naam, waarde in getypt.items()})

    assert waarheen.status_code == 303
    gevraagd = parse_qs(urlsplit(waarheen["Location"]).query)
    assert "7201AB" not in gevraagd.get("q", []) + gevraagd.get("bij", []) + gevraagd.get("x", [])
    assert client.get(waarheen["Location"], follow=True).status_code == 200


@pytest.mark.parametrize(("aantal", "status"), [(400, 303), (600, 400)])
def test_hundreds_of_filters_are_read_and_more_than_that_refused(client, db, aantal, status):
    assert client.post("/kaart/", {"q": "7201", "soort": ["tuin"] * aantal}).status_code == status


def test_what_is_posted_stands_in_no_line_of_the_log(client, db, caplog):
    caplog.set_level("DEBUG")
    for pad in ZOEKT:
        client.post(pad, {"q": HUIS, "bij": HUIS})

    assert [regel.getMessage().split()[:3] for regel in caplog.records if regel.name == "collectief.verzoeken"] == [
        ["POST", naam, "303"]
        for naam in ("initiatieven:lijst", "kaart:kaart", "kaart:insluiten", "kaart:insluiten_maken", "zoeken")
    ]
    assert not re.search("7201|kerkplein", caplog.text, re.IGNORECASE)


def _zonder_bewijs(patronen) -> set[str]:
    namen = set()
    for patroon in patronen:
        if isinstance(patroon, URLPattern):
            namen |= {patroon.name} if getattr(patroon.callback, "csrf_exempt", False) else set()
        else:
            namen |= _zonder_bewijs(patroon.url_patterns)
    return namen


def test_no_other_view_takes_a_form_without_a_token():
    eigen = [patroon for patroon in get_resolver().url_patterns if str(patroon.pattern) != "accounts/"]

    assert _zonder_bewijs(eigen) == ZONDER_BEWIJS


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pad", ["/", "/kaart/", "/kaart/hulp/", "/kaart/insluiten/", "/zoeken/", "/bestaat-niet/"])
def test_without_javascript_no_address_holds_more_than_the_digits(live_server, browser, pad):
    page = browser.new_context(java_script_enabled=False).new_page()
    gevraagd: list[str] = []
    page.on("request", lambda vraag: gevraagd.append(vraag.url.removeprefix(live_server.url)))
    page.goto(live_server.url + pad)
    vooraf = len(gevraagd)

    page.locator('[data-zoek] [name="q"]').first.fill(HUIS)
    page.locator("[data-zoek] [type=submit]").first.click()

    expect(page).to_have_url(re.compile(r"\?(.*&)?q=7201(&|$)"))
    assert [adres for adres in gevraagd[vooraf:] if re.search("kerkplein|ab", adres.partition("?")[2].lower())] == []
    assert page.context.cookies() == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pad", ["/", "/kaart/", "/kaart/?q=7201"])
def test_with_javascript_the_number_of_a_house_stays_on_the_device_and_its_street_in_no_address(
    live_server, page: Page, pad
):
    page.goto(live_server.url + pad, wait_until="networkidle")
    gevraagd: list[str] = []
    page.on("request", lambda vraag: gevraagd.append(f"{vraag.url} {vraag.post_data}"))

    page.get_by_label("Postcode of plaats").fill("Dorpsweg 12bis-4, Zutphen")
    page.get_by_label("Postcode of plaats").press("Enter")

    expect(page).to_have_url(re.compile("q=Zutphen%2C"))
    assert [adres for adres in gevraagd if "12bis" in adres] == []
    assert [adres for adres in gevraagd if "dorpsweg" in adres.partition(" ")[0].lower()] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_with_javascript_a_filter_puts_no_street_in_an_address_and_takes_no_detour_after_that(live_server, page: Page):
    page.goto(f"{live_server.url}/kaart/?q=7201", wait_until="networkidle")
    gevraagd: list[str] = []
    page.on("request", lambda vraag: gevraagd.append(f"{vraag.method} {vraag.url.removeprefix(live_server.url)}"))
    page.get_by_label("Postcode of plaats").fill("Dorpsweg Zutphen")

    page.get_by_label("Alleen waar nu plek is").check()
    expect(page).to_have_url(f"{live_server.url}/kaart/?q=Zutphen%2C+Zutphen&straal=25&plek=1")
    page.goto(page.url, wait_until="networkidle")
    voor = len(gevraagd)
    page.get_by_label("Alleen waar nu plek is").uncheck()

    expect(page).to_have_url(f"{live_server.url}/kaart/?q=Zutphen%2C+Zutphen&straal=25")
    assert "POST /kaart/" in gevraagd[:voor]
    assert gevraagd[voor:] == ["GET /kaart/?q=Zutphen%2C+Zutphen&straal=25"]
    assert [adres for adres in gevraagd if "dorpsweg" in adres.lower()] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("getypt", "gevraagd"),
    [
        ("De Wilgenhoek", ["GET /zoeken/?q=De+Wilgenhoek"]),
        (HUIS, ["POST /zoeken/", "GET /zoeken/?q=7201"]),
    ],
)
def test_with_javascript_words_are_asked_for_at_once(live_server, page: Page, getypt, gevraagd):
    page.goto(f"{live_server.url}/zoeken/", wait_until="networkidle")
    bladzijden: list[str] = []
    page.on(
        "request",
        lambda vraag: (
            bladzijden.append(f"{vraag.method} {vraag.url.removeprefix(live_server.url)}")
            if vraag.is_navigation_request()
            else None
        ),
    )

    page.get_by_role("searchbox").fill(getypt)
    page.get_by_role("searchbox").press("Enter")

    expect(page).to_have_url(live_server.url + gevraagd[-1].partition(" ")[2])
    assert bladzijden == gevraagd
