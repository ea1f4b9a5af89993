"""What others do with the map: inside their own page, and as data. And that nobody learns where somebody lives."""

import csv
import gzip
import html
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings as instellingen
from playwright.sync_api import Page, expect

from initiatieven.models import Initiatief, Locatie
from kaart.filters import FILTERS, OP_NAAM
from kaart.opendata import KOP, VELDEN, veilige_cel
from kaart.uitgeven import geef_uit
from kaart.views.delen import IN_ANDERE_SITES

GEOJSON, CSV = "/kaart/open-data/plekken.geojson", "/kaart/open-data/plekken.csv"
INSLUITEN, MAKEN = "/kaart/insluiten/", "/kaart/insluiten/maken/"


def _inhoud(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


# --- On another site ------------------------------------------------------------------------------------------------


def test_the_embedded_map_shows_places_and_may_only_stand_where_that_was_agreed(client, vrije_plek, monkeypatch):
    monkeypatch.setitem(IN_ANDERE_SITES, "frame-ancestors", ["https://school.example", "https://*.gemeente.example"])

    response = client.get(f"{INSLUITEN}?q=7201&straal=25")

    assert "Vrije plek" in response.content.decode()
    assert "frame-ancestors https://school.example https://*.gemeente.example" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert not response.cookies
    assert "<script" not in response.content.decode()


@pytest.mark.browser
@pytest.mark.parametrize(("gastheer", "aantal"), [("https://school.example/", 1), ("https://elders.example/", 0)])
def test_a_browser_shows_it_only_on_a_site_that_was_agreed_with(client, db, page: Page, monkeypatch, gastheer, aantal):
    monkeypatch.setitem(IN_ANDERE_SITES, "frame-ancestors", ["https://school.example"])
    kaart = client.get(INSLUITEN)
    page.route("https://kaart.example/", lambda verzoek: verzoek.fulfill(headers=dict(kaart.items()), body=kaart.text))
    kader = '<iframe src="https://kaart.example/"></iframe>'
    page.route(gastheer, lambda verzoek: verzoek.fulfill(content_type="text/html", body=kader))
    page.goto(gastheer)

    gezien = page.frame_locator("iframe").get_by_label("Postcode of plaats")

    expect(gezien).to_have_count(aantal)
    for link in page.frame_locator("iframe").get_by_role("link", name="Drenthe", exact=True).all():
        expect(link).to_have_js_property("href", "https://kaart.example/kaart/?q=provincie+Drenthe&straal=50")


def test_inside_another_page_too_nobody_leaves_with_empty_hands(client, maak_plek):
    maak_plek("Ver weg", noord=0.9)

    inhoud = client.get(f"{INSLUITEN}?q=7201&straal=5&leeftijd=14").content.decode()

    assert '<base href="/kaart/" target="_blank">' in inhoud  # so that these open the map itself
    assert 'href="?q=7201&amp;straal=nl&amp;leeftijd=14"' in inhoud
    assert "/kaart/alarm/?q=7201" in inhoud
    assert "Dit is de dichtstbijzijnde." in inhoud


def test_inside_another_page_too_a_name_that_occurs_twice_asks_which(client, db):
    inhoud = client.get(f"{INSLUITEN}?q=Hengelo&leeftijd=14").content.decode()

    assert "Welke Hengelo bedoel je?" in inhoud
    assert "Hengelo, gemeente Bronckhorst, Gelderland</a>" in inhoud


def test_when_nothing_was_agreed_it_stands_nowhere(client, db):
    assert "frame-ancestors 'none'" in client.get(INSLUITEN)["Content-Security-Policy"]


@pytest.mark.parametrize("pad", ["/", "/kaart/", MAKEN, "/kaart/open-data/", "/initiatieven/", "/accounts/login/"])
def test_no_other_page_may_stand_inside_another(client, db, monkeypatch, pad):
    monkeypatch.setitem(IN_ANDERE_SITES, "frame-ancestors", ["https://school.example"])

    response = client.get(pad)

    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert ("service.pdok.nl" in response["Content-Security-Policy"]) is (pad == "/kaart/")  # streets, only there


def test_letters_of_a_postcode_do_not_stay_in_the_address(client, vrije_plek):
    response = client.get(f"{INSLUITEN}?q=7201AB&straal=5&leeftijd=14")

    assert response["Location"] == f"{INSLUITEN}?q=7201&straal=5&leeftijd=14"


@pytest.mark.parametrize(
    "vraag", ["", "?q=xyzzy", "?q=Hengelo", "?q=7201&straal=-1&leeftijd=abc", "?bij=1,2", "?q=%00"]
)
def test_an_odd_question_gives_a_page_with_a_search_field(client, vrije_plek, vraag):
    response = client.get(INSLUITEN + vraag, follow=True)

    assert response.status_code == 200
    assert 'name="q"' in response.content.decode()


def test_it_is_small(client, maak_plek):
    for nummer in range(30):
        maak_plek(f"Plek {nummer}", noord=nummer / 100, plekken=[(4, 11, "vol"), (12, 18, "wachtlijst")])

    response = client.get(f"{INSLUITEN}?q=7201&straal=50", headers={"Accept-Encoding": "gzip"})
    stijlen = re.findall(r'href="/static/([^"]+\.css)"', gzip.decompress(response.content).decode())
    stijl = sum(len(gzip.compress((instellingen.BASE_DIR / "static" / naam).read_bytes())) for naam in stijlen)
    tekening = len(gzip.compress((instellingen.BASE_DIR / "static/kaart/nederland.svg").read_bytes()))

    assert len(stijlen) == 4
    assert len(response.content) + stijl + tekening <= 60_000


def test_the_code_can_be_made_and_copied(client, db):
    pagina = client.get(f"{MAKEN}?q=Zutphen&straal=10&leeftijd=14&plek=on").content.decode()

    assert "&lt;iframe src=&quot;" in pagina
    assert "/kaart/insluiten/?q=Zutphen&amp;amp;straal=10&amp;amp;leeftijd=14&amp;amp;plek=1" in pagina


def test_every_filter_of_the_map_can_be_set_beforehand(client, vrije_plek):
    keuzes = "&".join(f"{filter_.naam}={next(iter(filter_.keuzes))}" for filter_ in FILTERS)

    pagina = client.get(f"{MAKEN}?q=&straal=nl&online=on&{keuzes}&soort=onzin")

    assert {naam for naam, _ in pagina.context["vraag"].keuzes} == set(OP_NAAM)
    assert pagina.context["vraag"].online
    assert html.escape(html.escape(pagina.context["vraag"].adres())) in pagina.text
    assert "<details open><summary>Meer filters" in pagina.text


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ("straal=-1", "Kies een afstand uit de lijst."),
        ("straal=1e9", "Kies een afstand uit de lijst."),
        ("straal=25&leeftijd=99", "Vul een leeftijd in van 0 tot en met 30 jaar."),
        ("straal=25&leeftijd=veertien", "Vul een leeftijd in van 0 tot en met 30 jaar."),
    ],
)
def test_an_odd_wish_for_a_map_elsewhere_is_asked_back_in_our_words(client, db, vraag, zin):
    pagina = client.get(f"{MAKEN}?q=Zutphen&{vraag}").text

    assert pagina.count(zin) == 2  # in the summary and beside the field
    assert "<textarea" not in pagina


@pytest.mark.parametrize(
    ("q", "zin"),
    [("Hengelo", "meer plaatsen die zo heten"), ("xyzzyplugh", "kennen we niet"), ('"><script>', "kennen we niet")],
)
def test_a_place_that_is_not_clear_gets_a_sentence_and_no_code(client, db, q, zin):
    pagina = client.get(MAKEN, {"q": q, "straal": "25"}).content.decode()

    assert zin in pagina
    assert "<textarea" not in pagina
    assert "<script>" not in pagina.split("<main")[1]


# --- As data --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("uitgegeven", [True, False])
def test_geojson_is_what_the_standard_says(client, maak_plek, uitgegeven):
    plek = maak_plek("De Wilgenhoek", plekken=[(12, 18, "plek_vrij")], leeftijd=(12, 18))
    online = maak_plek("Op het scherm", is_online=True, lat=None, lon=None, adres="", pc4="")
    Locatie.objects.filter(pk=plek.pk).update(is_landelijk=True)
    if uitgegeven:
        geef_uit()

    response = client.get(GEOJSON)
    inhoud = json.loads(_inhoud(response))

    assert response["Content-Type"] == "application/geo+json"
    assert inhoud["type"] == "FeatureCollection"
    eerste, tweede = inhoud["features"]
    assert eerste["geometry"] == {
        "type": "Point",
        "coordinates": [6.1961, 52.1413],
    }  # longitude first (RFC 7946, 3.1.1)
    assert (eerste["id"], eerste["properties"]["naam"]) == (plek.pk, "De Wilgenhoek")
    assert eerste["properties"]["ruimte"][0]["toestand"] == "plek_vrij"
    assert (tweede["id"], tweede["geometry"]) == (online.pk, None)
    assert [eerste["properties"]["landelijk"], tweede["properties"]["landelijk"]] == [True, False]
    assert "crs" not in inhoud  # RFC 7946, 4


def test_who_is_no_member_or_cannot_be_found_is_in_no_file(client, maak_plek, gestopt):
    maak_plek("Lid")
    verborgen = maak_plek("Verborgen")
    Initiatief.objects.filter(pk=verborgen.initiatief_id).update(is_vindbaar=False)
    geef_uit()

    for pad in (GEOJSON, CSV):
        inhoud = _inhoud(client.get(pad)).decode()
        assert "Lid" in inhoud
        assert "Gestopte plek" not in inhoud
        assert "Verborgen" not in inhoud


@pytest.mark.parametrize("naam", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_is_never_a_formula(client, maak_plek, naam):
    plek = maak_plek("Een")
    Initiatief.objects.filter(pk=plek.initiatief_id).update(naam=naam)
    geef_uit()

    (rij,) = csv.DictReader(io.StringIO(_inhoud(client.get(CSV)).decode("utf-8-sig"), newline=""))

    assert rij["naam"] == f"'{naam}"
    assert float(rij["lat"]) == plek.lat  # a number stays a number


def test_ordinary_cells_stay_as_they_are():
    waarden = ["Een-twee", "a=b", "", None, 12, 6.19, True, False, ["rust", "doener"]]

    assert [veilige_cel(waarde) for waarde in waarden] == [
        *("Een-twee", "a=b", "", None, 12, 6.19),
        *("ja", "nee", "rust doener"),
    ]


def test_a_name_with_commas_quotes_and_lines_comes_back_whole(client, maak_plek):
    plek = maak_plek("Een", is_landelijk=True)
    naam = 'De "Hof", achter\nde dijk'
    Initiatief.objects.filter(pk=plek.initiatief_id).update(naam=naam)

    (rij,) = csv.DictReader(io.StringIO(_inhoud(client.get(CSV)).decode("utf-8-sig"), newline=""))

    assert (rij["naam"], rij["landelijk"]) == (naam, "ja")
    assert list(rij) == KOP


@pytest.mark.parametrize("pad", [GEOJSON, CSV])
def test_what_did_not_change_is_not_sent_again(client, maak_plek, pad, django_assert_num_queries):
    maak_plek("Een")
    geef_uit()
    with django_assert_num_queries(0):
        eerste = client.get(pad, headers={"Accept-Encoding": "gzip"})
    assert "Een" in gzip.decompress(_inhoud(eerste)).decode()
    assert eerste["Access-Control-Allow-Origin"] == "*"
    assert eerste["ETag"].startswith('W/"')  # the same one for the file that is not pressed

    tweede = client.get(pad, headers={"If-None-Match": eerste["ETag"]})
    assert (tweede.status_code, _inhoud(tweede)) == (304, b"")

    Initiatief.objects.update(naam="Twee")
    geef_uit()
    assert "Twee" in _inhoud(client.get(pad, headers={"If-None-Match": eerste["ETag"]})).decode()


def test_every_column_is_explained_on_the_page(client, db):
    pagina = client.get("/kaart/open-data/").content.decode()

    for veld, uitleg in VELDEN:
        assert re.search(rf"{veld}\b.*?{re.escape(uitleg)}", pagina, re.DOTALL), veld
    assert "CC BY 4.0" in pagina


def test_a_browser_can_search_here_from_its_address_bar(client, db):
    response = client.get("/kaart/opensearch.xml")
    wortel = ET.fromstring(response.content)  # noqa: S314 - our own text
    ruimte = {"o": "http://a9.com/-/spec/opensearch/1.1/"}

    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert len(wortel.find("o:ShortName", ruimte).text) <= 16
    assert wortel.find("o:Url[@type='text/html']", ruimte).attrib["template"].endswith("/kaart/?q={searchTerms}")
    assert 'rel="search"' in client.get("/kaart/").content.decode()


# --- A place at someone's home --------------------------------------------------------------------------------------


def _thuis(maak_plek, lat: float, lon: float) -> Locatie:
    """A place at someone's home, entered with its exact point as a form does."""
    plek = Locatie(nauwkeurigheid=Locatie.Nauwkeurigheid.ONGEVEER)
    plek.zet_punt(lat, lon)
    return maak_plek("Thuis bij Riet", nauwkeurigheid="ongeveer", adres="", pc4="7201", lat=plek.lat, lon=plek.lon)


def _alles_wat_openbaar_is(client) -> str:
    """Every file and page from which somebody could reckon, for questions from all sides."""
    vragen = [f"/kaart/?bij={lat:.2f},{lon:.2f}&straal=50" for lat in (52.05, 52.14, 52.25) for lon in (6.1, 6.2, 6.35)]
    paden = [GEOJSON, CSV, "/kaart/plekken.json", f"{INSLUITEN}?q=7201", "/kaart/?q=7201", *vragen]
    alles = "\n".join(_inhoud(client.get(pad, follow=True)).decode() for pad in paden)
    return re.sub(r'(nonce=|<script )"[^"]+"', "", alles)  # differs from one visit to the next


def test_two_homes_in_one_square_cannot_be_told_apart_by_anything_public(client, maak_plek):
    """Triangulation: distances, order, feeds and their history are the same wherever in the square somebody lives."""
    vergelijk = [("Noord", 0.05), ("Zuid", -0.05)]
    for naam, noord in vergelijk:
        maak_plek(naam, noord=noord)
    thuis = _thuis(maak_plek, 52.1351, 6.1951)
    geef_uit()
    eerst = _alles_wat_openbaar_is(client)

    thuis.zet_punt(52.1449, 6.2049)  # the other corner of the square: a kilometre away
    thuis.save()
    geef_uit()

    assert _alles_wat_openbaar_is(client) == eerst


def test_the_database_itself_keeps_no_exact_point_and_the_files_no_postcode(client, maak_plek):
    thuis = _thuis(maak_plek, 52.13571, 6.19532)
    geef_uit()

    thuis.refresh_from_db()
    alles = _alles_wat_openbaar_is(client)

    assert (thuis.lat, thuis.lon) == (52.14, 6.2)
    assert "52.1357" not in alles
    assert "6.1953" not in alles
    (feature,) = json.loads(_inhoud(client.get(GEOJSON)))["features"]
    assert feature["properties"]["postcode"] == ""
    assert feature["properties"]["adres"] == ""
    assert feature["geometry"]["coordinates"] == [6.2, 52.14]
