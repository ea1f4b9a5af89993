"""A ladder that an initiative sets itself, and a pause at the wish of a young person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.klok import DONDERDAG, om
from trajecten.actions import spreek_nazorg_af
from trajecten.fases import Fase
from trajecten.herinneringen import zet_klaar
from trajecten.ladder import STANDAARD, Ladder, Stap, belemmering
from trajecten.models import Contactmoment, Herinnering, Ladderinstelling, NazorgAfspraak, Nazorgpauze
from trajecten.planning import PauzeGeweigerd, hervat, pauzeer, stel_ladder_in

GEWOON = {"vooraf": "-3", "vandaag": "0", "daarna": "4", "coordinator": "10", "bord": "30"}
UREN = {"werkdagen": ["1", "2", "3", "4", "5"], "vanaf_uur": "9", "tot_uur": "18"}


def ladder_van(contact, gebruiker) -> dict[str, str]:
    """The coming steps with their moments."""
    with als_gebruiker(gebruiker.pk):
        stappen = Herinnering.objects.filter(contactmoment=contact, vervallen_op=None).order_by("op")
        return {rij.stap: timezone.localtime(rij.op).strftime("%a %d-%m %H") for rij in stappen}


# --- The ladder -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anders", "stap", "mag"),
    [
        ({}, None, True),
        ({"vooraf": -1, "vandaag": 3, "daarna": 21, "coordinator": 42, "bord": 90}, None, True),
        ({"vooraf": None, "vandaag": None, "daarna": None, "coordinator": None}, None, True),
        ({"vooraf": -4}, "vooraf", False),  # earlier than was agreed for everybody
        ({"vandaag": -1}, "vandaag", False),
        ({"daarna": 3}, "daarna", False),
        ({"coordinator": 9}, "coordinator", False),
        ({"bord": 29}, "bord", False),
        ({"bord": 91}, "bord", False),
        ({"bord": None}, "bord", False),
        ({"daarna": 12, "coordinator": 10}, "coordinator", False),
        ({"daarna": 10, "coordinator": 10}, "coordinator", False),
        ({"coordinator": 40, "bord": 30}, "bord", False),
    ],
)
def test_the_order_stays_steps_may_be_later_and_the_last_is_always_there(anders, stap, mag, initiatief, coordinator):
    dagen = {"vooraf": -3, "vandaag": 0, "daarna": 4, "coordinator": 10, "bord": 30} | anders

    redenen = belemmering({Stap(naam): dag for naam, dag in dagen.items()})

    assert list(redenen) == ([] if mag else [stap])
    with als_gebruiker(coordinator.pk):
        rij = Ladderinstelling(initiatief=initiatief, door=coordinator, **dagen)
        if mag:
            rij.save()
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                rij.save()


def test_of_steps_that_fall_together_only_the_highest_stays():
    alleen_dinsdag = Ladder(STANDAARD.dagen, uur=10, werkdagen=(2,))

    momenten = alleen_dinsdag.momenten(DONDERDAG)

    assert {str(stap): op.strftime("%a %d-%m %H:%M") for stap, op in momenten.items()} == {
        "vooraf": "Tue 15-06 10:00",
        "daarna": "Tue 22-06 10:00",
        "coordinator": "Tue 29-06 10:00",
        "bord": "Tue 20-07 10:00",
    }


def test_what_is_planned_follows_a_ladder_that_is_set_differently(klok, contact, begeleider, coordinator, initiatief):
    with als_gebruiker(coordinator.pk):
        instelling = Ladderinstelling(initiatief=initiatief, vooraf=None, daarna=7, coordinator=14, vanaf_uur=10)
        stel_ladder_in(instelling=instelling, door=coordinator)
    anders = ladder_van(contact, begeleider)
    with als_gebruiker(coordinator.pk):
        stel_ladder_in(instelling=Ladderinstelling(initiatief=initiatief), door=coordinator)

    assert anders == {
        "vandaag": "Thu 17-06 10",
        "daarna": "Thu 24-06 10",
        "coordinator": "Thu 01-07 10",
        "bord": "Mon 19-07 10",
    }
    assert ladder_van(contact, begeleider) == {
        "vooraf": "Mon 14-06 09",
        "vandaag": "Thu 17-06 09",
        "daarna": "Mon 21-06 09",
        "coordinator": "Mon 28-06 09",
        "bord": "Mon 19-07 09",
    }


def test_what_went_out_stays_and_is_not_repeated(klok, contact, begeleider, coordinator, initiatief):
    klok.move_to(om("2027-06-21T10:00"))
    zet_klaar()
    with als_gebruiker(coordinator.pk):
        stel_ladder_in(instelling=Ladderinstelling(initiatief=initiatief, daarna=9, vandaag=3), door=coordinator)
    for dag in range(6):
        klok.move_to(om("2027-06-22T10:00") + timedelta(days=dag))
        zet_klaar()

    assert Bericht.objects.filter(soort="herinnering").count() == 1  # the tenth day has not come


def test_new_contact_follows_the_ladder_of_its_initiative(klok, traject, begeleider, coordinator, initiatief):
    with als_gebruiker(coordinator.pk):
        stel_ladder_in(instelling=Ladderinstelling(initiatief=initiatief, vooraf=-1, bord=60), door=coordinator)
    with als_gebruiker(begeleider.pk):
        afspraak = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_4"])
        stappen = ladder_van(afspraak.contactmomenten.get(), begeleider)

    assert (stappen["vooraf"], stappen["bord"]) == ("Mon 28-06 09", "Mon 30-08 09")


def test_a_ladder_of_another_initiative_stays_as_it_is(
    klok, contact, begeleider, buitenstaander, ander_initiatief, ander_traject
):
    from tests.factories import RolFactory

    ander = RolFactory(soort="coordinator", initiatief=ander_initiatief).gebruiker
    voor = ladder_van(contact, begeleider)
    with als_gebruiker(ander.pk):
        stel_ladder_in(instelling=Ladderinstelling(initiatief=ander_initiatief, daarna=9), door=ander)

    assert ladder_van(contact, begeleider) == voor


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_number_of_statements_does_not_grow_with_the_contacts(
    klok, traject, begeleider, coordinator, initiatief, django_assert_num_queries, aantal
):
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        for _ in range(aantal):
            Contactmoment.plan_op(afspraak=afspraak, dag=DONDERDAG, eigenaar=begeleider)

    with als_gebruiker(coordinator.pk), django_assert_num_queries(10):
        stel_ladder_in(instelling=Ladderinstelling(initiatief=initiatief, daarna=7), door=coordinator)


def test_a_coordinator_sets_it_on_a_page(klok, contact, als, coordinator, begeleider, initiatief):
    adres = f"/trajecten/ladder/{initiatief.pk}/"
    assert "Deze stap blijft altijd aan" in als(coordinator).get(adres).text

    antwoord = als(coordinator).post(adres, {**GEWOON, "vooraf": "uit", "daarna": "7", **UREN, "vanaf_uur": "10"})

    assert antwoord.url == "/trajecten/bord/"
    assert ladder_van(contact, begeleider)["daarna"] == "Thu 24-06 10"
    assert "vooraf" not in ladder_van(contact, begeleider)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"bord": "uit"}, "Kies een van deze momenten."),
        ({"daarna": "12"}, "Deze stap komt na de vorige."),
        ({"daarna": "400"}, "Kies een van deze momenten."),
        ({"vooraf": "x"}, "Kies een van deze momenten."),
        ({"werkdagen": []}, "Kies minstens één dag."),
        ({"werkdagen": ["6"]}, "Kies uit deze dagen."),
        ({"vanaf_uur": "3"}, "Kies een tijd uit de lijst."),
        ({"tot_uur": "23"}, "Kies een tijd uit de lijst."),
        ({"vanaf_uur": ""}, "Kies een tijd."),
        ({"tot_uur": "laat"}, "Kies een tijd uit de lijst."),
        ({"tot_uur": "99999999999"}, "Kies een tijd uit de lijst."),
    ],
)
def test_a_ladder_that_cannot_be_is_explained_and_nothing_changes(als, coordinator, initiatief, kijkt_als, anders, zin):
    antwoord = als(coordinator).post(f"/trajecten/ladder/{initiatief.pk}/", {**GEWOON, **UREN, **anders})

    assert antwoord.status_code == 200
    assert zin in antwoord.text
    kijkt_als(coordinator)
    assert not Ladderinstelling.objects.exists()


def test_the_ladder_of_somebody_elses_initiative_does_not_exist(als, coordinator, ander_initiatief):
    assert als(coordinator).get(f"/trajecten/ladder/{ander_initiatief.pk}/").status_code == 404


# --- A pause --------------------------------------------------------------------------------------------------------


@pytest.fixture
def pauze(contact, traject, begeleider) -> Nazorgpauze:
    """Until 1 September 2027, a Wednesday; contact was planned on 17 June and on 2 September."""
    with als_gebruiker(begeleider.pk):
        Contactmoment.plan_op(afspraak=contact.afspraak, dag=date(2027, 9, 2), eigenaar=begeleider)
        return pauzeer(traject=traject, tot=date(2027, 9, 1), door=begeleider)


def test_a_pause_is_silent_and_then_asks_one_soft_question(klok, pauze, begeleider, coordinator):
    uit = {}
    for dag in range(120):
        nu = om("2027-06-02T09:00") + timedelta(days=dag)
        klok.move_to(nu)
        zet_klaar()
        if nieuw := list(Bericht.objects.filter(soort="herinnering").values_list("aan__email", flat=True)):
            uit[nu.strftime("%a %d-%m")] = nieuw
        Bericht.objects.all().delete()

    assert uit == {
        "Wed 01-09": ["bo@voorbeeld.example"],  # the soft question, and no ladder after it
        "Thu 02-09": ["bo@voorbeeld.example"],  # what was planned for after the pause
        "Mon 06-09": ["bo@voorbeeld.example"],
        "Mon 13-09": ["co@voorbeeld.example"],
    }


@pytest.mark.parametrize(
    ("gepland_met", "in_dienst", "wie"),
    [
        ("coordinator", True, "coordinator"),  # who has the next contact
        (None, True, "begeleider"),  # the steady counsellor
        (None, False, "coordinator"),  # who gives the pause
    ],
)
def test_the_soft_question_is_for_whoever_is_nearest(
    klok, traject, begeleider, coordinator, gepland_met, in_dienst, wie
):
    mensen = {"begeleider": begeleider, "coordinator": coordinator}
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        if gepland_met:
            Contactmoment.plan_op(afspraak=afspraak, dag=date(2027, 9, 2), eigenaar=mensen[gepland_met])
    if not in_dienst:
        begeleider.rollen.get().beeindig()

    with als_gebruiker(coordinator.pk):
        pauzeer(traject=traject, tot=date(2027, 9, 1), door=begeleider if gepland_met else coordinator)

        assert Contactmoment.objects.get(is_zachte_vraag=True).eigenaar == mensen[wie]


def test_the_page_of_aftercare_tells_of_the_pause_and_its_question(pauze, als, begeleider, traject):
    html = als(begeleider).get(f"/trajecten/{traject.pk}/nazorg/").text

    assert "heeft pauze tot woensdag 1 september 2027. Tot dan vraagt niemand iets." in html
    assert "Één zachte vraag na de pauze, met" in html
    assert "De pauze bekijken" in html


def test_a_soft_question_is_never_a_forgotten_flame(klok, pauze, begeleider):
    klok.move_to(om("2027-12-01T09:00"))
    zet_klaar()

    with als_gebruiker(begeleider.pk):
        vraag = Contactmoment.objects.with_vergeten().get(is_zachte_vraag=True)
        assert not vraag.is_vergeten


def test_a_pause_silences_at_once_what_waits_in_the_outbox(klok, contact, traject, begeleider):
    klok.move_to(om("2027-06-17T09:00"))
    zet_klaar()
    with als_gebruiker(begeleider.pk):
        pauzeer(traject=traject, tot=date(2027, 7, 1), door=begeleider)

    assert set(Bericht.objects.filter(soort="herinnering").values_list("toestand", flat=True)) == {"vervallen"}


def test_the_sweep_itself_looks_whether_there_is_a_pause(klok, contact, traject, begeleider, coordinator):
    with als_gebruiker(begeleider.pk):
        Nazorgpauze.objects.create(traject=traject, tot=date(2027, 7, 1), door=begeleider)
    klok.move_to(om("2027-06-17T09:00"))
    tijdens = zet_klaar()
    klok.move_to(om("2027-07-01T09:00"))

    assert (tijdens, zet_klaar()) == (0, 4)


def test_contact_that_is_planned_into_a_pause_asks_nothing_in_it(klok, pauze, contact, begeleider):
    with als_gebruiker(begeleider.pk):
        erin = Contactmoment.plan_op(afspraak=contact.afspraak, dag=date(2027, 8, 24), eigenaar=begeleider)

    assert list(ladder_van(erin, begeleider)) == ["coordinator", "bord"]


def test_a_pause_can_end_sooner_and_then_the_question_comes_sooner(klok, pauze, traject, begeleider):
    klok.move_to(om("2027-07-03T12:00"))  # a Saturday
    with als_gebruiker(begeleider.pk):
        hervat(traject=traject)
        vraag = Contactmoment.objects.wacht().get(is_zachte_vraag=True)
        pauze.refresh_from_db()

    assert (pauze.tot, vraag.gepland_op) == (date(2027, 7, 3), date(2027, 7, 5))
    assert ladder_van(vraag, begeleider) == {"vandaag": "Mon 05-07 09"}


@pytest.mark.parametrize("wat", ["rust", "terugkeer"])
def test_rest_and_return_end_a_pause_with_its_question(klok, traject, contact, begeleider, wat):
    with als_gebruiker(begeleider.pk):
        traject.naar_fase(Fase.WAAKVLAM, door=begeleider, toelichting="Een plek gevonden.")
        pauzeer(traject=traject, tot=date(2027, 9, 1), door=begeleider)
        klok.move_to(om("2027-06-20T10:00"))
        if wat == "rust":
            traject.laat_rusten()
        else:
            traject.naar_fase(Fase.LANDING, door=begeleider)

        assert not Contactmoment.objects.wacht().exists()
        assert not traject.pauzes.nog_niet_voorbij().exists()


def test_there_is_one_pause_at_a_time(pauze, traject, begeleider):
    with als_gebruiker(begeleider.pk):
        with pytest.raises(PauzeGeweigerd, match="al een pauze"):
            pauzeer(traject=traject, tot=date(2027, 8, 1), door=begeleider)
        with pytest.raises(IntegrityError), transaction.atomic():
            Nazorgpauze.objects.create(traject=traject, tot=date(2027, 8, 1), door=begeleider)


def test_a_pause_is_at_most_half_a_year_for_the_database_too(klok, traject, begeleider):
    with als_gebruiker(begeleider.pk), pytest.raises(IntegrityError), transaction.atomic():
        Nazorgpauze.objects.create(traject=traject, tot=date(2027, 12, 3), door=begeleider)


def test_a_pause_without_an_agreement_says_so(klok, als, traject, begeleider):
    antwoord = als(begeleider).post(f"/trajecten/{traject.pk}/pauze/", {"tot": "2027-07-01"})

    assert "er valt niets te pauzeren" in antwoord.text


@pytest.mark.parametrize(
    ("tot", "zin"),
    [
        ("", "Kies een datum."),
        ("morgen", "Dit is geen datum."),
        ("2027-06-01", "Kies een dag vanaf morgen"),
        ("2020-01-01", "Kies een dag vanaf morgen"),
        ("2027-12-02", "tot en met 1 december 2027"),
        ("9999-12-31", "tot en met 1 december 2027"),
    ],
)
def test_a_pause_that_cannot_be_is_explained(klok, als, contact, traject, begeleider, tot, zin):
    antwoord = als(begeleider).post(f"/trajecten/{traject.pk}/pauze/", {"tot": tot})

    assert antwoord.status_code == 200
    assert zin in antwoord.text


def test_a_counsellor_gives_and_ends_a_pause_on_its_page(klok, als, contact, traject, begeleider, kijkt_als):
    client = als(begeleider)
    client.post(f"/trajecten/{traject.pk}/pauze/", {"tot": "2027-12-01"})
    pagina = client.get(f"/trajecten/{traject.pk}/pauze/").text
    client.post(f"/trajecten/{traject.pk}/pauze/ophouden/")

    assert "heeft pauze tot woensdag 1 december 2027" in pagina
    kijkt_als(begeleider)
    assert not traject.pauzes.nog_niet_voorbij().exists()


def test_a_step_that_is_switched_on_comes_to_what_was_planned_without_it(
    klok, traject, begeleider, coordinator, initiatief
):
    with als_gebruiker(coordinator.pk):
        stel_ladder_in(instelling=Ladderinstelling(initiatief=initiatief, vooraf=None), door=coordinator)
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        contact = Contactmoment.plan_op(afspraak=afspraak, dag=DONDERDAG, eigenaar=begeleider)
    zonder = ladder_van(contact, begeleider)
    with als_gebruiker(coordinator.pk):
        stel_ladder_in(instelling=Ladderinstelling(initiatief=initiatief), door=coordinator)

    assert "vooraf" not in zonder
    assert ladder_van(contact, begeleider)["vooraf"] == "Mon 14-06 09"


def test_moving_what_follows_moves_an_open_door_without_years_too(klok, contact, begeleider):
    with als_gebruiker(begeleider.pk):
        assert contact.afspraak.jaardag is None
        assert contact.verschuif(DONDERDAG + timedelta(days=7))

        contact.afspraak.refresh_from_db()
        assert (contact.afspraak.jaardag, Contactmoment.objects.get().gepland_op) == (
            None,
            DONDERDAG + timedelta(days=7),
        )
