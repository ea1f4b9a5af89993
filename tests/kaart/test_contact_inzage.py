"""Who opens the question of a family leaves a line, and the start page of staff says that it waits."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker, met_sleutel
from kaart.models import Contactinzage, Contactplek
from tests.kaart.vragen import maak_vraag

NOTEER = "INSERT INTO kaart_contactinzage (plek_id, gebruiker_id, op) VALUES (%s, %s, now())"
DONDERDAG = "2026-11-26 12:00+01:00"


@pytest.fixture
def vraag(initiatief, ander_initiatief):
    """Asked of De Wilgenhoek and of Atelier Noord."""
    return maak_vraag(initiatief, ander_initiatief)


def plek_van(gebruiker) -> Contactplek:
    with als_gebruiker(gebruiker.pk):
        return Contactplek.objects.get()


def regels(gebruiker) -> list[int]:
    with als_gebruiker(gebruiker.pk):
        return list(Contactinzage.objects.order_by("pk").values_list("gebruiker", flat=True))


def test_every_opening_is_written_down_and_shown_to_the_place(als, begeleider, coordinator, vraag):
    pad = f"/kaart/vragen/{plek_van(begeleider).pk}/"

    als(begeleider).get(pad)
    tekst = als(coordinator).get(pad).text

    assert regels(begeleider) == [begeleider.pk, coordinator.pk]
    assert begeleider.naam in tekst


def test_the_list_and_the_start_page_are_no_opening(als, begeleider, vraag):
    for pad in ("/kaart/vragen/", "/trajecten/"):
        als(begeleider).get(pad)

    assert regels(begeleider) == []


def test_the_family_sees_on_which_day_and_not_who(als, client, begeleider, vraag):
    pad = f"/kaart/contact/mijn/{vraag.token}/"
    ongelezen = client.get(pad).text
    als(begeleider).get(f"/kaart/vragen/{plek_van(begeleider).pk}/")
    gelezen = client.get(pad).text

    assert "las je vraag op" not in ongelezen
    assert gelezen.count("Iemand van deze plek las je vraag op") == 1
    assert begeleider.naam not in gelezen


def test_the_family_sees_the_first_opening_and_the_place_the_last_of_each(begeleider, coordinator, vraag):
    plek, nu = plek_van(begeleider), timezone.now()
    drie, twee, een = (nu - timedelta(days=dagen) for dagen in (3, 2, 1))
    for lezer, op in ((begeleider, drie), (coordinator, twee), (begeleider, een)):
        with als_gebruiker(lezer.pk):
            Contactinzage.objects.create(plek=plek, gebruiker=lezer, op=op)

    with met_sleutel(vraag.pk):
        eerste = Contactplek.objects.with_gelezen_op().get(pk=plek.pk).gelezen_op
    with als_gebruiker(coordinator.pk):
        lezers = [(lezer["gebruiker__naam"], lezer["laatst"]) for lezer in plek.lezers]

    assert eerste == drie
    assert lezers == [(begeleider.naam, een), (coordinator.naam, twee)]


def test_a_question_that_was_erased_is_opened_without_a_line(als, begeleider, vraag):
    with met_sleutel(vraag.pk):
        vraag.wis()

    als(begeleider).get(f"/kaart/vragen/{plek_van(begeleider).pk}/")

    assert regels(begeleider) == []


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder"])
def test_nobody_else_reads_the_lines(als, bezetting, begeleider, vraag, wie):
    als(begeleider).get(f"/kaart/vragen/{plek_van(begeleider).pk}/")

    assert regels(getattr(bezetting, wie)) == []


def test_a_page_that_cannot_write_the_line_is_not_shown(als, begeleider, vraag, monkeypatch):
    monkeypatch.setattr(Contactinzage._meta, "db_table", "kaart_nergens")
    client = als(begeleider)
    client.raise_request_exception = False

    assert client.get(f"/kaart/vragen/{plek_van(begeleider).pk}/").status_code == 500


def test_a_line_is_about_oneself_and_ones_own_place_and_stays(begeleider, coordinator, buitenstaander, vraag):
    eigen, ander = plek_van(begeleider), plek_van(buitenstaander)
    with als_gebruiker(begeleider.pk):
        eigen.noteer_inzage(begeleider)
    for plek, door, wijzig in (
        (ander, begeleider, ""),
        (eigen, coordinator, ""),
        (eigen, begeleider, "UPDATE kaart_contactinzage SET op = now()"),
        (eigen, begeleider, "DELETE FROM kaart_contactinzage"),
    ):
        with pytest.raises(DatabaseError), als_gebruiker(begeleider.pk), connection.cursor() as cursor:
            cursor.execute(wijzig or NOTEER, None if wijzig else [plek.pk, door.pk])

    assert regels(begeleider) == [begeleider.pk]


def test_the_start_page_says_what_waits_and_how_long_and_not_who(als, begeleider, initiatief):
    with time_machine.travel(DONDERDAG):
        maak_vraag(initiatief)
    with time_machine.travel("2026-12-01 12:00+01:00"):  # Tuesday: Friday, Monday and today are working days
        tekst = als(begeleider).get("/trajecten/").text

    assert "Een gezin vraagt of er plek is" in tekst
    assert "gevraagd 3 werkdagen geleden" in tekst
    assert f"/kaart/vragen/{plek_van(begeleider).pk}/" in tekst
    assert "Er staat niets klaar" not in tekst
    assert "Mia" not in tekst


def test_a_question_that_was_answered_or_asked_elsewhere_does_not_wait(als, begeleider, initiatief, ander_initiatief):
    maak_vraag(ander_initiatief)
    vraag = maak_vraag(initiatief)
    with met_sleutel(vraag.pk):
        vraag.trek_in()

    assert "Een gezin vraagt of er plek is" not in als(begeleider).get("/trajecten/").text


@pytest.mark.parametrize("dagen", [1, 29])
def test_after_erasing_the_link_only_asks_what_came_of_it(client, vraag, dagen):
    with met_sleutel(vraag.pk):
        vraag.wis(gewist_op=timezone.now() - timedelta(days=dagen))

    tekst = client.get(f"/kaart/contact/mijn/{vraag.token}/").text

    assert "gewist" in tekst
    assert "Wilgenhoek" not in tekst
    assert client.get(f"/kaart/contact/mijn/{vraag.token}/intrekken/").status_code == 302


def test_thirty_days_after_erasing_the_link_is_dead(client, vraag):
    with met_sleutel(vraag.pk):
        vraag.wis(gewist_op=timezone.now() - timedelta(days=30))

    for pad in ("", "intrekken/"):
        for vraag_om in (client.get, client.post):
            assert vraag_om(f"/kaart/contact/mijn/{vraag.token}/{pad}").status_code == 404
