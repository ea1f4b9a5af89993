"""A warm handover between two places with the keyboard alone, on both sides, from the first word to the last step."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from collectief.rijbeveiliging import als_gebruiker
from tests.toetsen import Toetsen, dag_in_elke_taal
from trajecten.models import Betrokkene, Moment, Overdracht, Overdrachtafspraak, Traject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def veel_om_te_kiezen(traject, begeleider) -> Traject:
    """A mother who decides along, words for each wish, and more moments than anybody wants to tab through."""
    with als_gebruiker(begeleider.pk):
        Traject.objects.update(wensdroom="Een eigen moestuin.", wat_waardevol_is="Haar konijn.", interesses="Brood.")
        Betrokkene(traject=traject, naam="Fatima", rol="ouder", heeft_gezag=True).save(force_insert=True)
        for nummer in range(39):
            Moment.objects.create(traject=traject, tekst=f"Dag {nummer} samen gebakken.", door=begeleider)
        Moment.objects.create(traject=traject, tekst="De ogen glommen.", soort="lichtje", door=begeleider)
    return traject


def stel_voor(hier: Toetsen) -> None:
    hier.volg("Verder")
    hier.naar(hier.link("Warme overdracht"))
    hier.naar_de_inhoud()
    hier.typ("Hoe heet het initiatief?", "atelier")
    hier.enter()
    hier.naar_de_inhoud()
    hier.kies("Naar welk initiatief?", "Atelier Noord")
    hier.druk("Overdracht voorstellen")


def vraag_toestemming(hier: Toetsen) -> None:
    hier.volg("Schrijf op wie er ja zegt")
    hier.naar_de_inhoud()
    hier.kies("Waarvoor?", "delen met een volgende plek")
    hier.typ("Met wie?", "Atelier")
    hier.vink("Noor", "Fatima")
    hier.druk("Opschrijven")
    expect(hier.page.locator("main")).to_contain_text("Geldt")


def kies_wat_meegaat(hier: Toetsen) -> None:
    """Enter on what was ticked keeps it; whoever looks again is beside the button in two steps, past forty moments."""
    hier.volg("Kiezen wat er meegaat")
    hier.naar_de_inhoud()
    hier.vink("Roepnaam", "Wensdroom", "De ogen glommen.")
    hier.enter()
    hier.volg("Kiezen wat er meegaat")
    expect(hier.page.get_by_role("checkbox", checked=True)).to_have_count(3)
    hier.volg("Naar bewaren")
    hier.druk("Bewaren wat meegaat")


def spreek_dag_af(wij: Toetsen, tekst: str) -> None:
    """First without the day: there the focus is then, and what was typed is still there."""
    wij.naar_de_inhoud()
    wij.kies("Wie?", "Samen")
    wij.typ("Wat spreken jullie af?", tekst)
    wij.druk("Afspraak opschrijven")
    expect(wij.page.get_by_label("Welke dag?")).to_be_focused()
    expect(wij.page.get_by_label("Wat spreken jullie af?")).to_have_value(tekst)
    wij.page.keyboard.type(dag_in_elke_taal().strftime("%d%m%Y"))
    wij.druk("Afspraak opschrijven")
    expect(wij.page.locator("main")).to_contain_text(tekst)


def test_a_handover_is_done_on_both_sides_with_the_keyboard_alone(
    toetsen_van, veel_om_te_kiezen, coordinator, daar, buitenstaander
):
    hier, ginds = toetsen_van(coordinator), toetsen_van(daar)
    hier.page.goto(reverse("trajecten:traject", args=[veel_om_te_kiezen.pk]))

    stel_voor(hier)
    vraag_toestemming(hier)
    hier.volg("Verder met de overdracht")
    kies_wat_meegaat(hier)
    spreek_dag_af(hier, "Samen naar het atelier fietsen")
    hier.druk("Er is toestemming")
    hier.druk("Alles is voorbereid")
    expect(hier.page.locator("main")).to_contain_text("Nu is Atelier Noord aan zet")

    ginds.page.goto(reverse("trajecten:overdrachten"))  # where the mail leads to
    ginds.volg("Iemand van De Wilgenhoek")
    expect(ginds.page.locator("main")).to_contain_text("De ogen glommen.")
    ginds.naar_de_inhoud()
    ginds.typ("Wie wordt de vaste begeleider?", buitenstaander.naam)
    ginds.druk("Welkom heten")
    spreek_dag_af(ginds, "Een ochtend meedoen")
    ginds.druk("Samen op weg gaan")

    hier.page.reload()
    hier.druk("Overdragen")
    expect(hier.page.locator("main")).to_contain_text("Naar Atelier Noord")

    with als_gebruiker(buitenstaander.pk):
        assert Traject.objects.get().initiatief.naam == "Atelier Noord"
        assert Overdracht.objects.get().stand == "overgedragen"
        assert Overdrachtafspraak.objects.filter(kant="samen").count() == 2
