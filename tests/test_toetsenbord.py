"""With the keyboard alone: a meeting from plan to report, and an application from its checks to the decision."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from bijeenkomsten.models import Bijeenkomst, Uitnodiging, Verslagreactie
from initiatieven.models import Initiatief
from tests.browser import tab_naar
from tests.initiatieven.factories import AanmeldingFactory
from tests.toetsen import Toetsen, dag_in_elke_taal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def plan(hier: Toetsen) -> None:
    """A day is typed in the order of the browser, a time too; the letter only counts where there are twelve hours."""
    hier.page.goto(reverse("bijeenkomsten:mijn"))
    hier.volg("Bijeenkomst plannen")
    hier.naar_de_inhoud()
    hier.typ("Soort", "Fysieke")
    hier.typ("Titel", "Samen in de schuur")
    hier.typ("Datum", f"{dag_in_elke_taal():%d%m%Y}")
    hier.typ("Begintijd", "1000A")
    hier.typ("Eindtijd", "1100A")
    hier.typ("Plaats", "De Schuur")
    hier.druk("Concept bewaren")
    hier.naar_de_inhoud()
    hier.druk("Nu publiceren")


def nodig_uit(hier: Toetsen) -> None:
    """Everybody who belongs, and one guest."""
    hier.volg("Uitnodigen")
    hier.naar_de_inhoud()
    hier.druk("De hele groep uitnodigen")
    hier.volg("Uitnodigen")
    hier.naar_de_inhoud()
    hier.typ("Naam", "Gerda Gast")
    hier.typ("E-mailadres", "gerda@voorbeeld.example")
    hier.enter()
    hier.volg("Samen in de schuur")


def het_is(hier: Toetsen, *, begint: timedelta, eindigt: timedelta) -> None:
    """Let the meeting begin and end so long from now."""
    Bijeenkomst.objects.update(begint_op=timezone.now() + begint, eindigt_op=timezone.now() + eindigt)
    hier.page.reload()


def vink_af(hier: Toetsen) -> None:
    hier.volg("Wie is er?")
    hier.naar_de_inhoud()
    hier.typ("Zoek op naam", "gerda")
    hier.enter()
    hier.naar_de_inhoud()
    hier.naar(hier.page.get_by_role("button", name="Is er").first)
    expect(hier.page.locator("main")).to_contain_text("1 binnen.")
    hier.volg("Samen in de schuur")


def schrijf_verslag(hier: Toetsen) -> None:
    hier.volg("Verslag")
    hier.naar_de_inhoud()
    hier.typ("In één minuut", "We eten voortaan eerst.")
    hier.druk("Samenvatting bewaren")
    hier.volg("Besluit opschrijven")
    hier.naar_de_inhoud()
    hier.typ("Wat is er besloten?", "Eerst soep.")
    hier.enter()
    hier.naar_de_inhoud()
    hier.druk("Voorleggen")


def test_a_meeting_goes_from_the_plan_to_an_approved_report(toetsen_van, kernteamlid, begeleider):
    hier = toetsen_van(kernteamlid)

    plan(hier)
    nodig_uit(hier)
    het_is(hier, begint=timedelta(hours=-2), eindigt=timedelta(hours=1))
    vink_af(hier)
    het_is(hier, begint=timedelta(hours=-2), eindigt=timedelta(minutes=-1))
    schrijf_verslag(hier)
    bijeenkomst = Bijeenkomst.objects.get()
    Verslagreactie.objects.create(verslag=bijeenkomst.verslag, tekst="Met brood.", door=begeleider)
    hier.page.reload()
    hier.naar_de_inhoud()
    hier.druk("Verwerkt")
    hier.naar_de_inhoud()
    hier.druk("Vaststellen")

    expect(hier.page.locator("main")).to_contain_text("Het verslag verandert niet meer.")
    assert Uitnodiging.objects.get(aanwezig_op__isnull=False).naam == "Gerda Gast"
    assert Uitnodiging.objects.filter(gebruiker=begeleider).exists()


def test_an_application_goes_from_its_three_checks_to_a_decision(toetsen_van, beheerder):
    aanmelding = AanmeldingFactory()
    hier = toetsen_van(beheerder)
    hier.page.goto(reverse("initiatieven:toetsing"))
    hier.volg(aanmelding.naam)
    hier.volg("Verder")
    hier.druk("Kennismaking beginnen")
    hier.volg("De drie toetsen")
    for nummer in range(3):
        kaart = hier.page.locator("article.kaartje").nth(nummer)
        tab_naar(hier.page, kaart.get_by_role("radio", checked=True), 3)
        hier.page.keyboard.press("ArrowDown")
        expect(kaart.get_by_label("voldoet", exact=True)).to_be_checked()
        hier.page.keyboard.press("Tab")
        hier.page.keyboard.type("Gezien bij het bezoek.")
    hier.druk("Oordelen bewaren")
    hier.volg("Besluit")
    hier.kies("Besluit", "Lid")
    tab_naar(hier.page, hier.page.locator("#besluit ~ form textarea"), 8)
    hier.page.keyboard.type("Welkom, fijn dat jullie er zijn.")
    hier.druk("Besluit nemen en mailen")

    expect(hier.page.locator("#besluit + p")).to_contain_text("Lid")
    assert Initiatief.objects.get(naam=aanmelding.naam).lidmaatschap == "lid"
