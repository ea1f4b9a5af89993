"""A whole day of a counsellor in a browser, until somebody of another place goes on: with and without JavaScript."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from collectief.rijbeveiliging import als_gebruiker
from tests.factories import WACHTWOORD
from trajecten.models import Contactmoment, FaseVerblijf, Traject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[(1280, True), (360, False)], ids=["desk with JavaScript", "phone without JavaScript"])
def open_als(request, browser: Browser, live_server, als):
    """Return a browser, signed in as this person or as nobody; what any of them complains of fails the test."""
    breedte, met_js = request.param
    contexten, fouten = [], []

    def maak(gebruiker=None) -> Page:
        maat = {"width": breedte, "height": 800}
        context = browser.new_context(viewport=maat, java_script_enabled=met_js, base_url=live_server.url, locale="nl")
        contexten.append(context)
        if gebruiker:
            sessie = als(gebruiker).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessie, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda bericht: fouten.append(bericht.text) if bericht.type == "error" else None)
        return page

    yield maak
    for context in contexten:
        context.close()
    assert fouten == []


def type_je_gegevens(page: Page, gebruiker) -> None:
    """Sign in as people do: this journey begins there."""
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    EmailAddress.objects.get_or_create(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", gebruiker.email)
    page.fill("input[name=password]", WACHTWOORD)
    page.click("main button[type=submit]")
    expect(page.locator("h1")).not_to_have_text("Inloggen")


def klik(page: Page, *namen: str) -> None:
    """Follow these links one after another, by how they are called."""
    for naam in namen:
        page.get_by_role("link", name=naam).first.click()


def druk(page: Page, naam: str) -> None:
    page.get_by_role("button", name=naam).click()


def begin(page: Page, roepnaam: str = "Noor") -> None:
    klik(page, "Trajecten", "Traject beginnen")
    page.get_by_label("roepnaam").fill(roepnaam)
    druk(page, "Traject beginnen")
    expect(page.get_by_role("heading", level=1)).to_contain_text(roepnaam)


def bewaar_moment(page: Page, soort: str, tekst: str) -> None:
    page.get_by_label(soort, exact=True).check()
    page.get_by_label("Wat wil je bewaren?").fill(tekst)
    druk(page, "Moment bewaren")
    expect(page.locator(".moment").first).to_contain_text(tekst)


def zet_stap(page: Page, fase: str, *, uitleg: str = "", vorm: str = "") -> None:
    klik(page, "Een stap zetten")
    page.get_by_label(fase).check()
    if uitleg:
        page.get_by_label("toelichting").fill(uitleg)
    if vorm:
        page.get_by_label(vorm).check()
    druk(page, "Deze stap zetten")
    expect(page.get_by_role("link", name=re.compile("Een stap zetten|Terugkomen"))).to_be_visible()


def spring_met_uitleg(page: Page) -> None:
    """A leap asks for a word of explanation, and keeps what was chosen until it has one."""
    klik(page, "Een stap zetten")
    page.get_by_label("Oriëntatiefase").check()
    druk(page, "Deze stap zetten")
    expect(page.get_by_label("Oriëntatiefase")).to_be_checked()
    page.get_by_label("toelichting").fill("De bakker vroeg of Noor wil helpen.")
    druk(page, "Deze stap zetten")
    expect(page.locator("main")).to_contain_text("Oriëntatie")


def houd_contact(page: Page) -> None:
    """The first planned contact took place, and is worth keeping."""
    klik(page, "Nazorg", "Openen Contact van")
    page.get_by_label("Wil je er iets bij bewaren?").fill("Het brood was gelukt.")
    druk(page, "We spraken elkaar")
    expect(page.locator("main")).to_contain_text("Fijn dat jullie elkaar spraken.")


def rust_en_kom_terug(page: Page) -> None:
    klik(page, "Even rust")
    page.get_by_label("de jongere wil even niets").check()
    druk(page, "Laten rusten")
    expect(page.locator("main")).to_contain_text("heeft nu rust")
    druk(page, "Weer verder")
    klik(page, "Terugkomen")
    page.get_by_label("Onderzoekende fase").check()
    druk(page, "Welkom terug")
    expect(page.get_by_role("link", name="Een stap zetten")).to_be_visible()


def loop_de_kromme_lijn(page: Page, adres: str) -> None:
    zet_stap(page, "Onderzoekende fase")
    zet_stap(page, "Landingsfase")
    spring_met_uitleg(page)
    zet_stap(page, "Waakvlamfase", vorm="verbinding met gezin en jongere")
    houd_contact(page)
    page.goto(adres)
    rust_en_kom_terug(page)


def stel_overdracht_voor(page: Page, adres: str) -> None:
    page.goto(adres)
    klik(page, "Warme overdracht")
    page.get_by_label("Hoe heet het initiatief?").fill("atelier")
    druk(page, "Zoeken")
    page.get_by_label("Atelier Noord").check()
    page.get_by_role("button", name="Overdracht voorstellen").first.click()
    expect(page.locator("main")).to_contain_text("Er gaat niets mee tot jullie iets kiezen.")


def vraag_toestemming(page: Page, adres: str) -> None:
    """The birth date is not known, so both say yes: the mother has to be there first."""
    page.goto(adres)
    klik(page, "Bekijken wie er om Noor heen staan")
    erbij = page.locator("section[aria-labelledby=erbij]")
    erbij.get_by_label("Wie?").fill("Fatima")
    erbij.get_by_label("Als wat?").select_option("ouder")
    erbij.get_by_label("heeft gezag").check()
    druk(page, "Erbij zetten")
    page.goto(adres)
    klik(page, "Toestemming")
    page.get_by_label("delen met een volgende plek").check()
    page.get_by_label("Met wie?").select_option("Atelier Noord")
    page.get_by_label("Noor").check()
    page.get_by_label("Fatima").check()
    druk(page, "Opschrijven")
    expect(page.locator("main")).to_contain_text("Geldt")


def bereid_voor(page: Page, adres: str) -> None:
    page.goto(adres)
    klik(page, "Warme overdracht", "Naar Atelier Noord", "Kiezen wat er meegaat")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    page.get_by_label("Roepnaam").check()
    page.get_by_label("De ogen glommen.").check()
    druk(page, "Bewaren wat meegaat")
    druk(page, "Er is toestemming")
    druk(page, "Alles is voorbereid")
    expect(page.locator("main")).to_contain_text("Nu is Atelier Noord aan zet")


def ontvang(page: Page, begeleider: str) -> None:
    page.goto(reverse("trajecten:overdrachten"))
    klik(page, "Iemand van De Wilgenhoek")
    expect(page.locator("main")).to_contain_text("De ogen glommen.")
    expect(page.locator("main")).not_to_contain_text("Jas bleef aan.")
    page.get_by_label("Wie wordt de vaste begeleider?").select_option(begeleider)
    druk(page, "Welkom heten")
    druk(page, "Samen op weg gaan")
    expect(page.locator("main")).to_contain_text("Jullie gaan nu samen op.")


def laat_gaan(page: Page, adres: str) -> None:
    page.goto(adres)
    klik(page, "Warme overdracht", "Naar Atelier Noord")
    druk(page, "Overdragen")
    expect(page.locator("main")).to_contain_text("Naar Atelier Noord")


def test_a_day_from_the_beginning_to_a_new_place(open_als, begeleider, coordinator, daar, buitenstaander):
    type_je_gegevens(page := open_als(), begeleider)
    page.goto("/trajecten/")
    begin(page)
    adres = page.url.partition("?")[0]
    bewaar_moment(page, "feit", "Een half uur geweest. Jas bleef aan.")
    bewaar_moment(page, "eigen woorden", "‘Mag ik morgen weer?’")
    bewaar_moment(page, "lichtje in de ogen", "De ogen glommen.")
    loop_de_kromme_lijn(page, adres)
    stel_overdracht_voor(bij_coordinator := open_als(coordinator), adres)
    vraag_toestemming(page, adres)
    bereid_voor(page, adres)
    ontvang(open_als(daar), buitenstaander.naam)
    laat_gaan(bij_coordinator, adres)

    nieuw = open_als(buitenstaander)
    nieuw.goto(adres)
    expect(nieuw.locator(".moment")).to_have_count(3)
    assert page.request.get(adres).status == 404
    with als_gebruiker(buitenstaander.pk):
        stappen = ["volgende_stap", "volgende_stap", "terug", "sprong", "volgende_stap", "terugkeer"]
        assert list(FaseVerblijf.objects.order_by("volgnummer").values_list("stap", flat=True)) == stappen
        assert Traject.objects.get().initiatief.naam == "Atelier Noord"
        assert set(Contactmoment.objects.wacht().values_list("eigenaar", flat=True)) <= {buitenstaander.pk}
