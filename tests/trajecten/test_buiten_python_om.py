"""What the database holds by itself about people, consent and handover: each was broken once, and nobody saw it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.kring import NIETS, kies_foto, tel, zeg_ja_tegen, zet
from tests.trajecten.momenten import vul_momenten
from tests.trajecten.test_overdracht_bewaakt import probeer
from tests.trajecten.test_overdracht_paginas import adres, naar_buiten
from trajecten.actions import spreek_nazorg_af
from trajecten.kring import kies_stukken
from trajecten.models import (
    Betrokkene,
    Contactmoment,
    Overdracht,
    Overdrachtafspraak,
    OverdrachtGeweigerd,
    Overdrachtstuk,
    Toestemming,
)

__all__ = ["naar_buiten"]


def geldt(traject, doel: str, *, betrokkene=None, initiatief=None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT toestemming_geldt(%s, %s, %s, %s, amsterdam_vandaag())",
            [traject.pk, doel, betrokkene and betrokkene.pk, initiatief and initiatief.pk],
        )
        return cursor.fetchone()[0]


@pytest.fixture
def mens_van_ander(begeleider, initiatief) -> Betrokkene:
    """A parent around another young person of the same counsellor."""
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    with als_gebruiker(begeleider.pk):
        mens = Betrokkene(traject=ander, naam="Iemand anders", rol="ouder")
        mens.save(force_insert=True)
    return mens


# --- Steps that Python would have stopped -----------------------------------------------------------------------------


@pytest.mark.parametrize(("van", "naar"), [("toestemming", "voorbereid"), ("samen_op_weg", "overgedragen")])
def test_without_consent_the_database_takes_no_step(tot, coordinator, kijkt_als, van, naar):
    tot(van)
    kijkt_als(coordinator)
    Toestemming.objects.get().trek_in(coordinator)

    assert probeer(stand=naar) == "geweigerd"
    assert probeer(stand="ingetrokken") == "gelukt"


def test_the_giving_side_does_not_receive_in_the_name_of_the_other(tot, coordinator, buitenstaander, kijkt_als):
    tot("voorbereid")
    kijkt_als(coordinator)

    assert probeer(stand="ontvangen", nieuwe_begeleider=buitenstaander) == "geweigerd"


@pytest.mark.parametrize("wie", ["begeleider", "daar"])
def test_nobody_but_the_giving_coordinator_takes_the_last_step(tot, kijkt_als, request, wie):
    tot("samen_op_weg")
    kijkt_als(request.getfixturevalue(wie))

    assert probeer(stand="overgedragen") == "geweigerd"


def test_a_place_of_another_trajectory_is_no_destination(traject, coordinator, initiatief, mens_van_ander, kijkt_als):
    kijkt_als(coordinator)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Overdracht(traject=traject, van=initiatief, plek=mens_van_ander, door=coordinator).save(force_insert=True)


# --- What the other side reads ----------------------------------------------------------------------------------------


def test_who_was_named_and_left_reads_nothing(tot, buitenstaander, kijkt_als):
    tot("ontvangen")
    buitenstaander.rollen.get().beeindig()

    kijkt_als(buitenstaander)
    assert (Overdracht.objects.count(), Overdrachtstuk.objects.count()) == (0, 0)


def test_what_stopped_before_it_was_prepared_was_never_there(tot, coordinator, daar, kijkt_als):
    zet(tot("toestemming"), "ingetrokken", door=coordinator)

    kijkt_als(daar)
    assert Overdracht.objects.count() == 0


def test_the_receiver_takes_no_agreement_of_the_other_side_away(tot, coordinator, daar, kijkt_als):
    overdracht = tot("ontvangen")
    with als_gebruiker(coordinator.pk):
        Overdrachtafspraak.objects.create(overdracht=overdracht, kant="gever", tekst="We bellen.", door=coordinator)

    kijkt_als(daar)
    assert Overdrachtafspraak.objects.all().delete()[0] == 0


def test_who_will_counsel_is_shown_no_step_to_take(als, buitenstaander, daar, tot):
    pagina = adres(tot("ontvangen"), "hierheen")

    assert "Hoe gaat het verder?" in als(daar).get(pagina).text
    assert "Hoe gaat het verder?" not in als(buitenstaander).get(pagina).text


def test_who_stands_on_both_sides_still_gets_only_what_was_chosen(als, begeleider, daar, initiatief, tot, traject):
    overdracht = tot("voorbereid")
    gekozen = kies_foto(overdracht)
    RolFactory(gebruiker=daar, initiatief=initiatief, soort=Rol.Soort.COORDINATOR)
    with als_gebruiker(begeleider.pk):
        ander = vul_momenten(traject, begeleider)["foto"]["foto_pk"]
    paginas = [reverse("trajecten:overdracht_foto", args=[overdracht.pk, foto]) for foto in (gekozen, ander)]

    assert [als(daar).get(pagina).status_code for pagina in paginas] == [200, 404]


# --- When it is finished ----------------------------------------------------------------------------------------------


def test_after_the_end_nothing_is_chosen_any_more(tot, coordinator):
    overdracht = tot("voorbereid")
    zet(overdracht, "ingetrokken", door=coordinator)

    with als_gebruiker(coordinator.pk), pytest.raises(OverdrachtGeweigerd, match="klaar en verandert niet meer"):
        kies_stukken(overdracht=overdracht, getoond=[], gekozen={"roepnaam"}, door=coordinator)


def test_after_the_end_nothing_is_agreed_any_more(als, coordinator, naar_buiten, kijkt_als):
    for naar in ("toestemming", "voorbereid", "samen_op_weg", "overgedragen"):
        zet(naar_buiten, naar, door=coordinator)

    antwoord = als(coordinator).post(adres(naar_buiten), {"soort": "afspraak", "kant": "gever", "tekst": "Nog iets."})

    kijkt_als(coordinator)
    assert antwoord.status_code == 200
    assert [afspraak.tekst for afspraak in Overdrachtafspraak.objects.all()] == ["Een vaste collega."]


# --- Consent ----------------------------------------------------------------------------------------------------------


def test_a_yes_to_one_initiative_is_none_to_another(traject, begeleider, initiatief, ander_initiatief, kijkt_als):
    kijkt_als(begeleider)
    zeg_ja_tegen(traject, ander_initiatief, door=begeleider)

    assert geldt(traject, "overdracht", initiatief=ander_initiatief)
    assert not geldt(traject, "overdracht", initiatief=initiatief)


def test_a_parent_who_is_gone_is_not_asked_any_more(traject, gezin, zeg_ja):
    zeg_ja("overleg", "school", "jongere", "moeder")
    eerst = geldt(traject, "overleg", betrokkene=gezin["school"])
    Betrokkene.objects.filter(pk=gezin["vader"].pk).update(tot=timezone.localdate())

    assert (eerst, geldt(traject, "overleg", betrokkene=gezin["school"])) == (False, True)


@pytest.mark.parametrize("rol", ["betrokkene", "namens"])
def test_people_of_another_young_person_have_no_say_here(traject, begeleider, mens_van_ander, kijkt_als, gezin, rol):
    kijkt_als(begeleider)
    rij = {"betrokkene": gezin["school"], rol: mens_van_ander}

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Toestemming.objects.create(
            traject=traject, doel="overleg", geldig_tot=timezone.localdate(), door=begeleider, **rij
        )


# --- People -----------------------------------------------------------------------------------------------------------


def test_a_stand_in_comes_before_another_steady_counsellor(traject, begeleider, coordinator, initiatief, kijkt_als):
    waarnemer, tweede = (RolFactory(initiatief=initiatief).gebruiker for _ in range(2))
    kijkt_als(begeleider)
    spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"])
    eerder = timezone.localdate() - timedelta(days=9)
    Betrokkene(traject=traject, gebruiker=tweede, rol="vaste_begeleider", van=eerder).save(force_insert=True)
    Betrokkene(traject=traject, gebruiker=waarnemer, rol="waarnemer").save(force_insert=True)

    begeleider.rollen.get().beeindig()

    kijkt_als(coordinator)
    assert Contactmoment.objects.get().eigenaar == waarnemer


def test_a_coordinator_whose_role_ended_sees_nothing_at_all(tot, coordinator, kijkt_als):
    tot("voorgesteld")
    coordinator.rollen.get().beeindig()

    kijkt_als(coordinator)
    assert tel() == NIETS
