"""Dividing what a colleague left behind, and who else stands around a young person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import spreek_nazorg_af
from trajecten.models import Betrokkene

VERDELEN = "/trajecten/verdelen/"


@pytest.fixture
def collega(initiatief):
    return RolFactory(initiatief=initiatief, gebruiker__naam="Zoë Collega").gebruiker


# --- Dividing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def achtergelaten(begeleider, coordinator, initiatief):
    """Three trajectories whose counsellor left."""
    trajecten = [
        maak_traject(door=begeleider, initiatief=initiatief, roepnaam=naam) for naam in ("Noor", "Sem", "Yara")
    ]
    with als_gebruiker(begeleider.pk):
        spreek_nazorg_af(traject=trajecten[0], vormen=["gezin"], door=begeleider, ritme=["week_1"])
    begeleider.rollen.get().beeindig()
    return trajecten


def test_the_coordinator_sees_what_there_is_to_divide(als, coordinator, achtergelaten):
    antwoord = als(coordinator).get(VERDELEN)

    assert [traject.jongere.roepnaam for traject in antwoord.context["trajecten"]] == ["Noor", "Sem", "Yara"]
    assert "Bo Begeleider begeleidde tot" in antwoord.text
    assert "Er staat contact gepland." in antwoord.text


def test_who_leaves_stands_on_the_start_page_of_the_coordinator_until_it_is_divided(
    als, coordinator, collega, achtergelaten, daar
):
    eerst, elders = (als(wie).get("/trajecten/").text for wie in (coordinator, daar))
    als(coordinator).post(VERDELEN, {"trajecten": [traject.pk for traject in achtergelaten], "aan": collega.pk})
    daarna, van_collega = (als(wie).get("/trajecten/").text for wie in (coordinator, collega))

    assert [f'href="{VERDELEN}"' in tekst for tekst in (eerst, elders, daarna, van_collega)] == [True] + [False] * 3


def test_she_divides_several_at_once_and_what_waits_goes_along(als, coordinator, collega, achtergelaten, kijkt_als):
    noor, sem, _ = achtergelaten

    antwoord = als(coordinator).post(VERDELEN, {"trajecten": [noor.pk, sem.pk], "aan": collega.pk}, follow=True)

    kijkt_als(coordinator)
    assert "Zoë Collega is nu de vaste begeleider van 2 trajecten." in antwoord.text
    assert [traject.jongere.roepnaam for traject in antwoord.context["trajecten"]] == ["Yara"]
    assert noor.betrokkenen.vaste_begeleiders().get().gebruiker == collega
    assert noor.contactmomenten.get().eigenaar == collega


@pytest.mark.parametrize("leeg", ["trajecten", "aan"])
def test_what_was_ticked_stays_when_something_is_missing(als, coordinator, collega, achtergelaten, leeg):
    gekozen = {"trajecten": [achtergelaten[1].pk], "aan": collega.pk}
    gekozen.pop(leeg)

    antwoord = als(coordinator).post(VERDELEN, gekozen)

    assert ("Kies minstens één traject." if leeg == "trajecten" else "Kies een collega.") in antwoord.text
    assert antwoord.text.count(" checked") == (0 if leeg == "trajecten" else 1)


def test_a_trajectory_of_others_cannot_be_divided(als, coordinator, collega, achtergelaten, ander_traject):
    antwoord = als(coordinator).post(VERDELEN, {"trajecten": [ander_traject.pk], "aan": collega.pk})

    assert "intussen al verdeeld" in antwoord.text


def test_what_was_divided_meanwhile_is_not_divided_again(als, coordinator, collega, achtergelaten):
    client, gekozen = als(coordinator), {"trajecten": [achtergelaten[0].pk], "aan": collega.pk}
    client.post(VERDELEN, gekozen)

    assert "intussen al verdeeld" in client.post(VERDELEN, gekozen).text


def test_a_colleague_of_another_place_cannot_be_chosen(als, coordinator, buitenstaander, achtergelaten):
    gekozen = {"trajecten": [achtergelaten[0].pk], "aan": buitenstaander.pk}

    assert "Kies een collega van je initiatief." in als(coordinator).post(VERDELEN, gekozen).text


def test_a_coordinator_of_two_places_divides_within_each(
    als, coordinator, collega, achtergelaten, ander_initiatief, buitenstaander, ander_traject
):
    RolFactory(gebruiker=coordinator, initiatief=ander_initiatief, soort=Rol.Soort.COORDINATOR)
    buitenstaander.rollen.get().beeindig()

    antwoord = als(coordinator).post(VERDELEN, {"trajecten": [ander_traject.pk], "aan": collega.pk})

    assert "werkt niet bij elk van deze initiatieven" in antwoord.text


def test_rubbish_in_the_form_is_answered_with_a_sentence(als, coordinator, achtergelaten):
    antwoord = als(coordinator).post(VERDELEN, {"trajecten": ["rommel"], "aan": "x"})

    assert "Een van deze trajecten kennen we niet." in antwoord.text


@pytest.mark.parametrize("aantal", [1, 3, 12])
def test_the_list_takes_as_many_queries_however_long(als, begeleider, coordinator, initiatief, aantal, kijkt_als):
    for nummer in range(aantal):
        maak_traject(door=begeleider, initiatief=initiatief, roepnaam=f"Kind {nummer}")
    begeleider.rollen.get().beeindig()
    client = als(coordinator)
    client.get("/trajecten/lijst/")

    with CaptureQueriesContext(connection) as vragen:
        antwoord = client.get(VERDELEN)

    assert len(antwoord.context["trajecten"]) == aantal
    assert len(vragen) == 8


def test_when_everybody_has_a_counsellor_that_is_good_news(als, coordinator, traject):
    assert "Iedereen heeft een vaste begeleider. Mooi zo." in als(coordinator).get(VERDELEN).text


# --- Parents and others -----------------------------------------------------------------------------------------------


@pytest.fixture
def school(traject, begeleider):
    with als_gebruiker(begeleider.pk):
        mens = Betrokkene(traject=traject, naam="School De Linde", rol="school")
        mens.save(force_insert=True)
    return mens


def adres_van(mens) -> str:
    return reverse("trajecten:mens", args=[mens.traject_id, mens.pk])


def test_who_counsels_is_not_mended_from_the_list_of_people_and_others_are(als, begeleider, school):
    tekst = als(begeleider).get(reverse("trajecten:mensen", args=[school.traject_id])).text

    with als_gebruiker(begeleider.pk):
        mensen = {mens.rol: adres_van(mens) in tekst for mens in school.traject.betrokkenen.all()}
    assert mensen == {"vaste_begeleider": False, "school": True}


def test_a_parent_is_written_down_with_authority_and_what_she_may_read(als, begeleider, traject, kijkt_als):
    client = als(begeleider)
    client.post(
        reverse("trajecten:mensen", args=[traject.pk]),
        {"soort": "betrokkene", "naam": "Moeder", "rol": "ouder", "heeft_gezag": "on", "van": "2026-01-05"},
    )
    kijkt_als(begeleider)
    moeder = traject.betrokkenen.get(naam="Moeder")

    client.post(
        adres_van(moeder),
        {"naam": "Moeder", "rol": "ouder", "heeft_gezag": "on", "meelezen": "hoofdlijnen", "van": "2026-01-05"},
    )

    kijkt_als(begeleider)
    moeder.refresh_from_db()
    assert (moeder.heeft_gezag, moeder.meelezen, f"{moeder.van}") == (True, "hoofdlijnen", "2026-01-05")
    assert list(traject.betrokkenen.ouders_met_gezag()) == [moeder]


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"heeft_gezag": "on"}, "Gezag hoort bij een ouder."),
        ({"tot": "2020-01-01"}, "Het einde ligt voor het begin."),
        ({"van": "2999-01-01"}, "Kies een datum tot en met vandaag."),
        ({"meelezen": "stiekem"}, "Kies een van deze drie."),
        ({"naam": "x" * 100_000}, "Kies een kortere naam"),
        ({"rol": "waarnemer"}, "Kies een rol uit de lijst."),
    ],
)
def test_a_mistake_about_a_person_is_explained_and_nothing_typed_is_lost(als, begeleider, school, velden, zin):
    gepost = {"naam": "School De Linde, groep 8", "rol": "school", "meelezen": "niets", "van": "2026-01-05"} | velden

    antwoord = als(begeleider).post(adres_van(school), gepost)

    form = antwoord.context["form"]
    assert zin in antwoord.text
    assert gepost["naam"] in antwoord.text
    assert not form.non_field_errors()
    assert any(form.errors[veld] for veld in velden)  # beside what has to change


def test_a_counsellor_is_not_mended_on_that_page(als, begeleider, traject, kijkt_als):
    kijkt_als(begeleider)

    assert als(begeleider).get(adres_van(traject.betrokkenen.get())).status_code == 404


def test_a_person_of_another_trajectory_is_not_found_below_ones_own(als, begeleider, school, initiatief):
    eigen = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Yara")

    assert als(begeleider).get(reverse("trajecten:mens", args=[eigen.pk, school.pk])).status_code == 404


def test_an_involvement_that_ended_can_be_dated_back(als, begeleider, school, kijkt_als):
    gepost = {"naam": "School", "rol": "school", "meelezen": "niets", "van": "2026-01-05", "tot": "2026-03-01"}

    als(begeleider).post(adres_van(school), gepost)

    kijkt_als(begeleider)
    assert not Betrokkene.objects.nu().filter(pk=school.pk).exists()


def test_a_change_of_counsellor_has_no_place_for_a_reason(als, begeleider, collega, traject):
    antwoord = als(begeleider).get(reverse("trajecten:mensen", args=[traject.pk]))

    assert set(antwoord.context["formulieren"]["overdragen"].fields) == {"aan", "blijft"}
    assert "Klikt het niet?" in antwoord.text
