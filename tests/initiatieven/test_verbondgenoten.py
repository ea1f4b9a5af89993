"""Allies: found by everybody, kept by core team."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bijeenkomsten.models import Uitnodiging
from initiatieven.models import Verbondgenoot, Verbondgenootcontact
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.initiatieven.factories import VerbondgenootFactory

LIJST = "/initiatieven/verbondgenoten/"
BEHEER = "/initiatieven/verbondgenoten/beheer/"


@pytest.mark.parametrize(
    ("vraag", "namen"),
    [
        ({}, ["Élan", "Zorgkring"]),
        ({"q": "elan"}, ["Élan"]),
        ({"q": "GEMEENTE"}, ["Zorgkring"]),
        ({"q": "koffie"}, ["Élan"]),
        ({"ambassadeur": "on"}, ["Zorgkring"]),
        ({"q": "niets"}, []),
        ({"q": "\x00"}, ["Élan", "Zorgkring"]),
        ({"q": "x" * 500}, ["Élan", "Zorgkring"]),
    ],
)
def test_allies_are_found_by_name_field_and_words(client, db, vraag, namen):
    VerbondgenootFactory(organisatie="Zorgkring", werkveld="gemeente", is_ambassadeur=True)
    VerbondgenootFactory(organisatie="Élan", wat_we_elkaar_brengen="Kennis en koffie.", contact_email="x@elan.example")

    tekst = client.get(LIJST, vraag).text

    assert [naam for naam in ("Élan", "Zorgkring") if f"<h2>{naam}</h2>" in tekst] == namen
    assert "x@elan.example" not in tekst


def test_core_team_adds_an_ally_and_notes_contact(als, kernteamlid):
    ik = als(kernteamlid)
    ik.post(BEHEER, {"organisatie": "Élan", "werkveld": "zorg", "contact_email": "ans@elan.example"})
    verbondgenoot = Verbondgenoot.objects.get()
    pad = f"/initiatieven/verbondgenoten/{verbondgenoot.pk}/"

    ik.post(f"{pad}contact/", {"contact-dag": "2026-09-01", "contact-hoe": "gebeld", "contact-tekst": "Over de regio."})

    tekst = ik.get(pad).text
    assert "Over de regio." in tekst
    assert str(kernteamlid) in tekst
    assert "laatst gesproken op 1 september 2026" in ik.get(BEHEER).text


def test_who_was_not_spoken_with_for_long_stands_first(als, kernteamlid, django_assert_num_queries):
    for naam, dagen in (("Kort", 1), ("Lang", 90), ("Nooit", None)):
        een = VerbondgenootFactory(organisatie=naam)
        if dagen:
            een.contacten.create(hoe="gebeld", dag=timezone.localdate() - timedelta(days=dagen))
    ik = als(kernteamlid)
    ik.get(BEHEER)

    with django_assert_num_queries(5):
        tekst = ik.get(BEHEER).text
    assert tekst.index("Nooit</a>") < tekst.index("Lang</a>") < tekst.index("Kort</a>")


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"organisatie": ""}, "Vul de naam van de organisatie in."),
        ({"organisatie": "Er al"}, "Deze organisatie staat er al."),
        ({"website": "javascript:alert(1)"}, "Vul een webadres in"),
        ({"contact_email": "geen"}, "Dit is geen e-mailadres."),
    ],
)
def test_an_ally_that_is_not_well_formed_is_asked_back(als, kernteamlid, velden, zin):
    VerbondgenootFactory(organisatie="Er al")

    tekst = als(kernteamlid).post(BEHEER, {"organisatie": "Nieuw", "werkveld": "zorg"} | velden).text

    assert zin in tekst
    assert Verbondgenoot.objects.count() == 1


def test_contact_in_the_future_is_asked_back(als, kernteamlid):
    pad = f"/initiatieven/verbondgenoten/{VerbondgenootFactory().pk}/contact/"

    tekst = als(kernteamlid).post(pad, {"contact-dag": "2100-01-01", "contact-hoe": "gebeld"}).text

    assert "Kies een datum tot en met vandaag." in tekst
    assert not Verbondgenootcontact.objects.exists()


def test_allies_are_invited_to_a_meeting_once_and_that_is_noted(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory()
    met = VerbondgenootFactory(contact_email="Ans@elan.example", contactpersoon="Ans")
    zonder = VerbondgenootFactory()
    ik, pad = als(kernteamlid), f"/bijeenkomsten/{bijeenkomst.pk}/uitnodigen/verbondgenoten/"

    assert "Kies een of meer verbondgenoten." in ik.post(pad).text
    ik.post(pad, {"wie": [zonder.pk]})
    assert not Uitnodiging.objects.exists()
    ik.post(pad, {"wie": [met.pk]})
    ik.post(pad, {"wie": [met.pk]})

    assert Uitnodiging.objects.get().naam == "Ans"
    assert met.contacten.get().hoe == "uitgenodigd"
    assert "niemand om uit te nodigen" in ik.get(pad).text
