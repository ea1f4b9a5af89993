"""Wishes, small steps and places to go on to: changed without guilt, and nothing that was written gets lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from tests.samen import tegelijk
from tests.trajecten.bezetting import maak_traject
from trajecten.models import EerdereWens, KleineStap, MogelijkePlek, Traject
from trajecten.models.perspectief import volgende_versie
from trajecten.stukken import vaste_stukken

VERZOEK = 4  # what every request adds: begin, session, user, commit
TERUGWEG = {"open", "gedaan", "losgelaten"}  # from each of these to each other one


@pytest.fixture
def adres(traject):
    return lambda naam, *rest: reverse(f"trajecten:{naam}", args=[traject.pk, *rest])


@pytest.fixture
def stap(traject, begeleider) -> KleineStap:
    with als_gebruiker(begeleider.pk):
        return KleineStap.objects.create(traject=traject, wat="Naar de bakker", wie="Noor", door=begeleider)


@pytest.fixture
def plek(traject, begeleider) -> MogelijkePlek:
    with als_gebruiker(begeleider.pk):
        return MogelijkePlek.objects.create(traject=traject, naam="De Linde", soort="school", door=begeleider)


def wensen(adres, als, wie, eerst: dict, **velden):
    """Post wishes the way a browser does: with what stood there when the page was opened."""
    leeg = {"wensdroom": "", "wat_waardevol_is": "", "interesses": ""}
    gezien = {f"initial-{veld}": tekst for veld, tekst in (leeg | eerst).items()}
    return als(wie).post(adres("wensen"), gezien | leeg | eerst | velden)


@pytest.mark.parametrize("wens", ["wensdroom", "wat_waardevol_is", "interesses"])
def test_every_wish_is_written_shown_taken_along_and_kept(als, begeleider, adres, kijkt_als, wens):
    wensen(adres, als, begeleider, {}, **{wens: "Iets met treinen."})
    getoond = als(begeleider).get(adres("perspectief")).text
    wensen(adres, als, begeleider, {wens: "Iets met treinen."}, **{wens: "Toch maar varen."})

    assert "Iets met treinen." in getoond
    kijkt_als(begeleider)
    (eerder,) = EerdereWens.objects.all()
    assert (eerder.onderdeel, eerder.tekst) == (wens, "Iets met treinen.")
    gaat_mee = [stuk.tekst for stuk in vaste_stukken(Traject.objects.select_related("jongere").get())]
    assert "Toch maar varen." in gaat_mee


def test_a_trajectory_keeps_no_other_wishes_than_these():
    assert EerdereWens.Onderdeel.values == ["wensdroom", "wat_waardevol_is", "interesses"]


def test_a_changed_wish_leaves_the_earlier_one_to_be_read(als, begeleider, adres):
    wensen(adres, als, begeleider, {}, wensdroom="Een hond.")
    wensen(adres, als, begeleider, {"wensdroom": "Een hond."}, wensdroom="Een boerderij.")

    inhoud = als(begeleider).get(adres("wensen")).text

    assert "Een boerderij." in inhoud.split("Wat er eerder stond")[0]
    assert "Een hond." in inhoud.split("Wat er eerder stond")[1]


def test_a_wish_that_stays_the_same_has_no_earlier_one(als, begeleider, adres, kijkt_als):
    wensen(adres, als, begeleider, {}, interesses="Treinen")
    wensen(adres, als, begeleider, {"interesses": "Treinen"}, wensdroom="Machinist worden")

    kijkt_als(begeleider)
    assert not EerdereWens.objects.exists()
    assert Traject.objects.get().interesses == "Treinen"


def test_who_had_an_old_page_open_overwrites_only_what_she_changed(als, begeleider, coordinator, adres, kijkt_als):
    wensen(adres, als, coordinator, {}, interesses="Treinen")
    wensen(adres, als, begeleider, {}, wensdroom="Een hond.")

    kijkt_als(begeleider)
    nu = Traject.objects.get()
    assert (nu.wensdroom, nu.interesses) == ("Een hond.", "Treinen")


def test_two_who_change_the_same_wish_lose_nothing(traject, begeleider, coordinator, kijkt_als):
    with als_gebruiker(begeleider.pk):
        EerdereWens.schrijf(traject, {"wensdroom": "Van Bo"}, door=begeleider)
    with als_gebruiker(coordinator.pk):
        EerdereWens.schrijf(traject, {"wensdroom": "Van Co"}, door=coordinator)

    kijkt_als(begeleider)
    assert Traject.objects.get().wensdroom == "Van Co"
    assert EerdereWens.objects.get().tekst == "Van Bo"


@pytest.mark.parametrize(
    ("tekst", "zin"), [("bsn 111222333", "een nummer dat een BSN kan zijn"), ("x" * 100_000, "er passen 2000 tekens")]
)
def test_a_mistake_in_a_wish_is_explained_and_the_rest_stays(als, begeleider, adres, tekst, zin):
    antwoord = wensen(adres, als, begeleider, {}, wensdroom="Een hond.", interesses=tekst)

    assert zin in antwoord.text
    assert "Een hond." in antwoord.text


def test_a_small_step_needs_only_what_it_is(als, begeleider, adres, kijkt_als):
    als(begeleider).post(adres("perspectief"), {"soort_formulier": "stap", "wat": "Naar de bakker"})

    kijkt_als(begeleider)
    stap = KleineStap.objects.get()
    assert (stap.wat, stap.wie, stap.wanneer, stap.toestand) == ("Naar de bakker", "", None, "open")


@pytest.mark.parametrize("van", sorted(TERUGWEG))
@pytest.mark.parametrize("naar", sorted(TERUGWEG))
def test_from_every_state_a_step_goes_to_every_other(stap, begeleider, kijkt_als, van, naar):
    kijkt_als(begeleider)
    volgende_versie(stap, door=begeleider, toestand=van)

    volgende_versie(stap, door=begeleider, toestand=naar)

    assert KleineStap.objects.nu().get().toestand == naar


def test_done_and_let_go_and_open_again_in_one_tap_each(als, begeleider, adres, stap):
    client = als(begeleider)
    for toestand, zin in (
        ("gedaan", "Mooi om even bij stil te staan."),
        ("losgelaten", "Dat mag, en het kan altijd terug."),
        ("open", "Staat weer open."),
    ):
        inhoud = client.post(adres("kleine_stap", stap.sleutel), {"toestand": toestand}, follow=True)

        assert zin in inhoud.text
    assert [gevonden.wat for gevonden in inhoud.context["stappen"]] == ["Naar de bakker"]


def test_how_a_step_was_before_stays_below_it(als, begeleider, coordinator, adres, stap):
    als(coordinator).post(
        adres("kleine_stap", stap.sleutel), {"wat": "Samen naar de bakker", "wie": "Noor en Bo", "wanneer": ""}
    )

    inhoud = als(begeleider).get(adres("kleine_stap", stap.sleutel)).text

    assert "Samen naar de bakker" in inhoud.split("Hoe het eerder was")[0]
    assert "Naar de bakker" in inhoud.split("Hoe het eerder was")[1]


def test_saving_without_a_change_adds_no_version(als, begeleider, adres, stap, kijkt_als):
    als(begeleider).post(adres("kleine_stap", stap.sleutel), {"wat": "Naar de bakker", "wie": "Noor"})

    kijkt_als(begeleider)
    assert KleineStap.objects.count() == 1


def test_a_place_is_let_go_and_taken_up_again(als, begeleider, adres, plek):
    client = als(begeleider)

    los = client.post(adres("mogelijke_plek", plek.sleutel), {"toestand": "losgelaten"}, follow=True)
    terug = client.post(adres("mogelijke_plek", plek.sleutel), {"toestand": "open"}, follow=True)

    assert (los.context["plekken"], len(los.context["eerdere_plekken"])) == ([], 1)
    assert (len(terug.context["plekken"]), terug.context["eerdere_plekken"]) == (1, [])


def test_a_place_is_not_done(als, begeleider, adres, plek, kijkt_als):
    antwoord = als(begeleider).post(adres("mogelijke_plek", plek.sleutel), {"toestand": "gedaan"})

    kijkt_als(begeleider)
    assert (antwoord.status_code, MogelijkePlek.objects.count()) == (200, 1)


@pytest.mark.parametrize(
    ("soort", "velden", "zin"),
    [
        ("stap", {"wat": ""}, "Schrijf op wat de stap is."),
        ("stap", {"wat": "x" * 100_000}, "er passen 200 tekens"),
        ("stap", {"wat": "bel 111222333"}, "een nummer dat een BSN kan zijn"),
        ("stap", {"wanneer": "ooit"}, "Dit is geen datum."),
        ("stap", {"wanneer": "0001-01-01"}, "Kies een dag binnen vijf jaar."),
        ("stap", {"wanneer": "9999-12-31"}, "Kies een dag binnen vijf jaar."),
        ("plek", {"naam": ""}, "Schrijf op welke plek het is."),
        ("plek", {"soort": ""}, "Kies wat voor plek het is."),
        ("plek", {"soort": "gevangenis"}, "Kies een soort uit de lijst."),
        ("plek", {"notitie": "x" * 100_000}, "er passen 2000 tekens"),
    ],
)
def test_a_mistake_is_explained_and_what_was_typed_stays(als, begeleider, adres, soort, velden, zin):
    goed = {"stap": {"wat": "Fietsen", "wie": "Opa"}, "plek": {"naam": "De Linde", "soort": "school", "notitie": "Opa"}}

    antwoord = als(begeleider).post(adres("perspectief"), {"soort_formulier": soort} | goed[soort] | velden)

    assert zin in antwoord.text
    assert "notitie" in velden or "Opa" in antwoord.text


def test_a_mistake_in_a_step_leaves_its_heading_as_it_is(als, begeleider, adres, stap):
    antwoord = als(begeleider).post(adres("kleine_stap", stap.sleutel), {"wat": "", "wie": "Opa"})

    assert "<h1>Naar de bakker</h1>" in antwoord.text
    assert 'value="Opa"' in antwoord.text


def test_an_unknown_form_changes_nothing(als, begeleider, adres):
    assert als(begeleider).post(adres("perspectief"), {"soort_formulier": "rommel"}).status_code == 200


def test_a_step_of_another_trajectory_is_not_found_below_ones_own(als, begeleider, initiatief, stap):
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")

    for naam in ("kleine_stap", "mogelijke_plek"):
        adres = reverse(f"trajecten:{naam}", args=[ander.pk, stap.sleutel])
        assert als(begeleider).get(adres).status_code == 404
        assert als(begeleider).post(adres, {"toestand": "losgelaten"}).status_code == 404


@pytest.mark.parametrize("aantal", [1, 20])
def test_the_page_costs_the_same_however_many_steps(als, begeleider, traject, adres, aantal, django_assert_num_queries):
    with als_gebruiker(begeleider.pk):
        for nummer in range(aantal):
            dag = timezone.localdate() + timedelta(days=nummer)
            KleineStap.objects.create(traject=traject, wat=f"Stap {nummer}", wanneer=dag, door=begeleider)
            MogelijkePlek.objects.create(traject=traject, naam=f"Plek {nummer}", soort="werk", door=begeleider)
    client = als(begeleider)

    with django_assert_num_queries(4 + VERZOEK):
        inhoud = client.get(adres("perspectief"))

    assert [stap.wat for stap in inhoud.context["stappen"]] == [f"Stap {nummer}" for nummer in range(aantal)]


@pytest.mark.parametrize("tabel", ["eerderewens", "kleinestap", "mogelijkeplek"])
def test_nothing_that_was_written_can_be_changed(begeleider, stap, plek, kijkt_als, tabel):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE trajecten_{tabel} SET id = id")  # noqa: S608


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_a_step_at_once_both_find_their_change(begeleider, coordinator, initiatief):
    traject = maak_traject(door=begeleider, initiatief=initiatief)
    with als_gebruiker(begeleider.pk):
        stap = KleineStap.objects.create(traject=traject, wat="Naar de bakker", door=begeleider)

    def verander(mens, **anders):
        with als_gebruiker(mens.pk):
            volgende_versie(stap, door=mens, **anders)

    tegelijk(partial(verander, begeleider, toestand="gedaan"), partial(verander, coordinator, wie="Noor en Co"))

    with als_gebruiker(begeleider.pk):
        nu = KleineStap.objects.nu().get()
        assert (nu.toestand, nu.wie, KleineStap.objects.count()) == ("gedaan", "Noor en Co", 3)


def test_wishes_that_stayed_the_same_leave_no_earlier_version(adres, als, begeleider, traject, kijkt_als):
    for eerst in ({}, {"wensdroom": "Een hond."}):
        wensen(adres, als, begeleider, eerst, wensdroom="Een hond.")

    kijkt_als(begeleider)
    EerdereWens.schrijf(traject, {"wensdroom": "Een hond."}, door=begeleider)
    assert not EerdereWens.objects.exists()


def test_the_page_of_the_trajectory_shows_the_steps_that_are_open_now(als, begeleider, adres, stap):
    with als_gebruiker(begeleider.pk):
        anders = volgende_versie(stap, door=begeleider, wat="Naar de slager")
        volgende_versie(
            KleineStap.objects.create(traject=stap.traject, wat="Al gedaan", door=begeleider),
            door=begeleider,
            toestand="gedaan",
        )
    client = als(begeleider)

    open_nu = client.get(adres("traject")).text
    with als_gebruiker(begeleider.pk):
        volgende_versie(anders, door=begeleider, toestand="losgelaten")
    losgelaten = client.get(adres("traject")).text

    assert "<li>Naar de slager</li>" in open_nu
    assert "Naar de bakker" not in open_nu
    assert "Al gedaan" not in open_nu
    assert "Naar de slager" not in losgelaten
    assert "Nu geen kleine stappen." in losgelaten


def test_to_a_migration_a_wish_is_a_text():
    """Otherwise a later change of its class would ask every wish for a migration that changes nothing."""
    naam, soort, _, opties = Traject._meta.get_field("wensdroom").deconstruct()

    assert (naam, soort, opties["max_length"]) == ("wensdroom", "django.db.models.TextField", 2000)
