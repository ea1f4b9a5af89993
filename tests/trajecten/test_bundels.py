"""One mail a day when much waits, the weekly overview, quiet hours: everything told, nobody nagged."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collectief.gebruikers.models import Rol
from collectief.post.actions import meld_af
from collectief.post.models import Afmelding, Bericht, Berichtdeel
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.klok import DONDERDAG, om
from trajecten.herinneringen import VEEL, achterstand, zet_klaar
from trajecten.models import Contactmoment, Herinnering, Ladderinstelling, NazorgAfspraak
from trajecten.planning import stel_ladder_in


@pytest.fixture
def plan(klok, initiatief, begeleider):
    """Plan contact of begeleider with so many young people on Thursday 17 June 2027, or on another day."""

    def doe(aantal: int = 1, dag: date = DONDERDAG) -> list[Contactmoment]:
        trajecten = [maak_traject(door=begeleider, initiatief=initiatief) for _ in range(aantal)]
        with als_gebruiker(begeleider.pk):
            afspraken = [
                NazorgAfspraak.objects.create(traject=een, vormen=["gezin"], door=begeleider) for een in trajecten
            ]
            return [Contactmoment.plan_op(afspraak=een, dag=dag, eigenaar=begeleider) for een in afspraken]

    return doe


def wacht(**velden) -> list[str]:
    return sorted(Bericht.objects.filter(toestand="wacht", **velden).values_list("soort", flat=True))


def herinneringen() -> list[str]:
    return [soort for soort in wacht() if soort != "weekoverzicht"]


def veeg_om_negen_en_om_elf(klok, begeleider, later: list[Contactmoment]) -> None:
    """Sweep on Monday 14 June, three days before, and again for those whose step beforehand comes at eleven."""
    klok.move_to(om("2027-06-14T09:00"))
    with als_gebruiker(begeleider.pk):
        for contact in later:
            contact.herinneringen.filter(stap="vooraf").update(op=om("2027-06-14T11:00"))
    zet_klaar()
    klok.move_to(om("2027-06-14T11:00"))
    zet_klaar()


@pytest.mark.parametrize(
    ("aantal", "mails"),
    [(1, ["herinnering"]), (3, ["herinnering"] * 3), (4, ["herinneringen"]), (9, ["herinneringen"])],
)
def test_up_to_three_come_one_by_one_and_more_come_together(klok, plan, aantal, mails):
    plan(aantal)
    klok.move_to(om("2027-06-17T09:00"))
    zet_klaar()
    zet_klaar()

    assert herinneringen() == mails
    assert Berichtdeel.objects.count() == (aantal if aantal > 3 else 0)


@pytest.mark.parametrize(("aantal", "is_veel"), [(VEEL - 1, False), (VEEL, True)])
def test_very_many_are_swept_as_a_whole_and_the_database_goes_on_as_before(klok, plan, begeleider, aantal, is_veel):
    voeg_evengoed_toe(plan()[0], aantal - 1, begeleider)
    klok.move_to(om("2027-06-14T09:00"))
    voor = hoe_er_gepland_wordt()

    with CaptureQueriesContext(connection) as gevraagd:
        gezet = zet_klaar()

    assert (gezet, Berichtdeel.objects.count(), herinneringen()) == (aantal, aantal, ["herinneringen"])
    assert any("enable_nestloop = off" in vraag["sql"] for vraag in gevraagd) is is_veel
    assert hoe_er_gepland_wordt() == voor


def voeg_evengoed_toe(contact: Contactmoment, aantal: int, begeleider) -> None:
    """So many more contact moments like this one, each with its step three days before."""
    with als_gebruiker(begeleider.pk):
        op = contact.herinneringen.get(stap="vooraf").op
        velden = {naam: getattr(contact, naam) for naam in ("traject", "afspraak", "gepland_op", "eigenaar")}
        anderen = Contactmoment.objects.bulk_create(Contactmoment(**velden) for _ in range(aantal))
        Herinnering.objects.bulk_create(
            Herinnering(contactmoment=ander, traject=contact.traject, stap="vooraf", planningversie=1, op=op)
            for ander in anderen
        )


def hoe_er_gepland_wordt() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_nestloop'), current_setting('work_mem')")
        return cursor.fetchone()


def test_what_comes_later_on_a_day_with_three_mails_comes_together(klok, plan, initiatief, begeleider):
    plan(3)
    later = plan(2)
    veeg_om_negen_en_om_elf(klok, begeleider, later)

    assert herinneringen() == ["herinnering"] * 3 + ["herinneringen"]


def test_a_second_bundle_on_one_day_is_another_mail(klok, plan, begeleider):
    eerst, later = plan(4), plan(4)
    veeg_om_negen_en_om_elf(klok, begeleider, later)

    assert herinneringen() == ["herinneringen"] * 2
    assert len(eerst) + len(later) == Berichtdeel.objects.count()


def test_the_next_day_is_counted_anew(klok, plan):
    plan(4)
    klok.move_to(om("2027-06-14T09:00"))
    zet_klaar()
    klok.move_to(om("2027-06-17T09:00"))
    zet_klaar()

    assert herinneringen() == ["herinneringen"] * 2


def test_a_bundle_falls_silent_only_when_nothing_of_it_is_left(klok, plan, begeleider):
    contacten = plan(4)
    klok.move_to(om("2027-06-17T09:00"))
    zet_klaar()

    over = []
    for contact in contacten:
        with als_gebruiker(begeleider.pk):
            contact.rond_af("gesproken")
        over.append(len(herinneringen()))
    assert over == [1, 1, 1, 0]


def test_contact_that_goes_to_a_colleague_leaves_the_bundle(klok, plan, traject, begeleider, initiatief):
    collega = RolFactory(initiatief=initiatief).gebruiker
    contacten = plan(4)
    klok.move_to(om("2027-06-17T09:00"))
    zet_klaar()

    with als_gebruiker(begeleider.pk):
        Contactmoment.objects.filter(pk=contacten[0].pk).geef_door(aan=collega)
        een = herinneringen()
        Contactmoment.objects.filter(pk__in=[c.pk for c in contacten]).geef_door(aan=collega)

    assert een == ["herinnering", "herinneringen"]
    assert wacht(aan=begeleider) == []
    assert wacht(aan=collega) == ["herinnering"] * 4


def test_a_bundle_with_work_of_a_coordinator_leads_to_the_board(klok, plan, coordinator):
    plan(4)
    klok.move_to(om("2027-06-28T09:00"))
    zet_klaar()

    assert list(Bericht.objects.filter(soort="herinneringen").values_list("aan", "pad")) == [
        (coordinator.pk, "/trajecten/bord/")
    ]


@pytest.mark.parametrize("aantal", [1, 4])
def test_who_wants_no_reminders_gets_none_and_that_is_written_down(klok, plan, begeleider, aantal):
    meld_af(gebruiker_id=begeleider.pk, soort=Afmelding.Soort.HERINNERINGEN)
    plan(aantal)
    klok.move_to(om("2027-06-17T09:00"))
    zet_klaar()

    assert herinneringen() == []
    assert Bericht.objects.filter(aan=begeleider, toestand="vervallen").count() == 1


def test_a_step_that_nobody_can_get_waits_until_somebody_can(klok, plan, begeleider, initiatief):
    plan()
    klok.move_to(om("2027-06-28T09:00"))

    niemand = zet_klaar()
    open_ = achterstand(om("2027-06-28T09:00")).aantal
    RolFactory(soort=Rol.Soort.COORDINATOR, initiatief=initiatief)
    iemand = zet_klaar()

    assert (niemand, open_, iemand) == (0, 4, 4)
    assert achterstand(om("2027-06-28T09:00")).aantal == 0


# --- Quiet hours and working days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "aantal"),
    [
        ("2027-06-17T08:59", 0),
        ("2027-06-17T17:59", 1),
        ("2027-06-17T18:00", 0),
        ("2027-06-17T23:30", 0),
        ("2027-06-19T12:00", 0),  # a Saturday
        ("2027-06-21T09:00", 1),
    ],
)
def test_nothing_is_put_ready_in_quiet_hours_and_weekends(klok, plan, moment, aantal):
    plan()
    klok.move_to(om(moment))
    zet_klaar()

    assert len(herinneringen()) == aantal


def test_after_an_outage_that_ended_at_night_the_next_morning_brings_the_last_step_once(klok, plan, coordinator):
    plan()
    klok.move_to(om("2027-06-28T23:00"))
    s_nachts = zet_klaar()
    klok.move_to(om("2027-06-29T09:00"))
    zet_klaar()

    assert s_nachts == 0
    assert herinneringen() == ["herinnering"]


def test_an_initiative_with_a_short_week_gets_nothing_on_its_free_days(klok, plan, coordinator, initiatief):
    plan()
    with als_gebruiker(coordinator.pk):
        instelling = Ladderinstelling(initiatief=initiatief, werkdagen=[2, 4], vanaf_uur=11, tot_uur=15)
        stel_ladder_in(instelling=instelling, door=coordinator)
    uit = {}
    for uur in [24 * dag + uur for dag in range(35) for uur in (9, 10, 11, 14, 15, 17)]:
        nu = om("2027-06-11T00:00") + timedelta(hours=uur)
        klok.move_to(nu)
        if aantal := zet_klaar():
            uit[nu.strftime("%a %d-%m %H:%M")] = aantal

    assert uit == {"Tue 15-06 11:00": 1, "Thu 17-06 11:00": 1, "Tue 22-06 11:00": 1, "Tue 29-06 11:00": 1}


# --- The weekly overview of a coördinator ---------------------------------------------------------------------------


def test_a_coordinator_gets_an_overview_once_a_week(klok, plan, coordinator):
    plan(1, date(2027, 6, 30))
    weken = []
    for dag in range(21):
        klok.move_to(om("2027-06-07T09:05") + timedelta(days=dag))
        zet_klaar()
        zet_klaar()
        weken.append(Bericht.objects.filter(soort="weekoverzicht", toestand="wacht").count())

    # Nothing waits in the first two weeks; the contact stands in the week of the 28th.
    assert weken == [0] * 21
    klok.move_to(om("2027-06-28T09:05"))
    zet_klaar()
    assert list(Bericht.objects.filter(soort="weekoverzicht", toestand="wacht").values_list("aan", "pad")) == [
        (coordinator.pk, "/trajecten/bord/")
    ]


def test_an_overview_that_was_missed_on_monday_comes_on_tuesday(klok, plan, coordinator):
    plan()
    klok.move_to(om("2027-06-15T10:00"))
    zet_klaar()

    assert "weekoverzicht" in wacht()


def test_after_easter_the_week_begins_on_tuesday(klok, plan, coordinator):
    plan(1, date(2028, 4, 19))
    klok.move_to(om("2028-04-17T10:00"))  # Easter Monday
    zet_klaar()
    maandag = wacht()
    klok.move_to(om("2028-04-18T09:00"))
    zet_klaar()

    assert (maandag, "weekoverzicht" in wacht()) == ([], True)


def test_nobody_else_gets_the_overview(klok, plan, begeleider, kernteamlid, beheerder):
    plan()
    klok.move_to(om("2027-06-14T09:00"))
    zet_klaar()

    assert not Bericht.objects.filter(soort="weekoverzicht").exists()


def test_who_stopped_the_overview_gets_none(klok, plan, coordinator):
    meld_af(gebruiker_id=coordinator.pk, soort=Afmelding.Soort.WEEKOVERZICHT)
    plan()
    klok.move_to(om("2027-06-14T09:00"))
    zet_klaar()

    assert "weekoverzicht" not in wacht()
