"""What hangs on a trajectory may go along too: the plan, photos, supplements; each by itself, and only while it may."""

import uuid

import pytest
from django.urls import reverse

from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.kring import kies_foto, zet
from tests.trajecten.momenten import vul_momenten
from tests.trajecten.test_overdracht_paginas import adres, naar_buiten
from trajecten.actions import neem_stap_terug, zet_stap
from trajecten.fases import Fase
from trajecten.kring import kies_stukken
from trajecten.models import (
    Aanvulling,
    Inzagelog,
    KleineStap,
    Moment,
    Momentfoto,
    Overdracht,
    Overdrachtstuk,
    PlanAkkoord,
    Preventieplan,
    Toestemming,
    Traject,
    Verhaal,
)
from trajecten.stukken import Stuk, vaste_stukken

__all__ = ["naar_buiten"]

INHOUD = {
    "signalen": "Ze tekent niet meer.",
    "wat_helpt": "Even naar de paarden.",
    "wat_niet_helpt": "",
    "bellen": [{"wie": "Oma", "hoe": "na vieren"}, {"wie": "De boer", "hoe": ""}],
}


def fotoadres(overdracht, foto_pk) -> str:
    return reverse("trajecten:overdracht_foto", args=[overdracht.pk, foto_pk])


def sleutels(traject) -> list[str]:
    return [stuk.sleutel for stuk in vaste_stukken(traject) if stuk.soort == Overdrachtstuk.Soort.PLAN]


# --- The way --------------------------------------------------------------------------------------------------------


def test_a_step_that_was_taken_back_does_not_go_along(traject, begeleider, kijkt_als):
    kijkt_als(begeleider)
    zet_stap(traject=traject, naar=Fase.ONDERZOEKEND, door=begeleider, woorden_van_jongere="Ik wil kijken.")
    zet_stap(traject=traject, naar=Fase.LANDING, door=begeleider, woorden_van_jongere="Dit klopt niet.")
    neem_stap_terug(traject=traject, door=begeleider, volgnummer=3)

    stukken = [stuk for stuk in vaste_stukken(traject) if stuk.soort in ("weg", "woorden")]

    assert [regel.partition(":")[0] for regel in stukken[0].tekst.splitlines()] == [
        "Landingsfase",
        "Onderzoekende fase",
    ]
    assert [stuk.tekst for stuk in stukken[1:]] == ["Ik wil kijken."]


# --- The intake -----------------------------------------------------------------------------------------------------


def test_of_the_intake_the_last_answers_can_go_along_each_by_itself(tot, traject, begeleider, daar, kijkt_als):
    with als_gebruiker(begeleider.pk):
        eerst = {"wie": "Stil.", "lichtjes": "Paarden.", "nodig": "Rust."}
        for antwoorden in (eerst, eerst | {"wie": "Een dromer.", "nodig": ""}):
            gezien = Verhaal.objects.count() and Verhaal.objects.last().pk
            Verhaal.schrijf(traject, antwoorden, gezien=gezien, door=begeleider)
        stukken = [stuk for stuk in vaste_stukken(traject) if stuk.soort == "verhaal"]

    tot("voorbereid", stukken=frozenset({stukken[0].sleutel}))

    assert [(stuk.titel, stuk.tekst) for stuk in stukken] == [
        ("Wie is deze jongere?", "Een dromer."),
        ("Waar gaan de lichtjes van aan?", "Paarden."),
    ]
    kijkt_als(daar)
    assert list(Overdrachtstuk.objects.values_list("titel", "tekst")) == [("Wie is deze jongere?", "Een dromer.")]


# --- The plan -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("partij", "gaat"), [("jongere", True), ("ouders", True), ("vervolgplek", False)])
def test_the_parts_of_a_plan_can_go_along_once_they_agreed(traject, begeleider, kijkt_als, partij, gaat):
    kijkt_als(begeleider)
    plan = Preventieplan.schrijf(traject, INHOUD, door=begeleider, op_versie=0)
    eerst = sleutels(traject)
    PlanAkkoord.objects.create(traject=traject, plan=plan, partij=partij, naam="Noor", door=begeleider)

    assert eerst == []
    assert sleutels(traject) == (["plan:1:signalen", "plan:1:wat_helpt", "plan:1:bellen"] if gaat else [])


def test_a_new_version_has_to_be_agreed_on_before_it_goes_along(traject, begeleider, kijkt_als):
    kijkt_als(begeleider)
    plan = Preventieplan.schrijf(traject, INHOUD, door=begeleider, op_versie=0)
    PlanAkkoord.objects.create(traject=traject, plan=plan, partij="jongere", naam="Noor", door=begeleider)
    Preventieplan.schrijf(traject, INHOUD | {"signalen": "Anders."}, door=begeleider, op_versie=1)

    assert sleutels(traject) == []


def test_an_agreement_that_was_taken_back_is_none(traject, begeleider, kijkt_als):
    kijkt_als(begeleider)
    plan = Preventieplan.schrijf(traject, INHOUD, door=begeleider, op_versie=0)
    PlanAkkoord.objects.create(traject=traject, plan=plan, partij="jongere", naam="Noor", door=begeleider).trek_in()

    assert sleutels(traject) == []


def test_the_page_says_why_the_plan_is_not_there_yet(als, begeleider, tot, traject):
    overdracht = tot("toestemming")
    client, pagina = als(begeleider), adres(overdracht, "overdracht_stukken")
    with als_gebruiker(begeleider.pk):
        plan = Preventieplan.schrijf(traject, INHOUD, door=begeleider, op_versie=0)
    eerst = client.get(pagina).text
    with als_gebruiker(begeleider.pk):
        PlanAkkoord.objects.create(traject=traject, plan=plan, partij="ouders", naam="Mama", door=begeleider)
    daarna = client.get(pagina).text

    assert "samen hebben afgesproken" in eerst
    assert "Even naar de paarden." not in eerst
    assert "samen hebben afgesproken" not in daarna
    assert "1. Oma, na vieren<br>2. De boer" in daarna


def test_of_the_plan_only_the_chosen_part_is_read(als, begeleider, daar, tot, traject):
    overdracht = tot("voorbereid")
    with als_gebruiker(begeleider.pk):
        plan = Preventieplan.schrijf(traject, INHOUD, door=begeleider, op_versie=0)
        PlanAkkoord.objects.create(traject=traject, plan=plan, partij="jongere", naam="Noor", door=begeleider)
    als(begeleider).post(adres(overdracht, "overdracht_stukken"), {"stukken": ["plan:1:wat_helpt"]})

    tekst = als(daar).get(adres(overdracht, "hierheen")).text

    assert "Even naar de paarden." in tekst
    assert "Ze tekent niet meer." not in tekst
    assert "Oma" not in tekst


# --- Supplements and photos -----------------------------------------------------------------------------------------


def test_a_supplement_goes_along_without_its_moment(als, begeleider, daar, tot, traject):
    overdracht = tot("voorbereid")
    with als_gebruiker(begeleider.pk):
        moment = Moment.objects.get()
        pk = Aanvulling.objects.create(moment=moment, traject=traject, tekst="Er was nog over.", door=begeleider).pk
    als(begeleider).post(adres(overdracht, "overdracht_stukken"), {"stukken": [f"aanvulling:{pk}"]})

    tekst = als(daar).get(adres(overdracht, "hierheen")).text

    assert "Er was nog over." in tekst
    assert "Samen gekookt." not in tekst


def test_nothing_that_hangs_on_a_moment_goes_along_with_it(als, begeleider, daar, tot, traject, kijkt_als):
    overdracht = tot("voorbereid")
    with als_gebruiker(begeleider.pk):
        moment = vul_momenten(traject, begeleider)["een_moment"]["moment_pk"]
    als(begeleider).post(adres(overdracht, "overdracht_stukken"), {"stukken": [f"moment:{moment}"]})

    tekst = als(daar).get(adres(overdracht, "hierheen")).text

    assert "Samen gekookt." in tekst
    assert "Er was nog over." not in tekst
    assert "<img class" not in tekst
    kijkt_als(daar)
    assert Momentfoto.objects.count() == 0


def test_who_receives_sees_a_chosen_photo_and_leaves_a_line(als, begeleider, daar, buitenstaander, tot, kijkt_als):
    overdracht = tot("ontvangen")
    foto = kies_foto(overdracht)

    for wie in (daar, buitenstaander):
        client = als(wie)
        pagina, antwoord = client.get(adres(overdracht, "hierheen")), client.get(fotoadres(overdracht, foto))
        assert f'src="{fotoadres(overdracht, foto)}" alt="Een vogelhuisje"' in pagina.text
        assert antwoord.content[8:12] == b"WEBP"
        assert (antwoord["Cache-Control"], antwoord["X-Content-Type-Options"]) == ("no-store, private", "nosniff")
    kijkt_als(begeleider)
    regels = Inzagelog.objects.filter(wat="foto").order_by("gebruiker__naam")
    assert list(regels.values_list("gebruiker__naam", "grond")) == [
        ("Bas Buiten", "overdracht"),
        ("Daan Daar", "overdracht"),
    ]


@pytest.mark.parametrize("wie", ["begeleider", "coordinator", "kernteamlid", "beheerder", "verbondgenoot"])
def test_for_others_there_is_no_photo_at_that_address(als, tot, request, wie):
    overdracht = tot("ontvangen")
    foto = kies_foto(overdracht)

    assert als(request.getfixturevalue(wie)).get(fotoadres(overdracht, foto)).status_code == 404


@pytest.mark.parametrize("stand", ["voorgesteld", "toestemming"])
def test_before_it_is_prepared_no_photo_is_there(als, daar, tot, stand):
    overdracht = tot(stand)

    assert als(daar).get(fotoadres(overdracht, kies_foto(overdracht))).status_code == 404


def test_after_a_no_the_photo_is_gone_on_the_next_request(als, daar, begeleider, tot, kijkt_als):
    overdracht = tot("voorbereid")
    client, pagina = als(daar), fotoadres(overdracht, kies_foto(overdracht))
    eerst = client.get(pagina).status_code
    with als_gebruiker(begeleider.pk):
        Toestemming.objects.get().trek_in(begeleider)

    assert (eerst, client.get(pagina).status_code) == (200, 404)
    kijkt_als(daar)
    assert Momentfoto.objects.count() == 0


def test_when_it_does_not_go_on_the_photo_is_gone(als, daar, tot):
    overdracht = tot("voorbereid")
    pagina = fotoadres(overdracht, kies_foto(overdracht))
    zet(overdracht, "ingetrokken", door=daar)

    assert als(daar).get(pagina).status_code == 404


def test_a_photo_that_is_taken_out_of_the_choice_or_away_is_gone(als, daar, begeleider, tot, kijkt_als):
    overdracht = tot("voorbereid")
    eerste, tweede = kies_foto(overdracht), kies_foto(overdracht)
    als(begeleider).post(adres(overdracht, "overdracht_stukken"), {"stukken": [f"foto:{tweede}"]})
    als(begeleider).post(reverse("trajecten:foto_weg", args=[overdracht.traject_id, tweede]))
    client = als(daar)

    assert {client.get(fotoadres(overdracht, foto)).status_code for foto in (eerste, tweede)} == {404}
    assert "Deze foto is weggehaald." in client.get(adres(overdracht, "hierheen")).text
    kijkt_als(daar)
    assert Momentfoto.objects.count() == 0


def test_a_photo_that_was_not_chosen_is_not_there(als, daar, begeleider, tot, traject):
    overdracht = tot("voorbereid")
    kies_foto(overdracht)
    with als_gebruiker(begeleider.pk):
        ander = vul_momenten(traject, begeleider)["foto"]["foto_pk"]

    assert als(daar).get(fotoadres(overdracht, ander)).status_code == 404
    assert als(daar).get(fotoadres(overdracht, uuid.uuid4())).status_code == 404


def test_the_photo_of_another_trajectory_opens_for_nobody(als, daar, begeleider, initiatief, tot, kijkt_als):
    """Somebody wrote the key of a photo of another trajectory among the pieces, past every form."""
    overdracht = tot("voorbereid")
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    with als_gebruiker(begeleider.pk):
        vreemd = vul_momenten(ander, begeleider)["foto"]["foto_pk"]
        stuk = Stuk(Overdrachtstuk.Soort.FOTO, f"foto:{vreemd}", "Foto", "")
        kies_stukken(overdracht=overdracht, getoond=[stuk], gekozen={stuk.sleutel}, door=begeleider)

    assert als(daar).get(fotoadres(overdracht, vreemd)).status_code == 404
    kijkt_als(daar)
    assert Momentfoto.objects.count() == 0


def test_the_keys_of_another_trajectory_cannot_be_chosen(als, begeleider, initiatief, tot, kijkt_als):
    overdracht = tot("voorbereid", stukken=frozenset())
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    with als_gebruiker(begeleider.pk):
        vreemd = vul_momenten(ander, begeleider)
        aanvulling = Aanvulling.objects.get().pk
    gekozen = [f"foto:{vreemd['foto']['foto_pk']}", f"aanvulling:{aanvulling}"]

    for sleutel in gekozen:
        antwoord = als(begeleider).post(adres(overdracht, "overdracht_stukken"), {"stukken": [sleutel]})
        assert "is er niet meer" in antwoord.text
    kijkt_als(begeleider)
    assert Overdrachtstuk.objects.count() == 0


# --- Choosing, and on paper -----------------------------------------------------------------------------------------


def test_what_is_not_offered_any_more_can_still_be_taken_back(als, begeleider, tot, traject, kijkt_als):
    overdracht = tot("toestemming", stukken=frozenset())
    with als_gebruiker(begeleider.pk):
        stap = KleineStap.objects.create(traject=traject, sleutel=uuid.uuid4(), wat="Brood bakken.", door=begeleider)
    client, pagina = als(begeleider), adres(overdracht, "overdracht_stukken")
    client.post(pagina, {"stukken": [f"stap:{stap.sleutel}"]})
    with als_gebruiker(begeleider.pk):
        KleineStap.objects.create(
            traject=traject, sleutel=stap.sleutel, wat=stap.wat, toestand="gedaan", door=begeleider
        )

    assert f'value="stap:{stap.sleutel}" checked' in client.get(pagina).text
    client.post(pagina, {})
    kijkt_als(begeleider)
    assert Overdrachtstuk.objects.count() == 0


def test_the_sheet_shows_a_chosen_photo_in_its_place(als, begeleider, naar_buiten):
    with als_gebruiker(begeleider.pk):
        foto = kies_foto(Overdracht.objects.select_related("door").get())
        adres_hier = reverse("trajecten:foto", args=[Traject.objects.get().pk, foto])

    tekst = als(begeleider).get(adres(naar_buiten, "overdracht_blad")).text

    assert f'src="{adres_hier}" alt="Een vogelhuisje"' in tekst
    assert tekst.index("Momenten</h3>") < tekst.index(adres_hier)


def test_pieces_stand_under_one_heading_each_however_they_were_chosen(als, begeleider, tot):
    overdracht = tot("toestemming", stukken=frozenset())
    client, pagina = als(begeleider), adres(overdracht, "overdracht_stukken")
    client.post(pagina, {"stukken": ["waardevol"]})
    client.post(pagina, {"stukken": ["waardevol", "roepnaam", "wensdroom"]})

    tekst = client.get(adres(overdracht)).text

    assert tekst.count("<h3>Wensdroom en wat waardevol is</h3>") == 1
    assert tekst.index("<h3>De roepnaam</h3>") < tekst.index("<h3>Wensdroom en wat waardevol is</h3>")
