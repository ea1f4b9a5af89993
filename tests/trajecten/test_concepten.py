"""A draft that nobody can read any more: who hears of it, who decides, and when it goes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.kring import zet
from trajecten.actions import bewaar_concept, draag_over
from trajecten.models import Betrokkene, Momentconcept, OverdrachtGeweigerd, Traject, wie_schrijft_nog
from trajecten.tasks import ruim_oude_concepten_op

TEKST = "Vanochtend vertelde ze over haar konijn."
NOG_EEN = "Er staat nog 1 concept van een moment."


@pytest.fixture
def concept(traject, begeleider):
    """What begeleider was still typing."""
    with als_gebruiker(begeleider.pk):
        bewaar_concept(traject=traject, tekst=TEKST, door=begeleider)
    return traject


def pagina(overdracht) -> str:
    return reverse("trajecten:overdracht", args=[overdracht.traject_id, overdracht.pk])


def overdragen(**extra: object) -> dict[str, object]:
    return {"soort": "stap", "uit": "samen_op_weg", "naar": "overgedragen", **extra}


# --- Handing over to another initiative -----------------------------------------------------------------------------


def test_before_the_last_step_one_reads_whose_draft_lies_there_and_no_word_of_it(
    als, coordinator, begeleider, tot, concept
):
    overdracht = tot("samen_op_weg")

    van_collega, van_haar = (als(wie).get(pagina(overdracht)).text for wie in (coordinator, begeleider))

    assert NOG_EEN in van_collega
    assert "Het concept van Bo Begeleider mag weg" in van_collega
    assert TEKST not in van_collega
    assert "Concept afmaken" not in van_collega
    assert "Concept afmaken" in van_haar


def test_it_is_not_handed_over_until_somebody_decided_about_the_draft(als, coordinator, begeleider, tot, concept):
    overdracht = tot("samen_op_weg")
    client = als(coordinator)

    geweigerd = client.post(pagina(overdracht), overdragen(), follow=True)
    rommel = client.post(pagina(overdracht), overdragen(laat_los="x"))
    nog_steeds = client.get(pagina(overdracht))
    gelukt = client.post(pagina(overdracht), overdragen(laat_los=begeleider.pk), follow=True)

    assert "Er staat nog een concept van Bo Begeleider. Maak het eerst af" in geweigerd.text
    assert rommel.status_code == 200
    assert nog_steeds.status_code == 200
    assert "Opgeschreven: overgedragen." in gelukt.text


@pytest.mark.parametrize("stand", ["samen_op_weg", "overgedragen"])
def test_what_may_go_goes_with_the_last_step_for_good(
    tot, coordinator, begeleider, ander_initiatief, concept, kijkt_als, stand
):
    overdracht = tot("samen_op_weg")

    if stand == "overgedragen":
        zet(overdracht, stand, door=coordinator, laat_los=[begeleider])

    for waar in (coordinator.rollen.get().initiatief, ander_initiatief):  # she would see it again, were it there still
        RolFactory(initiatief=waar, gebruiker=begeleider, soort=Rol.Soort.COORDINATOR)
    kijkt_als(begeleider)
    assert Momentconcept.objects.count() == (0 if stand == "overgedragen" else 1)


def test_a_draft_that_came_after_the_page_was_opened_is_not_lost(tot, coordinator, begeleider, concept):
    overdracht = tot("samen_op_weg")
    with als_gebruiker(coordinator.pk):
        bewaar_concept(traject=Traject.objects.get(), tekst="Ook ik.", door=coordinator)

    with pytest.raises(OverdrachtGeweigerd, match=f"Er staat nog een concept van {coordinator.naam}"):
        zet(overdracht, "overgedragen", door=coordinator, laat_los=[begeleider])


# --- Leaving the circle ---------------------------------------------------------------------------------------------


def test_who_works_there_knows_of_a_draft_and_nobody_else_does(
    concept, begeleider, coordinator, buitenstaander, kernteamlid, beheerder, kijkt_als
):
    gezien = []
    for wie in (begeleider, coordinator, buitenstaander, kernteamlid, beheerder):
        kijkt_als(wie)
        gezien.append([(nog.naam, nog.kan_erbij) for nog in wie_schrijft_nog([concept.pk])])

    assert gezien == [[("Bo Begeleider", True)]] * 2 + [[]] * 3


def test_the_page_with_people_says_what_becomes_of_a_draft(als, coordinator, concept):
    tekst = als(coordinator).get(reverse("trajecten:mensen", args=[concept.pk])).text

    assert NOG_EEN in tekst
    assert "dertig dagen" in tekst


def test_who_divides_reads_who_was_still_writing(als, coordinator, begeleider, concept):
    begeleider.rollen.get().beeindig()

    assert "Bo Begeleider schreef nog aan een concept." in als(coordinator).get(reverse("trajecten:verdelen")).text


def test_she_throws_her_own_draft_away_and_nobody_elses(als, coordinator, begeleider, concept, kijkt_als):
    weg = reverse("trajecten:concept_weg", args=[concept.pk])

    als(coordinator).post(weg)
    kijkt_als(begeleider)
    nog = Momentconcept.objects.count()
    als(begeleider).post(weg)
    kijkt_als(begeleider)

    assert (nog, Momentconcept.objects.count()) == (1, 0)


def _geeft_door(traject, begeleider, coordinator, initiatief) -> None:
    collega = RolFactory(initiatief=initiatief).gebruiker
    with als_gebruiker(coordinator.pk):
        draag_over(traject=traject, aan=collega, blijft_waarnemer=False)


def _rol_eindigt(traject, begeleider, coordinator, initiatief) -> None:
    begeleider.rollen.get().beeindig()


def _blijft(traject, begeleider, coordinator, initiatief) -> None:
    """Nothing changes: she still belongs."""


@pytest.mark.parametrize(
    ("wat", "dagen", "ruimt_op"),
    [(_blijft, 300, 0), (_rol_eindigt, 29, 0), (_rol_eindigt, 31, 1), (_geeft_door, 29, 0), (_geeft_door, 31, 1)],
)
def test_thirty_days_after_she_left_her_draft_goes(concept, begeleider, coordinator, initiatief, wat, dagen, ruimt_op):
    with als_gebruiker(begeleider.pk):  # written long before she left: the days count from her leaving
        Momentconcept.objects.update(bijgewerkt_op=timezone.now() - timedelta(days=400))
    wat(concept, begeleider, coordinator, initiatief)
    toen = timezone.localdate() - timedelta(days=dagen)
    with als_gebruiker(coordinator.pk):
        Betrokkene.objects.filter(gebruiker=begeleider).exclude(tot=None).update(van=toen, tot=toen)
    begeleider.rollen.exclude(tot=None).update(van=toen, tot=toen)

    assert ruim_oude_concepten_op() == ruimt_op
    assert ruim_oude_concepten_op() == 0


def test_who_comes_back_in_time_finds_it_again(concept, begeleider, coordinator, initiatief, kijkt_als):
    _rol_eindigt(concept, begeleider, coordinator, initiatief)
    kijkt_als(begeleider)
    weg = Momentconcept.objects.count()
    RolFactory(initiatief=initiatief, gebruiker=begeleider)
    with als_gebruiker(coordinator.pk):
        Betrokkene.objects.create(traject=concept, gebruiker=begeleider, rol=Betrokkene.Rol.WAARNEMER)
    kijkt_als(begeleider)

    assert (weg, Momentconcept.objects.get().tekst) == (0, TEKST)


def test_nobody_clears_drafts_by_hand(concept, coordinator, kijkt_als):
    kijkt_als(coordinator)

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT ruim_concepten_op(0)")
