"""The pages of handing over a second time: what is taken back, what runs already, what has ended."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.actions import stop
from tests.factories import RolFactory
from tests.trajecten.kring import zet
from tests.trajecten.test_overdracht_paginas import adres, naar_buiten
from trajecten.actions import zet_stap
from trajecten.fases import Fase
from trajecten.models import Overdracht, Toestemming, Traject

__all__ = ["naar_buiten"]


@pytest.mark.parametrize("nummer", ["", "x", "²", "9" * 30])
def test_an_agreement_is_taken_away_by_its_number_and_by_nothing_else(als, begeleider, tot, kijkt_als, nummer):
    overdracht, client = tot("ontvangen"), als(begeleider)
    client.post(adres(overdracht), {"soort": "afspraak", "kant": "gever", "tekst": "Wij brengen haar."})
    kijkt_als(begeleider)
    afspraak = overdracht.afspraken.get()

    client.post(adres(overdracht), {"soort": "weg", "afspraak": nummer})
    kijkt_als(begeleider)
    eerst = overdracht.afspraken.count()
    client.post(adres(overdracht), {"soort": "weg", "afspraak": str(afspraak.pk)})

    kijkt_als(begeleider)
    assert (eerst, overdracht.afspraken.count()) == (1, 0)


def test_who_stands_on_both_sides_reads_nothing_here_without_consent(als, daar, begeleider, initiatief, tot):
    overdracht = tot("voorbereid")
    RolFactory(gebruiker=daar, initiatief=initiatief, soort=Rol.Soort.COORDINATOR)
    with als_gebruiker(begeleider.pk):
        Toestemming.objects.get().trek_in(begeleider)

    assert als(daar).get(adres(overdracht, "hierheen")).status_code == 404


def test_when_it_is_finished_the_choice_leads_back(als, coordinator, naar_buiten):
    zet(naar_buiten, "ingetrokken", door=coordinator)

    antwoord = als(coordinator).get(adres(naar_buiten, "overdracht_stukken"))

    assert (antwoord.status_code, antwoord.url) == (302, adres(naar_buiten))


def test_a_second_proposal_beside_one_that_runs_is_refused(als, coordinator, tot, ander_initiatief, kijkt_als):
    overdracht = tot("voorgesteld")
    pagina = reverse("trajecten:overdragen", args=[overdracht.traject_id])

    antwoord = als(coordinator).post(pagina, {"soort": "binnen", "naar": ander_initiatief.pk}, follow=True)

    kijkt_als(coordinator)
    assert "Er loopt al een overdracht." in antwoord.text
    assert Overdracht.objects.count() == 1


def test_the_receiver_may_choose_somebody_else_until_it_is_finished(als, daar, tot, kijkt_als):
    overdracht = tot("ontvangen")

    antwoord = als(daar).post(
        adres(overdracht, "hierheen"), {"soort": "begeleider", "begeleider": daar.pk}, follow=True
    )

    kijkt_als(daar)
    assert "Daan Daar wordt de vaste begeleider." in antwoord.text
    assert Overdracht.objects.get().nieuwe_begeleider == daar


@pytest.mark.parametrize(
    ("stand", "staat_er"), [("toestemming", False), ("voorbereid", True), ("ontvangen", False), ("overgedragen", False)]
)
def test_what_waits_to_be_received_stands_on_the_start_page_there(als, coordinator, daar, tot, stand, staat_er):
    tot(stand)

    ginds, hier = (als(wie).get("/trajecten/").text for wie in (daar, coordinator))

    assert ("Iemand komt hierheen" in ginds, "Iemand komt hierheen" in hier) == (staat_er, False)


def test_after_a_no_nothing_waits_on_the_start_page(als, begeleider, daar, tot):
    tot("voorbereid")
    with als_gebruiker(begeleider.pk):
        Toestemming.objects.get().trek_in(begeleider)

    assert "Iemand komt hierheen" not in als(daar).get("/trajecten/").text


@pytest.mark.parametrize(
    ("stand", "daarna", "mag"),
    [
        ("toestemming", None, False),
        ("voorbereid", None, True),
        ("samen_op_weg", None, True),
        ("overgedragen", None, True),
        ("overgedragen", Fase.WAAKVLAM, True),
        ("overgedragen", Fase.ONDERZOEKEND, False),  # she came back
        ("ingetrokken", None, False),
    ],
)
def test_a_place_elsewhere_counts_when_an_initiative_stops_until_somebody_comes_back(
    als, coordinator, initiatief, naar_buiten, stand, daarna, mag
):
    """The page and the database say the same."""
    wegen = ["toestemming", "voorbereid", "samen_op_weg", "overgedragen"]
    for naar in wegen[: wegen.index(stand) + 1] if stand in wegen else [stand]:
        zet(naar_buiten, naar, door=coordinator)
    with als_gebruiker(coordinator.pk):
        traject = Traject.objects.get(pk=naar_buiten.traject_id)
        if daarna:
            zet_stap(traject=traject, naar=daarna, door=coordinator, toelichting="x", deur_staat_open=True)
    pad = f"/trajecten/stoppen/{initiatief.pk}/"

    tekst = als(coordinator).get(pad).text
    with als_gebruiker(coordinator.pk):
        weigert = nullcontext() if mag else pytest.raises(IntegrityError, match="niet elk lopend traject")
        with weigert, transaction.atomic():
            stop(initiatief=initiatief, door=coordinator)

    assert ("Ja, wij stoppen" in tekst) == mag
