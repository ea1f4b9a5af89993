"""Anybody may say that something on a page is not right, and hears what was done."""

import pytest
from django.db import IntegrityError, transaction

from collectief.post.models import Bericht
from initiatieven.meldingen import handel_af
from initiatieven.models import Bladzijdemelding

PAD = "/initiatieven/de-wilgenhoek/klopt-niet/"
MELDING = {"wat": "contact", "tekst": "Het nummer is van iemand anders.", "email": "Bo@voorbeeld.example"}


def test_a_report_goes_to_who_keeps_the_page_and_to_core_team(client, als, coordinator, kernteamlid, initiatief):
    assert PAD in client.get(initiatief.get_absolute_url()).text

    client.post(PAD, MELDING)

    bericht = Bericht.objects.get()
    assert (bericht.aan, bericht.soort) == (coordinator, "bladzijdemelding")
    assert "nummer" not in str(bericht.gegevens)
    for wie, pad in ((coordinator, "/initiatieven/beheer/"), (kernteamlid, "/initiatieven/overzicht/")):
        tekst = als(wie).get(pad).text
        assert "Het nummer is van iemand anders." in tekst
        assert "voorbeeld.example</" not in tekst


@pytest.mark.parametrize("wie", ["coordinator", "kernteamlid"])
def test_the_reporter_hears_what_was_done_and_her_address_is_gone(request, als, initiatief, wie):
    melding = Bladzijdemelding.objects.create(initiatief=initiatief, **MELDING)

    als(request.getfixturevalue(wie)).post(f"/initiatieven/melding/{melding.pk}/", {"antwoord": "Rechtgezet."})

    bericht = Bericht.objects.get(aan_adres="Bo@voorbeeld.example")
    assert bericht.gegevens["antwoord"] == "Rechtgezet."
    melding.refresh_from_db()
    assert (melding.email, melding.antwoord) == ("", "Rechtgezet.")
    assert not Bladzijdemelding.objects.open().exists()


def test_without_an_answer_or_twice_nothing_happens(als, kernteamlid, coordinator, initiatief):
    melding = Bladzijdemelding.objects.create(initiatief=initiatief, **MELDING)

    tekst = als(kernteamlid).post(f"/initiatieven/melding/{melding.pk}/", {"antwoord": " "}, follow=True).text
    assert "Schrijf in één zin wat je ermee deed." in tekst
    assert handel_af(melding=melding, antwoord="Gedaan.", door=coordinator)
    assert not handel_af(melding=melding, antwoord="Nog eens.", door=kernteamlid)
    assert Bericht.objects.count() == 1


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"wat": ""}, "Kies wat er niet klopt."),
        ({"wat": "onzin"}, "onzin"),
        ({"wat": "anders", "tekst": " "}, "Schrijf in één zin wat er niet klopt."),
        ({"email": "geen adres"}, "Dit is geen e-mailadres."),
        ({"tekst": "x" * 1001}, "1000"),
    ],
)
def test_what_makes_no_sense_is_asked_back_and_nothing_typed_is_lost(client, initiatief, velden, zin):
    tekst = client.post(PAD, MELDING | velden).text

    assert zin in tekst
    assert (MELDING | velden)["email"] in tekst
    assert not Bladzijdemelding.objects.exists()


def test_a_robot_is_thanked_and_not_kept(client, initiatief):
    assert client.post(PAD, MELDING | {"onderwerp": "Koop nu"}).url == "/initiatieven/de-wilgenhoek/gemeld/"
    assert not Bladzijdemelding.objects.exists()


def test_many_reports_from_one_place_have_to_wait(client, initiatief, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "melding": "2/h/ip"}
    for _ in range(2):
        client.post(PAD, MELDING)

    tekst = client.post(PAD, MELDING).text

    assert "Wacht een uur" in tekst
    assert "Het nummer is van iemand anders." in tekst
    assert Bladzijdemelding.objects.count() == 2


@pytest.mark.parametrize("wie", ["buitenstaander", "beheerder", "verbondgenoot"])
def test_others_do_not_handle_a_report(request, als, initiatief, wie):
    melding = Bladzijdemelding.objects.create(initiatief=initiatief, **MELDING)

    adres = f"/initiatieven/melding/{melding.pk}/"
    assert als(request.getfixturevalue(wie)).post(adres, {"antwoord": "x"}).status_code == 404


def test_the_database_keeps_no_address_of_a_report_that_is_done(initiatief, beheerder):
    melding = Bladzijdemelding.objects.create(initiatief=initiatief, **MELDING)
    klaar = {"afgehandeld_op": melding.op, "afgehandeld_door": beheerder, "antwoord": "x"}

    with pytest.raises(IntegrityError, match="bladzijdemelding_afgehandeld"), transaction.atomic():
        Bladzijdemelding.objects.filter(pk=melding.pk).update(**klaar)
