"""Handing over: the steps by hand, who reads what, and that ownership moves once and for good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from tests.trajecten.kring import NIETS, tel, zet
from trajecten.actions import laat_rusten
from trajecten.kring import stel_overdracht_voor
from trajecten.models import (
    Betrokkene,
    Inzagelog,
    Moment,
    Overdracht,
    OverdrachtGeweigerd,
    Overdrachtstap,
    Overdrachtstuk,
    Rustperiode,
    Toestemming,
    Traject,
)
from trajecten.overdrachten import NAAR_BUITEN, STAPPEN, Kant, Overdrachtstand, belemmering, volgende

STANDEN = ["voorgesteld", "toestemming", "voorbereid", "ontvangen", "samen_op_weg", "overgedragen", "ingetrokken"]
HIER, DAAR = {Kant.GEVER}, {Kant.ONTVANGER}

# The table once more, by hand: g the giving side, o the receiving side.
BINNEN = {
    ("voorgesteld", "toestemming"): "g",
    ("toestemming", "voorbereid"): "g",
    ("voorbereid", "ontvangen"): "o",
    ("ontvangen", "samen_op_weg"): "go",
    ("samen_op_weg", "overgedragen"): "g",
    ("voorgesteld", "ingetrokken"): "g",
    ("toestemming", "ingetrokken"): "g",
    ("voorbereid", "ingetrokken"): "go",
    ("ontvangen", "ingetrokken"): "go",
    ("samen_op_weg", "ingetrokken"): "go",
}
BUITEN = {
    ("voorgesteld", "toestemming"): "g",
    ("toestemming", "voorbereid"): "g",
    ("voorbereid", "samen_op_weg"): "g",
    ("samen_op_weg", "overgedragen"): "g",
    ("voorgesteld", "ingetrokken"): "g",
    ("toestemming", "ingetrokken"): "g",
    ("voorbereid", "ingetrokken"): "g",
    ("samen_op_weg", "ingetrokken"): "g",
}


@pytest.mark.parametrize(("tabel", "met_de_hand"), [(STAPPEN, BINNEN), (NAAR_BUITEN, BUITEN)])
def test_the_steps_are_these(tabel, met_de_hand):
    letters = {Kant.GEVER: "g", Kant.ONTVANGER: "o"}

    assert {stap: "".join(sorted(letters[kant] for kant in kanten)) for stap, kanten in tabel.items()} == met_de_hand


@pytest.mark.parametrize("is_buiten", [False, True])
def test_the_database_has_the_same_table(db, is_buiten):
    verwacht = set(BUITEN if is_buiten else BINNEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a, b FROM unnest(%s::text[]) a, unnest(%s::text[]) b WHERE overdracht_mag(a, b, %s)",
            [STANDEN, STANDEN, is_buiten],
        )
        mag = set(cursor.fetchall())

    assert mag - {stap for stap in mag if stap[1] == "ingetrokken"} == {s for s in verwacht if s[1] != "ingetrokken"}
    assert not [stap for stap in mag if stap[0] in ("overgedragen", "ingetrokken")]


def test_a_way_ends_where_it_should():
    wegen = {}
    for is_buiten in (False, True):
        stand, wegen[is_buiten] = Overdrachtstand.VOORGESTELD, []
        while stand := volgende(stand, is_buiten=is_buiten):
            wegen[is_buiten].append(str(stand))

    assert wegen[False] == ["toestemming", "voorbereid", "ontvangen", "samen_op_weg", "overgedragen"]
    assert wegen[True] == ["toestemming", "voorbereid", "samen_op_weg", "overgedragen"]


@pytest.mark.parametrize(
    ("van", "naar", "kanten", "heeft", "zin"),
    [
        ("voorgesteld", "toestemming", HIER, True, ""),
        ("voorgesteld", "toestemming", HIER, False, "Er is nog geen geldige toestemming."),
        ("voorgesteld", "toestemming", DAAR, True, "Deze stap zet de andere kant."),
        ("voorgesteld", "voorbereid", HIER, True, "Deze stap kan nu niet."),
        ("voorgesteld", "overgedragen", HIER, True, "Deze stap kan nu niet."),
        ("voorbereid", "ontvangen", HIER, True, "Deze stap zet de andere kant."),
        ("samen_op_weg", "ingetrokken", DAAR, False, ""),
        ("overgedragen", "samen_op_weg", HIER, True, "klaar en verandert niet meer"),
        ("ingetrokken", "voorgesteld", HIER, True, "klaar en verandert niet meer"),
    ],
)
def test_what_stands_in_the_way(van, naar, kanten, heeft, zin):
    reden = belemmering(
        Overdrachtstand(van),
        Overdrachtstand(naar),
        is_buiten=False,
        kanten=kanten,
        heeft_toestemming=heeft,
        heeft_begeleider=True,
    )

    assert reden.startswith(zin) if zin and not zin.startswith("klaar") else zin in reden
    assert bool(reden) is bool(zin)


# --- A handover between two initiatives -----------------------------------------------------------------------------


@pytest.mark.parametrize("stand", ["voorgesteld", "toestemming"])
def test_until_it_is_prepared_the_other_side_knows_of_nothing(tot, daar, kijkt_als, stand):
    tot(stand)

    kijkt_als(daar)
    assert tel() == NIETS
    assert (Overdracht.objects.count(), Overdrachtstuk.objects.count(), Overdrachtstap.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("stand", ["voorbereid", "ontvangen", "samen_op_weg"])
def test_then_she_reads_exactly_what_was_chosen(tot, daar, kijkt_als, stand):
    tot(stand)

    kijkt_als(daar)
    assert tel() == NIETS
    assert list(Overdrachtstuk.objects.values_list("tekst", flat=True)) == ["Een eigen moestuin."]


def test_nothing_goes_along_until_it_is_chosen(tot, daar, kijkt_als):
    tot("voorbereid", stukken=frozenset())

    kijkt_als(daar)
    assert (Overdracht.objects.count(), Overdrachtstuk.objects.count()) == (1, 0)


def test_the_counsellor_to_be_reads_along_once_she_is_named(tot, buitenstaander, kijkt_als):
    overdracht = tot("voorbereid")
    kijkt_als(buitenstaander)
    eerst = Overdrachtstuk.objects.count()
    kijkt_als(None)

    zet(overdracht, "ontvangen", door=coordinator_van(overdracht), begeleider=buitenstaander)

    kijkt_als(buitenstaander)
    assert (eerst, Overdrachtstuk.objects.count(), Traject.objects.count()) == (0, 1, 0)


def coordinator_van(overdracht):
    return Rol.objects.nu().filter(soort="coordinator", initiatief=overdracht.naar_id).first().gebruiker


def test_taking_consent_back_works_on_the_next_query(tot, begeleider, daar, kijkt_als):
    tot("samen_op_weg")
    with als_gebruiker(begeleider.pk):
        Toestemming.objects.get().trek_in(begeleider)

    kijkt_als(daar)
    assert (Overdracht.objects.count(), Overdrachtstuk.objects.count()) == (0, 0)


def test_a_birthday_takes_consent_away_without_anything_that_runs(tot, begeleider, daar, kijkt_als):
    """Today she turned 12: from midnight on the parents' yes alone is not enough. Yesterday it was."""
    tot("voorbereid")
    vandaag = timezone.localdate()
    with als_gebruiker(begeleider.pk):
        Toestemming.objects.get().trek_in(begeleider)
        traject = Traject.objects.get()
        ouder = Betrokkene(traject=traject, naam="Moeder", rol="ouder", heeft_gezag=True)
        ouder.save(force_insert=True)
        Toestemming.objects.create(
            traject=traject,
            doel="overdracht",
            initiatief_id=Overdracht.objects.get().naar_id,
            namens=ouder,
            van=vandaag - timedelta(days=9),
            geldig_tot=vandaag + timedelta(days=9),
            door=begeleider,
        )
    gezien = []
    for twaalf_op in (vandaag + timedelta(days=1), vandaag):
        with als_gebruiker(begeleider.pk):
            traject.jongere.leeftijdsgrenzen.__class__.objects.update(
                twaalf_op=twaalf_op, zestien_op=twaalf_op + timedelta(days=1461)
            )
        kijkt_als(daar)
        gezien.append(Overdrachtstuk.objects.count())

    assert gezien == [1, 0]


def test_with_the_last_step_all_of_it_moves(tot, traject, coordinator, begeleider, daar, buitenstaander, kijkt_als):
    tot("overgedragen")

    kijkt_als(buitenstaander)
    nu = Traject.objects.get()
    assert (nu.initiatief.naam, nu.toestand) == ("Atelier Noord", "lopend")
    assert [moment.tekst for moment in Moment.objects.all()] == ["Samen gekookt."]
    assert nu.betrokkenen.vaste_begeleiders().get().gebruiker == buitenstaander
    assert {contact.eigenaar for contact in nu.contactmomenten.all()} == {buitenstaander}
    assert nu.betrokkenen.filter(gebruiker=begeleider).get().tot is not None
    for wie in (begeleider, coordinator):
        kijkt_als(wie)
        assert tel() == NIETS


def test_the_former_initiative_sees_that_it_was_handed_over_and_nothing_more(tot, coordinator, begeleider, kijkt_als):
    tot("overgedragen")

    kijkt_als(coordinator)
    assert list(Overdracht.objects.gegeven(coordinator)) == list(Overdracht.objects.all())
    assert Overdracht.objects.count() == 1
    assert (Overdrachtstuk.objects.count(), Overdrachtstap.objects.count(), Inzagelog.objects.count()) == (0, 0, 0)
    kijkt_als(begeleider)
    assert Overdracht.objects.count() == 0


def test_what_rested_goes_on_there(tot, traject, coordinator, buitenstaander, kijkt_als):
    overdracht = tot("samen_op_weg")
    with als_gebruiker(coordinator.pk):
        laat_rusten(traject=Traject.objects.get(), door=coordinator, periode=Rustperiode())

    zet(overdracht, "overgedragen", door=coordinator)

    kijkt_als(buitenstaander)
    assert Traject.objects.get().toestand == "lopend"
    assert [rust.beeindigd_op is None for rust in Rustperiode.objects.all()] == [False]


@pytest.mark.parametrize("stand", ["voorgesteld", "toestemming", "voorbereid", "ontvangen", "samen_op_weg"])
def test_before_the_last_step_nothing_has_moved(tot, begeleider, kijkt_als, stand):
    tot(stand)

    kijkt_als(begeleider)
    nu = Traject.objects.get()
    assert nu.initiatief.naam == "De Wilgenhoek"
    assert {contact.eigenaar for contact in nu.contactmomenten.all()} == {begeleider}


def test_only_the_coordinator_lets_go(tot, begeleider):
    overdracht = tot("samen_op_weg")

    with pytest.raises(OverdrachtGeweigerd, match="De laatste stap zet de coördinator"):
        zet(overdracht, "overgedragen", door=begeleider)


def test_without_consent_it_does_not_go_on(tot, coordinator):
    overdracht = tot("samen_op_weg")
    with als_gebruiker(coordinator.pk):
        Toestemming.objects.get().trek_in(coordinator)

    with pytest.raises(OverdrachtGeweigerd, match="geen geldige toestemming"):
        zet(overdracht, "overgedragen", door=coordinator)


def test_who_would_counsel_there_has_to_be_there_still(tot, coordinator, buitenstaander):
    overdracht = tot("samen_op_weg")
    buitenstaander.rollen.get().beeindig()

    with pytest.raises(OverdrachtGeweigerd, match="Kies eerst wie daar de vaste begeleider wordt"):
        zet(overdracht, "overgedragen", door=coordinator)


def test_who_decided_on_an_older_state_is_told_so(tot, coordinator):
    overdracht = tot("toestemming")

    with pytest.raises(OverdrachtGeweigerd, match="al verder: er is toestemming"):
        zet(overdracht, "ingetrokken", door=coordinator, uit="voorgesteld")


def test_two_handovers_of_one_trajectory_do_not_run_at_once(tot, traject, coordinator, ander_initiatief):
    tot("voorgesteld")

    with als_gebruiker(coordinator.pk), pytest.raises(OverdrachtGeweigerd, match="Er loopt al een overdracht"):
        stel_overdracht_voor(traject=Traject.objects.get(), door=coordinator, naar=ander_initiatief)


def test_after_not_going_on_one_may_begin_again(tot, coordinator, ander_initiatief, daar, kijkt_als):
    overdracht = tot("voorbereid")
    zet(overdracht, "ingetrokken", door=daar)

    with als_gebruiker(coordinator.pk):
        stel_overdracht_voor(traject=Traject.objects.get(), door=coordinator, naar=ander_initiatief)

    kijkt_als(daar)
    assert list(Overdracht.objects.values_list("stand", flat=True)) == ["ingetrokken"]
    assert Overdrachtstuk.objects.count() == 0


@pytest.mark.parametrize(
    ("stand", "mag"),
    [
        ("voorgesteld", False),
        ("toestemming", False),
        ("voorbereid", False),
        ("ontvangen", True),
        ("samen_op_weg", True),
        ("overgedragen", True),
    ],
)
def test_an_initiative_stops_once_a_place_received_the_last(tot, als, coordinator, initiatief, stand, mag):
    """The page and the database say the same."""
    tot(stand)
    pad = f"/trajecten/stoppen/{initiatief.pk}/"

    tekst = als(coordinator).get(pad).text
    als(coordinator).post(pad)

    assert ("Ja, wij stoppen" in tekst) == mag
    assert ("Plek zoeken" in tekst) != mag
    initiatief.refresh_from_db()
    assert (initiatief.lidmaatschap == "gestopt") == mag


def test_another_refusal_while_stopping_is_not_called_a_trajectory(als, coordinator, initiatief, monkeypatch):
    def stop(**_):
        Initiatief.objects.filter(pk=initiatief.pk).update(naam=None)

    monkeypatch.setattr("trajecten.views.stoppen.stop", stop)

    with pytest.raises(IntegrityError):
        als(coordinator).post(f"/trajecten/stoppen/{initiatief.pk}/")


@pytest.mark.parametrize(
    ("van", "naar", "is_buiten", "mag"),
    [
        ("voorbereid", "ontvangen", False, False),
        ("ontvangen", "samen_op_weg", False, False),
        ("samen_op_weg", "overgedragen", False, False),
        ("samen_op_weg", "overgedragen", True, True),
        ("samen_op_weg", "ingetrokken", False, True),
    ],
)
def test_on_the_platform_nobody_arrives_without_a_counsellor(van, naar, is_buiten, mag):
    reden = belemmering(
        Overdrachtstand(van),
        Overdrachtstand(naar),
        is_buiten=is_buiten,
        kanten=HIER | DAAR,
        heeft_toestemming=True,
        heeft_begeleider=False,
    )

    assert reden == ("" if mag else "Kies eerst wie daar de vaste begeleider wordt.")
