"""Reminders: one message per step, at the right time, to the right people, and silence when it should be silent."""

import re
from datetime import date, datetime, timedelta

import pytest

from collectief.gebruikers.models import Rol
from collectief.post import verzenden
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import AMSTERDAM
from tests.factories import RolFactory
from trajecten.fases import Fase
from trajecten.herinneringen import zet_klaar
from trajecten.models import Betrokkene, Contactmoment, Herinnering, NazorgAfspraak, Traject

GEPLAND = date(2027, 6, 17)  # a Thursday


@pytest.fixture
def contact(klok, traject, begeleider) -> Contactmoment:
    """One contact moment on Thursday 17 June 2027, owned by begeleider."""
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        return Contactmoment.plan_op(afspraak=afspraak, dag=GEPLAND, eigenaar=begeleider)


def om(dag: str, tijd: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{dag}T{tijd}").replace(tzinfo=AMSTERDAM)


def gemaild() -> list[str]:
    return sorted(Bericht.objects.filter(soort="herinnering").values_list("aan__email", flat=True))


def test_the_whole_ladder_of_one_contact(klok, contact, coordinator, begeleider, initiatief):
    waarnemer = RolFactory(initiatief=initiatief, gebruiker__email="wen@voorbeeld.example").gebruiker
    with als_gebruiker(begeleider.pk):
        Betrokkene(traject_id=contact.traject_id, gebruiker=waarnemer, rol="waarnemer").save(force_insert=True)
    verloop = {}
    for dag in range(60):
        nu = om("2027-06-01") + timedelta(days=dag)
        klok.move_to(nu)
        zet_klaar()
        zet_klaar()
        if nieuw := gemaild():
            verloop[nu.strftime("%a %d-%m")] = nieuw
            Bericht.objects.all().delete()

    assert verloop == {
        "Mon 14-06": ["bo@voorbeeld.example"],
        "Thu 17-06": ["bo@voorbeeld.example"],
        "Mon 21-06": ["bo@voorbeeld.example", "wen@voorbeeld.example"],
        "Mon 28-06": ["co@voorbeeld.example"],
    }


def test_nothing_goes_out_before_nine(klok, contact):
    klok.move_to(om("2027-06-14", "08:59"))

    assert zet_klaar() == 0


def test_after_an_outage_only_the_last_step_goes_out(klok, contact, coordinator):
    klok.move_to(om("2027-06-28", "12:00"))

    zet_klaar()

    assert gemaild() == ["co@voorbeeld.example"]
    with als_gebruiker(coordinator.pk):
        uit = dict(Herinnering.objects.exclude(gezet_op=None).values_list("stap", "planningversie"))
    assert uit == {"coordinator": 1}


@pytest.mark.parametrize("resultaat", ["gesproken", "niet_bereikt", "wil_nu_niet"])
def test_a_recorded_result_silences_what_was_to_come(klok, contact, begeleider, resultaat):
    with als_gebruiker(begeleider.pk):
        contact.rond_af(resultaat)
    for dag in ("2027-06-14", "2027-06-17", "2027-06-21", "2027-06-28", "2027-07-19"):
        klok.move_to(om(dag))
        zet_klaar()

    assert gemaild() == []


def test_a_result_also_silences_mail_that_waits_in_the_outbox(klok, contact, begeleider):
    klok.move_to(om("2027-06-17"))
    zet_klaar()
    with als_gebruiker(begeleider.pk):
        contact.rond_af("gesproken")

    assert list(Bericht.objects.values_list("toestand", flat=True)) == ["vervallen"]


def test_moving_the_date_starts_a_new_planning(klok, contact, begeleider):
    klok.move_to(om("2027-06-14"))
    zet_klaar()
    with als_gebruiker(begeleider.pk):
        contact.verplaats(date(2027, 7, 15))
    Bericht.objects.all().delete()
    klok.move_to(om("2027-06-21"))
    oud = zet_klaar()
    klok.move_to(om("2027-07-12"))
    nieuw = zet_klaar()

    assert (oud, nieuw) == (0, 1)


def test_rest_silences_and_going_on_does_not_send_old_steps(klok, contact, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        traject.laat_rusten()
    klok.move_to(om("2027-06-21"))
    zet_klaar()
    with als_gebruiker(begeleider.pk):
        traject.pak_op()
    zet_klaar()

    assert gemaild() == []


@pytest.mark.parametrize("toestand", ["rustend", "overgedragen"])
def test_the_sweep_itself_looks_whether_the_trajectory_runs(klok, contact, begeleider, toestand):
    with als_gebruiker(begeleider.pk):
        Traject.objects.update(toestand=toestand)
    klok.move_to(om("2027-06-17"))

    assert zet_klaar() == 0


def test_the_sweep_itself_looks_whether_the_planning_is_the_present_one(klok, contact, begeleider):
    with als_gebruiker(begeleider.pk):
        Contactmoment.objects.update(planningversie=2)
    klok.move_to(om("2027-06-17"))

    assert zet_klaar() == 0


def test_a_return_cancels_the_old_rhythm(klok, contact, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        traject.naar_fase(Fase.WAAKVLAM, door=begeleider, toelichting="Een plek gevonden.", deur_staat_open=True)
        traject.naar_fase(Fase.LANDING, door=begeleider)
    klok.move_to(om("2027-06-21"))
    zet_klaar()

    assert gemaild() == []
    with als_gebruiker(begeleider.pk):
        assert Betrokkene.objects.nu().get().gebruiker == begeleider


def test_when_the_owner_left_the_coordinator_hears(klok, contact, begeleider, coordinator):
    begeleider.rollen.get().beeindig()
    klok.move_to(om("2027-06-17"))

    zet_klaar()

    assert gemaild() == ["co@voorbeeld.example"]


@pytest.mark.parametrize("soort", [Rol.Soort.KERNTEAM, Rol.Soort.BEHEERDER])
def test_core_team_and_admins_never_hear(klok, contact, soort):
    buiten = RolFactory(soort=soort).gebruiker
    for dag in ("2027-06-14", "2027-06-17", "2027-06-21", "2027-06-28", "2027-07-19"):
        klok.move_to(om(dag))
        zet_klaar()

    assert not Bericht.objects.filter(aan=buiten).exists()


def test_after_the_last_contact_the_next_is_a_year_later(klok, contact, begeleider):
    klok.move_to(om("2027-06-17", "11:00"))
    with als_gebruiker(begeleider.pk):
        contact.rond_af("gesproken")
        volgende = Contactmoment.objects.wacht().get()

    assert volgende.gepland_op == date(2028, 6, 19)  # 17 June 2028 is a Saturday


def test_recording_twice_changes_nothing(klok, contact, begeleider):
    with als_gebruiker(begeleider.pk):
        contact.rond_af("gesproken", notitie="Fijn gesprek.")
        contact.rond_af("niet_bereikt")

        assert Contactmoment.objects.get(pk=contact.pk).resultaat == "gesproken"
        assert Contactmoment.objects.wacht().count() == 1


def test_the_mail_holds_no_name_no_phase_and_leads_to_the_contact(klok, contact, settings, tmp_path):
    settings.MAILERS = {
        "default": {"BACKEND": "collectief.post.backends.MapBackend", "OPTIONS": {"file_path": str(tmp_path)}}
    }
    klok.move_to(om("2027-06-17"))
    zet_klaar()
    verzenden.verstuur_alles()
    (brief,) = tmp_path.glob("*.eml")
    tekst = brief.read_text()

    assert f"/trajecten/{contact.traject_id}/contact/{contact.pk}/" in tekst.replace("=\n", "")
    assert not re.search(r"Noor|Landing|Waakvlam|nazorg", tekst, re.IGNORECASE)
