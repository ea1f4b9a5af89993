"""The board of an initiative: what was forgotten, what stays lying, and what our own mail did not bring."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.post.actions import meld_af
from collectief.post.models import Afmelding, Bericht
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.klok import DONDERDAG, om
from trajecten.herinneringen import zet_klaar
from trajecten.models import Contactmoment, NazorgAfspraak

BORD = "/trajecten/bord/"


@pytest.fixture
def plan(klok, begeleider, initiatief):
    def doe(roepnaam: str, dag: date = DONDERDAG, door=begeleider, bij=initiatief) -> None:
        traject = maak_traject(door=door, initiatief=bij, roepnaam=roepnaam)
        with als_gebruiker(door.pk):
            afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=door)
            Contactmoment.plan_op(afspraak=afspraak, dag=dag, eigenaar=door)

    return doe


def onbestelbaar(aan, soort="herinnering", **velden) -> Bericht:
    return Bericht.objects.create(sleutel=f"{soort}:{aan.pk}", soort=soort, aan=aan, toestand="onbestelbaar", **velden)


def test_a_flame_that_waited_for_thirty_days_stands_on_the_board(klok, plan, als, coordinator):
    plan("Noor")
    plan("Sem", date(2027, 7, 8))
    klok.move_to(om("2027-07-20T10:00"))
    zet_klaar()

    tekst = als(coordinator).get(BORD).text

    vergeten, wacht = tekst.split("Wacht al even")
    assert "Noor" in vergeten
    assert "Sem" in wacht


@pytest.mark.parametrize(("aantal", "staat_er"), [(2, False), (3, True)])
def test_the_board_says_when_it_does_not_show_everything(klok, plan, als, coordinator, monkeypatch, aantal, staat_er):
    monkeypatch.setattr("trajecten.views.planning.PER_LIJST", 2)
    for nummer in range(aantal):
        plan(f"Jongere {nummer}")
    klok.move_to(om("2027-07-20T10:00"))
    zet_klaar()

    assert ("Er staat nog meer." in als(coordinator).get(BORD).text) == staat_er


def test_the_board_of_another_initiative_stays_there(klok, plan, als, coordinator, buitenstaander, ander_initiatief):
    plan("Elders", door=buitenstaander, bij=ander_initiatief)
    onbestelbaar(buitenstaander)
    klok.move_to(om("2027-07-20T10:00"))
    zet_klaar()

    tekst = als(coordinator).get(BORD).text

    assert "Elders" not in tekst
    assert "Bas Buiten" not in tekst


@pytest.mark.parametrize("wie", ["begeleider", "kernteamlid", "beheerder"])
def test_for_who_coordinates_nothing_there_is_no_board_and_nothing_to_take_off(als, begeleider, request, wie):
    bericht = onbestelbaar(begeleider)
    client = als(request.getfixturevalue(wie))

    assert client.get(BORD).status_code == 404
    assert client.post(f"{BORD}gezien/{bericht.pk}/").status_code == 404
    assert Bericht.objects.get().gezien_op is None


def test_an_empty_board_reads_as_good_news(als, coordinator):
    tekst = als(coordinator).get(BORD).text

    assert "Er is geen vlammetje vergeten. Mooi zo." in tekst
    assert "Alles kwam aan." in tekst


def test_mail_that_could_not_be_delivered_is_shown_until_somebody_saw_it(als, coordinator, begeleider):
    bericht = onbestelbaar(begeleider)
    client = als(coordinator)
    eerst = client.get(BORD).text

    client.post(f"/trajecten/bord/gezien/{bericht.pk}/")

    assert "Bo Begeleider" in eerst
    assert "Alles kwam aan." in client.get(BORD).text


@pytest.mark.parametrize("soort", ["tekst", "bijeenkomst_uitnodiging"])
def test_other_mail_that_came_back_is_not_for_this_board(als, coordinator, begeleider, soort):
    onbestelbaar(begeleider, soort=soort)

    assert "Alles kwam aan." in als(coordinator).get(BORD).text


def test_mail_of_somebody_elses_staff_cannot_be_taken_off(als, coordinator, buitenstaander):
    bericht = onbestelbaar(buitenstaander)

    assert als(coordinator).post(f"/trajecten/bord/gezien/{bericht.pk}/").status_code == 404
    assert Bericht.objects.get().gezien_op is None


def test_the_board_says_that_mail_is_late(als, coordinator, begeleider):
    Bericht.objects.create(
        sleutel="x", soort="herinnering", aan=begeleider, versturen_vanaf=timezone.now() - timedelta(minutes=16)
    )

    assert "Onze mail loopt achter" in als(coordinator).get(BORD).text


def test_the_board_says_who_wants_no_mail(als, coordinator, begeleider):
    meld_af(gebruiker_id=begeleider.pk, soort=Afmelding.Soort.HERINNERINGEN)

    assert "Bo Begeleider wil geen mail" in als(coordinator).get(BORD).text


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_board_takes_as_many_queries_however_much_stands_on_it(
    klok, plan, als, coordinator, begeleider, aantal, django_assert_num_queries
):
    for nummer in range(aantal):
        plan(f"Jongere {nummer}")
        RolFactory(gebruiker=coordinator, soort=Rol.Soort.COORDINATOR)
    onbestelbaar(begeleider)
    klok.move_to(om("2027-07-20T10:00"))
    zet_klaar()
    client = als(coordinator)

    with django_assert_num_queries(10):
        client.get(BORD)
