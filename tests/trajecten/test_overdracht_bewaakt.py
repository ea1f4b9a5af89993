"""Handing over: what the database refuses, whoever asks, and what holds whatever is tried."""

import contextlib
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.samen import tegelijk
from tests.trajecten.kring import NIETS, tel, zeg_ja_tegen, zet
from trajecten.kring import kies_stukken, stel_overdracht_voor, zet_overdracht
from trajecten.models import (
    Overdracht,
    Overdrachtafspraak,
    OverdrachtGeweigerd,
    Overdrachtstap,
    Overdrachtstuk,
    Toestemming,
    Traject,
)
from trajecten.overdrachten import Overdrachtstand
from trajecten.stukken import vaste_stukken

STANDEN = ["voorgesteld", "toestemming", "voorbereid", "ontvangen", "samen_op_weg", "overgedragen", "ingetrokken"]


def probeer(**waarden) -> str:
    """Change every handover that one may; tell how that went."""
    try:
        with transaction.atomic():
            return "gelukt" if Overdracht.objects.update(**waarden) else "niets"
    except DatabaseError:
        return "geweigerd"


@pytest.mark.parametrize("wie", ["coordinator", "daar", "begeleider"])
@pytest.mark.parametrize("naar", STANDEN[1:6])
def test_the_database_takes_no_step_out_of_turn(tot, kijkt_als, request, wie, naar):
    tot("voorgesteld")
    kijkt_als(request.getfixturevalue(wie))

    mag = naar == "toestemming" and wie != "daar"
    assert probeer(stand=naar) == ("gelukt" if mag else "niets" if wie == "daar" else "geweigerd")


@pytest.mark.parametrize("einde", ["overgedragen", "ingetrokken"])
@pytest.mark.parametrize("wie", ["coordinator", "daar", "buitenstaander"])
def test_a_finished_handover_is_changed_by_nobody(tot, coordinator, kijkt_als, request, einde, wie):
    overdracht = tot("samen_op_weg")
    zet(overdracht, einde, door=coordinator)
    kijkt_als(request.getfixturevalue(wie))

    for waarden in ({"stand": "voorgesteld"}, {"klaar_op": None}, {"nieuwe_begeleider": None}):
        assert probeer(**waarden) != "gelukt"
    with pytest.raises(DatabaseError), transaction.atomic():
        Overdrachtstuk.objects.create(
            overdracht=overdracht, soort="weg", sleutel="weg", titel="x", gekozen_door=request.getfixturevalue(wie)
        )
    assert Overdrachtstuk.objects.all().delete()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_of_the_tables_changes_a_finished_handover(tot, eigenaar):
    tot("overgedragen")
    eigenaar.execute("ALTER TABLE trajecten_overdracht NO FORCE ROW LEVEL SECURITY")

    with pytest.raises(Exception, match="klaar en verandert niet meer"):
        eigenaar.execute("UPDATE trajecten_overdracht SET klaar_op = NULL")


@pytest.mark.parametrize("kolom", ["initiatief_id"])
def test_nobody_moves_a_trajectory_by_hand(tot, coordinator, kijkt_als, kolom):
    tot("samen_op_weg")
    kijkt_als(coordinator)

    verhuis = f"SELECT set_config('app.taak', 'overdracht', true); UPDATE trajecten_traject SET {kolom} = {kolom}"  # noqa: S608

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verhuis)


def test_the_task_of_moving_opens_nothing_for_the_application(tot, buitenstaander, kijkt_als):
    tot("samen_op_weg")
    kijkt_als(buitenstaander)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.taak', 'overdracht', true)")

    assert tel() == NIETS


def test_the_other_side_writes_only_what_is_hers(tot, daar, kijkt_als):
    overdracht = tot("ontvangen")
    kijkt_als(daar)

    Overdrachtafspraak.objects.create(overdracht=overdracht, kant="ontvanger", tekst="We komen kijken.", door=daar)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Overdrachtafspraak.objects.create(overdracht=overdracht, kant="gever", tekst="Zij betalen.", door=daar)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Overdrachtstuk.objects.create(overdracht=overdracht, soort="weg", sleutel="weg", titel="x", gekozen_door=daar)


def test_a_stranger_cannot_propose_to_get_somebody(traject, daar, initiatief, ander_initiatief, kijkt_als):
    kijkt_als(daar)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Overdracht(traject_id=traject.pk, van=initiatief, naar=ander_initiatief, door=daar).save(force_insert=True)


def test_a_counsellor_who_is_no_coordinator_cannot_propose(
    traject, begeleider, initiatief, ander_initiatief, kijkt_als
):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Overdracht(traject=traject, van=initiatief, naar=ander_initiatief, door=begeleider).save(force_insert=True)


# --- Whatever is tried ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_people_who_take_the_same_step_at_once_take_it_once(tot, coordinator, begeleider):
    overdracht = tot("voorgesteld")
    stappen = [
        partial(zet, overdracht, "toestemming", door=wie, uit="voorgesteld") for wie in (coordinator, begeleider)
    ]

    uitkomsten = tegelijk(*stappen, weigert=OverdrachtGeweigerd)

    geweigerd = [str(uitkomst) for uitkomst in uitkomsten if isinstance(uitkomst, OverdrachtGeweigerd)]
    assert geweigerd == ["Intussen is deze overdracht al verder: er is toestemming."]
    with als_gebruiker(coordinator.pk):
        assert Overdrachtstap.objects.count() == 2


WENSEN = st.lists(
    st.tuples(
        st.sampled_from([*STANDEN[1:], *STANDEN[1:6], "voorstellen", "ja", "nee", "weg", "stuk"]),
        st.sampled_from(["coordinator", "begeleider", "daar", "buitenstaander"]),
    ),
    min_size=4,
    max_size=14,
)


@given(wensen=WENSEN, begin=st.sampled_from(STANDEN[:5]))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ownership_changes_only_by_the_last_step_and_what_is_finished_stays(
    tot, begeleider, coordinator, daar, buitenstaander, begin, wensen
):
    mensen = {"coordinator": coordinator, "begeleider": begeleider, "daar": daar, "buitenstaander": buitenstaander}
    with transaction.atomic():
        overdracht, klaar = tot(begin), None
        dan = beeld(overdracht, (coordinator, daar))
        for wat, wie in wensen:
            eerst = dan
            wens(wat, overdracht, mensen[wie], buitenstaander)
            connection.check_constraints()
            dan = beeld(overdracht, (coordinator, daar))
            if eerst["initiatief"] != dan["initiatief"]:
                assert (eerst["stand"], dan["stand"]) == ("samen_op_weg", "overgedragen")
            klaar = klaar or (dan if dan["stand"] in STANDEN[5:] else None)
            if klaar:
                assert (klaar["stand"], klaar["stukken"]) == (dan["stand"], dan["stukken"])
        transaction.set_rollback(True)


def beeld(overdracht, mensen) -> dict:
    """How it stands, seen by both sides together; and that what waits is with somebody who works there."""
    gezien: dict = {}
    for mens in mensen:
        with als_gebruiker(mens.pk):
            for rij in Overdracht.objects.filter(pk=overdracht.pk):
                gezien["stand"] = rij.stand
            for traject in Traject.objects.filter(pk=overdracht.traject_id):
                gezien["initiatief"] = traject.initiatief_id
                gezien["stukken"] = Overdrachtstuk.objects.filter(overdracht=overdracht.pk).count()
                eigenaren = {contact.eigenaar for contact in traject.contactmomenten.wacht()}
                assert all(traject.initiatief_id in wie.initiatieven_als(*Rol.BIJ_INITIATIEF) for wie in eigenaren)
                assert eigenaren
    return gezien


def wens(wat, overdracht, door, nieuw) -> None:
    """Try one thing; a refusal is a fine answer, and so is that there is nothing to see."""
    geweigerd = contextlib.suppress(OverdrachtGeweigerd, Overdracht.DoesNotExist, DatabaseError)
    with als_gebruiker(door.pk), geweigerd, transaction.atomic():
        doe_wens(wat, overdracht, door, nieuw)


def doe_wens(wat, overdracht, door, nieuw) -> None:
    if wat in STANDEN:
        met = {"begeleider": nieuw} if wat == "ontvangen" else {}
        nu = Overdracht.objects.get(pk=overdracht.pk)
        zet_overdracht(overdracht=nu, naar=Overdrachtstand(wat), door=door, **met)
    elif wat == "voorstellen":
        for traject in Traject.objects.all():
            stel_overdracht_voor(traject=traject, door=door, naar=overdracht.naar)
    elif wat == "ja":
        for traject in Traject.objects.all():
            zeg_ja_tegen(traject, overdracht.naar, door=door)
    elif wat == "nee":
        for ja in Toestemming.objects.filter(ingetrokken_op=None):
            ja.trek_in(door)
    elif wat == "stuk":
        for traject in Traject.objects.select_related("jongere"):
            kies_stukken(overdracht=overdracht, getoond=vaste_stukken(traject), gekozen={"roepnaam", "weg"}, door=door)
    else:
        Overdracht.objects.filter(pk=overdracht.pk).update(stand="overgedragen")
