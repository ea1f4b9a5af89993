"""Applying without a place to go to, or for young people from everywhere: asked, read, and kept as a member."""

import pytest

from collectief.gebruikers.models import Rol
from initiatieven.actions import beslis
from initiatieven.forms.aanmelden import AanmeldingForm, na_te_lezen
from initiatieven.gesprek import maak_bezwaar
from initiatieven.lidmaatschap import Oordeel, Stap, Toestand
from initiatieven.models import Aanmelding, AanmeldingLezing
from tests.factories import InitiatiefFactory, RolFactory
from tests.initiatieven.factories import AanmeldingFactory, LocatieFactory
from tests.initiatieven.formulieren import aanmelding_data

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("anders", "online", "landelijk"),
    [
        ({}, False, False),
        ({"is_landelijk": "on"}, False, True),
        ({"is_online": "on"}, True, False),
        ({"is_online": "on", "is_landelijk": "on"}, True, True),
        ({"soort": "online"}, True, False),
    ],
)
def test_the_form_asks_it_and_shows_it_before_it_is_sent(anders, online, landelijk):
    form = AanmeldingForm(aanmelding_data(**anders))

    assert form.is_valid(), form.errors
    gelezen = {antwoord.veld: antwoord.tekst for _, antwoorden in na_te_lezen(form) for antwoord in antwoorden}
    aanmelding = form.bewaar()
    woorden = {True: "ja", False: "nee"}
    assert (aanmelding.is_online, aanmelding.is_landelijk) == (online, landelijk)
    assert (gelezen["is_online"], gelezen["is_landelijk"]) == (woorden[online], woorden[landelijk])


def test_the_first_page_of_the_form_asks_it(client):
    tekst = client.get("/initiatieven/aanmelden/").text

    assert 'name="is_online"' in tekst
    assert 'name="is_landelijk"' in tekst


def _maak_lid(**velden) -> Aanmelding:
    door = RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker
    bestaand = velden.pop("bestaand", None)
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET, **velden)
    AanmeldingLezing.objects.leest(aanmelding, door)
    beslis(aanmelding=aanmelding, stap=Stap.LID_MAKEN, door=door, waarom="Fijn.", initiatief=bestaand)
    return Aanmelding.objects.get(pk=aanmelding.pk)


@pytest.mark.parametrize(
    ("velden", "waar"),
    [
        ({}, (False, False, "7201", "Zutphen")),
        ({"is_landelijk": True}, (False, True, "7201", "Zutphen")),
        ({"is_online": True}, (True, False, "", "")),
        ({"is_online": True, "is_landelijk": True}, (True, True, "", "")),
    ],
)
def test_a_new_member_gets_the_place_it_applied_with(velden, waar):
    plek = _maak_lid(pc4="7201", **velden).initiatief.locaties.get()

    assert (plek.is_online, plek.is_landelijk, plek.pc4, plek.plaats) == waar
    assert (plek.lat is None) == plek.is_online


def test_a_member_that_has_a_place_keeps_it_as_it_is():
    plek = LocatieFactory(initiatief=InitiatiefFactory(lidmaatschap="geen"))

    aanmelding = _maak_lid(is_online=True, bestaand=plek.initiatief, naam=plek.initiatief.naam)

    assert [een.is_online for een in aanmelding.initiatief.locaties.all()] == [False]


def test_who_judges_reads_it(als, beheerder):
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, is_online=True, is_landelijk=True)

    tekst = als(beheerder).get(aanmelding.get_absolute_url()).text

    assert "online, zonder vaste plek" in tekst
    assert "voor jongeren uit heel Nederland" in tekst


def test_an_objection_says_the_same(beheerder):
    eerste = AanmeldingFactory(
        toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET_NIET, is_online=True, is_landelijk=True
    )
    eerste.zet_stap(Stap.AFWIJZEN, door=beheerder, waarom="Te klein.")

    nieuwe = maak_bezwaar(aanmelding=eerste, tekst="Kijk nog eens.")

    assert (nieuwe.is_online, nieuwe.is_landelijk) == (True, True)
