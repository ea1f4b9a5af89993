"""A year after, nobody can read in the outbox who got which mail, and still no mail goes twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collectief.post.models import BEWAAR, GEWIST, Bericht
from collectief.post.tasks import wis_oude_berichten
from tests.post.postkantoor import leg

pytestmark = pytest.mark.django_db
NET, EEN_JAAR = BEWAAR - timedelta(minutes=5), BEWAAR + timedelta(minutes=5)


def _zo_oud(sleutel: str, hoe_oud: timedelta, toestand: str, **velden) -> Bericht:
    bericht = leg(sleutel, pad="/kaart/contact/mijn/geheim/", **velden)
    Bericht.objects.filter(pk=bericht.pk).update(
        toestand=toestand, aangemaakt_op=timezone.now() - hoe_oud, antwoord_aan="antwoord+geheim@voorbeeld.example"
    )
    return bericht


@pytest.mark.parametrize("toestand", ["verstuurd", "onbestelbaar", "vervallen"])
def test_of_what_was_handled_a_year_ago_only_numbers_stay(toestand):
    bericht = _zo_oud("proef:1", EEN_JAAR, toestand)

    assert wis_oude_berichten() == 1

    bericht.refresh_from_db()
    assert (bericht.aan_adres, bericht.pad, bericht.gegevens, bericht.antwoord_aan) == (GEWIST, "", {}, "")
    assert (bericht.sleutel, bericht.toestand) == ("proef:1", toestand)
    assert wis_oude_berichten() == 0


ALLES = {"aan_adres": "iemand@voorbeeld.example", "gegevens": {"wie": "Demo"}, "pad": "/kaart/"}
ALLES |= {"antwoord_aan": "antwoord+geheim@voorbeeld.example", "agenda": {"titel": "Samen eten"}}
LEEG = {"aan_adres": GEWIST, "gegevens": {}, "pad": "", "antwoord_aan": "", "agenda": None}


@pytest.mark.parametrize("over", ALLES)
def test_whatever_one_thing_is_left_is_erased(over):
    bericht = _zo_oud("proef:1", EEN_JAAR, "verstuurd")
    Bericht.objects.filter(pk=bericht.pk).update(**LEEG | {over: ALLES[over]})

    assert [wis_oude_berichten(), wis_oude_berichten()] == [1, 0]

    bericht.refresh_from_db()
    assert {veld: getattr(bericht, veld) for veld in LEEG} == LEEG


@pytest.mark.parametrize(("hoe_oud", "toestand"), [(NET, "verstuurd"), (EEN_JAAR, "wacht"), (EEN_JAAR, "bezig")])
def test_what_is_younger_or_still_has_to_go_is_left_alone(hoe_oud, toestand):
    bericht = _zo_oud("proef:1", hoe_oud, toestand)

    assert wis_oude_berichten() == 0

    bericht.refresh_from_db()
    assert (bericht.aan_adres, bericht.pad) == ("iemand@voorbeeld.example", "/kaart/contact/mijn/geheim/")


def test_mail_to_an_account_keeps_whose_it_is_for_as_long_as_the_account(begeleider):
    bericht = _zo_oud("proef:1", EEN_JAAR, "verstuurd", aan=begeleider, aan_adres="")

    assert wis_oude_berichten() == 1

    bericht.refresh_from_db()
    assert (bericht.aan, bericht.aan_adres, bericht.pad, bericht.gegevens) == (begeleider, "", "", {})
    assert wis_oude_berichten() == 0


def test_what_was_erased_is_not_sent_anew():
    _zo_oud("proef:1", EEN_JAAR, "verstuurd")
    wis_oude_berichten()

    bericht = leg("proef:1")

    assert Bericht.objects.count() == 1
    assert (bericht.toestand, bericht.aan_adres) == ("verstuurd", GEWIST)
