"""Rest and return: at the young person's wish or after the agreed time; nothing happens by itself, nothing is lost."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import laat_rusten, neem_stap_terug, spreek_nazorg_af, zet_stap
from trajecten.fases import Fase
from trajecten.models import Rustperiode, Traject
from trajecten.ritme import Na

VANDAAG = date(2027, 6, 17)


@pytest.fixture(autouse=True)
def klok():
    with time_machine.travel("2027-06-17 12:00+02:00", tick=False) as klok:
        yield klok


@pytest.fixture
def lopend(begeleider, initiatief) -> Traject:
    return maak_traject(door=begeleider, initiatief=initiatief, op=VANDAAG - timedelta(days=100))


@pytest.fixture
def rustend(lopend, begeleider) -> Traject:
    with als_gebruiker(begeleider.pk):
        laat_rusten(traject=lopend, door=begeleider, periode=Rustperiode(woorden="Even niets."))
    return lopend


@pytest.fixture
def stuur(als, begeleider, lopend):
    client = als(begeleider)

    def post(**velden):
        return client.post(f"/trajecten/{lopend.pk}/rust/", {"reden": "wens"} | velden, follow=True)

    return post


def test_one_tap_is_enough_to_rest(stuur, lopend, begeleider, kijkt_als):
    antwoord = stuur()

    kijkt_als(begeleider)
    periode = lopend.rustperioden.get()
    assert "Noor heeft nu rust. De deur staat open." in antwoord.text
    assert (periode.reden, periode.tot, periode.door, periode.van) == ("wens", None, begeleider, VANDAAG)


def test_rest_with_a_day_and_words_stands_on_the_page(stuur):
    antwoord = stuur(tot="2027-09-01", woorden="Eerst de zomer.")

    assert "afgesproken tot 1 september 2027" in antwoord.text


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"reden": ""}, "Kies een van de twee."),
        ({"reden": "straf"}, "Kies een van de twee."),
        ({"tot": "2027-06-17"}, "Kies een dag na vandaag"),
        ({"tot": "2099-01-01"}, "Kies een dag na vandaag"),
        ({"tot": "ooit"}, "Dit is geen datum."),
        ({"woorden": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"woorden": "a" * 2001}, "Dit is te lang: er passen 2000 tekens."),
    ],
)
def test_a_mistake_is_explained_and_the_words_stay(stuur, lopend, begeleider, kijkt_als, velden, zin):
    antwoord = stuur(**({"woorden": "Dit bleef staan."} | velden))

    kijkt_als(begeleider)
    lopend.refresh_from_db()
    assert zin in antwoord.text
    assert velden.get("woorden", "Dit bleef staan.") in antwoord.text
    assert lopend.toestand == "lopend"


def test_another_day_takes_the_place_of_the_first_and_both_stay_to_be_read(stuur, lopend, begeleider, kijkt_als):
    stuur(tot="2027-09-01")

    stuur(tot="2028-01-01")

    kijkt_als(begeleider)
    assert [periode.tot for periode in lopend.rustperioden.nu()] == [date(2028, 1, 1)]
    assert lopend.rustperioden.count() == 2


def test_on_the_agreed_day_nothing_happens_by_itself(klok, stuur, lopend, begeleider, kijkt_als):
    stuur(tot="2027-09-01")
    klok.move_to("2027-09-02 09:00+02:00")

    kijkt_als(begeleider)
    lopend.refresh_from_db()
    assert lopend.toestand == "rustend"


@pytest.mark.parametrize("pagina", ["", "rust/", "fase/"])
def test_the_way_back_is_always_visible(als, begeleider, rustend, pagina):
    inhoud = als(begeleider).get(f"/trajecten/{rustend.pk}/{pagina}").text

    assert "Weer verder" in inhoud or "Een stap zetten" in inhoud


def test_going_on_ends_the_rest_and_keeps_who_counsels(als, begeleider, rustend, kijkt_als):
    antwoord = als(begeleider).post(f"/trajecten/{rustend.pk}/verder/", follow=True)

    kijkt_als(begeleider)
    assert "Noor gaat weer verder." in antwoord.text
    assert rustend.rustperioden.get().beeindigd_op is not None
    assert rustend.betrokkenen.vaste_begeleiders().get().gebruiker == begeleider


def test_when_who_counselled_no_longer_works_there_that_is_the_first_question(
    als, begeleider, coordinator, rustend, initiatief
):
    begeleider.rollen.get().beeindig()

    antwoord = als(coordinator).post(f"/trajecten/{rustend.pk}/verder/", follow=True)

    assert antwoord.redirect_chain[-1][0] == f"/trajecten/{rustend.pk}/mensen/"
    assert "Wie gaat er nu mee?" in antwoord.text


def test_a_return_ends_the_rest_and_taking_it_back_lets_it_go_on(rustend, begeleider, kijkt_als):
    kijkt_als(begeleider)
    zet_stap(traject=rustend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="x", deur_staat_open=True)
    laat_rusten(traject=rustend, door=begeleider, periode=Rustperiode(tot=VANDAAG + timedelta(days=30)))
    zet_stap(traject=rustend, naar=Fase.LANDING, door=begeleider)
    tijdens = rustend.rustperioden.nu().count()

    neem_stap_terug(traject=rustend, door=begeleider, volgnummer=3)

    assert (tijdens, rustend.rustperioden.nu().get().tot) == (0, VANDAAG + timedelta(days=30))


def test_a_trajectory_that_was_handed_over_does_not_rest_here(stuur, lopend, begeleider, kijkt_als):
    with als_gebruiker(begeleider.pk):
        Traject.objects.filter(pk=lopend.pk).update(toestand="overgedragen")

    antwoord = stuur()

    kijkt_als(begeleider)
    assert "Rust spreek je daar af." in antwoord.text
    assert not lopend.rustperioden.exists()


def test_what_was_written_about_rest_cannot_be_changed(rustend, begeleider, kijkt_als):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rustend.rustperioden.update(woorden="Iets anders.")


def test_the_database_knows_one_rest_at_a_time(rustend, begeleider, kijkt_als):
    kijkt_als(begeleider)

    with pytest.raises(IntegrityError, match="rust_een_tegelijk"), transaction.atomic():
        Rustperiode.objects.create(traject=rustend, door=begeleider)


def test_the_form_does_not_offer_who_works_elsewhere(als, begeleider, rustend, buitenstaander):
    assert als(buitenstaander).get(f"/trajecten/{rustend.pk}/rust/").status_code == 404
    assert RolFactory().gebruiker.naam not in als(begeleider).get(f"/trajecten/{rustend.pk}/rust/").text


# --- A set time of waakvlam -------------------------------------------------------------------------------------------


def test_contact_is_planned_until_the_agreed_day_and_not_beyond(lopend, begeleider, kijkt_als):
    kijkt_als(begeleider)

    afspraak = spreek_nazorg_af(
        traject=lopend, vormen=["gezin"], door=begeleider, ritme=Na, afgesproken_tot=VANDAAG + timedelta(days=95)
    )

    assert [contact.gepland_op for contact in afspraak.contactmomenten.order_by("gepland_op")] == [
        date(2027, 6, 24),
        date(2027, 7, 15),
        date(2027, 9, 17),
    ]


def test_after_the_last_contact_of_a_set_time_no_year_follows(lopend, begeleider, kijkt_als):
    kijkt_als(begeleider)
    afspraak = spreek_nazorg_af(
        traject=lopend,
        vormen=["gezin"],
        door=begeleider,
        ritme=["week_1"],
        afgesproken_tot=VANDAAG + timedelta(days=95),
    )

    afspraak.contactmomenten.get().rond_af("gesproken")

    assert not afspraak.contactmomenten.wacht().exists()


@pytest.mark.parametrize("tot", ["2027-06-17", "2099-01-01", "straks"])
def test_an_agreed_day_that_makes_no_sense_is_explained(als, begeleider, lopend, tot):
    antwoord = als(begeleider).post(
        f"/trajecten/{lopend.pk}/nazorg/nieuw/", {"vormen": ["gezin"], "afgesproken_tot": tot}
    )

    assert "Kies een dag na vandaag" in antwoord.text or "Dit is geen datum." in antwoord.text


def test_what_was_handed_over_meanwhile_does_not_rest(lopend, begeleider, kijkt_als):
    kijkt_als(begeleider)
    Traject.objects.filter(pk=lopend.pk).update(toestand="overgedragen")

    laat_rusten(traject=lopend, door=begeleider, periode=Rustperiode())

    assert (lopend.toestand, lopend.rustperioden.count()) == ("overgedragen", 0)


def test_who_agrees_on_rest_because_her_initiative_stops_goes_on_with_the_next(als, coordinator, lopend, initiatief):
    client, lijst = als(coordinator), f"/trajecten/stoppen/{initiatief.pk}/"
    adres = f"/trajecten/{lopend.pk}/rust/?stoppen"

    eerst, pagina = client.get(lijst).text, client.get(adres).text
    antwoord = client.post(adres, {"reden": "wens"}, follow=True)

    assert f'href="{adres}"' in eerst
    assert "checked" in pagina
    assert f'<a href="{lijst}">Toch niet</a>' in pagina
    assert antwoord.redirect_chain == [(lijst, 302)]
    assert "Opgeschreven. Noor heeft nu rust." in antwoord.text


def test_a_counsellor_who_comes_there_by_that_address_lands_on_the_trajectory(als, begeleider, lopend):
    antwoord = als(begeleider).post(f"/trajecten/{lopend.pk}/rust/?stoppen", {"reden": "wens"})

    assert antwoord.url == f"/trajecten/{lopend.pk}/"
