"""Nobody is ever left alone: who leaves gives away what waits, and the coördinator divides the rest."""

import threading
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.gebruikers.models import Gebruiker, Rol, RolNogNodig
from collectief.post.models import Bericht, Berichtdeel
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import ochtend
from tests.factories import RolFactory
from tests.samen import tegelijk
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import draag_over, neem_afscheid, spreek_nazorg_af
from trajecten.herinneringen import zet_klaar
from trajecten.models import Betrokkene, Contactmoment, Traject


@pytest.fixture
def collega(initiatief):
    return RolFactory(initiatief=initiatief, gebruiker__naam="Zoë Collega").gebruiker


@pytest.fixture
def contact(traject, begeleider):
    """Contact that waits with begeleider."""
    with als_gebruiker(begeleider.pk):
        return spreek_nazorg_af(
            traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"]
        ).contactmomenten.get()


def laat_waarnemen(traject, *, door, wie) -> None:
    with als_gebruiker(door.pk):
        Betrokkene(traject=traject, gebruiker=wie, rol="waarnemer").save(force_insert=True)


def eigenaar_van(contact, kijker) -> Gebruiker:
    with als_gebruiker(kijker.pk):
        return Contactmoment.objects.select_related("eigenaar").get(pk=contact.pk).eigenaar


def vertrekt(gebruiker, hoe: str) -> None:
    if hoe == "rol":
        gebruiker.rollen.get().beeindig()
    elif hoe == "rij weg":
        gebruiker.rollen.get().delete()
    else:
        Gebruiker.objects.filter(pk=gebruiker.pk).update(is_active=False)


# --- Leaving --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hoe", ["rol", "rij weg", "account"])
def test_who_leaves_gives_what_waits_to_the_stand_in(traject, contact, begeleider, coordinator, collega, hoe):
    laat_waarnemen(traject, door=begeleider, wie=collega)

    vertrekt(begeleider, hoe)

    assert eigenaar_van(contact, coordinator) == collega


@pytest.mark.parametrize("hoe", ["rol", "account"])
def test_without_a_stand_in_the_coordinator_has_what_waits(traject, contact, begeleider, coordinator, hoe):
    vertrekt(begeleider, hoe)

    assert eigenaar_van(contact, coordinator) == coordinator


def test_a_stand_in_who_left_herself_is_passed_over(traject, contact, begeleider, coordinator, collega):
    laat_waarnemen(traject, door=begeleider, wie=collega)
    collega.rollen.get().beeindig()

    begeleider.rollen.get().beeindig()

    assert eigenaar_van(contact, coordinator) == coordinator


def test_her_part_ends_that_same_day_and_stays_readable(traject, contact, begeleider, coordinator, kijkt_als):
    begeleider.rollen.get().beeindig()

    kijkt_als(coordinator)
    mens = traject.betrokkenen.get()
    assert (mens.gebruiker, mens.rol, mens.tot is None) == (begeleider, "vaste_begeleider", False)


def test_contact_that_was_had_stays_hers(traject, contact, begeleider, coordinator):
    with als_gebruiker(begeleider.pk):
        contact.rond_af("gesproken")

    begeleider.rollen.get().beeindig()

    assert eigenaar_van(contact, coordinator) == begeleider


def test_a_coordinator_who_counsels_too_keeps_what_waits(traject, contact, begeleider, initiatief, kijkt_als):
    RolFactory(gebruiker=begeleider, initiatief=initiatief, soort=Rol.Soort.COORDINATOR)

    begeleider.rollen.get(soort="begeleider").beeindig()

    assert eigenaar_van(contact, begeleider) == begeleider


def test_leaving_one_place_leaves_the_other_alone(traject, contact, begeleider, coordinator, ander_initiatief):
    elders = RolFactory(gebruiker=begeleider, initiatief=ander_initiatief)
    RolFactory(initiatief=ander_initiatief, soort=Rol.Soort.COORDINATOR)

    elders.beeindig()

    assert eigenaar_van(contact, begeleider) == begeleider


def test_mail_that_was_not_sent_yet_goes_to_who_takes_over(traject, contact, begeleider, coordinator, collega):
    laat_waarnemen(traject, door=begeleider, wie=collega)
    with time_machine.travel(ochtend(contact.gepland_op, 10)):
        zet_klaar()
    wachtte = set(Bericht.objects.filter(soort="herinnering").values_list("aan", "toestand"))

    begeleider.rollen.get().beeindig()

    assert wachtte == {(begeleider.pk, "wacht")}
    assert set(Bericht.objects.filter(soort="herinnering").values_list("aan", "toestand")) == {
        (begeleider.pk, "vervallen"),
        (collega.pk, "wacht"),
    }


def test_mail_that_comes_back_to_its_first_reader_waits_again(traject, contact, begeleider, collega, kijkt_als):
    with time_machine.travel(ochtend(contact.gepland_op, 10)):
        zet_klaar()
    kijkt_als(begeleider)
    laat_waarnemen(traject, door=begeleider, wie=collega)
    kijkt_als(begeleider)

    for aan in (collega, begeleider):
        traject.contactmomenten.geef_door(aan=aan)

    assert set(Bericht.objects.filter(soort="herinnering").values_list("aan", "toestand")) == {
        (begeleider.pk, "wacht"),
        (collega.pk, "vervallen"),
    }


def test_of_a_mail_about_several_things_only_the_part_that_moves_goes_along(
    traject, contact, begeleider, collega, initiatief, kijkt_als
):
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Yara")
    with als_gebruiker(begeleider.pk):
        spreek_nazorg_af(traject=ander, vormen=["gezin"], door=begeleider, ritme=["week_1"])
    with time_machine.travel(ochtend(contact.gepland_op, 10)):
        zet_klaar()
    groepen = list(Bericht.objects.filter(soort="herinnering").values_list("groep", flat=True))
    samen = Bericht.objects.create(sleutel="samen", soort="herinnering", aan=begeleider)
    Berichtdeel.objects.bulk_create(Berichtdeel(bericht=samen, groep=groep) for groep in groepen)
    Bericht.objects.exclude(pk=samen.pk).delete()
    kijkt_als(begeleider)

    traject.contactmomenten.geef_door(aan=collega)
    een = (Bericht.objects.get(pk=samen.pk).toestand, samen.delen.filter(is_vervallen=True).count())
    ander.contactmomenten.geef_door(aan=collega)

    samen.refresh_from_db()
    assert (een, samen.toestand) == (("wacht", 1), "vervallen")
    assert set(Bericht.objects.filter(aan=collega).values_list("groep", "toestand")) == {(g, "wacht") for g in groepen}


def test_an_admin_who_may_see_no_trajectory_ends_the_role_just_as_well(
    als, beheerder, traject, contact, begeleider, coordinator
):
    als(beheerder).post(reverse("gebruikers:beeindig", args=[begeleider.rollen.get().pk]))

    assert eigenaar_van(contact, coordinator) == coordinator


def test_after_leaving_the_task_of_leaving_is_over(traject, contact, begeleider, coordinator, kijkt_als):
    kijkt_als(None)
    begeleider.rollen.get().beeindig()

    assert Contactmoment.objects.count() == 0


def weigert_de_database() -> None:
    """The end of this transaction is refused; the test undoes it."""
    with pytest.raises(IntegrityError, match="Dan staat er een jongere zonder"), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


# --- Never without somebody -----------------------------------------------------------------------------------------


def test_the_last_one_cannot_leave(als, beheerder, traject, begeleider):
    rol = begeleider.rollen.get()

    antwoord = als(beheerder).post(reverse("gebruikers:beeindig", args=[rol.pk]), follow=True)

    rol.refresh_from_db()
    assert "Zorg eerst voor een van die twee." in antwoord.text
    assert rol.tot is None


def test_the_coordinator_cannot_leave_while_she_alone_carries(traject, begeleider, coordinator):
    begeleider.rollen.get().beeindig()

    with pytest.raises(RolNogNodig, match="Dan staat er een jongere zonder"):
        coordinator.rollen.get().beeindig()


def test_the_coordinator_leaves_freely_while_everybody_has_a_counsellor(traject, begeleider, coordinator):
    coordinator.rollen.get().beeindig()

    assert coordinator.rollen.get().tot


def test_the_technical_admin_says_that_an_account_cannot_close_yet(als, traject, begeleider, settings):
    baas = Gebruiker.objects.create_superuser("baas@voorbeeld.example", None, naam="Baas")
    adres = f"/{settings.BEHEER_PAD}gebruikers/gebruiker/{begeleider.pk}/change/"

    antwoord = als(baas).post(adres, {"email": begeleider.email, "naam": "Bo"}, secure=True)

    begeleider.refresh_from_db()
    assert "Zorg eerst voor een van die twee." in antwoord.text
    assert begeleider.is_active


def test_the_database_refuses_a_steady_counsellor_who_just_stops(traject, begeleider, kijkt_als):
    kijkt_als(begeleider)

    traject.betrokkenen.update(tot=timezone.localdate())

    weigert_de_database()


def test_the_database_refuses_a_trajectory_that_begins_without_anybody(begeleider, initiatief, kijkt_als):
    traject = maak_traject(door=begeleider, initiatief=initiatief)
    kijkt_als(begeleider)

    Traject(jongere_id=traject.jongere_id, initiatief=initiatief).save(force_insert=True)

    weigert_de_database()


@pytest.mark.django_db(transaction=True)
def test_the_last_two_cannot_leave_at_the_same_moment(traject, begeleider, coordinator):
    hek = threading.Barrier(2, timeout=20)

    def ga_weg(rol: Rol) -> str:
        with transaction.atomic():
            Rol.objects.filter(pk=rol.pk).update(tot=timezone.localdate())
            hek.wait()
        return "weg"

    rollen = [mens.rollen.get() for mens in (begeleider, coordinator)]
    uitkomsten = tegelijk(*(partial(ga_weg, rol) for rol in rollen), weigert=IntegrityError)

    assert [uitkomst == "weg" for uitkomst in uitkomsten].count(True) == 1
    assert Rol.objects.nu().filter(soort__in=Rol.BIJ_INITIATIEF).count() == 1


HANDELINGEN = st.lists(
    st.tuples(st.sampled_from(["weg", "terug", "draag over", "neem waar", "afscheid"]), st.integers(0, 3)),
    min_size=1,
    max_size=10,
)


@given(handelingen=HANDELINGEN)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_comes_or_goes_what_waits_is_with_somebody_who_works_here(
    traject, contact, begeleider, coordinator, collega, initiatief, handelingen
):
    with transaction.atomic():
        ploeg = [begeleider, coordinator, collega, RolFactory(initiatief=initiatief).gebruiker]
        for wat, nummer in handelingen:
            probeer(wat, ploeg[nummer], traject, initiatief)
            connection.check_constraints()
            controleer(traject, contact, ploeg)
        transaction.set_rollback(True)


def kijker(ploeg) -> Gebruiker:
    """Somebody for whom the trajectory is open now."""
    for mens in ploeg:
        with als_gebruiker(mens.pk):
            if Traject.objects.exists():
                return mens
    raise AssertionError("nobody sees the trajectory")


def probeer(wat, mens, traject, initiatief) -> None:
    """Try one thing; a refusal is a fine answer."""
    is_hier = mens.rollen.nu().exists()
    if wat == "weg" and is_hier:
        try:
            mens.rollen.nu().get().beeindig()
        except RolNogNodig:
            return
    elif wat == "terug" and not is_hier:
        RolFactory(gebruiker=mens, initiatief=initiatief)
    elif wat in {"draag over", "neem waar"} and is_hier:
        collegas = Gebruiker.objects.filter(rollen__in=Rol.objects.nu().filter(initiatief=initiatief))
        with als_gebruiker(kijker(collegas).pk):
            if wat == "draag over":
                draag_over(traject=traject, aan=mens, blijft_waarnemer=bool(mens.pk % 2))
            elif not traject.betrokkenen.nu().filter(gebruiker=mens).exists():
                Betrokkene(traject=traject, gebruiker=mens, rol="waarnemer").save(force_insert=True)
    elif wat == "afscheid" and is_hier:
        with als_gebruiker(mens.pk):
            for deel in traject.betrokkenen.nu().filter(gebruiker=mens):
                neem_afscheid(betrokkene=deel)


def controleer(traject, contact, ploeg) -> None:
    with als_gebruiker(kijker(ploeg).pk):
        eigenaar = Contactmoment.objects.get(pk=contact.pk).eigenaar
        werkend = traject.betrokkenen.vaste_begeleiders().werkend().exists()
        nu = traject.betrokkenen.nu().filter(rol__in=Betrokkene.BEGELEIDENDE_ROLLEN)
        assert not nu.exclude(gebruiker__rollen__tot=None).exists()
    assert eigenaar.rollen.nu().exists()
    assert werkend or Rol.objects.nu().filter(soort="coordinator").exists()
