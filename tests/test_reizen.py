"""The journeys of the platform in a browser: with and without JavaScript, and with the keyboard alone.

A parent finds a place, the core team sees the real year planning and adds to it, an admin decides on a membership
application. The day of a counsellor is in tests/trajecten/test_dag.py, the aftercare in test_jaar_in_de_browser.py.
"""

import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from collectief.post.models import Bericht
from initiatieven.models import Initiatief
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.browser import tab_naar
from tests.factories import WACHTWOORD, geef_wachtwoord
from tests.initiatieven.factories import AanmeldingFactory, LocatieFactory, PlekkenFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[(1280, True), (360, False)], ids=["desk with JavaScript", "phone without JavaScript"])
def pagina(request, browser: Browser, live_server):
    """A page of a new visitor; every console error fails the test."""
    breedte, met_js = request.param
    context = browser.new_context(
        viewport={"width": breedte, "height": 800}, java_script_enabled=met_js, base_url=live_server.url, locale="nl-NL"
    )
    fouten: list[str] = []
    page = context.new_page()
    page.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
    page.on("request", lambda vraag: fouten.append(vraag.url) if not vraag.url.startswith(live_server.url) else None)
    yield page
    context.close()
    assert fouten == []


@pytest.fixture
def log_in(pagina, live_server, als):
    def met_koekje(gebruiker) -> None:
        sessie = als(gebruiker).cookies["sessie"].value
        pagina.context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])

    return met_koekje


@pytest.fixture
def plek(initiatief) -> Initiatief:
    """The initiative of the cast, with a place in Utrecht and room."""
    LocatieFactory(initiatief=initiatief, pc4="3511", plaats="Utrecht", provincie="Utrecht", lat=52.0907, lon=5.1214)
    PlekkenFactory(initiatief=initiatief)
    return initiatief


def test_a_parent_finds_a_place_by_postcode(pagina, plek):
    pagina.goto("/")
    pagina.get_by_label("Postcode of plaats").fill("3511 ab")
    pagina.get_by_role("button", name="Zoeken").click()

    expect(pagina).to_have_url(re.compile(r"/kaart/\?q=3511(&|$)"))
    pagina.get_by_role("link", name=plek.naam).first.click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(plek.naam)


def test_the_core_team_sees_the_real_planning_and_plans_a_meeting(pagina, log_in, kernteamlid):
    call_command("importeer_bijeenkomsten", stdout=io.StringIO())
    log_in(kernteamlid)
    pagina.goto(reverse("bijeenkomsten:lijst") + "?jaar=2023")
    expect(pagina.locator("main")).to_contain_text("donderdag 14 september 2023")
    expect(pagina.locator("main")).to_contain_text("7 bijeenkomsten")

    pagina.goto(reverse("bijeenkomsten:nieuw"))
    pagina.get_by_label("Soort").select_option("fysiek") if pagina.locator("select[name=soort]").count() else (
        pagina.locator("input[name=soort][value=fysiek]").check()
    )
    pagina.locator("input[name=datum]").fill(f"{timezone.localdate().year + 1}-03-18")
    pagina.locator("input[name=begin]").fill("14:00")
    pagina.locator("input[name=eind]").fill("17:00")
    pagina.locator("input[name=plaats]").fill("De Kantine, Utrecht")
    pagina.locator("main form button[type=submit]").first.click()

    expect(pagina.locator("main")).to_contain_text("18 maart")
    assert Bijeenkomst.objects.concept().count() == 1


def test_the_core_team_invites_one_person(pagina, log_in, kernteamlid):
    """What is missing is said where it is asked; the guest answers with her own link."""
    bijeenkomst = BijeenkomstFactory()
    log_in(kernteamlid)
    pagina.goto(reverse("bijeenkomsten:beheer", args=[bijeenkomst.pk]))
    pagina.get_by_role("link", name="Uitnodigen", exact=True).click()
    pagina.get_by_label("Naam").fill("Gerda Gast")
    pagina.get_by_role("button", name="Uitnodiging mailen").click()
    expect(pagina.get_by_text("Vul het e-mailadres in.").first).to_be_in_viewport()
    expect(pagina.get_by_label("Naam")).to_have_value("Gerda Gast")
    pagina.get_by_label("E-mailadres").fill("gerda@voorbeeld.example")
    pagina.get_by_role("button", name="Uitnodiging mailen").click()

    expect(pagina.get_by_text("Gerda Gast krijgt een uitnodiging per mail.")).to_be_in_viewport()
    pagina.goto(Uitnodiging.objects.get().pad)
    pagina.get_by_role("button", name="Ik kom", exact=True).click()
    expect(pagina.locator("main")).to_contain_text("Je antwoord: je komt.")


def test_an_admin_decides_on_an_application(pagina, log_in, beheerder):
    aanmelding = AanmeldingFactory()
    log_in(beheerder)
    pagina.goto(reverse("initiatieven:toetsing"))
    pagina.get_by_role("link", name=aanmelding.naam).first.click()
    pagina.get_by_role("button", name="Kennismaking beginnen").click()
    for nummer in range(3):
        pagina.locator("input[name$=oordeel][value=voldoet]").nth(nummer).check()
        pagina.locator("textarea[name$=waarom]").nth(nummer).fill("Gezien bij het bezoek.")
    pagina.get_by_role("button", name="Oordelen bewaren").click()
    pagina.get_by_label("Lid: dit initiatief").check()
    pagina.locator("section[aria-labelledby=besluit] textarea").fill("Welkom, fijn dat jullie er zijn.")
    pagina.get_by_role("button", name="Besluit nemen en mailen").click()

    expect(pagina.locator("#besluit + p")).to_contain_text("Lid")
    assert Initiatief.objects.get(naam=aanmelding.naam).lidmaatschap == "lid"
    assert Bericht.objects.filter(aan_adres=aanmelding.contact_email).exists()


def test_with_the_keyboard_alone_a_parent_finds_a_place(page: Page, live_server, plek):
    page.goto(live_server.url)
    tab_naar(page, page.get_by_label("Postcode of plaats"))
    page.keyboard.type("Utrecht")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kaart/?*")
    tab_naar(page, page.locator("main").get_by_role("link", name=plek.naam).first)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(plek.naam)


def test_with_the_keyboard_alone_a_counsellor_keeps_a_moment(page: Page, live_server, begeleider, traject):
    page.goto(live_server.url + "/accounts/login/")
    geef_wachtwoord(begeleider)
    tab_naar(page, page.locator("input[name=login]"))
    page.keyboard.type(begeleider.email)
    tab_naar(page, page.locator("input[name=password]"))
    page.keyboard.type(WACHTWOORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/trajecten/")
    page.goto(live_server.url + reverse("trajecten:traject", args=[traject.pk]))
    tab_naar(page, page.get_by_label("Wat wil je bewaren?"))
    page.keyboard.type("Gelachen om de geit.")
    tab_naar(page, page.get_by_role("button", name="Moment bewaren"))
    page.keyboard.press("Enter")

    expect(page.locator(".moment")).to_contain_text("Gelachen om de geit.")
