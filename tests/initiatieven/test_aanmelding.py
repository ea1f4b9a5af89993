"""Steps of an application: refused by the model with a reason, and by the database without one."""

import contextlib
import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from initiatieven.lidmaatschap import Besluit, Oordeel, Stap, Toestand
from initiatieven.models import Aanmelding, StapGeweigerd, Toets
from tests.initiatieven.factories import AanmeldingFactory

MAG = {
    ("concept", "ingediend"),
    ("concept", "ingetrokken"),
    ("ingediend", "kennismaking"),
    ("ingediend", "ingetrokken"),
    ("kennismaking", "besloten"),
    ("kennismaking", "ingetrokken"),
    ("besloten", "kennismaking"),
}


@pytest.fixture
def in_kennismaking(db) -> Aanmelding:
    return AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET)


def _toestand(aanmelding: Aanmelding, toestand: str, **velden) -> None:
    with transaction.atomic():
        Aanmelding.objects.filter(pk=aanmelding.pk).update(toestand=toestand, **velden)


def _aanmelding_in(toestand: str) -> Aanmelding:
    if toestand in ("concept", "ingediend"):
        return AanmeldingFactory(toestand=toestand, toetsen=Oordeel.VOLDOET_NIET)
    aanmelding = AanmeldingFactory(toestand="kennismaking", toetsen=Oordeel.VOLDOET_NIET)
    if toestand == "ingetrokken":
        _toestand(aanmelding, "ingetrokken")
    if toestand == "besloten":
        _toestand(aanmelding, "besloten", besluit="aangehouden", besluit_waarom="Jong.", aangehouden_tot="2030-01-01")
    return aanmelding


def _toets_uitgestelde_regels() -> None:
    """Check now what the database otherwise checks at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_step_is_recorded_with_who_and_when(in_kennismaking, beheerder):
    voor = timezone.now()

    in_kennismaking.zet_stap(Stap.LID_MAKEN, door=beheerder, waarom="Fijne plek.")

    stap = in_kennismaking.stappen.get()
    assert (stap.stap, stap.van, stap.naar) == ("lid_maken", "kennismaking", "besloten")
    assert stap.door == beheerder
    assert stap.toelichting == "Fijne plek."
    assert stap.op >= voor
    assert (in_kennismaking.toestand, in_kennismaking.besluit) == ("besloten", "lid")


def test_a_refused_step_changes_nothing_and_says_why(beheerder):
    aanmelding = AanmeldingFactory(toetsen=Oordeel.VOLDOET)

    with pytest.raises(StapGeweigerd, match="pas na de kennismaking"):
        aanmelding.zet_stap(Stap.LID_MAKEN, door=beheerder, waarom="Fijne plek.")

    aanmelding.refresh_from_db()
    assert aanmelding.toestand == "ingediend"
    assert not aanmelding.stappen.exists()


def test_an_aangehouden_aanmelding_can_be_taken_up_again(in_kennismaking, beheerder):
    tot = timezone.localdate() + timedelta(days=90)
    in_kennismaking.zet_stap(Stap.AANHOUDEN, door=beheerder, waarom="Nog geen jaar.", tot=tot)

    in_kennismaking.zet_stap(Stap.HERVATTEN, door=beheerder)

    assert (in_kennismaking.toestand, in_kennismaking.besluit, in_kennismaking.aangehouden_tot) == (
        "kennismaking",
        "",
        None,
    )
    assert [stap.stap for stap in in_kennismaking.stappen.all()] == ["aanhouden", "hervatten"]


def test_judging_a_toets_keeps_who_when_and_why_and_is_a_step(beheerder):
    aanmelding = AanmeldingFactory()
    toets = aanmelding.toetsen.get(soort="vijf_jongeren")

    toets.beoordeel(Oordeel.VOLDOET_NIET, door=beheerder, waarom="Nu drie jongeren.")

    toets.refresh_from_db()
    assert (toets.oordeel, toets.waarom, toets.door) == ("voldoet_niet", "Nu drie jongeren.", beheerder)
    assert toets.op is not None
    stap = aanmelding.stappen.get()
    assert stap.stap == "toetsen"
    assert "Nu drie jongeren." in stap.toelichting


@pytest.mark.parametrize(("oordeel", "waarom"), [(Oordeel.OPEN, "Toch open."), (Oordeel.VOLDOET, " ")])
def test_a_judgement_needs_an_outcome_and_a_reason(beheerder, oordeel, waarom):
    toets = AanmeldingFactory().toetsen.first()

    with pytest.raises(StapGeweigerd):
        toets.beoordeel(oordeel, door=beheerder, waarom=waarom)


def test_after_the_besluit_a_toets_is_no_longer_judged(in_kennismaking, beheerder):
    in_kennismaking.zet_stap(Stap.LID_MAKEN, door=beheerder, waarom="Fijne plek.")

    with pytest.raises(StapGeweigerd, match="al besloten"):
        in_kennismaking.toetsen.first().beoordeel(Oordeel.VOLDOET_NIET, door=beheerder, waarom="Toch niet.")


@pytest.mark.parametrize(("van", "naar"), list(itertools.permutations(Toestand.values, 2)))
def test_the_database_refuses_every_move_outside_the_table(db, van, naar):
    aanmelding = _aanmelding_in(van)
    velden = {"besluit": "afgewezen", "besluit_waarom": "Past niet."} if naar == "besloten" else {}
    if van == "besloten":
        velden = {"besluit": "", "besluit_waarom": "", "aangehouden_tot": None}

    if (van, naar) in MAG:
        _toestand(aanmelding, naar, **velden)
    else:
        with pytest.raises(IntegrityError):
            _toestand(aanmelding, naar, **velden)


@pytest.mark.parametrize("oordeel", [Oordeel.OPEN, Oordeel.VOLDOET_NIET])
def test_the_database_refuses_lid_with_a_toets_that_is_not_passed(in_kennismaking, oordeel):
    leeg = {"door": None, "op": None, "waarom": ""} if oordeel == Oordeel.OPEN else {}
    Toets.objects.filter(aanmelding=in_kennismaking, soort="vijf_jongeren").update(oordeel=oordeel, **leeg)

    with pytest.raises(IntegrityError, match="toets open is of niet voldoet"):
        _toestand(in_kennismaking, "besloten", besluit="lid", besluit_waarom="Toch.")


def test_the_database_refuses_lid_with_a_toets_missing(in_kennismaking):
    in_kennismaking.toetsen.get(soort="vijf_jongeren").delete()

    with pytest.raises(IntegrityError, match="toets open is of niet voldoet"):
        _toestand(in_kennismaking, "besloten", besluit="lid", besluit_waarom="Toch.")


def test_the_database_refuses_any_besluit_while_a_toets_is_open(db):
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING)

    with pytest.raises(IntegrityError, match="toets open"):
        _toestand(aanmelding, "besloten", besluit="afgewezen", besluit_waarom="Nee.")


def test_the_database_refuses_an_application_that_is_born_decided(db):
    with pytest.raises(IntegrityError, match="toets open"), transaction.atomic():
        AanmeldingFactory(toestand="besloten", besluit="lid", besluit_waarom="Zomaar.")


@pytest.mark.parametrize("besluit", [Besluit.LID, Besluit.AFGEWEZEN])
def test_the_database_keeps_a_final_besluit(in_kennismaking, besluit):
    _toestand(in_kennismaking, "besloten", besluit=besluit, besluit_waarom="Daarom.")
    anders = Besluit.AFGEWEZEN if besluit == Besluit.LID else Besluit.LID

    with pytest.raises(IntegrityError):
        _toestand(in_kennismaking, "besloten", besluit=anders)
    with pytest.raises(IntegrityError):
        _toestand(in_kennismaking, "kennismaking", besluit="", besluit_waarom="")


def test_the_database_keeps_the_toetsen_of_a_besluit_as_they_were(in_kennismaking):
    _toestand(in_kennismaking, "besloten", besluit="lid", besluit_waarom="Daarom.")
    toets = in_kennismaking.toetsen.first()

    with pytest.raises(IntegrityError, match="ligt vast"), transaction.atomic():
        Toets.objects.filter(pk=toets.pk).update(oordeel="voldoet_niet")
    toets.delete()
    with pytest.raises(IntegrityError, match="hoort bij het besluit"):
        _toets_uitgestelde_regels()


def test_an_application_can_go_with_everything_that_belongs_to_it(in_kennismaking):
    _toestand(in_kennismaking, "besloten", besluit="lid", besluit_waarom="Daarom.")

    in_kennismaking.delete()
    _toets_uitgestelde_regels()

    assert not Toets.objects.exists()


def test_the_database_keeps_every_recorded_step_as_it_was(in_kennismaking, beheerder):
    stap = in_kennismaking.zet_stap(Stap.INTREKKEN, door=beheerder)

    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        type(stap).objects.filter(pk=stap.pk).update(toelichting="Iets anders.")


def test_no_sequence_of_steps_leads_to_lid_past_a_failed_toets(beheerder):
    stappen = [Stap.KENNISMAKEN, Stap.LID_MAKEN, Stap.AANHOUDEN, Stap.AFWIJZEN, Stap.HERVATTEN, Stap.INTREKKEN]
    tot = timezone.localdate() + timedelta(days=1)

    for reeks in itertools.product(stappen, repeat=3):
        aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET_NIET)
        for stap in reeks:
            with contextlib.suppress(StapGeweigerd):
                aanmelding.zet_stap(stap, door=beheerder, waarom="Daarom.", tot=tot)

            assert aanmelding.besluit != Besluit.LID
