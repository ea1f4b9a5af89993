"""What else there is to a moment: who was there, how it went, changing it for a week, adding to it afterwards."""

import threading
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from tests.samen import tegelijk
from tests.trajecten.bezetting import maak_traject
from trajecten.models import Aanvulling, Betrokkene, Leeftijdsgrenzen, Moment, MomentAangepast, Momentconcept
from trajecten.permissions import mag_moment_aanpassen

VANDAAG = timezone.localdate


def velden(**anders) -> dict:
    return {"tekst": "Samen gekookt.", "soort": "indruk", "datum": VANDAAG().isoformat()} | anders


@pytest.fixture
def bewaar(als, begeleider, traject):
    client = als(begeleider)
    return lambda **anders: client.post(reverse("trajecten:moment", args=[traject.pk]), velden(**anders))


@pytest.fixture
def moment(traject, begeleider, kijkt_als) -> Moment:
    kijkt_als(begeleider)
    return Moment.objects.create(traject=traject, tekst="Samen gekookt.", door=begeleider)


def adres(moment: Moment, naam: str = "een_moment") -> str:
    return reverse(f"trajecten:{naam}", args=[moment.traject_id, moment.pk])


# --- Keeping ----------------------------------------------------------------------------------------------------------


def test_everything_that_can_be_said_of_a_moment_is_kept_and_shown(bewaar, als, begeleider, traject, gezin):
    moeder = gezin["moeder"]

    bewaar(
        erbij=[str(moeder.pk)],
        ook_erbij="De buurvrouw",
        vormen=["relationeel", "creatief"],
        delen=["handen"],
        samen="groep",
    )

    gevonden = traject.momenten.get()
    assert (gevonden.erbij, gevonden.ook_erbij) == ([moeder.pk], "De buurvrouw")
    assert gevonden.aard == ["creatief", "relationeel", "handen", "in een groep"]
    inhoud = als(begeleider).get(reverse("trajecten:traject", args=[traject.pk])).text
    assert "Erbij: Moeder (ouder), De buurvrouw. Creatief, relationeel, handen, in een groep" in inhoud


def test_a_moment_is_written_with_every_field_that_it_has(traject, begeleider, kijkt_als, gezin):
    kijkt_als(begeleider)
    gisteren = timezone.now() - timedelta(days=1)
    moment = Moment(traject=traject, door=begeleider, tekst="Samen gekookt.", soort="feit", samen="groep")
    moment.datum, moment.aangemaakt_op = gisteren.date(), gisteren
    moment.erbij, moment.ook_erbij = [gezin["moeder"].pk], "De buurvrouw"
    moment.vormen, moment.delen = ["creatief"], ["hart", "handen"]
    moment.sleutel = moment.sleutel_van("een")

    assert Moment.objects.schrijf(moment)

    namen = [veld.attname for veld in Moment._meta.concrete_fields]
    gevonden = Moment.objects.get(pk=moment.pk)
    assert [getattr(gevonden, naam) for naam in namen] == [getattr(moment, naam) for naam in namen]
    gewoon = [getattr(Moment(), naam) for naam in namen]
    assert [naam for naam, waarde in zip(namen, gewoon, strict=True) if getattr(gevonden, naam) == waarde] == [
        "aangepast_op"
    ]  # nothing else would look the same when it was forgotten


def test_text_alone_is_enough(bewaar, traject, begeleider, kijkt_als):
    bewaar()

    kijkt_als(begeleider)
    gevonden = traject.momenten.get()
    assert (gevonden.erbij, gevonden.ook_erbij, gevonden.aard) == ([], "", [])


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        ({"erbij": ["00000000-0000-4000-8000-000000000000"]}, "erbij", "Kies mensen die bij dit traject staan."),
        ({"erbij": ["geen sleutel"]}, "erbij", "Kies mensen die bij dit traject staan."),
        ({"ook_erbij": "x" * 201}, "ook_erbij", "er passen 200 tekens in"),
        ({"ook_erbij": "nummer 111222333"}, "ook_erbij", "BSN"),
        ({"vormen": ["streng"]}, "vormen", "Kies uit wat hier staat."),
        ({"delen": ["voeten"]}, "delen", "Kies uit wat hier staat."),
        ({"samen": "nooit"}, "samen", "Kies uit wat hier staat."),
        ({"beschrijving": "x" * 301}, "beschrijving", "300"),
    ],
)
def test_a_mistake_behind_meer_is_explained_there_and_opens_it(bewaar, anders, veld, zin):
    antwoord = bewaar(tekst="Dit bleef staan.", **anders)

    assert zin in str(antwoord.context["momentform"][veld].errors)
    assert "Dit bleef staan.</textarea>" in antwoord.text
    assert "<details open>" in antwoord.text


def test_people_of_another_trajectory_are_unknown_here(bewaar, ander_traject, buitenstaander, traject, kijkt_als):
    kijkt_als(buitenstaander)
    vreemd = ander_traject.betrokkenen.get()

    antwoord = bewaar(erbij=[str(vreemd.pk)])

    assert "Kies mensen die bij dit traject staan." in antwoord.text
    assert "Bas Buiten" not in antwoord.text


@pytest.mark.parametrize(("dag", "mag"), [("2025-11-30", False), ("2025-12-01", True)])
def test_nothing_happened_before_the_young_person_was_born(bewaar, traject, begeleider, kijkt_als, dag, mag):
    """Known from the day on which she turns twelve: nobody reads her identity for it."""
    kijkt_als(begeleider)
    Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2025, 12, 1))

    antwoord = bewaar(datum=dag)

    assert antwoord.status_code == (302 if mag else 200)
    assert mag or "nog niet geboren" in antwoord.text


def test_a_draft_keeps_what_was_chosen_too(als, begeleider, traject, gezin):
    client = als(begeleider)
    keuzes = {"vormen": ["fysiek"], "erbij": [str(gezin["moeder"].pk), "onzin"], "samen": "groep", "soort": "lichtje"}

    client.post(
        reverse("trajecten:concept", args=[traject.pk]), velden(tekst="Vanochtend", datum="2026-13-45", **keuzes)
    )

    inhoud = client.get(reverse("trajecten:traject", args=[traject.pk]))
    form = inhoud.context["momentform"]
    assert [form[veld].value() for veld in ("tekst", "vormen", "samen", "soort")] == [
        "Vanochtend",
        ["fysiek"],
        "groep",
        "lichtje",
    ]
    assert "<details open>" in inhoud.text
    assert Momentconcept.objects.get().keuzes.keys() == {"vormen", "samen", "soort"}


# --- Changing, for a week ---------------------------------------------------------------------------------------------


def test_a_changed_moment_keeps_its_earlier_version_for_everybody(als, begeleider, coordinator, moment):
    antwoord = als(begeleider).post(adres(moment, "moment_aanpassen"), velden(tekst="Soep gekookt.", gezien=0))

    assert antwoord.status_code == 302
    inhoud = als(coordinator).get(adres(moment)).text
    assert "Soep gekookt." in inhoud.split("Eerdere versies")[0]
    assert "Samen gekookt." in inhoud.split("Eerdere versies")[1]
    lijst = als(coordinator).get(reverse("trajecten:traject", args=[moment.traject_id])).text
    assert "bekijk de eerdere versie" in lijst
    assert "Samen gekookt." not in lijst


def test_saving_without_a_change_makes_no_version(als, begeleider, moment):
    als(begeleider).post(adres(moment, "moment_aanpassen"), velden(gezien=0))

    assert not moment.versies.exists()


def test_saving_the_page_just_as_it_was_makes_no_version(als, begeleider, moment):
    client, pagina = als(begeleider), adres(moment, "moment_aanpassen")
    form = client.get(pagina).context["form"]

    antwoord = client.post(pagina, {veld.html_name: veld.value() for veld in form if veld.value() is not None})

    moment.refresh_from_db()
    assert antwoord.status_code == 302
    assert not moment.versies.exists()
    assert moment.aangepast_op is None


def test_a_version_keeps_who_was_there(als, begeleider, moment, gezin):
    client = als(begeleider)
    erbij = {"erbij": [str(gezin["moeder"].pk)], "vormen": ["fysiek"]}
    for nummer, anders in enumerate([erbij, {}]):
        client.post(adres(moment, "moment_aanpassen"), velden(gezien=nummer, **anders))

    inhoud = client.get(adres(moment)).text
    assert moment.versies.count() == 2
    assert "Erbij: Moeder. Fysiek" in inhoud.split("Eerdere versies")[1]
    assert "Erbij" not in inhoud.split("Eerdere versies")[0]


# Written, asked on, may change. By hand: seven days after the day of writing, in Amsterdam, also over the DST night.
TERMIJN = [
    ("2027-03-01 08:00+01:00", "2027-03-01 23:59+01:00", True),
    ("2027-03-01 08:00+01:00", "2027-03-08 23:59+01:00", True),
    ("2027-03-01 08:00+01:00", "2027-03-09 00:01+01:00", False),
    ("2027-03-01 23:59+01:00", "2027-03-08 23:58+01:00", True),
    ("2027-03-22 00:10+01:00", "2027-03-29 23:50+02:00", True),
    ("2027-03-22 00:10+01:00", "2027-03-30 00:10+02:00", False),
    ("2027-10-25 12:00+02:00", "2027-11-01 23:59+01:00", True),
    ("2027-10-25 12:00+02:00", "2027-11-02 00:00+01:00", False),
]


@pytest.mark.parametrize(("geschreven", "nu", "mag"), TERMIJN)
def test_the_writer_may_change_it_through_the_seventh_day(traject, begeleider, coordinator, geschreven, nu, mag):
    from datetime import datetime

    moment = Moment(traject=traject, door=begeleider, aangemaakt_op=datetime.fromisoformat(geschreven))

    with time_machine.travel(nu, tick=False):
        assert mag_moment_aanpassen(begeleider, moment) is mag
        assert mag_moment_aanpassen(coordinator, moment) is False


def test_after_a_week_what_was_typed_becomes_a_supplement(als, begeleider, moment):
    client = als(begeleider)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        client = als(begeleider)
        antwoord = client.post(adres(moment, "moment_aanpassen"), velden(tekst="Te laat bedacht.", gezien=0))

    moment.refresh_from_db()
    assert antwoord.status_code == 200
    assert "Aanpassen kan nu niet meer." in antwoord.text
    assert "Te laat bedacht.</textarea>" in antwoord.text
    assert moment.tekst == "Samen gekookt."


def test_a_colleague_cannot_change_it_but_can_add(als, coordinator, moment):
    antwoord = als(coordinator).post(adres(moment, "moment_aanpassen"), velden(tekst="Andere woorden", gezien=0))

    moment.refresh_from_db()
    assert moment.tekst == "Samen gekookt."
    assert "Andere woorden</textarea>" in antwoord.text


@pytest.mark.parametrize("wie", ["coordinator", "begeleider"])
def test_the_database_itself_refuses_another_writer_and_another_week(moment, wie, request, kijkt_als):
    kijkt_als(request.getfixturevalue(wie))
    if wie == "begeleider":
        oud = Moment(traject_id=moment.traject_id, door_id=moment.door_id, tekst="Lang geleden.")
        oud.aangemaakt_op = timezone.now() - timedelta(days=9)
        oud.save()
        moment = oud

    with pytest.raises(MomentAangepast):
        moment.pas_aan(gezien=0)
    assert Moment.objects.filter(pk=moment.pk).update(tekst="Anders") == 0


def test_whoever_changes_the_row_the_earlier_version_stays(moment):
    Moment.objects.filter(pk=moment.pk).update(tekst="Langs een andere weg.")

    assert moment.versies.get().toen.tekst == "Samen gekookt."


def test_a_mistake_while_changing_keeps_everything(als, begeleider, moment):
    antwoord = als(begeleider).post(
        adres(moment, "moment_aanpassen"), velden(tekst="Nummer 111222333", ook_erbij="Opa", gezien=0)
    )

    assert "BSN" in antwoord.text
    assert "Nummer 111222333</textarea>" in antwoord.text
    assert 'value="Opa"' in antwoord.text
    assert not moment.versies.exists()


def test_a_second_tab_sees_that_it_was_changed_and_keeps_its_text(als, begeleider, moment):
    client = als(begeleider)
    client.post(adres(moment, "moment_aanpassen"), velden(tekst="Eerste tab", gezien=0))

    tweede = client.post(adres(moment, "moment_aanpassen"), velden(tekst="Tweede tab", gezien=0))

    moment.refresh_from_db()
    assert moment.tekst == "Eerste tab"
    assert "Intussen is dit moment ook ergens anders aangepast." in tweede.text
    assert "Tweede tab</textarea>" in tweede.text
    opnieuw = {"tekst": "Tweede tab", "gezien": tweede.context["form"]["gezien"].value()}
    assert client.post(adres(moment, "moment_aanpassen"), velden(**opnieuw)).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_wins_and_the_other_hears_it(traject, begeleider):
    with als_gebruiker(begeleider.pk):
        moment = Moment.objects.create(traject=traject, tekst="Begin", door=begeleider)
    samen = threading.Barrier(2, timeout=10)

    def verander(tekst: str) -> str:
        with als_gebruiker(begeleider.pk):
            eigen = Moment.objects.get(pk=moment.pk)
            eigen.tekst = tekst
            samen.wait()
            eigen.pas_aan(gezien=0)
        return "gelukt"

    uitkomsten = tegelijk(*(partial(verander, tekst) for tekst in ("Een", "Twee")), weigert=MomentAangepast)

    with als_gebruiker(begeleider.pk):
        assert [uitkomst == "gelukt" for uitkomst in uitkomsten].count(True) == 1
        assert [versie.toen.tekst for versie in moment.versies.all()] == ["Begin"]


# --- Adding -----------------------------------------------------------------------------------------------------------


def test_a_supplement_hangs_on_the_moment_with_its_writer_and_day(als, coordinator, moment):
    antwoord = als(coordinator).post(adres(moment), {"tekst": "Later hoorde ik nog iets."})

    assert (antwoord.status_code, antwoord.url) == (302, adres(moment))
    for pagina in (adres(moment), reverse("trajecten:traject", args=[moment.traject_id])):
        inhoud = als(coordinator).get(pagina).text
        assert "Later hoorde ik nog iets." in inhoud
        assert "Aangevuld door Co Coördinator" in inhoud


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [("  ", "Schrijf eerst op wat je wilt aanvullen."), ("x" * 20_001, "Dit zijn 20001 tekens"), ("111222333", "BSN")],
)
def test_a_supplement_that_is_refused_keeps_its_text(als, begeleider, moment, tekst, zin):
    antwoord = als(begeleider).post(adres(moment), {"tekst": tekst})

    assert zin in antwoord.text
    assert tekst.strip() in antwoord.text
    assert not Aanvulling.objects.exists()


def test_a_moment_of_another_trajectory_is_not_found_here(als, begeleider, moment, initiatief):
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")

    assert als(begeleider).get(reverse("trajecten:een_moment", args=[ander.pk, moment.pk])).status_code == 404


def test_nothing_hangs_on_a_moment_of_another_trajectory(moment, begeleider, initiatief, kijkt_als):
    """The database looks whether moment and trajectory belong together."""
    from tests.trajecten.bezetting import maak_traject

    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Aanvulling.objects.create(moment=moment, traject=ander, tekst="x", door=begeleider)


def test_nobody_signs_for_another(moment, begeleider, coordinator, kijkt_als):
    kijkt_als(coordinator)

    for rij in (Aanvulling(moment=moment, tekst="x"), Moment(tekst="x")):
        rij.traject_id, rij.door = moment.traject_id, begeleider
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            rij.save()


# --- What it costs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aantal", [1, 3])
def test_people_supplements_and_photos_cost_no_query_more(
    als, begeleider, traject, gezin, aantal, django_assert_num_queries
):
    from tests.trajecten.momenten import vul_momenten
    from tests.trajecten.test_traject_pagina import TRANSACTIE, VRAGEN

    for _ in range(aantal):
        vul_momenten(traject, begeleider)
    Moment.objects.update(erbij=[mens.pk for mens in Betrokkene.objects.all()])
    client = als(begeleider)

    with django_assert_num_queries(VRAGEN + TRANSACTIE):
        inhoud = client.get(reverse("trajecten:traject", args=[traject.pk])).text

    assert inhoud.count("Erbij: ") == aantal
    assert inhoud.count("Moeder (ouder)") == aantal + 1  # and among the choices of the form
