"""What time does to a question: a reminder, an end, a question whether it helped, and in the end nobody knows who."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker, met_sleutel
from collectief.werkdagen import AMSTERDAM
from initiatieven.models import Initiatief
from kaart.actions import mail_gezin
from kaart.contactrondes import loop_na
from kaart.models import Contactplek, Contactverzoek
from tests.kaart.vragen import GEZIN, maak_vraag, zoals_nu

MAANDAG = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)


def loop_na_op(dagen: float) -> list[str]:
    """One round, so many days after Monday; return the kinds of mail that are new."""
    voor = set(Bericht.objects.values_list("pk", flat=True))
    with time_machine.travel(MAANDAG + timedelta(days=dagen), tick=False):
        loop_na()
    return sorted(Bericht.objects.exclude(pk__in=voor).values_list("soort", flat=True))


def verzonden() -> None:
    Bericht.objects.update(toestand="verstuurd")


@pytest.fixture
def vraag(initiatief, coordinator) -> Contactverzoek:
    with time_machine.travel(MAANDAG, tick=False):
        return maak_vraag(initiatief)


def test_the_whole_of_ninety_days(vraag):
    verloop = {dag: loop_na_op(dag) for dag in (0, 1, 2, 3, 4, 20, 29, 30, 31, 60, 89)}

    assert {dag: soorten for dag, soorten in verloop.items() if soorten} == {
        3: ["contact_herinnering"],  # Thursday, the third working day
        30: ["contact_geen_reactie", "contact_gevonden"],
    }
    assert zoals_nu(vraag).naam == GEZIN["naam"]
    verzonden()
    assert loop_na_op(90.01) == ["contact_gevonden"]
    assert zoals_nu(vraag).naam is None
    verzonden()
    assert loop_na_op(90.1) == []


def test_when_a_place_stops_the_family_that_waits_hears_it_at_once_and_only_once(vraag, initiatief):
    Initiatief.objects.filter(pk=initiatief.pk).update(lidmaatschap="gestopt")

    rondes = [loop_na_op(dag) for dag in (1, 2, 4, 29)]

    assert rondes == [["contact_gestopt"], [], [], []]
    with met_sleutel(vraag.pk):
        assert vraag.plekken.get().stand == "geen_reactie"


@pytest.mark.parametrize("stand", ["in_gesprek", "kennismaking", "geen_plek"])
def test_who_was_answered_by_a_place_that_stops_is_left_alone(vraag, initiatief, begeleider, stand):
    with als_gebruiker(begeleider.pk):
        Contactplek.objects.update(stand=stand, reden="vol" if stand == "geen_plek" else "")
    Initiatief.objects.filter(pk=initiatief.pk).update(lidmaatschap="gestopt")

    assert loop_na_op(1) == []


def test_the_page_of_the_family_says_that_a_place_stopped(vraag, client, initiatief):
    Initiatief.objects.filter(pk=initiatief.pk).update(lidmaatschap="gestopt")

    with time_machine.travel(MAANDAG, tick=False):
        tekst = client.get(f"/kaart/contact/mijn/{vraag.token}/").content.decode()

    assert "Deze plek is gestopt" in tekst
    assert "Zelf bellen mag ook" not in tekst
    assert "Zoek andere plekken in deze buurt" in tekst


def test_after_ninety_days_nothing_is_left_that_tells_who_it_was(vraag):
    with met_sleutel(vraag.pk):
        mail_gezin(vraag, "contact_gevraagd")
    for dag in (3, 30, 90.01):
        loop_na_op(dag)
        verzonden()
    loop_na_op(91)

    nu = zoals_nu(vraag)
    assert [nu.naam, nu.email, nu.telefoon, nu.wanneer, nu.bericht, nu.leeftijd] == [None] * 6
    with met_sleutel(vraag.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM post_bericht WHERE aan_adres <> ''")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT to_jsonb(v)::text FROM kaart_contactverzoek v")
        assert "gAAAA" not in cursor.fetchone()[0]  # how anything encrypted begins


def test_who_answered_that_a_place_was_found_is_not_asked_again(vraag):
    with met_sleutel(vraag.pk):
        Contactverzoek.objects.update(gevonden="ja")

    assert loop_na_op(30) == ["contact_geen_reactie"]


def test_a_platform_that_was_away_asks_only_the_last_question(vraag):
    assert loop_na_op(100) == ["contact_gevonden"]
    assert zoals_nu(vraag).gevraagd_na == 90
    assert zoals_nu(vraag).naam is None


@pytest.mark.parametrize("stand", ["in_gesprek", "kennismaking", "geen_plek"])
def test_a_place_that_answered_is_not_reminded_and_does_not_run_out(vraag, stand):
    with met_sleutel(vraag.pk):
        vraag.plekken.update(stand=stand, reden="vol" if stand == "geen_plek" else "")

    assert [*loop_na_op(5), *loop_na_op(31)] == ["contact_gevonden"]
    assert [plek.stand for plek in zoals_nu(vraag).plekken.all()] == [stand]


def test_what_was_taken_back_hears_nothing_any_more(vraag):
    with met_sleutel(vraag.pk):
        vraag.trek_in()

    assert [loop_na_op(dag) for dag in (5, 31, 91)] == [[], [], []]


def test_a_mail_that_was_sent_does_not_stay_with_its_address(vraag):
    with met_sleutel(vraag.pk):
        mail_gezin(vraag, "contact_gevraagd")
    loop_na_op(0)
    assert Bericht.objects.filter(aan_adres=GEZIN["email"]).exists()

    verzonden()
    loop_na_op(0)

    assert not Bericht.objects.exists()
