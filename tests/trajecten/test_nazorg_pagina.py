"""Aftercare on the page: agreeing, and saying how it was in two taps."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import werkdag_vanaf
from trajecten.actions import spreek_nazorg_af
from trajecten.models import Herinnering
from trajecten.ritme import een_jaar_later

VANDAAG = timezone.localdate


@pytest.fixture
def contact(traject, begeleider):
    with als_gebruiker(begeleider.pk):
        afspraak = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"])
        return afspraak.contactmomenten.get()


@pytest.fixture
def adres(contact) -> str:
    return reverse("trajecten:contact", args=[contact.traject_id, contact.pk])


def test_an_agreement_with_its_days(als, begeleider, traject, kijkt_als):
    als(begeleider).post(
        reverse("trajecten:nazorg", args=[traject.pk]),
        {"vormen": ["tools"], "afspraak": "Samen koken.", "ritme": ["week_4", "maand_12"]},
    )

    kijkt_als(begeleider)
    afspraak = traject.nazorgafspraken.get()
    assert (afspraak.noem, afspraak.contactmomenten.count()) == ("tools meegeven", 2)


def test_an_agreement_without_contact_is_fine_too(als, begeleider, traject, kijkt_als):
    als(begeleider).post(reverse("trajecten:nazorg", args=[traject.pk]), {"vormen": ["tools"]})

    kijkt_als(begeleider)
    assert traject.nazorgafspraken.get().contactmomenten.count() == 0


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"afspraak": "Thee."}, "Kies hoe jullie contact houden."),
        ({"vormen": "straf"}, "Kies uit deze vormen."),
        ({"vormen": ["gezin"], "ritme": ["week_400"]}, "Kies uit deze dagen."),
        ({"vormen": ["gezin"], "afspraak": "a" * 2001}, "er passen 2000 tekens"),
        ({"vormen": ["gezin"], "afspraak": "111222333"}, "een nummer dat een BSN kan zijn"),
    ],
)
def test_a_mistake_in_an_agreement_is_explained(als, begeleider, traject, kijkt_als, velden, zin):
    antwoord = als(begeleider).post(reverse("trajecten:nazorg", args=[traject.pk]), velden)

    kijkt_als(begeleider)
    assert zin in antwoord.text
    assert velden.get("afspraak", "") in antwoord.text
    assert not traject.nazorgafspraken.exists()


@pytest.mark.parametrize("resultaat", ["gesproken", "niet_bereikt", "wil_nu_niet"])
def test_how_it_was_is_said_with_one_button(als, begeleider, contact, adres, kijkt_als, resultaat):
    antwoord = als(begeleider).post(adres, {"resultaat": resultaat, "notitie": "Fijn gesprek."}, follow=True)

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert (contact.resultaat, contact.notitie) == (resultaat, "Fijn gesprek.")
    assert "Genoteerd." in antwoord.text
    assert not contact.herinneringen.filter(vervallen_op=None, gezet_op=None).exists()


def test_after_the_last_contact_there_is_one_a_year_on(als, begeleider, contact, adres, kijkt_als):
    als(begeleider).post(adres, {"resultaat": "gesproken"})

    kijkt_als(begeleider)
    volgende = contact.afspraak.contactmomenten.wacht().get()
    assert volgende.gepland_op == werkdag_vanaf(een_jaar_later(VANDAAG() + timedelta(weeks=1)))


def test_moving_makes_a_new_ladder_and_silences_the_old_one(als, begeleider, contact, adres, kijkt_als):
    dag = VANDAAG() + timedelta(days=40)

    als(begeleider).post(adres, {"resultaat": "verplaatst", "dag": dag.isoformat(), "notitie": "Toetsweek."})

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert (contact.gepland_op, contact.planningversie, contact.notitie) == (werkdag_vanaf(dag), 2, "Toetsweek.")
    wacht = Herinnering.objects.filter(vervallen_op=None).values_list("planningversie", flat=True)
    assert set(wacht) == {2}


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"resultaat": ""}, "Kies hoe het was."),
        ({"resultaat": "no-show"}, "Kies een van de vier."),
        ({"resultaat": "verplaatst"}, "Kies de nieuwe dag."),
        ({"resultaat": "verplaatst", "dag": "morgen"}, "Dit is geen datum."),
        (
            {"resultaat": "verplaatst", "dag": (VANDAAG() - timedelta(days=1)).isoformat()},
            "Kies een dag vanaf vandaag, binnen twee jaar.",
        ),
        ({"resultaat": "verplaatst", "dag": "9999-12-31"}, "Kies een dag vanaf vandaag, binnen twee jaar."),
        ({"resultaat": "gesproken", "notitie": "Nummer 111222333"}, "een nummer dat een BSN kan zijn"),
        ({"resultaat": "gesproken", "notitie": "a" * 4001}, "er passen 4000 tekens"),
    ],
)
def test_a_mistake_is_explained_and_the_note_stays(als, begeleider, contact, adres, kijkt_als, velden, zin):
    velden = {"notitie": "Dit bleef staan."} | velden

    antwoord = als(begeleider).post(adres, velden)

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert zin in antwoord.text
    assert velden["notitie"] in antwoord.text
    assert (contact.resultaat, contact.planningversie) == ("", 1)


def test_a_second_press_changes_nothing_and_shows_what_was_recorded(als, begeleider, contact, adres, kijkt_als):
    client = als(begeleider)
    client.post(adres, {"resultaat": "gesproken", "notitie": "Eerste."})

    tweede = client.post(adres, {"resultaat": "niet_bereikt", "notitie": "Tweede."})

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert (contact.resultaat, contact.notitie) == ("gesproken", "Eerste.")
    assert "Eerste." in tweede.text


def test_a_lapsed_contact_says_so(als, begeleider, contact, adres):
    with als_gebruiker(begeleider.pk):
        contact.traject.laat_rusten()

    assert "Dit contact staat niet meer gepland." in als(begeleider).get(adres).text
