"""For whom a meeting is: who is invited with the group, and who may come without that."""

import pytest

from bijeenkomsten.actions import meld_aan, nodig_doelgroep_uit, toon_belangstelling
from bijeenkomsten.models import Uitnodiging
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
