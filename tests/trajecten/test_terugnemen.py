"""A step can be taken back for a day by who set it; the history keeps that it was set."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.tegelijk import tegelijk
from trajecten.actions import neem_stap_terug, zet_stap
from trajecten.fases import Fase
from trajecten.models import FaseVerblijf, Herinnering, StapGeweigerd, Traject
from trajecten.planning import pauzeer

NU = datetime(2027, 6, 17, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
VANDAAG = NU.date()
NAZORG = {"vormen": ["evaluatie"], "afspraak": "", "ritme": ["week_1", "maand_3"]}


@pytest.fixture
def klok():
    with time_machine.travel(NU, tick=False) as klok:
        yield klok


@pytest.fixture
def lopend(klok, begeleider, initiatief, kijkt_als) -> Traject:
    """A trajectory that began a hundred days ago and went to the exploring phase ten days ago."""
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=VANDAAG - timedelta(days=100))
    kijkt_als(begeleider)
    traject.naar_fase(Fase.ONDERZOEKEND, door=begeleider, op=VANDAAG - timedelta(days=10))
    return traject


def stand(traject) -> list[tuple]:
    """The stays that count: phase, from, until."""
    return [(v.fase, v.van, v.tot) for v in traject.verblijven.geldig()]


def neem_terug(traject, door) -> FaseVerblijf:
    return neem_stap_terug(traject=traject, door=door, volgnummer=traject.verblijf_nu.volgnummer)


def test_after_taking_back_the_stay_before_goes_on(lopend, begeleider):
    neem_terug(lopend, begeleider)

    assert stand(lopend) == [(Fase.LANDING, VANDAAG - timedelta(days=100), None)]


def test_the_history_keeps_the_step_with_its_words(lopend, begeleider):
    lopend.naar_fase(Fase.LANDING, door=begeleider, woorden_van_jongere="Even terug.", toelichting="Het was druk.")

    neem_terug(lopend, begeleider)

    terug = lopend.verblijven.exclude(teruggenomen_op=None).get()
    assert (terug.fase, terug.woorden_van_jongere, terug.toelichting) == ("landing", "Even terug.", "Het was druk.")
    assert (terug.van, terug.tot, terug.teruggenomen_op) == (VANDAAG, VANDAAG, NU)


def test_a_new_step_after_taking_back_gets_a_number_of_its_own(lopend, begeleider):
    neem_terug(lopend, begeleider)

    assert lopend.naar_fase(Fase.ORIENTATIE, door=begeleider, toelichting="x").volgnummer == 3


@pytest.mark.parametrize(("uren", "mag"), [(23, True), (24, False), (48, False)])
def test_it_can_be_done_for_a_day(klok, lopend, begeleider, uren, mag):
    klok.move_to(NU + timedelta(hours=uren))

    if mag:
        neem_terug(lopend, begeleider)
    else:
        with pytest.raises(StapGeweigerd, match="een dag lang"):
            neem_terug(lopend, begeleider)

    assert len(stand(lopend)) == (1 if mag else 2)


def test_somebody_else_does_not_take_it_back(lopend, coordinator, kijkt_als):
    kijkt_als(coordinator)

    with pytest.raises(StapGeweigerd, match="door wie hem zette"):
        neem_terug(lopend, coordinator)


def test_the_beginning_is_not_a_step(klok, traject, begeleider, kijkt_als):
    kijkt_als(begeleider)

    with pytest.raises(StapGeweigerd):
        neem_terug(traject, begeleider)


def test_two_steps_are_taken_back_one_after_the_other(lopend, begeleider):
    lopend.naar_fase(Fase.ORIENTATIE, door=begeleider)

    neem_terug(lopend, begeleider)
    neem_terug(lopend, begeleider)

    assert stand(lopend) == [(Fase.LANDING, VANDAAG - timedelta(days=100), None)]


def test_a_step_that_somebody_else_followed_up_stays(lopend, begeleider, coordinator, kijkt_als):
    gezien = lopend.verblijf_nu.volgnummer
    kijkt_als(coordinator)
    lopend.naar_fase(Fase.ORIENTATIE, door=coordinator)
    kijkt_als(begeleider)

    with pytest.raises(StapGeweigerd, match="intussen is dit traject in de oriëntatiefase"):
        neem_stap_terug(traject=lopend, door=begeleider, volgnummer=gezien)


def test_taking_back_the_waakvlam_ends_its_agreement_and_silences_its_contact(lopend, begeleider):
    zet_stap(traject=lopend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.", nazorg=NAZORG)

    neem_terug(lopend, begeleider)

    assert not lopend.nazorgafspraken.nu().exists()
    assert not lopend.contactmomenten.wacht().exists()
    assert lopend.contactmomenten.count() == 2
    assert not Herinnering.objects.filter(vervallen_op=None).exists()


def test_taking_back_a_return_lets_the_old_rhythm_wait_again(lopend, begeleider):
    zet_stap(traject=lopend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.", nazorg=NAZORG)
    dagen = list(lopend.contactmomenten.wacht().order_by("pk").values_list("gepland_op", "eigenaar"))
    stappen = Herinnering.objects.filter(vervallen_op=None).count()
    zet_stap(traject=lopend, naar=Fase.LANDING, door=begeleider)

    neem_terug(lopend, begeleider)

    assert list(lopend.contactmomenten.wacht().order_by("pk").values_list("gepland_op", "eigenaar")) == dagen
    assert Herinnering.objects.filter(vervallen_op=None, gezet_op=None, planningversie=2).count() == stappen
    assert lopend.nazorgafspraken.nu().count() == 1


def test_taking_back_a_return_from_rest_brings_the_rest_back(lopend, begeleider):
    zet_stap(traject=lopend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.", nazorg=NAZORG)
    lopend.laat_rusten()
    zet_stap(traject=lopend, naar=Fase.LANDING, door=begeleider)

    neem_terug(lopend, begeleider)

    lopend.refresh_from_db()
    assert (lopend.toestand, lopend.verblijf_nu.fase) == ("rustend", Fase.WAAKVLAM)
    assert not lopend.contactmomenten.wacht().exists()


def test_taking_back_a_step_leaves_the_rest_that_began_after_it(lopend, begeleider):
    zet_stap(traject=lopend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.", nazorg=NAZORG)
    lopend.laat_rusten()

    neem_terug(lopend, begeleider)

    lopend.refresh_from_db()
    assert (lopend.toestand, lopend.verblijf_nu.fase) == ("rustend", Fase.ONDERZOEKEND)
    assert not lopend.contactmomenten.wacht().exists()


def test_taking_back_a_return_brings_the_pause_back_and_its_silence(lopend, begeleider):
    zet_stap(traject=lopend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.", nazorg=NAZORG)
    tot = lopend.contactmomenten.wacht().earliest("gepland_op").gepland_op - timedelta(days=1)
    pauzeer(traject=lopend, tot=tot, door=begeleider)
    stil = set(Herinnering.objects.filter(vervallen_op=None).values_list("contactmoment", "stap", "op"))
    zet_stap(traject=lopend, naar=Fase.LANDING, door=begeleider)

    neem_terug(lopend, begeleider)

    assert list(lopend.pauzes.values_list("tot", flat=True)) == [tot]
    assert set(Herinnering.objects.filter(vervallen_op=None).values_list("contactmoment", "stap", "op")) == stil


def test_taking_back_a_return_leaves_who_counsels(lopend, begeleider, initiatief):
    collega = RolFactory(initiatief=initiatief).gebruiker
    zet_stap(traject=lopend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="x", deur_staat_open=True)
    zet_stap(traject=lopend, naar=Fase.LANDING, door=begeleider, begeleider=collega)

    neem_terug(lopend, begeleider)

    assert lopend.betrokkenen.vaste_begeleiders().get().gebruiker == collega


# --- The database holds it too ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("volgnummer", "wijziging"),
    [
        (1, {"tot": None}),  # ended, and the step after it was not taken back
        (1, {"tot": VANDAAG}),
        (1, {"tot": VANDAAG - timedelta(days=100), "teruggenomen_op": NU}),
    ],
)
def test_the_database_refuses_to_change_what_was(lopend, volgnummer, wijziging):
    with pytest.raises(IntegrityError, match=r"Only the last step|A stay that ended"), transaction.atomic():
        lopend.verblijven.filter(volgnummer=volgnummer).update(**wijziging)


def test_the_database_refuses_what_was_taken_back_to_come_back(lopend, begeleider):
    neem_terug(lopend, begeleider)

    with pytest.raises(IntegrityError, match="stays taken back"), transaction.atomic():
        lopend.verblijven.filter(volgnummer=2).update(teruggenomen_op=None)


def test_the_database_lets_only_who_set_a_step_take_it_back(lopend, coordinator, kijkt_als):
    kijkt_als(coordinator)
    verblijf = lopend.verblijf_nu

    with pytest.raises(IntegrityError, match="by who set it"), transaction.atomic():
        lopend.verblijven.filter(pk=verblijf.pk).update(tot=verblijf.van, teruggenomen_op=NU)


# --- On the page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def vers(begeleider, initiatief) -> Traject:
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=timezone.localdate() - timedelta(days=30))
    with als_gebruiker(begeleider.pk):
        traject.naar_fase(Fase.ONDERZOEKEND, door=begeleider, woorden_van_jongere="Ik wil naar buiten.")
    return traject


def test_the_page_offers_it_to_who_set_the_step_and_to_nobody_else(als, begeleider, coordinator, vers):
    adres = f"/trajecten/{vers.pk}/"

    assert "Stap terugnemen" in als(begeleider).get(adres).text
    assert "Stap terugnemen" not in als(coordinator).get(adres).text


def test_the_page_says_what_happened_and_keeps_the_words(als, begeleider, vers):
    antwoord = als(begeleider).post(f"/trajecten/{vers.pk}/fase/terugnemen/", {"volgnummer_gezien": "2"}, follow=True)

    assert "De stap is teruggenomen. Noor is nog in de landingsfase." in antwoord.text
    assert "Deze stap is teruggenomen op" in antwoord.text
    assert "Ik wil naar buiten." in antwoord.text
    assert len(antwoord.context["breed"].stukken) == 1


@pytest.mark.parametrize("gezien", ["", "1", "99", "-1", "x", "9" * 40])
def test_a_strange_number_takes_nothing_back(als, begeleider, vers, kijkt_als, gezien):
    antwoord = als(begeleider).post(
        f"/trajecten/{vers.pk}/fase/terugnemen/", {"volgnummer_gezien": gezien}, follow=True
    )

    kijkt_als(begeleider)
    assert "Er is niets teruggenomen" in antwoord.text
    assert vers.verblijf_nu.volgnummer == 2


@pytest.mark.django_db(transaction=True)
def test_of_taking_back_and_stepping_on_at_once_one_wins(begeleider, coordinator, initiatief):
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=date(2026, 1, 1))
    with als_gebruiker(begeleider.pk):
        traject.naar_fase(Fase.ONDERZOEKEND, door=begeleider)

    uitkomsten = tegelijk(
        (begeleider, lambda: neem_stap_terug(traject=traject, door=begeleider, volgnummer=2)),
        (coordinator, lambda: traject.naar_fase(Fase.ORIENTATIE, door=coordinator, uit_volgnummer=2)),
    )

    assert len(uitkomsten) == 2
    assert uitkomsten.count("gelukt") == 1
    assert any("ntussen is dit traject" in uitkomst for uitkomst in uitkomsten)
    with als_gebruiker(begeleider.pk):
        assert traject.verblijven.geldig().filter(tot=None).count() == 1
