"""Who may what, written down a second time by hand: each permission, and everybody of the cast for whom it says yes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bijeenkomsten import permissions as bijeenkomsten
from bijeenkomsten.models import Actie, Vraag
from collectief.gebruikers import permissions as gebruikers
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven import permissions as initiatieven
from initiatieven.models import Bladzijdemelding, Bladzijdewijziging
from kaart import permissions as kaart
from tests.bijeenkomsten.factories import BijeenkomstFactory
from tests.factories import RolFactory
from trajecten import permissions as trajecten
from trajecten.models import Betrokkene, Moment

pytestmark = pytest.mark.usefixtures("zaak_van_bestand")

IEDEREEN = ("begeleider", "coordinator", "buitenstaander", "kernteamlid", "beheerder", "verbondgenoot")
MEDEWERKERS = {"begeleider", "coordinator", "buitenstaander"}
BIJ_ONS = {"begeleider", "coordinator"}


@pytest.fixture(scope="module")
def zaak_van_bestand(een_keer):
    with een_keer.schrijf():
        for wie in (*IEDEREEN, "traject"):
            getattr(een_keer.bezetting, wie)


@pytest.fixture
def mensen(bezetting) -> dict[str, Gebruiker]:
    return {naam: getattr(bezetting, naam) for naam in IEDEREEN}


@pytest.fixture
def wie(mensen, kijkt_als):
    """For whom of the cast this permission says yes; each asks it as the database knows her."""

    def vraag(mag, *waarover: object, **bij: object) -> set[str]:
        ja = set()
        for naam, mens in mensen.items():
            kijkt_als(mens)
            uitkomst = mag(mens, *waarover, **bij)
            assert isinstance(uitkomst, bool)
            ja |= {naam} if uitkomst else set()
        return ja

    return vraag


@pytest.mark.parametrize(
    ("mag", "ja"),
    [
        (trajecten.mag_trajecten, MEDEWERKERS),
        (trajecten.mag_hele_initiatief, {"coordinator"}),
        (trajecten.mag_verdelen, {"coordinator"}),
        (bijeenkomsten.mag_plannen, {"kernteamlid"}),
        (bijeenkomsten.mag_antwoorden_zien, {"kernteamlid", "beheerder"}),
        (bijeenkomsten.mag_vraag_inbrengen, MEDEWERKERS),
        (bijeenkomsten.mag_bezoeken, MEDEWERKERS | {"kernteamlid"}),
        (initiatieven.mag_toetsen, {"beheerder"}),
        (initiatieven.mag_gids_meenemen, {"kernteamlid", "beheerder"}),
        (initiatieven.mag_wijzigingen_beslissen, {"beheerder"}),
        (initiatieven.mag_gids_bijhouden, {"kernteamlid"}),
        (kaart.mag_vragen_lezen, MEDEWERKERS),
        (kaart.mag_witte_vlekken_zien, {"kernteamlid"}),
        (gebruikers.mag_uitnodigen, {"coordinator", "beheerder"}),
    ],
    ids=lambda mag: getattr(mag, "__name__", ""),
)
def test_what_a_role_alone_decides(wie, mag, ja):
    assert wie(mag) == ja


@pytest.mark.parametrize(
    ("mag", "ja"),
    [
        (trajecten.mag_begeleiding_wijzigen, BIJ_ONS),
        (trajecten.mag_overdracht_voorstellen, {"coordinator"}),
        (trajecten.mag_over_bewaren_beslissen, {"coordinator"}),
    ],
    ids=lambda mag: getattr(mag, "__name__", ""),
)
def test_a_trajectory_of_ours(wie, traject, mag, ja):
    assert wie(mag, traject) == ja


def test_a_stand_in_does_not_decide_who_counsels(traject, begeleider, coordinator, kijkt_als):
    waarnemer = RolFactory(initiatief=traject.initiatief).gebruiker
    kijkt_als(begeleider)
    Betrokkene.objects.create(traject=traject, gebruiker=waarnemer, rol=Betrokkene.Rol.WAARNEMER)

    kijkt_als(waarnemer)
    assert not trajecten.mag_begeleiding_wijzigen(waarnemer, traject)


@pytest.mark.parametrize(("dagen", "ja"), [(0, {"begeleider"}), (7, {"begeleider"}), (8, set())])
def test_a_moment_is_changed_by_who_wrote_it_through_the_seventh_day(wie, begeleider, dagen, ja):
    moment = Moment(door=begeleider, aangemaakt_op=timezone.now() - timedelta(days=dagen))

    assert wie(trajecten.mag_moment_aanpassen, moment) == ja


@pytest.mark.parametrize(
    ("rol", "van_wie", "mag_begeleiding", "ja"),
    [
        ("ouder", None, False, set(IEDEREEN)),
        ("vaste_begeleider", "begeleider", False, {"begeleider"}),
        ("vaste_begeleider", "begeleider", True, set(IEDEREEN)),
    ],
)
def test_a_farewell(wie, mensen, rol, van_wie, mag_begeleiding, ja):
    mens = Betrokkene(rol=rol, gebruiker=mensen.get(van_wie))

    assert wie(trajecten.mag_afscheid_noteren, mens, mag_begeleiding=mag_begeleiding) == ja


@pytest.mark.parametrize(
    ("mag", "zolang_open", "daarna"),
    [
        (bijeenkomsten.is_van_ons, BIJ_ONS, BIJ_ONS),
        (bijeenkomsten.mag_vraag_wijzigen, BIJ_ONS, set()),
        (bijeenkomsten.mag_vraag_samenvoegen, BIJ_ONS | {"kernteamlid"}, set()),
        (bijeenkomsten.mag_vraag_steunen, {"buitenstaander"}, set()),
    ],
    ids=lambda mag: getattr(mag, "__name__", ""),
)
def test_a_question_for_a_meeting(wie, initiatief, mag, zolang_open, daarna):
    assert wie(mag, Vraag(initiatief=initiatief, stand="ingebracht")) == zolang_open
    assert wie(mag, Vraag(initiatief=initiatief, stand="beantwoord")) == daarna


def test_who_stands_at_the_door(wie, initiatief, verbondgenoot):
    bijeenkomst = BijeenkomstFactory()

    assert wie(bijeenkomsten.mag_ontvangen, bijeenkomst) == {"kernteamlid"}
    bijeenkomst.trekkers.add(verbondgenoot)
    assert wie(bijeenkomsten.mag_ontvangen, bijeenkomst) == {"kernteamlid", "verbondgenoot"}
    bijeenkomst.gastheer = initiatief
    assert wie(bijeenkomsten.mag_ontvangen, bijeenkomst) == BIJ_ONS | {"kernteamlid", "verbondgenoot"}


def test_a_promise_is_kept_by_who_made_it(wie, verbondgenoot):
    assert wie(bijeenkomsten.mag_actie_afronden, Actie(eigenaar=verbondgenoot)) == {"kernteamlid", "verbondgenoot"}


def test_the_page_of_an_initiative(wie, mensen, initiatief):
    melding = Bladzijdemelding(initiatief=initiatief)

    assert wie(initiatieven.mag_stoppen, initiatief) == {"coordinator"}
    assert wie(initiatieven.mag_geschiedenis_zien, initiatief) == BIJ_ONS | {"beheerder"}
    assert wie(initiatieven.mag_melding_afhandelen, melding) == BIJ_ONS | {"kernteamlid"}
    for welke in (initiatieven.eigen_initiatieven, kaart.gevraagde_initiatieven):
        assert {naam for naam, mens in mensen.items() if initiatief.pk in welke(mens)} == BIJ_ONS


def test_an_admin_decides_about_a_change_that_is_not_her_own(wie, initiatief, begeleider, beheerder):
    van_haar, van_mij = (Bladzijdewijziging(initiatief=initiatief, door=door) for door in (begeleider, beheerder))

    assert wie(initiatieven.mag_wijziging_beslissen, van_haar) == {"beheerder"}
    assert wie(initiatieven.mag_wijziging_beslissen, van_mij) == set()


def test_an_admin_who_keeps_the_page_leaves_its_changes_to_another(initiatief, begeleider, beheerder):
    wijziging = Bladzijdewijziging(initiatief=initiatief, door=begeleider)
    RolFactory(gebruiker=beheerder, initiatief=initiatief)

    assert not initiatieven.mag_wijziging_beslissen(Gebruiker.objects.get(pk=beheerder.pk), wijziging)


@pytest.mark.parametrize(
    ("soort", "bij_ons", "elders"),
    [
        ("begeleider", {"coordinator", "beheerder"}, {"beheerder"}),
        ("coordinator", {"coordinator", "beheerder"}, {"beheerder"}),
        ("kernteam", {"beheerder"}, {"beheerder"}),
        ("beheerder", {"beheerder"}, {"beheerder"}),
        ("verbondgenoot", {"beheerder"}, {"beheerder"}),
    ],
)
def test_who_invites_whom(wie, initiatief, ander_initiatief, soort, bij_ons, elders):
    assert wie(gebruikers.mag_uitnodigen_voor, soort, initiatief.pk) == bij_ons
    assert wie(gebruikers.mag_uitnodigen_voor, soort, ander_initiatief.pk) == elders
    assert wie(gebruikers.mag_uitnodigen_voor, soort, None) == {"beheerder"}


@pytest.mark.parametrize(
    ("van", "ja"),
    [
        ("begeleider", {"coordinator", "beheerder"}),
        ("coordinator", {"beheerder"}),
        ("buitenstaander", {"beheerder"}),
        ("beheerder", set()),
    ],
)
def test_nobody_ends_a_role_of_her_own(wie, mensen, van, ja):
    assert wie(gebruikers.mag_beeindigen, Rol.objects.get(gebruiker=mensen[van])) == ja
