"""For whom a meeting is: who is invited with the group, and who may come without that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bijeenkomsten.actions import meld_aan, nodig_doelgroep_uit, nodig_nieuwkomers_uit, toon_belangstelling
from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.tasks import nodig_wie_erbij_kwam_uit
from collectief.post.actions import leg_klaar
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.factories import RolFactory
from tests.initiatieven.factories import InitiatiefFactory, LocatieFactory

pytestmark = pytest.mark.django_db

# The rule of the collective, written a second time by hand: kind, who is invited as a group, who is welcome.
REGELS = [
    ("landelijk", {"lid", "aangemeld", "verbondgenoot"}, {"lid", "aangemeld", "verbondgenoot"}),
    ("fysiek", {"lid"}, {"lid", "aangemeld"}),
    ("online", {"lid"}, {"lid", "aangemeld"}),
    ("regio", {"lid", "aangemeld"}, {"lid", "aangemeld", "verbondgenoot"}),
    ("thema", set(), {"lid", "aangemeld", "verbondgenoot"}),
    ("op_bezoek", set(), {"lid", "aangemeld"}),
]


@pytest.fixture
def mensen() -> dict:
    """Somebody of each group, in Utrecht, and somebody who is nobody here."""
    bij = {}
    for wat in ("lid", "aangemeld", "gestopt"):
        plek = LocatieFactory(initiatief=InitiatiefFactory(lidmaatschap=wat), provincie="Utrecht")
        bij[wat] = RolFactory(initiatief=plek.initiatief).gebruiker
    bij["verbondgenoot"] = RolFactory(soort="verbondgenoot", initiatief=None).gebruiker
    return bij


@pytest.mark.parametrize(("soort", "uitgenodigd", "welkom"), REGELS)
def test_who_is_invited_and_who_is_welcome_follows_from_the_kind(mensen, soort, uitgenodigd, welkom):
    bijeenkomst = BijeenkomstFactory(soort=soort, link="https://x.example", provincies=["Utrecht"])

    genodigd = {wat for wat, mens in mensen.items() if mens in bijeenkomst.genodigden()}

    assert genodigd == uitgenodigd
    assert {wat for wat, mens in mensen.items() if bijeenkomst.is_welkom(mens)} == welkom


def test_a_region_is_where_the_place_is(mensen):
    bijeenkomst = BijeenkomstFactory(soort="regio", provincies=["Zeeland", "Limburg"])

    assert not bijeenkomst.genodigden()
    assert not bijeenkomst.is_welkom(mensen["lid"])
    assert bijeenkomst.is_welkom(mensen["verbondgenoot"])  # where an ally is, only she knows


def test_who_is_interested_in_a_theme_is_invited_with_the_group_for_her_own_initiative(mensen):
    bijeenkomst = BijeenkomstFactory(soort="thema")
    lid = mensen["lid"]
    toon_belangstelling(bijeenkomst=bijeenkomst, gebruiker=mensen["aangemeld"])
    toon_belangstelling(bijeenkomst=bijeenkomst, gebruiker=lid)
    toon_belangstelling(bijeenkomst=bijeenkomst, gebruiker=mensen["aangemeld"])  # and takes it back

    nodig_doelgroep_uit(bijeenkomst=bijeenkomst)

    uitnodiging = Uitnodiging.objects.get()
    assert (uitnodiging.gebruiker, uitnodiging.initiatief) == (lid, lid.rollen.get().initiatief)


@pytest.mark.parametrize(
    "velden", [{"is_openbaar": False}, {"status": "concept"}, {"status": "afgelast"}], ids=["dicht", "concept", "af"]
)
def test_nobody_is_welcome_at_a_meeting_that_is_closed_or_does_not_come(mensen, velden):
    assert not BijeenkomstFactory(**velden).is_welkom(mensen["lid"])


def test_signing_up_twice_gives_one_invitation(mensen):
    bijeenkomst = BijeenkomstFactory()

    eerste, tweede = (meld_aan(bijeenkomst=bijeenkomst, gebruiker=mensen["lid"]) for _ in range(2))

    assert eerste == tweede
    assert (eerste.antwoord, eerste.initiatief) == ("open", mensen["lid"].rollen.get().initiatief)


def maak_lid(initiatief):
    """As the decision about an application does; its coördinator got her account before."""
    initiatief.lidmaatschap = "lid"
    initiatief.save()


@pytest.mark.parametrize(
    ("waarom", "anders", "groep", "erbij"),
    [
        ("de groep is uitgenodigd", {}, True, 1),
        ("het kernteam nodigde de groep nog niet uit", {}, False, 0),
        ("afgelast", {"status": "afgelast", "afgelast_omdat": "storm"}, True, 0),
        ("al begonnen", {"begint_op": "2026-01-01T10:00Z", "eindigt_op": "2026-01-01T12:00Z"}, True, 0),
    ],
)
def test_the_staff_of_a_new_member_is_invited_to_what_the_members_were_invited_to(mensen, waarom, anders, groep, erbij):
    bijeenkomst = BijeenkomstFactory(soort="fysiek")
    if groep:
        nodig_doelgroep_uit(bijeenkomst=bijeenkomst)
    Bijeenkomst.objects.update(**anders)
    maak_lid(mensen["aangemeld"].rollen.get().initiatief)

    eerst, nog_eens = nodig_nieuwkomers_uit(), nodig_nieuwkomers_uit()

    assert (eerst, nog_eens) == (erbij, 0)
    uitgenodigd = set(Uitnodiging.objects.values_list("gebruiker", flat=True))
    assert (mensen["aangemeld"].pk in uitgenodigd) is bool(erbij)
    assert Bericht.objects.filter(soort="bijeenkomst_uitnodiging", aan=mensen["aangemeld"]).count() == erbij


def test_nobody_is_asked_again_when_nobody_new_came(mensen):
    nodig_doelgroep_uit(bijeenkomst=BijeenkomstFactory(soort="fysiek"))
    post = Bericht.objects.count()

    nodig_wie_erbij_kwam_uit()

    assert Bericht.objects.count() == post


def test_a_new_member_reads_in_the_decision_when_the_collective_meets():
    later = BijeenkomstFactory(titel="Later", soort="landelijk", begint_op=timezone.now() + timedelta(days=60))
    BijeenkomstFactory(titel="Alleen Zeeland", soort="regio", provincies=["Zeeland"])
    eerst = BijeenkomstFactory(titel="Aan tafel", begint_op=timezone.now() + timedelta(days=20))
    woorden = dict.fromkeys(("contactpersoon", "initiatief", "waarom"), "iets")
    leg_klaar(sleutel="lid:1", soort="aanmelding_lid", aan_adres="ans@voorbeeld.example", pad="/", gegevens=woorden)
    bericht = Bericht.objects.get()

    tekst = stel_op(bericht).body
    Bijeenkomst.objects.all().delete()
    zonder = stel_op(bericht).body

    assert f"“Aan tafel”: {eerst.wanneer}" in tekst
    assert f"/bijeenkomsten/{eerst.pk}/" in tekst
    assert later.titel not in tekst
    assert "volgende bijeenkomst" not in zonder
    assert "/bijeenkomsten/ staat wanneer" in zonder
