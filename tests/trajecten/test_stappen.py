"""Steps through the phases: what a trajectory refuses, what it keeps, and two people at once."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.tegelijk import tegelijk
from trajecten.actions import neem_stap_terug, spreek_nazorg_af, zet_stap
from trajecten.fases import STAPPEN, Fase, Stap
from trajecten.herinneringen import zet_klaar
from trajecten.models import Betrokkene, Contactmoment, FaseVerblijf, Herinnering, NazorgAfspraak, StapGeweigerd

VANDAAG = date(2027, 6, 17)  # a Thursday


@pytest.fixture(autouse=True)
def op_donderdag():
    with time_machine.travel("2027-06-17 12:00+02:00", tick=False):
        yield


@pytest.fixture
def lopend(begeleider, initiatief, kijkt_als):
    """A trajectory that began a hundred days ago, seen by its counsellor."""
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=VANDAAG - timedelta(days=100))
    kijkt_als(begeleider)
    return traject


def in_waakvlam(traject, begeleider, *, ritme=("week_1", "maand_3")):
    nazorg = {"vormen": ["evaluatie"], "afspraak": "", "ritme": ritme}
    zet_stap(traject=traject, naar=Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.", nazorg=nazorg)
    return traject


def test_a_step_closes_the_old_stay_and_opens_a_new_one_on_the_same_day(lopend, begeleider):
    lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider, op=VANDAAG - timedelta(days=10))

    oud, nieuw = lopend.verblijven.all()
    assert (oud.tot, nieuw.van, nieuw.tot, nieuw.stap) == (nieuw.van, VANDAAG - timedelta(days=10), None, Stap.VOLGENDE)


def test_a_step_keeps_the_words_of_the_young_person(lopend, begeleider):
    verblijf = lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider, woorden_van_jongere="Ik wil naar buiten.")

    assert verblijf.woorden_van_jongere == "Ik wil naar buiten."


def test_a_step_in_the_future_is_refused(lopend, begeleider):
    with pytest.raises(StapGeweigerd, match="tot en met vandaag") as geweigerd:
        lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider, op=VANDAAG + timedelta(days=1))

    assert geweigerd.value.veld == "op"


def test_a_step_before_the_open_stay_began_is_refused(lopend, begeleider):
    with pytest.raises(StapGeweigerd, match="Deze fase begon op 09-03-2027"):
        lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider, op=VANDAAG - timedelta(days=101))


def test_a_step_on_the_day_the_stay_began_is_fine(lopend, begeleider):
    lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider, op=VANDAAG - timedelta(days=100))

    assert lopend.verblijf_nu.fase == Fase.ONDERZOEKEND


def test_a_leap_without_words_is_refused_and_changes_nothing(lopend, begeleider):
    with pytest.raises(StapGeweigerd, match="sprong"):
        lopend.naar_fase(Fase.ORIENTATIE, door=begeleider, toelichting="  ")

    assert lopend.verblijven.count() == 1


def test_to_the_waakvlam_without_agreement_is_refused(lopend, begeleider):
    with pytest.raises(StapGeweigerd, match="nazorgafspraak"):
        lopend.naar_fase(Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.")


def test_an_open_door_without_agreements_is_a_full_choice(lopend, begeleider):
    verblijf = lopend.naar_fase(Fase.WAAKVLAM, door=begeleider, toelichting="Naar huis.", deur_staat_open=True)

    assert (verblijf.deur_staat_open, lopend.contactmomenten.count()) == (True, 0)


def test_to_the_waakvlam_with_an_agreement_plans_contact_with_the_steady_counsellor(lopend, begeleider):
    in_waakvlam(lopend, begeleider)

    gepland = list(lopend.contactmomenten.order_by("gepland_op").values_list("gepland_op", "eigenaar"))
    assert gepland == [(date(2027, 6, 24), begeleider.pk), (date(2027, 9, 17), begeleider.pk)]


def test_days_of_the_rhythm_that_have_passed_are_not_planned(lopend, begeleider):
    afspraak = spreek_nazorg_af(
        traject=lopend, vormen=["gezin"], door=begeleider, ritme=["week_1", "maand_3"], van=VANDAAG - timedelta(days=30)
    )

    assert [contact.gepland_op for contact in afspraak.contactmomenten.all()] == [date(2027, 8, 18)]


def test_a_refused_step_leaves_no_agreement_behind(lopend, begeleider):
    nazorg = {"vormen": ["evaluatie"], "afspraak": "", "ritme": ["week_1"]}

    with pytest.raises(StapGeweigerd):
        zet_stap(traject=lopend, naar=Fase.WAAKVLAM, door=begeleider, toelichting="", nazorg=nazorg)

    assert (NazorgAfspraak.objects.count(), Contactmoment.objects.count()) == (0, 0)


def test_a_return_silences_what_was_planned_with_its_reminders_and_unsent_mail(lopend, begeleider, kijkt_als):
    in_waakvlam(lopend, begeleider)
    with time_machine.travel("2027-06-24 12:00+02:00", tick=False):
        zet_klaar()
        kijkt_als(begeleider)
        wachtend = Bericht.objects.filter(toestand=Bericht.Toestand.WACHT).count()

        lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider)

    assert wachtend == 1
    assert not lopend.contactmomenten.wacht().exists()
    assert not Herinnering.objects.filter(gezet_op=None, vervallen_op=None).exists()
    assert not Bericht.objects.filter(toestand=Bericht.Toestand.WACHT).exists()


def test_a_return_ends_the_old_agreements_but_loses_nothing(lopend, begeleider):
    in_waakvlam(lopend, begeleider)

    lopend.naar_fase(Fase.LANDING, door=begeleider)

    assert lopend.nazorgafspraken.get().tot == VANDAAG
    assert (lopend.contactmomenten.count(), lopend.verblijven.count()) == (2, 3)
    assert lopend.betrokkenen.vaste_begeleiders().get().gebruiker == begeleider


def test_after_a_return_the_next_waakvlam_is_agreed_anew(lopend, begeleider):
    in_waakvlam(lopend, begeleider)
    lopend.naar_fase(Fase.ORIENTATIE, door=begeleider)

    with pytest.raises(StapGeweigerd, match="nazorgafspraak"):
        lopend.naar_fase(Fase.WAAKVLAM, door=begeleider)


def test_a_return_leaves_rest(lopend, begeleider):
    in_waakvlam(lopend, begeleider)
    lopend.laat_rusten()

    lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider)
    lopend.refresh_from_db()

    assert lopend.toestand == "lopend"


def test_rest_silences_what_was_planned_and_leaves_the_phase(lopend, begeleider):
    in_waakvlam(lopend, begeleider)

    lopend.laat_rusten()

    assert (lopend.toestand, lopend.verblijf_nu.fase) == ("rustend", Fase.WAAKVLAM)
    assert not lopend.contactmomenten.wacht().exists()


def test_after_rest_a_trajectory_goes_on_where_it_rested(lopend, begeleider):
    lopend.laat_rusten()

    lopend.pak_op()

    assert (lopend.toestand, lopend.verblijf_nu.fase) == ("lopend", Fase.LANDING)


def test_a_return_can_be_with_another_counsellor_and_the_former_stays_near(lopend, begeleider, initiatief):
    in_waakvlam(lopend, begeleider)
    collega = RolFactory(initiatief=initiatief).gebruiker

    zet_stap(traject=lopend, naar=Fase.LANDING, door=begeleider, begeleider=collega)

    nu = {(mens.rol, mens.gebruiker_id) for mens in lopend.betrokkenen.nu()}
    assert nu == {("vaste_begeleider", collega.pk), ("waarnemer", begeleider.pk)}


def test_a_trajectory_that_was_handed_over_takes_no_steps(lopend, begeleider):
    type(lopend).objects.filter(pk=lopend.pk).update(toestand="overgedragen")

    with pytest.raises(StapGeweigerd, match="overgedragen"):
        lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider)


def test_who_decided_on_an_older_stay_is_told_what_happened(lopend, begeleider):
    lopend.naar_fase(Fase.ONDERZOEKEND, door=begeleider, uit_volgnummer=1)

    with pytest.raises(StapGeweigerd, match="al verplaatst, naar: Onderzoekende fase – verkennen"):
        lopend.naar_fase(Fase.LANDING, door=begeleider, uit_volgnummer=1)


def test_the_database_refuses_a_second_open_stay(lopend, begeleider):
    with pytest.raises(IntegrityError, match="verblijf_een_open"), transaction.atomic():
        FaseVerblijf.objects.create(
            traject=lopend, volgnummer=2, fase="landing", stap="terug", van=VANDAAG, door=begeleider
        )


def test_the_database_refuses_stays_that_overlap(lopend, begeleider):
    gisteren = VANDAAG - timedelta(days=1)
    with pytest.raises(IntegrityError, match="verblijf_zonder_overlap"), transaction.atomic():
        FaseVerblijf.objects.create(
            traject=lopend, volgnummer=2, fase="landing", stap="terug", van=gisteren, tot=VANDAAG, door=begeleider
        )


WENSEN = st.lists(
    st.tuples(st.sampled_from([*Fase, "rust", "verder", "terugnemen"]), st.integers(-3, 30), st.booleans()),
    min_size=1,
    max_size=14,
)


@given(wensen=WENSEN)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tried_one_stay_is_open_and_none_overlap(lopend, begeleider, wensen):
    with transaction.atomic():
        for wens, dagen_geleden, deur in wensen:
            probeer(lopend, wens, begeleider, VANDAAG - timedelta(days=dagen_geleden), deur)
        controleer(lopend)
        transaction.set_rollback(True)


def controleer(traject) -> None:
    """What always holds, whatever happened before."""
    verblijven = list(traject.verblijven.all())
    traject.refresh_from_db()

    assert [verblijf.volgnummer for verblijf in verblijven] == list(range(1, len(verblijven) + 1))
    assert all(verblijf.tot == verblijf.van for verblijf in verblijven if verblijf.teruggenomen_op)
    verblijven = [verblijf for verblijf in verblijven if not verblijf.teruggenomen_op]
    assert [verblijf for verblijf in verblijven if verblijf.tot is None] == [verblijven[-1]]
    assert all(eerder.tot == later.van for eerder, later in pairwise(verblijven))
    assert all(STAPPEN[Fase(eerder.fase), Fase(later.fase)] == later.stap for eerder, later in pairwise(verblijven))
    assert all((verblijven[-1].fase, naar) in STAPPEN for naar in Fase if naar != verblijven[-1].fase)
    assert traject.betrokkenen.vaste_begeleiders().count() == 1
    if verblijven[-1].fase != Fase.WAAKVLAM or traject.toestand == "rustend":
        assert not traject.contactmomenten.wacht().exists()


def neem_terug_en_kijk(traject, begeleider) -> None:
    """Take back the last step: nothing disappears, and nobody counsels differently."""
    aantallen = (traject.verblijven.count(), traject.contactmomenten.count(), traject.nazorgafspraken.count())
    mensen = set(traject.betrokkenen.nu().values_list("rol", "gebruiker"))
    try:
        neem_stap_terug(traject=traject, door=begeleider, volgnummer=traject.verblijf_nu.volgnummer)
    except StapGeweigerd:
        assert traject.verblijf_nu.volgnummer == 1
    assert (traject.verblijven.count(), traject.contactmomenten.count(), traject.nazorgafspraken.count()) == aantallen
    assert set(traject.betrokkenen.nu().values_list("rol", "gebruiker")) == mensen


def probeer(traject, wens, begeleider, op, deur) -> None:
    """Try one wish; a refusal is a fine answer."""
    if wens == "rust":
        traject.laat_rusten()
    elif wens == "verder":
        traject.pak_op()
    elif wens == "terugnemen":
        neem_terug_en_kijk(traject, begeleider)
    else:
        nazorg = None if deur else {"vormen": ["gezin"], "afspraak": "", "ritme": ["maand_12"]}
        try:
            zet_stap(
                traject=traject, naar=wens, door=begeleider, op=op, toelichting="x", deur_staat_open=deur, nazorg=nazorg
            )
        except StapGeweigerd:
            return


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_move_at_once_one_wins_and_the_other_hears_it(begeleider, coordinator, initiatief):
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=timezone.localdate())

    uitkomsten = tegelijk(
        (begeleider, lambda: traject.naar_fase(Fase.ONDERZOEKEND, door=begeleider, uit_volgnummer=1)),
        (coordinator, lambda: traject.naar_fase(Fase.ORIENTATIE, door=coordinator, toelichting="x", uit_volgnummer=1)),
    )

    assert sorted(uitkomst.split(",")[0] for uitkomst in uitkomsten) == [
        "Intussen is dit traject al verplaatst",
        "gelukt",
    ]
    with als_gebruiker(begeleider.pk):
        assert traject.verblijven.filter(tot=None).count() == 1
        assert traject.verblijven.count() == 2


def test_a_trajectory_begins_with_a_steady_counsellor(lopend, begeleider):
    assert lopend.betrokkenen.get().rol == Betrokkene.Rol.VASTE_BEGELEIDER
