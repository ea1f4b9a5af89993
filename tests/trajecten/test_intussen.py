"""Somebody else was first, between looking at the page and what the page then does: two real transactions each time."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from tests.trajecten.kring import zet
from tests.trajecten.tegelijk import intussen
from tests.trajecten.test_overdracht_paginas import adres
from trajecten.actions import begin_traject, spreek_nazorg_af, zet_stap
from trajecten.fases import Fase
from trajecten.models import Contactmoment, Jongere, Overdracht, Overdrachtstuk

pytestmark = pytest.mark.django_db(transaction=True)


def gezegd(antwoord) -> list[str]:
    return [str(bericht) for bericht in get_messages(antwoord.wsgi_request)]


@pytest.mark.parametrize("schuif_op", [False, True])
def test_contact_that_was_recorded_meanwhile_is_not_moved(als, begeleider, coordinator, traject, schuif_op):
    with als_gebruiker(begeleider.pk):
        contact = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"])
        contact = contact.contactmomenten.get()
    client, pagina = als(begeleider), reverse("trajecten:contact", args=[traject.pk, contact.pk])
    dag = (timezone.localdate() + timedelta(days=40)).isoformat()
    anders = {"resultaat": "verplaatst", "dag": dag, "notitie": "Toetsweek."} | (
        {"schuif_op": "on"} if schuif_op else {}
    )

    antwoord = intussen(
        coordinator, lambda: contact.rond_af("gesproken", door=coordinator), lambda: client.post(pagina, anders)
    )

    assert (antwoord.status_code, antwoord.context["intussen"]) == (200, True)
    assert "Toetsweek." in antwoord.text
    with als_gebruiker(begeleider.pk):
        nu = Contactmoment.objects.get(pk=contact.pk)
    assert (nu.resultaat, nu.gepland_op, nu.notitie) == ("gesproken", contact.gepland_op, "")


def test_a_handover_that_was_stopped_meanwhile_takes_nothing_more_along(als, begeleider, coordinator, tot):
    overdracht = tot("voorbereid", stukken=frozenset())
    client, pagina = als(begeleider), adres(overdracht, "overdracht_stukken")

    antwoord = intussen(
        coordinator,
        lambda: zet(overdracht, "ingetrokken", door=coordinator),
        lambda: client.post(pagina, {"stukken": ["wensdroom"]}),
    )

    assert (antwoord.status_code, antwoord.url) == (302, adres(overdracht))
    assert gezegd(antwoord) == ["Deze overdracht is klaar en verandert niet meer."]
    with als_gebruiker(begeleider.pk):
        assert not Overdrachtstuk.objects.exists()


def test_nobody_is_named_for_a_handover_that_was_stopped_meanwhile(als, daar, coordinator, buitenstaander, tot):
    overdracht = tot("ontvangen")
    client, pagina = als(daar), adres(overdracht, "hierheen")

    antwoord = intussen(
        coordinator,
        lambda: zet(overdracht, "ingetrokken", door=coordinator),
        lambda: client.post(pagina, {"soort": "begeleider", "begeleider": daar.pk}),
    )

    assert (antwoord.status_code, antwoord.url) == (302, reverse("trajecten:overdrachten"))
    assert gezegd(antwoord) == ["Deze overdracht is klaar en verandert niet meer."]
    with als_gebruiker(coordinator.pk):
        assert Overdracht.objects.get().nieuwe_begeleider == buitenstaander


def test_an_initiative_does_not_stop_when_somebody_begins_there_meanwhile(als, begeleider, coordinator, initiatief):
    client, pagina = als(coordinator), reverse("trajecten:stoppen", args=[initiatief.pk])

    def begin_en_houd_vast() -> None:
        Initiatief.objects.select_for_update().get(pk=initiatief.pk)
        begin_traject(jongere=Jongere(roepnaam="Noor"), initiatief=initiatief, door=begeleider, op=timezone.localdate())

    antwoord = intussen(begeleider, begin_en_houd_vast, lambda: client.post(pagina))

    assert antwoord.status_code == 200
    assert "Noor" in antwoord.text, antwoord.text[-3000:]
    initiatief.refresh_from_db()
    assert initiatief.lidmaatschap == "lid"


def test_a_step_that_somebody_else_took_meanwhile_is_said_in_the_form(als, begeleider, coordinator, traject):
    client, pagina = als(begeleider), reverse("trajecten:fase", args=[traject.pk])
    stap = {
        "naar": "onderzoekend",
        "op": timezone.localdate().isoformat(),
        "uit_volgnummer": "1",
        "toelichting": "Ze wil.",
    }

    antwoord = intussen(
        coordinator,
        lambda: zet_stap(traject=traject, naar=Fase.ONDERZOEKEND, door=coordinator),
        lambda: client.post(pagina, stap),
    )

    assert antwoord.status_code == 200
    assert "Ze wil." in antwoord.text
    with als_gebruiker(begeleider.pk):
        assert (traject.verblijven.count(), traject.verblijf_nu.fase) == (2, "onderzoekend")
