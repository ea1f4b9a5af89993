"""The start page of staff: what waits, what comes, and silence that is nobody's fault."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import laat_rusten, spreek_nazorg_af, zet_stap
from trajecten.fases import Fase
from trajecten.herinneringen import zet_klaar
from trajecten.models import Betrokkene, Contactmoment, Leeftijdsgrenzen, Moment, Momentconcept, Rustperiode
from trajecten.views.vandaag import PER_LIJST

DONDERDAG = date(2027, 6, 17)


@pytest.fixture(autouse=True)
def klok():
    with time_machine.travel("2027-06-17 12:00+02:00", tick=False) as klok:
        yield klok


@pytest.fixture
def plan(begeleider, initiatief):
    """Plan contact with a young person: `plan("Noor", dag)`; owned by begeleider."""

    def maak(roepnaam: str, dag: date, door=begeleider) -> Contactmoment:
        traject = maak_traject(door=door, initiatief=initiatief, roepnaam=roepnaam, op=DONDERDAG - timedelta(days=2))
        with als_gebruiker(door.pk):
            afspraak = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=door)
            contact = Contactmoment.plan_op(afspraak=afspraak, dag=DONDERDAG, eigenaar=door)
            Contactmoment.objects.filter(pk=contact.pk).update(gepland_op=dag)
        return contact

    return maak


def namen(antwoord, lijst: str) -> list[str]:
    return [rij.traject.jongere.roepnaam for rij in antwoord.context[lijst]]


def stil(antwoord) -> list[str]:
    return [traject.jongere.roepnaam for traject in antwoord.context["stil"]]


def test_an_empty_day_is_good_news(als, begeleider):
    antwoord = als(begeleider).get("/trajecten/")

    assert "Er staat niets klaar. Mooi zo." in antwoord.text
    assert "Goedemiddag, Bo" in antwoord.text


def test_contact_that_is_due_stands_ready_and_coming_contact_stands_under_this_week(als, begeleider, plan):
    plan("Noor", DONDERDAG)
    plan("Sem", DONDERDAG - timedelta(days=2))
    plan("Fay", DONDERDAG + timedelta(days=7))
    plan("Jip", DONDERDAG + timedelta(days=8))

    antwoord = als(begeleider).get("/trajecten/")

    assert namen(antwoord, "klaar") == ["Sem", "Noor"]
    assert namen(antwoord, "deze_week") == ["Fay"]


def test_a_recorded_contact_is_gone(als, begeleider, plan):
    contact = plan("Noor", DONDERDAG)
    with als_gebruiker(begeleider.pk):
        contact.rond_af("gesproken")

    assert namen(als(begeleider).get("/trajecten/"), "klaar") == []


def test_a_resting_trajectory_asks_for_nothing(als, begeleider, plan):
    contact = plan("Noor", DONDERDAG)
    with als_gebruiker(begeleider.pk):
        type(contact.traject).objects.filter(pk=contact.traject_id).update(toestand="rustend")

    antwoord = als(begeleider).get("/trajecten/")
    assert namen(antwoord, "klaar") == []


def test_a_stand_in_sees_what_was_left_lying_for_four_days(als, begeleider, initiatief, plan):
    waarnemer = RolFactory(initiatief=initiatief).gebruiker
    for roepnaam, dagen in [("Noor", 4), ("Sem", 3)]:
        contact = plan(roepnaam, DONDERDAG - timedelta(days=dagen))
        with als_gebruiker(begeleider.pk):
            Betrokkene(traject_id=contact.traject_id, gebruiker=waarnemer, rol="waarnemer").save(force_insert=True)

    assert namen(als(waarnemer).get("/trajecten/"), "klaar") == ["Noor"]


def test_a_coordinator_who_counsels_nobody_starts_with_the_whole_initiative(als, coordinator, plan):
    plan("Noor", DONDERDAG)

    assert namen(als(coordinator).get("/trajecten/"), "klaar") == ["Noor"]


def test_a_coordinator_chooses_between_her_own_and_all(als, coordinator, begeleider, initiatief, plan):
    RolFactory(gebruiker=coordinator, initiatief=initiatief)
    plan("Noor", DONDERDAG)
    client = als(coordinator)

    assert namen(client.get("/trajecten/"), "klaar") == []
    assert namen(client.get("/trajecten/?kring=initiatief"), "klaar") == ["Noor"]


def test_a_begeleider_cannot_choose_the_whole_initiative(als, begeleider, initiatief, plan):
    collega = RolFactory(initiatief=initiatief).gebruiker
    plan("Noor", DONDERDAG, door=collega)

    antwoord = als(begeleider).get("/trajecten/?kring=initiatief")

    assert namen(antwoord, "klaar") == []
    assert "Hele initiatief" not in antwoord.text


def test_a_forgotten_little_flame_stands_on_the_page_of_the_coordinator_also_among_her_own(
    klok, als, coordinator, begeleider, initiatief, plan
):
    RolFactory(gebruiker=coordinator, initiatief=initiatief)
    plan("Noor", DONDERDAG)
    klok.move_to("2027-07-20 12:00+02:00")
    zet_klaar()

    antwoord = als(coordinator).get("/trajecten/?kring=mijn")

    assert namen(antwoord, "klaar") == ["Noor"]
    assert "vergeten vlammetje" in antwoord.text


def test_three_weeks_without_a_moment_is_even_niets_gehoord(als, begeleider, initiatief):
    lang, kort = DONDERDAG - timedelta(days=60), DONDERDAG - timedelta(days=20)
    for roepnaam, begin, moment in [
        ("Stil", lang, DONDERDAG - timedelta(days=21)),
        ("Nieuw", kort, None),
        ("Gehoord", lang, DONDERDAG - timedelta(days=20)),
        ("Leeg", lang, None),
    ]:
        traject = maak_traject(door=begeleider, initiatief=initiatief, roepnaam=roepnaam, op=begin)
        if moment:
            with als_gebruiker(begeleider.pk):
                Moment.objects.create(traject=traject, tekst="Thee.", datum=moment, door=begeleider)

    assert sorted(stil(als(begeleider).get("/trajecten/"))) == ["Leeg", "Stil"]


def test_silence_in_the_waakvlam_or_in_rest_means_nothing(als, begeleider, initiatief):
    begin = DONDERDAG - timedelta(days=60)
    waakvlam, rust = (
        maak_traject(door=begeleider, initiatief=initiatief, roepnaam=naam, op=begin) for naam in ("Vlam", "Rust")
    )
    with als_gebruiker(begeleider.pk):
        zet_stap(traject=waakvlam, naar=Fase.WAAKVLAM, door=begeleider, toelichting="x", deur_staat_open=True, op=begin)
        rust.laat_rusten()

    assert stil(als(begeleider).get("/trajecten/")) == []


def test_what_one_was_writing_stands_ready(als, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        Momentconcept.objects.create(traject=traject, gebruiker=begeleider, tekst="Vanochtend")

    assert "Verder schrijven" in als(begeleider).get("/trajecten/").text


def test_a_draft_disappears_with_the_view_on_the_trajectory(als, begeleider, coordinator, traject):
    with als_gebruiker(begeleider.pk):
        Momentconcept.objects.create(traject=traject, gebruiker=begeleider, tekst="Vanochtend")
    begeleider.rollen.get().beeindig()
    RolFactory(gebruiker=begeleider, soort=Rol.Soort.BEGELEIDER)

    assert "Verder schrijven" not in als(begeleider).get("/trajecten/").text


def test_nothing_of_another_initiative_is_shown(als, buitenstaander, begeleider, plan):
    plan("Noor", DONDERDAG)

    assert "Noor" not in als(buitenstaander).get("/trajecten/").text


def test_aftercare_without_a_day_asks_for_one(als, begeleider, plan):
    contact = plan("Noor", DONDERDAG)
    with als_gebruiker(begeleider.pk):
        Contactmoment.objects.filter(traject=contact.traject_id).laat_vervallen()
        zet_stap(
            traject=contact.traject,
            naar=Fase.WAAKVLAM,
            door=begeleider,
            toelichting="Het staat.",
            afgesproken=contact.afspraak_id,
        )
        Contactmoment.objects.filter(traject=contact.traject_id).laat_vervallen()

    html = als(begeleider).get("/trajecten/").text

    assert "Nog geen dag gekozen" in html
    assert reverse("trajecten:nazorg_data", args=[contact.traject_id, contact.afspraak_id]) in html


def test_what_does_not_fit_on_the_page_is_said(als, begeleider, plan):
    for nummer in range(PER_LIJST + 1):
        plan(f"Straks {nummer}", DONDERDAG + timedelta(days=1))

    html = als(begeleider).get("/trajecten/").text

    assert html.count(">Openen<") == PER_LIJST
    assert "Er staat nog meer. Het schuift vanzelf aan." in html


@pytest.mark.parametrize("aantal", [1, 3, 10])
def test_the_day_costs_the_same_however_full(als, begeleider, plan, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        plan(f"Jongere {nummer}", DONDERDAG)
        plan(f"Straks {nummer}", DONDERDAG + timedelta(days=1))
    client = als(begeleider)

    # drafts, due, this week, no day yet, agreed days, birthdays, looking back, silent, questions of families; and the
    # four of every request
    with django_assert_num_queries(9 + 4):
        client.get("/trajecten/")


@pytest.mark.parametrize("aantal", [1, 3, 10])
def test_the_day_of_a_coordinator_asks_two_things_more(als, coordinator, plan, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        plan(f"Jongere {nummer}", DONDERDAG)
    client = als(coordinator)

    with django_assert_num_queries(9 + 2 + 4):  # who has no steady counsellor, and who comes here
        client.get("/trajecten/")


@pytest.mark.parametrize(
    ("tijd", "groet"),
    [("07:00", "Goedemorgen"), ("13:00", "Goedemiddag"), ("20:00", "Goedenavond"), ("03:00", "Goedenacht")],
)
def test_the_greeting_knows_the_hour(klok, als, begeleider, tijd, groet):
    klok.move_to(f"2027-06-17 {tijd}+02:00")

    assert groet in als(begeleider).get("/trajecten/").text


def test_today_is_the_day_in_amsterdam(klok, als, begeleider, plan):
    plan("Noor", DONDERDAG + timedelta(days=1))
    klok.move_to("2027-06-17 22:30+00:00")  # half past midnight in Amsterdam

    assert timezone.localdate() == date(2027, 6, 18)
    assert namen(als(begeleider).get("/trajecten/"), "klaar") == ["Noor"]


# --- Birthdays that change who decides --------------------------------------------------------------------------------


@pytest.fixture
def geboren(begeleider, initiatief):
    """A young person, born on this day: `geboren("Noor", date(2015, 6, 18))`."""

    def maak(roepnaam: str, dag: date, door=begeleider):
        traject = maak_traject(door=door, initiatief=initiatief, roepnaam=roepnaam, op=DONDERDAG - timedelta(days=2))
        with als_gebruiker(door.pk):
            Leeftijdsgrenzen.leid_af(traject.jongere_id, dag)
        return traject

    return maak


@pytest.mark.parametrize(
    ("dag", "leeftijd"),
    [
        (date(2015, 6, 18), 12),  # tomorrow
        (date(2015, 6, 17), 12),  # today
        (date(2011, 7, 1), 16),  # in two weeks
        (date(2009, 6, 10), 18),  # a week ago
        (date(2015, 7, 2), None),  # too far ahead
        (date(2015, 6, 9), None),  # long enough ago
        (date(2013, 6, 18), None),  # turns 14: nothing changes
    ],
)
def test_a_birthday_that_changes_who_decides_is_noticed_in_time(als, begeleider, geboren, dag, leeftijd):
    geboren("Noor", dag)

    jarig = als(begeleider).get("/trajecten/").context["jarig"]

    assert [jarige["leeftijd"] for jarige in jarig] == ([leeftijd] if leeftijd else [])


def test_a_birthday_says_what_changes_and_leads_to_consent(als, begeleider, geboren):
    traject = geboren("Noor", date(2011, 6, 20))

    pagina = als(begeleider).get("/trajecten/").text

    assert "16 jaar op zondag 20 juni 2027. Vanaf die dag beslist de jongere zelf." in pagina
    assert f"/trajecten/{traject.pk}/toestemming/" in pagina


def test_who_was_born_on_the_29th_of_february_turns_eighteen_on_the_first_of_march(klok, als, begeleider, geboren):
    geboren("Noor", date(2012, 2, 29))
    klok.move_to("2030-02-28 12:00+01:00")

    [jarige] = als(begeleider).get("/trajecten/").context["jarig"]

    assert (jarige["leeftijd"], jarige["op"]) == (18, date(2030, 3, 1))


def test_a_birthday_leaves_no_line_in_the_read_log(als, begeleider, geboren, kijkt_als):
    traject = geboren("Noor", date(2015, 6, 18))

    als(begeleider).get("/trajecten/")

    kijkt_als(begeleider)
    assert not traject.inzagen.exists()


def test_birthdays_stay_inside_the_circle(als, geboren, buitenstaander, initiatief):
    geboren("Noor", date(2015, 6, 18))
    collega = RolFactory(initiatief=initiatief).gebruiker

    assert "Noor" not in als(buitenstaander).get("/trajecten/").text
    assert "Noor" not in als(collega).get("/trajecten/").text


# --- Days that were agreed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tot", "vraagt"), [(0, True), (-5, True), (1, False), (None, False)])
def test_when_the_rest_that_was_agreed_is_over_somebody_asks(als, begeleider, initiatief, tot, vraagt):
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=DONDERDAG - timedelta(days=30))
    with als_gebruiker(begeleider.pk):
        dag = DONDERDAG + timedelta(days=tot) if tot is not None else None
        laat_rusten(traject=traject, door=begeleider, periode=Rustperiode(van=DONDERDAG - timedelta(days=9), tot=dag))

    antwoord = als(begeleider).get("/trajecten/")

    assert (f"/trajecten/{traject.pk}/rust/" in antwoord.text) is vraagt
    assert bool(antwoord.context["rust_om"]) is vraagt


def in_waakvlam_tot(traject, begeleider, tot: date | None) -> None:
    nazorg = {"vormen": ["gezin"], "ritme": [], "afgesproken_tot": tot}
    with als_gebruiker(begeleider.pk):
        zet_stap(traject=traject, naar=Fase.WAAKVLAM, door=begeleider, toelichting="x", nazorg=nazorg)


@pytest.mark.parametrize(("tot", "vraagt"), [(-1, True), (0, False), (9, False), (None, False)])
def test_after_a_set_time_of_waakvlam_rest_is_proposed(als, begeleider, initiatief, tot, vraagt):
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=DONDERDAG - timedelta(days=30))
    in_waakvlam_tot(traject, begeleider, DONDERDAG + timedelta(days=tot) if tot is not None else None)

    assert (f"/trajecten/{traject.pk}/rust/?reden=afgesproken" in als(begeleider).get("/trajecten/").text) is vraagt


def test_while_contact_still_waits_no_rest_is_proposed(als, begeleider, initiatief):
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=DONDERDAG - timedelta(days=30))
    in_waakvlam_tot(traject, begeleider, DONDERDAG - timedelta(days=1))
    with als_gebruiker(begeleider.pk):
        Contactmoment.plan_op(afspraak=traject.nazorgafspraken.get(), dag=DONDERDAG, eigenaar=begeleider)

    assert not als(begeleider).get("/trajecten/").context["rust_om"]
