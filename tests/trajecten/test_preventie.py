"""The prevention plan in versions, who agreed with which, and the signal that brings it out and moves nothing."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.samen import tegelijk
from tests.trajecten.bezetting import maak_traject
from trajecten.forms.preventie import verzet
from trajecten.models import Betrokkene, PlanAkkoord, Preventieplan, Terugvalsignaal
from trajecten.models.preventie import PlanVerouderd
from trajecten.terugval import meld_terugval

VERZOEK = 4  # what every request adds: begin, session, user, commit
LEEG = {"signalen": "", "wat_helpt": "", "wat_niet_helpt": "", "op_versie": "0"}


@pytest.fixture
def adres(traject):
    return lambda naam, *rest: reverse(f"trajecten:{naam}", args=[traject.pk, *rest])


@pytest.fixture
def schrijf(als, begeleider, adres):
    client = als(begeleider)
    return lambda **velden: client.post(adres("preventieplan_schrijven"), LEEG | velden)


@pytest.fixture
def plan(traject, begeleider) -> Preventieplan:
    with als_gebruiker(begeleider.pk):
        return Preventieplan.objects.create(
            traject=traject,
            versie=1,
            signalen="Dan slaap ik lang.",
            bellen=[{"wie": "Opa", "hoe": "altijd goed"}, {"wie": "Bo", "hoe": ""}],
            door=begeleider,
        )


@pytest.fixture
def waarnemer(traject, begeleider, initiatief):
    collega = RolFactory(initiatief=initiatief, gebruiker__naam="Zoë Collega").gebruiker
    with als_gebruiker(begeleider.pk):
        Betrokkene(traject=traject, gebruiker=collega, rol="waarnemer").save(force_insert=True)
    return collega


def meld(traject, door, woorden="") -> Terugvalsignaal:
    with als_gebruiker(door.pk):
        return meld_terugval(traject=traject, door=door, woorden=woorden)


def test_a_plan_is_written_and_changing_it_gives_a_version(schrijf, als, begeleider, adres, kijkt_als):
    schrijf(signalen="Dan zeg ik niets.", wie_1="Opa", hoe_1="altijd goed")
    schrijf(signalen="Dan zeg ik niets.", wat_helpt="Wandelen.", wie_1="Opa", hoe_1="altijd goed", op_versie="1")

    client = als(begeleider)
    nu, eerder = client.get(adres("preventieplan")), client.get(adres("preventieplan"), {"versie": 1})
    assert "Wandelen." in nu.text
    assert "Wandelen." not in eerder.text
    kijkt_als(begeleider)
    assert list(Preventieplan.objects.order_by("versie").values_list("versie", flat=True)) == [1, 2]


def test_the_same_plan_again_is_no_new_version(schrijf, begeleider, kijkt_als):
    schrijf(signalen="Dan zeg ik niets.")
    schrijf(signalen="Dan zeg ik niets.", op_versie="1")

    kijkt_als(begeleider)
    assert Preventieplan.objects.count() == 1


def test_lines_to_call_stand_in_their_order_and_empty_ones_close_up(schrijf, begeleider, kijkt_als):
    schrijf(wie_2="Opa", wie_5="Bo", hoe_5="werkdagen")

    kijkt_als(begeleider)
    assert Preventieplan.objects.get().bellen == [{"wie": "Opa", "hoe": ""}, {"wie": "Bo", "hoe": "werkdagen"}]


# What a tap does to the lines A, B, C, written out by hand; what makes no sense moves nothing.
@pytest.mark.parametrize(
    ("tik", "volgorde"),
    [
        ("omhoog_2", "BAC"),
        ("omhoog_3", "ACB"),
        ("omlaag_1", "BAC"),
        ("omlaag_2", "ACB"),
        ("omhoog_1", "ABC"),
        ("omlaag_6", "ABC"),
        ("omhoog_99", "ABC"),
        ("omhoog_", "ABC"),
        ("omhoog_x", "ABC"),
        ("omlaag_-1", "ABC"),
        ("omhoog_²", "ABC"),
    ],
)
def test_a_line_moves_one_place(tik, volgorde):
    ingevuld = {f"wie_{nr}": naam for nr, naam in enumerate("ABC", 1)} | {"hoe_2": "bij B"}

    verzet_naar = verzet(ingevuld, tik)

    assert "".join(verzet_naar[f"wie_{nr}"] for nr in (1, 2, 3)) == volgorde
    assert verzet_naar.get(f"hoe_{volgorde.index('B') + 1}") == "bij B"


def test_moving_a_line_saves_nothing_and_keeps_everything_typed(schrijf, begeleider, kijkt_als):
    antwoord = schrijf(wat_helpt="Nog niet af", wie_1="Opa", hoe_1="altijd", wie_2="Bo", verzet="omhoog_2")

    assert [(wie.value(), hoe.value()) for _, wie, hoe in antwoord.context["form"].belregels()][:2] == [
        ("Bo", ""),
        ("Opa", "altijd"),
    ]
    assert "Nog niet af" in antwoord.text
    assert "Kijk dit nog even na" not in antwoord.text
    kijkt_als(begeleider)
    assert not Preventieplan.objects.exists()


def test_enter_in_a_field_saves_and_moves_nothing(als, begeleider, adres):
    inhoud = als(begeleider).get(adres("preventieplan_schrijven")).text
    formulier = inhoud[inhoud.index('<form class="smal"') :]

    assert formulier.index("Plan bewaren") < formulier.index('name="verzet"')


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({}, "Het plan is nog leeg."),
        ({"signalen": "x" * 601}, "Zo past het plan niet op één blad."),
        ({"wat_helpt": "x\n" * 11}, "Zo past het plan niet op één blad."),
        ({"signalen": "x" * 100_000}, "Zo past het plan niet op één blad."),
        ({"wat_niet_helpt": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"wie_1": "bsn 111222333"}, "een nummer dat een BSN kan zijn"),
        ({"hoe_3": "06 is genoeg"}, "Schrijf er ook bij wie dit is."),
        ({"wie_1": "x" * 81}, "er passen 80 tekens"),
    ],
)
def test_a_mistake_is_explained_and_what_was_typed_stays(schrijf, velden, zin, begeleider, kijkt_als):
    antwoord = schrijf(**({"wie_6": "Buurvrouw"} | velden if velden else {}))

    assert zin in antwoord.text
    assert not velden or "Buurvrouw" in antwoord.text
    kijkt_als(begeleider)
    assert not Preventieplan.objects.exists()


def test_who_wrote_on_an_old_version_hears_it_and_can_save_after_all(schrijf, plan, traject, coordinator):
    with als_gebruiker(coordinator.pk):
        nieuw = {"signalen": "Van Co", "wat_helpt": "", "wat_niet_helpt": "", "bellen": []}
        Preventieplan.schrijf(traject, nieuw, door=coordinator, op_versie=1)

    antwoord = schrijf(signalen="Van Bo", op_versie="1")
    nogmaals = schrijf(signalen="Van Bo", op_versie=antwoord.context["form"]["op_versie"].value())

    assert "Intussen schreef Co Coördinator een nieuwe versie." in antwoord.text
    assert "Van Bo" in antwoord.text
    assert nogmaals.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_wins_and_the_other_hears_it(begeleider, coordinator, initiatief):
    traject = maak_traject(door=begeleider, initiatief=initiatief)

    def schrijf(mens) -> int:
        with als_gebruiker(mens.pk):
            inhoud = {"signalen": mens.naam, "wat_helpt": "", "wat_niet_helpt": "", "bellen": []}
            return Preventieplan.schrijf(traject, inhoud, door=mens, op_versie=0).versie

    uitkomsten = tegelijk(*(partial(schrijf, mens) for mens in (begeleider, coordinator)), weigert=PlanVerouderd)

    assert [isinstance(uitkomst, PlanVerouderd) for uitkomst in uitkomsten].count(True) == uitkomsten.count(1) == 1


def test_agreement_is_per_version(als, begeleider, adres, plan, schrijf):
    client = als(begeleider)
    vandaag = timezone.localdate().isoformat()
    client.post(adres("akkoord"), {"partij": "jongere", "naam": "", "datum": vandaag, "versie": "1"})
    eerst = client.get(adres("preventieplan"))

    schrijf(signalen="Anders", op_versie="1")

    daarna, terug = client.get(adres("preventieplan")), client.get(adres("preventieplan"), {"versie": 1})
    assert [len(akkoorden) for _, akkoorden in eerst.context["partijen"]] == [1, 0, 0]
    assert [len(akkoorden) for _, akkoorden in daarna.context["partijen"]] == [0, 0, 0]
    assert [akkoord.naam for akkoord in terug.context["partijen"][0][1]] == ["Noor"]


def test_two_parents_each_agree_and_one_changes_her_mind(als, begeleider, adres, plan, kijkt_als):
    client, vandaag = als(begeleider), timezone.localdate().isoformat()
    for naam in ("Mam", "Pap"):
        client.post(adres("akkoord"), {"partij": "ouders", "naam": naam, "datum": vandaag, "versie": "1"})
    kijkt_als(begeleider)
    mam = PlanAkkoord.objects.get(naam="Mam")

    inhoud = client.post(adres("akkoord_terug", mam.pk), follow=True)

    assert [akkoord.naam for akkoord in inhoud.context["partijen"][1][1]] == ["Pap"]
    kijkt_als(begeleider)
    assert PlanAkkoord.objects.count() == 2


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"partij": ""}, "Kies wie het eens is met dit plan."),
        ({"partij": "school"}, "Kies een van deze drie."),
        ({"naam": ""}, "Schrijf op wie dit afsprak."),
        ({"naam": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"datum": "2999-01-01"}, "Kies een datum tot en met vandaag."),
        ({"datum": "1999-01-01"}, "Kies die dag of later."),
        ({"versie": "7"}, "Er is een nieuwere versie van het plan."),
    ],
)
def test_a_mistake_in_an_agreement_is_explained(als, begeleider, adres, plan, velden, zin):
    goed = {"partij": "ouders", "naam": "Mam", "datum": timezone.localdate().isoformat(), "versie": "1"}

    assert zin in als(begeleider).post(adres("akkoord"), goed | velden).text


def test_without_a_plan_there_is_nothing_to_agree_with(als, begeleider, adres):
    assert als(begeleider).get(adres("akkoord")).status_code == 404


def test_a_signal_brings_out_the_plan_tells_the_owner_and_moves_no_phase(
    als, waarnemer, begeleider, adres, plan, traject, kijkt_als
):
    antwoord = als(waarnemer).post(adres("terugval"), {"woorden": "Noor bleef drie dagen weg."}, follow=True)

    assert antwoord.redirect_chain == [(adres("preventieplan"), 302)]
    assert "Dan slaap ik lang." in antwoord.text
    assert "Noor bleef drie dagen weg." in antwoord.text
    kijkt_als(begeleider)
    assert (traject.verblijven.count(), traject.verblijf_nu.fase) == (1, "landing")
    assert Terugvalsignaal.objects.get().plan == plan
    bericht = Bericht.objects.get()
    assert (bericht.aan, bericht.pad, bericht.gegevens) == (begeleider, adres("preventieplan"), {})


def test_who_gives_the_signal_gets_no_mail_about_it(traject, begeleider, waarnemer):
    meld(traject, begeleider)

    assert not Bericht.objects.exists()


def test_when_the_steady_counsellor_left_the_stand_in_hears_it_and_else_the_coordinator(
    traject, begeleider, waarnemer, coordinator, initiatief
):
    nog_een = RolFactory(initiatief=initiatief, soort=Rol.Soort.COORDINATOR).gebruiker
    begeleider.rollen.get().beeindig()
    meld(traject, coordinator, "een")
    waarnemer.rollen.get().beeindig()
    meld(traject, coordinator, "twee")

    assert [bericht.aan for bericht in Bericht.objects.order_by("pk")] == [waarnemer, nog_een]


def test_a_double_tap_is_one_signal_and_one_mail(traject, waarnemer, kijkt_als):
    meld(traject, waarnemer, "Stil.")
    meld(traject, waarnemer, "Stil.")

    kijkt_als(waarnemer)
    assert (Terugvalsignaal.objects.count(), Bericht.objects.count()) == (1, 1)


def test_the_mail_tells_nothing_about_anybody(traject, waarnemer, client, tmp_path):
    from django.template.loader import render_to_string

    meld(traject, waarnemer, "Noor slaapt niet.")
    bericht = Bericht.objects.get()

    tekst = render_to_string("post/terugvalsignaal.txt", {"link": bericht.pad}) + render_to_string(
        "post/terugvalsignaal.onderwerp.txt"
    )
    assert "Noor" not in tekst + str(bericht.gegevens) + bericht.sleutel
    assert "terugval" not in tekst.lower()


def test_a_signal_can_be_taken_back_for_ten_minutes_and_then_no_mail_goes_out(
    als, traject, waarnemer, adres, kijkt_als
):
    signaal = meld(traject, waarnemer, "Foutje")

    inhoud = als(waarnemer).post(adres("terugval_terug", signaal.pk), follow=True).text

    assert "Er gaat geen mail uit." in inhoud
    assert "Foutje" not in inhoud
    assert Bericht.objects.get().toestand == Bericht.Toestand.VERVALLEN
    kijkt_als(waarnemer)
    assert Terugvalsignaal.objects.get().teruggenomen_op


def test_the_mail_waits_just_as_long_as_the_signal_can_be_taken_back(traject, waarnemer, kijkt_als):
    with time_machine.travel("2027-06-17 12:00+02:00", tick=False):
        signaal = meld(traject, waarnemer)
        assert Bericht.objects.get().versturen_vanaf == timezone.now() + timedelta(minutes=10)

    kijkt_als(waarnemer)
    for moment, mag in (("12:09:59", True), ("12:10:00", False)):
        with time_machine.travel(f"2027-06-17 {moment}+02:00", tick=False):
            assert signaal.mag_terug(waarnemer) is mag
    with time_machine.travel("2027-06-17 12:10:00+02:00", tick=False):
        assert signaal.neem_terug() is False


def test_after_ten_minutes_the_button_explains_that_it_stays(als, traject, waarnemer, adres, kijkt_als):
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        signaal = meld(traject, waarnemer)

    inhoud = als(waarnemer).post(adres("terugval_terug", signaal.pk), follow=True).text

    assert "Dit staat nu vast." in inhoud
    kijkt_als(waarnemer)
    assert not Terugvalsignaal.objects.get().teruggenomen_op


def test_nobody_takes_back_the_signal_of_another(als, begeleider, traject, waarnemer, adres, kijkt_als):
    signaal = meld(traject, waarnemer)

    inhoud = als(begeleider).post(adres("terugval_terug", signaal.pk), follow=True).text

    assert "Alleen wie het signaal gaf, neemt het terug." in inhoud
    kijkt_als(begeleider)
    assert not signaal.mag_terug(begeleider)
    assert not Terugvalsignaal.objects.get().teruggenomen_op


@pytest.mark.parametrize("woorden", ["bsn 111222333", "x" * 100_000])
def test_words_that_cannot_be_kept_are_explained_and_no_signal_is_given(als, begeleider, adres, woorden, kijkt_als):
    antwoord = als(begeleider).post(adres("terugval"), {"woorden": woorden})

    assert woorden in antwoord.text
    kijkt_als(begeleider)
    assert not Terugvalsignaal.objects.exists()


@pytest.mark.parametrize("aantal", [1, 15])
def test_the_page_costs_the_same_however_much_happened(
    als, begeleider, traject, adres, aantal, django_assert_num_queries
):
    with als_gebruiker(begeleider.pk):
        for versie in range(1, aantal + 1):
            plan = Preventieplan.objects.create(traject=traject, versie=versie, signalen="x", door=begeleider)
            PlanAkkoord.objects.create(traject=traject, plan=plan, partij="jongere", naam="Noor", door=begeleider)
            Terugvalsignaal.objects.create(traject=traject, plan=plan, door=begeleider)
    client = als(begeleider)

    with django_assert_num_queries(5 + VERZOEK):
        client.get(adres("preventieplan"))


@pytest.mark.parametrize("versie", ["x", "-1", "99", "9" * 40])
def test_a_strange_bookmark_gives_the_plan_of_now(als, begeleider, adres, plan, versie):
    assert als(begeleider).get(adres("preventieplan"), {"versie": versie}).context["plan"] == plan


def test_of_versions_agreements_and_signals_only_the_taking_back_can_be_filled_in(traject, begeleider, plan, kijkt_als):
    kijkt_als(begeleider)
    PlanAkkoord.objects.create(traject=traject, plan=plan, partij="jongere", naam="Noor", door=begeleider)

    for tabel, kolom in (
        ("preventieplan", "signalen"),
        ("planakkoord", "naam"),
        ("terugvalsignaal", "woorden"),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"UPDATE trajecten_{tabel} SET {kolom} = ''")  # noqa: S608


def test_a_plan_of_another_trajectory_cannot_be_agreed_with_or_pointed_at(
    begeleider, initiatief, traject, plan, kijkt_als
):
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        PlanAkkoord.objects.create(traject=ander, plan=plan, partij="jongere", naam="Sem", door=begeleider)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Terugvalsignaal.objects.create(traject=ander, plan=plan, door=begeleider)
