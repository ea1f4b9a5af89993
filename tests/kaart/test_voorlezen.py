"""What a screen reader reads out: the tree of names and roles that Chromium makes of the public pages."""

import re
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from kaart.dekking import werk_bij
from kaart.models import Zoekvraag
from tests.kaart.vragen import maak_alarm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BLADZIJDEN = [
    "/kaart/",
    "/kaart/?q=7201",
    "/kaart/?q=7201&straal=5&soort=boerderij&leeftijd=4",
    "/kaart/?q=7201&pagina=9",
    "/kaart/?q=7201&online=1",
    "/kaart/?q=Hengelo",
    "/kaart/?q=Xyzzyq",
    "/kaart/?q=7201&leeftijd=99",
    "/kaart/lijstje/?p={een},{twee}&q=7201",
    "/kaart/lijstje/?p=0",
    "/kaart/lijstje/naast-elkaar/?p={een},{twee}&q=7201",
    "/kaart/contact/",
    "/kaart/alarm/?q=7201",
    "/kaart/hulp/",
    "/kaart/dekking/",
    "/kaart/insluiten/?q=7201",
    "/kaart/insluiten/?q=7201&straal=5&leeftijd=4",
    "/kaart/insluiten/?q=Hengelo",
    "/kaart/insluiten/maken/?q=Hengelo&leeftijd=99",
    "/kaart/open-data/",
    "/kaart/zonder-netwerk/",
]
VOORGELEZEN = """\
- status:
  - heading "2 plekken binnen 25 km van 7201 Zutphen." [level=2]
- paragraph:
  - link "14 jaar weghalen":
    - text: 14 jaar
    - img "weghalen"
- list:
  - listitem:
    - text: "1"
    - heading "De Wilgenhoek" [level=3]:
      - link "De Wilgenhoek":
    - paragraph: ca. 4 km
    - paragraph: Tuin of bos · 12 tot en met 18 jaar · Zutphen
    - list:
      - listitem: plek vrij (op de dag)
    - paragraph:
      - button "Bewaar De Wilgenhoek": Bewaar
      - 'link "Bel of mail deze plek: De Wilgenhoek"':
        - text: Bel of mail deze plek
  - listitem:
    - text: "2"
    - heading "Atelier Noord" [level=3]:
      - link "Atelier Noord":
    - paragraph: ca. 9 km
    - paragraph: Tuin of bos · Zutphen
    - list:
      - listitem: onbekend of er plek is, vraag het na
    - paragraph:
      - button "Bewaar Atelier Noord": Bewaar
      - 'link "Bel of mail deze plek: Atelier Noord"':
        - text: Bel of mail deze plek
- paragraph:
  - link "Laat het me weten als er een plek bij komt":
- paragraph:
  - link "Bekijk alle initiatieven":
- paragraph: "Afstanden zijn hemelsbreed: over de weg is het verder."
"""
KOP = re.compile(r'- heading (?:"(?P<naam>.+)" )?\[level=(?P<niveau>\d)\]')


def bezwaren(boom: str) -> list[str]:
    """What is wrong with the headings and the names of what can be pressed, in the tree of one page."""
    koppen = [(kop["naam"], int(kop["niveau"])) for kop in KOP.finditer(boom)]
    klachten = [f"kop zonder naam, niveau {niveau}" for naam, niveau in koppen if not naam]
    niveaus = [0, *(niveau for _, niveau in koppen)]
    klachten += [f"na h{vorig} komt h{niveau}" for vorig, niveau in pairwise(niveaus) if niveau > vorig + 1]
    klachten += re.findall(
        r"- (?:button|link|checkbox|radio|textbox|searchbox|combobox|spinbutton|img|table)(?: \[.*\])?:?$",
        boom,
        re.MULTILINE,
    )
    keuzes = re.findall(r'- (?:button|checkbox) "(.+?)"', boom)
    return klachten + [f"twee keer: {naam}" for naam in sorted(set(keuzes)) if keuzes.count(naam) > 1]


@pytest.fixture
def nummers(maak_plek) -> dict[str, int]:
    een = maak_plek("De Wilgenhoek", noord=0.03, leeftijd=(12, 18), plekken=[(12, 18, "plek_vrij")])
    return {"een": een.pk, "twee": maak_plek("Atelier Noord", noord=0.08).pk}


def _boom(deel: Locator) -> str:
    return deel.aria_snapshot()


def test_every_heading_and_everything_to_press_has_a_name_and_headings_go_down_by_one(live_server, page: Page, nummers):
    page.set_viewport_size({"width": 360, "height": 740})
    gevonden = {}
    for pad in BLADZIJDEN:
        page.goto(live_server.url + pad.format(**nummers))
        gevonden[pad] = bezwaren(_boom(page.locator("main")))

    assert {pad: klachten for pad, klachten in gevonden.items() if klachten} == {}


def test_the_pages_behind_a_link_or_for_the_core_team_read_well_too(live_server, page: Page, nummers, als, kernteamlid):
    werk_bij()
    Zoekvraag.objects.create(pc4="9161", maand=timezone.localdate().replace(day=1), aantal=5)
    vraagt, mailt = maak_alarm(is_bevestigd=False), maak_alarm()
    sessie = als(kernteamlid).cookies["sessie"].value
    page.context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])
    gelezen = {}
    for pad in (
        *(f"/kaart/alarm/{alarm.token}/{deel}" for alarm in (vraagt, mailt) for deel in ("", "stop/")),
        *("/kaart/alarm/", "/kaart/alarm/dank/", "/kaart/dekking/?leeftijd=12-17", "/kaart/dekking/witte-vlekken/"),
    ):
        page.goto(live_server.url + pad)
        gelezen[pad] = _boom(page.locator("main"))

    assert {pad: klachten for pad, boom in gelezen.items() if (klachten := bezwaren(boom))} == {}
    assert "Dit zoek je: een plek binnen 25 km van 7201 Zutphen." in gelezen[f"/kaart/alarm/{mailt.token}/"]
    vlekken = gelezen["/kaart/dekking/witte-vlekken/"]
    assert re.findall(r"Kaart van Nederland: ([\w ]+)", vlekken) == [
        "waar is gezocht en niets gevonden",
        "hoe ver de dichtstbijzijnde plek is",
    ]
    assert re.findall(r'- table "(.+?)"', vlekken)[0] == "Zoekvragen zonder antwoord in de afgelopen twaalf maanden"
    page.goto(f"{live_server.url}/kaart/dekking/")
    page.locator("summary", has_text="Gemeenten in Gelderland").click()
    expect(page.get_by_role("table", name="Gemeenten in Gelderland")).to_be_visible()


def test_how_the_page_of_results_is_read_out(live_server, page: Page, nummers):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/kaart/?q=7201&leeftijd=14")

    gelezen = re.sub(r"^ *- /url.*\n", "", _boom(page.locator(".kaart-antwoord")), flags=re.MULTILINE)
    assert re.sub(r"op \d+ \w+\)", "op de dag)", gelezen) + "\n" == VOORGELEZEN


def test_a_map_that_moves_is_one_thing_with_its_pins_and_without_the_names_that_come_and_go(
    live_server, page: Page, nummers
):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/kaart/?q=7201")
    expect(page.locator(".kaart-naam").first).to_be_attached()

    expect(page.get_by_role("region", name="Kaart")).to_match_aria_snapshot("""
      - region "Kaart":
        - application /Pijltjes verschuiven.*/:
          - /children: equal
          - 'button "1: De Wilgenhoek"'
          - 'button "2: Atelier Noord"'
          - button "Dichterbij"
          - button "Verder weg"
          - text: /\\d+ km/
        - status
        - paragraph: /GeoNames/
        - button "Straten"
    """)


def test_a_contact_form_with_mistakes_names_each_field_in_its_summary(live_server, page: Page, initiatief, coordinator):
    page.goto(f"{live_server.url}/kaart/contact/?plek={initiatief.slug}")

    page.get_by_role("button", name="Vraag versturen").click()

    assert bezwaren(_boom(page.locator("main"))) == []
    samenvatting = page.locator(".fouten")
    expect(samenvatting).to_be_focused()
    for link in samenvatting.get_by_role("link").all():
        doel = page.locator(link.get_attribute("href"))
        expect(doel.locator("xpath=ancestor-or-self::*[@aria-describedby]")).to_have_count(1)  # a group says it once
