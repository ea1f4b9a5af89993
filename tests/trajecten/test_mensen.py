"""The people around a young person, and who she is on paper."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import ochtend, werkdag_vanaf
from tests.factories import RolFactory
from trajecten.actions import draag_over, neem_afscheid, spreek_nazorg_af
from trajecten.herinneringen import zet_klaar
from trajecten.models import Betrokkene, Inzagelog, JongereIdentiteit, Leeftijdsgrenzen


@pytest.fixture
def collega(initiatief):
    return RolFactory(initiatief=initiatief, gebruiker__naam="Zoë Collega").gebruiker


@pytest.fixture
def adres(traject) -> str:
    return reverse("trajecten:mensen", args=[traject.pk])


def rollen(traject) -> set[tuple[str, str]]:
    return {(mens.noem, str(mens.rol)) for mens in traject.betrokkenen.nu().select_related("gebruiker")}


def test_handing_over_and_staying_near(als, begeleider, collega, adres, traject, kijkt_als):
    antwoord = als(begeleider).post(adres, {"soort": "overdragen", "aan": collega.pk, "blijft": "on"}, follow=True)

    kijkt_als(collega)
    assert "Zoë Collega is nu de vaste begeleider van Noor." in antwoord.text
    assert rollen(traject) == {("Zoë Collega", "vaste_begeleider"), ("Bo Begeleider", "waarnemer")}


def test_handing_over_and_leaving_closes_the_door_behind(als, begeleider, collega, adres, traject, kijkt_als):
    client = als(begeleider)

    antwoord = client.post(adres, {"soort": "overdragen", "aan": collega.pk})

    assert antwoord.url == "/trajecten/"
    assert client.get(adres).status_code == 404
    kijkt_als(collega)
    assert rollen(traject) == {("Zoë Collega", "vaste_begeleider")}
    assert traject.betrokkenen.filter(gebruiker=begeleider, tot__isnull=False).exists()


def test_contact_that_waits_moves_along_and_unsent_mail_to_the_former_owner_falls_silent(
    begeleider, collega, traject, kijkt_als
):
    with als_gebruiker(begeleider.pk):
        afspraak = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"])
    contact = afspraak.contactmomenten.model.objects
    with time_machine.travel(ochtend(werkdag_vanaf(timezone.localdate() + timedelta(days=10)), 10), tick=False):
        zet_klaar()
        with als_gebruiker(begeleider.pk):
            draag_over(traject=traject, aan=collega, blijft_waarnemer=False)
        kijkt_als(collega)
        zet_klaar()

    assert contact.wacht().get().eigenaar == collega
    assert not Bericht.objects.filter(aan=begeleider, toestand=Bericht.Toestand.WACHT).exists()


def test_a_coordinator_hands_over_for_a_counsellor_who_left(
    als, begeleider, coordinator, collega, adres, traject, kijkt_als
):
    begeleider.rollen.get().beeindig()

    als(coordinator).post(adres, {"soort": "overdragen", "aan": collega.pk})

    kijkt_als(coordinator)
    assert rollen(traject) == {("Zoë Collega", "vaste_begeleider")}


def test_a_stand_in_does_not_decide_who_counsels(als, begeleider, collega, adres, traject, kijkt_als):
    with als_gebruiker(begeleider.pk):
        Betrokkene(traject=traject, gebruiker=collega, rol="waarnemer").save(force_insert=True)
    client = als(collega)

    assert "Een andere vaste begeleider" not in client.get(adres).text
    assert client.post(adres, {"soort": "waarnemer", "wie": begeleider.pk}).status_code in (200, 404)
    assert client.post(adres, {"soort": "overdragen", "aan": collega.pk}).status_code == 404
    kijkt_als(begeleider)
    assert rollen(traject) == {("Bo Begeleider", "vaste_begeleider"), ("Zoë Collega", "waarnemer")}


def test_a_stand_in_sees_the_trajectory_at_once(als, begeleider, collega, adres, traject):
    als(begeleider).post(adres, {"soort": "waarnemer", "wie": collega.pk})

    assert als(collega).get(reverse("trajecten:traject", args=[traject.pk])).status_code == 200


@pytest.mark.parametrize("soort", ["overdragen", "waarnemer"])
def test_only_a_colleague_can_be_chosen(als, begeleider, buitenstaander, adres, soort):
    antwoord = als(begeleider).post(adres, {"soort": soort, "aan": buitenstaander.pk, "wie": buitenstaander.pk})

    assert "Kies een collega van dit initiatief." in antwoord.text


def test_a_school_or_parent_is_written_down(als, begeleider, adres, traject, kijkt_als):
    als(begeleider).post(adres, {"soort": "betrokkene", "naam": "School De Linde", "rol": "school"})

    kijkt_als(begeleider)
    assert ("School De Linde", "school") in rollen(traject)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"naam": "", "rol": "school"}, "Vul een naam in."),
        ({"naam": "Opa", "rol": ""}, "Kies een rol."),
        ({"naam": "Opa", "rol": "vaste_begeleider"}, "Kies een rol uit de lijst."),
        ({"naam": "111222333", "rol": "ouder"}, "een nummer dat een BSN kan zijn"),
    ],
)
def test_a_mistake_about_somebody_is_explained(als, begeleider, adres, velden, zin):
    assert zin in als(begeleider).post(adres, {"soort": "betrokkene"} | velden).text


@pytest.mark.parametrize(("van", "mag"), [("2014-11-30", False), ("2014-12-01", True), ("0001-01-01", False)])
def test_nobody_was_there_before_the_young_person_was_born(als, begeleider, adres, traject, kijkt_als, van, mag):
    kijkt_als(begeleider)
    Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2014, 12, 1))

    antwoord = als(begeleider).post(adres, {"soort": "betrokkene", "naam": "Opa", "rol": "ouder", "van": van})

    kijkt_als(begeleider)
    assert (("Opa", "ouder") in rollen(traject)) is mag
    assert mag or ("nog niet geboren" in antwoord.text and f'value="{van}"' in antwoord.text)


def test_without_a_birth_date_a_day_of_long_ago_is_questioned(als, begeleider, adres):
    velden = {"soort": "betrokkene", "naam": "Opa", "rol": "ouder", "van": "1926-01-01"}

    assert "Kijk de datum nog even na." in als(begeleider).post(adres, velden).text


def test_what_was_agreed_about_reading_along_stands_with_the_people(als, begeleider, adres, traject):
    with als_gebruiker(begeleider.pk):
        Betrokkene(traject=traject, naam="Opa", rol="ouder", meelezen="hoofdlijnen").save(force_insert=True)

    assert "Afgesproken om mee te lezen: de hoofdlijnen" in als(begeleider).get(adres).text


def test_an_unknown_form_changes_nothing(als, begeleider, adres):
    assert als(begeleider).post(adres, {"soort": "rommel"}).status_code == 200


def test_the_last_steady_counsellor_cannot_leave(als, begeleider, traject, kijkt_als):
    kijkt_als(begeleider)
    ik = traject.betrokkenen.get()

    antwoord = als(begeleider).post(reverse("trajecten:afscheid", args=[traject.pk, ik.pk]), follow=True)

    kijkt_als(begeleider)
    assert "Kies eerst wie de vaste begeleider wordt." in antwoord.text
    assert rollen(traject) == {("Bo Begeleider", "vaste_begeleider")}


def test_a_stand_in_who_leaves_gives_back_what_waits(begeleider, collega, traject, kijkt_als):
    kijkt_als(begeleider)
    waarnemer = Betrokkene(traject=traject, gebruiker=collega, rol="waarnemer")
    waarnemer.save(force_insert=True)
    spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"])
    traject.contactmomenten.update(eigenaar=collega)

    assert neem_afscheid(betrokkene=waarnemer)

    assert traject.contactmomenten.get().eigenaar == begeleider
    assert rollen(traject) == {("Bo Begeleider", "vaste_begeleider")}


def test_a_stand_in_cannot_send_the_counsellor_away(als, begeleider, collega, traject, kijkt_als):
    kijkt_als(begeleider)
    vaste = traject.betrokkenen.get()
    Betrokkene(traject=traject, gebruiker=collega, rol="waarnemer").save(force_insert=True)

    assert als(collega).post(reverse("trajecten:afscheid", args=[traject.pk, vaste.pk])).status_code == 404


def test_who_left_stays_among_the_earlier_people(als, begeleider, adres, traject, kijkt_als):
    kijkt_als(begeleider)
    school = Betrokkene(traject=traject, naam="School De Linde", rol="school")
    school.save(force_insert=True)
    client = als(begeleider)

    client.post(reverse("trajecten:afscheid", args=[traject.pk, school.pk]))

    assert "School De Linde" in client.get(adres).text.split("Eerdere mensen")[1]


def test_identity_is_kept_and_every_look_is_logged(als, begeleider, traject, kijkt_als):
    client, adres = als(begeleider), reverse("trajecten:gegevens", args=[traject.pk])

    client.post(
        adres,
        {"roepnaam": "Noor", "officiele_naam": "N. Voorbeeld", "geboortedatum": "2011-05-04", "contact": "via opa"},
    )
    inhoud = client.get(adres).text

    kijkt_als(begeleider)
    assert 'value="2011-05-04"' in inhoud
    assert "N. Voorbeeld" in inhoud
    assert JongereIdentiteit.objects.get().geboortedatum == "2011-05-04"
    assert list(Inzagelog.objects.values_list("wat", flat=True)) == ["identiteit", "identiteit"]


def test_identity_may_stay_empty_and_a_roepnaam_may_change(als, begeleider, traject, kijkt_als):
    als(begeleider).post(reverse("trajecten:gegevens", args=[traject.pk]), {"roepnaam": "Nour"})

    kijkt_als(begeleider)
    traject.jongere.refresh_from_db()
    assert traject.jongere.roepnaam == "Nour"


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"officiele_naam": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"contact": "bsn 111 222 333"}, "een nummer dat een BSN kan zijn"),
        ({"geboortedatum": "1900-01-01"}, "Kijk deze datum nog even na."),
        ({"geboortedatum": "2099-01-01"}, "Het traject begon op"),
        ({"geboortedatum": "4 mei"}, "Dit is geen datum."),
        ({"roepnaam": ""}, "Vul een roepnaam in."),
    ],
)
def test_a_mistake_in_identity_is_explained(als, begeleider, traject, velden, zin):
    adres = reverse("trajecten:gegevens", args=[traject.pk])

    assert zin in als(begeleider).post(adres, {"roepnaam": "Noor", "contact": "via opa"} | velden).text


def test_wishes_are_written_down(als, begeleider, traject):
    client = als(begeleider)

    client.post(reverse("trajecten:wensen", args=[traject.pk]), {"wensdroom": "Een eigen moestuin."})

    assert "Een eigen moestuin." in client.get(reverse("trajecten:traject", args=[traject.pk])).text


def test_a_begeleider_of_two_initiatives_hands_over_only_within_one(
    als, begeleider, ander_initiatief, buitenstaander, adres
):
    RolFactory(gebruiker=begeleider, initiatief=ander_initiatief, soort=Rol.Soort.COORDINATOR)

    antwoord = als(begeleider).post(adres, {"soort": "overdragen", "aan": buitenstaander.pk})

    assert "Kies een collega van dit initiatief." in antwoord.text
