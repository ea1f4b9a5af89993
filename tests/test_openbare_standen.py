"""What visitors and whoever has a link see later on: answered, withdrawn, decided, called off, stopped, erased.

Looked at as in `test_tweede_stand.py`: many on one page, in each scheme, on a phone and at 200 %.
"""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.brieven import KNOP
from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from collectief.rijbeveiliging import met_sleutel
from initiatieven.lidmaatschap import Oordeel, Stap, Toestand
from initiatieven.models import Initiatief, Locatie, Plekken, Verbondgenoot
from kaart.contactstanden import Contactstand
from kaart.models import Contactplek, Contactverzoek
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.initiatieven.factories import AanmeldingFactory, InitiatiefFactory
from tests.kaart.vragen import maak_alarm, maak_vraag
from tests.test_tweede_stand import LANG, Gezien

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("wereld_van_bestand")]


@pytest.fixture
def zie(page):
    """Open an address as a visitor, keep it to look at, and return its words."""
    gezien = Gezien(page)

    def open_(adres: str, status: int = 200, **post) -> str:
        antwoord = Client().post(adres, post, follow=True) if post else Client().get(adres)
        assert antwoord.status_code == status, adres
        gezien.voeg_toe(adres, antwoord)
        return antwoord.text

    open_.gezien = gezien
    return open_


def vraag_met(*standen: Contactstand, **anders) -> Contactverzoek:
    """A question to as many places, each of which went on to another stand."""
    verzoek = maak_vraag(dagen_geleden=4, **anders)
    with met_sleutel(verzoek.pk):
        for stand in standen:
            reden = "vol" if stand == Contactstand.GEEN_PLEK else ""
            Contactplek.objects.create(verzoek=verzoek, initiatief=InitiatiefFactory(), stand=stand, reden=reden)
    return verzoek


def stand(verzoek: Contactverzoek) -> str:
    return reverse("kaart:contact_stand", args=[verzoek.token])


def gast_van(bijeenkomst: Bijeenkomst, **anders) -> Uitnodiging:
    return UitnodigingFactory(
        bijeenkomst=bijeenkomst, gebruiker=None, naam=LANG, adres="gast@voorbeeld.example", **anders
    )


def test_a_question_of_a_family_is_whole_wherever_it_stands(zie):
    nieuw, gesprek, kennis, geen_plek, geen_reactie, _ = Contactstand
    lopend, klaar = vraag_met(nieuw, gesprek, kennis), vraag_met(geen_plek, geen_reactie, gevonden="elders")
    stopt = InitiatiefFactory()
    gestopt, weg = maak_vraag(stopt), maak_vraag(InitiatiefFactory())
    Initiatief.objects.filter(pk=stopt.pk).update(lidmaatschap="gestopt")

    zie(stand(lopend))
    assert "Je antwoord: <strong>" in zie(stand(klaar))
    assert "Deze plek is gestopt" in zie(stand(gestopt))
    zie(reverse("kaart:contact_intrekken", args=[weg.token]))
    assert "Je hebt je vraag ingetrokken" in zie(reverse("kaart:contact_intrekken", args=[weg.token]), zeker="ja")
    assert zie.gezien.gebreken() == []


def test_an_alert_is_whole_from_question_to_erased(zie):
    vers, loopt = maak_alarm(is_bevestigd=False), maak_alarm()

    zie(reverse("kaart:alarm", args=[vers.token]))
    zie(reverse("kaart:alarm", args=[vers.token]), ja="ja")
    zie(reverse("kaart:alarm_stop", args=[loopt.token]))
    assert "gewist" in zie(reverse("kaart:alarm_stop", args=[loopt.token]), ja="ja")
    assert zie.gezien.gebreken() == []


def test_an_application_is_whole_whatever_was_decided(zie, beheerder):
    over_een_maand = timezone.localdate() + timedelta(days=30)
    for stap, tot in [(Stap.LID_MAKEN, None), (Stap.AANHOUDEN, over_een_maand), (Stap.AFWIJZEN, None)]:
        aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET, naam=LANG * 2)
        aanmelding.zet_stap(stap, door=beheerder, waarom=f"We zagen {LANG * 3}.", tot=tot)
        zie(reverse("initiatieven:gesprek", args=[aanmelding.token]))
    bezwaar = zie(reverse("initiatieven:gesprek", args=[aanmelding.token]), doe="bezwaar", tekst="Kijk nog eens.")
    loopt = AanmeldingFactory(toestand=Toestand.KENNISMAKING)
    zie(reverse("initiatieven:gesprek", args=[loopt.token]), doe="antwoord", tekst=f"Kom langs bij {LANG * 3}.")
    zie(reverse("initiatieven:gesprek", args=[loopt.token]), doe="intrekken")

    assert "jullie bezwaar" in bezwaar
    assert zie.gezien.gebreken() == []


def test_an_invitation_is_whole_whatever_was_answered(zie):
    afgelast = BijeenkomstFactory(status="afgelast", afgelast_omdat=f"Door {LANG * 2} kan het niet.")
    voorbij = BijeenkomstFactory(begint_op=timezone.now() - timedelta(days=3))
    for antwoord in ("ja", "nee", "misschien", "wachtlijst"):
        anders = {"wacht_sinds": timezone.now()} if antwoord == "wachtlijst" else {}
        gast = gast_van(BijeenkomstFactory(), antwoord=antwoord, **anders)
        zie(reverse("bijeenkomsten:antwoord", args=[gast.token]))
        zie(reverse("bijeenkomsten:knop", args=[KNOP.sign(gast.pk), "nee"]) + "?bewaard")
    for bijeenkomst in (afgelast, voorbij):
        gast = gast_van(bijeenkomst)
        zie(reverse("bijeenkomsten:antwoord", args=[gast.token]))
        zie(reverse("bijeenkomsten:knop", args=[KNOP.sign(gast.pk), "ja"]))
        zie(reverse("bijeenkomsten:detail", args=[bijeenkomst.pk]))

    assert zie.gezien.gebreken() == []


def test_a_place_is_whole_when_it_asks_for_attention_and_when_it_stopped(zie, wereld):
    kaal = InitiatiefFactory(lidmaatschap="aandacht")
    nummers = "?p=" + ",".join(str(pk) for pk in Locatie.objects.values_list("pk", flat=True))

    assert "We kijken dit jaar opnieuw" in zie(kaal.get_absolute_url())
    zie(reverse("kaart:lijstje") + nummers)
    zie(reverse("kaart:vergelijken") + nummers)
    zie(wereld.adres("initiatieven:klopt_niet"), wat="gestopt", tekst=LANG * 3)
    for antwoord in ("klopt", "wijzigen", "gestopt"):
        zie(wereld.adres("initiatieven:bevestigen", antwoord=antwoord))
    zie(wereld.adres("initiatieven:bevestigen", antwoord="gestopt"), ja="ja")
    Initiatief.objects.filter(pk=kaal.pk).update(lidmaatschap="gestopt")
    assert "Deze plek is er niet meer" in zie(kaal.get_absolute_url(), 410)
    zie(reverse("kaart:contact") + f"?plek={kaal.slug}")
    assert zie.gezien.gebreken() == []


def test_a_platform_where_nobody_is_yet_is_whole(zie):
    Bijeenkomst.objects.update(status="concept")
    Verbondgenoot.objects.all().delete()
    Plekken.objects.all().delete()
    Initiatief.objects.update(lidmaatschap="aangemeld")

    for naam in ("home", "pers", "kaart:dekking", "kaart:kaart", "kaart:lijstje", "kaart:vergelijken", "kaart:contact"):
        zie(reverse(naam))
    for naam in ("initiatieven:lijst", "initiatieven:verbondgenoten", "initiatieven:verhalenlijst"):
        zie(reverse(naam))
    zie(reverse("bijeenkomsten:lijst"))
    zie(reverse("bijeenkomsten:blad"))
    zie("/kaart/?q=7201&straal=10&leeftijd=9&plek=1")
    assert zie.gezien.gebreken() == []


def test_mail_that_was_stopped_and_a_used_invitation_are_whole(zie, wereld):
    assert "niet meer" in zie(wereld.adres("post:afmelden"), nee="ja")
    zie(wereld.adres("post:afmelden"), weer="ja")
    zie(wereld.adres("seintje_stop"), stop="ja")
    zie(wereld.adres("gebruikers:aanvaard"))
    assert zie.gezien.gebreken() == []


@pytest.mark.parametrize("naam", ["400", "403", "403_csrf", "404", "405", "500", "503"])
def test_a_page_of_an_error_has_one_heading_and_a_way_on(naam, rf):
    tekst = render_to_string(f"{naam}.html", {"nummer": "abc"}, rf.get("/"))

    assert tekst.count("<h1") == 1
    assert "<title>" in tekst
    assert 'href="/' in tekst
