"""Not agreeing with a rejection: where admins and the applicant see that it runs, and how long all of it stays."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from initiatieven.actions import beslis
from initiatieven.gesprek import maak_bezwaar, vergeet_aanmeldingen
from initiatieven.lidmaatschap import Oordeel, Stap, Toestand
from initiatieven.models import Aanmelding, AanmeldingStap, Referentie, Toets
from tests.initiatieven.factories import AanmeldingFactory, InitiatiefFactory

WACHTRIJ = "/initiatieven/toetsing/"


def afgewezen(beheerder) -> Aanmelding:
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET_NIET)
    aanmelding.zet_stap(Stap.AFWIJZEN, door=beheerder, waarom="Te klein.")
    return aanmelding


def pad_van(aanmelding: Aanmelding) -> str:
    return f"/initiatieven/aanmelden/gesprek/{aanmelding.token}/"


def test_the_queue_marks_an_objection_while_it_runs_waits_and_is_done(als, beheerder):
    """Twice the same name in a list would look like a mistake; a decided objection says that it was one."""
    eerdere = [afgewezen(beheerder) for _ in range(3)]
    loopt, wacht, klaar = (maak_bezwaar(aanmelding=eerder, tekst="Wij zijn gegroeid.") for eerder in eerdere)
    Aanmelding.objects.filter(pk__in=[wacht.pk, klaar.pk]).update(toestand=Toestand.KENNISMAKING)
    Toets.objects.filter(aanmelding__in=[wacht, klaar]).update(
        oordeel=Oordeel.VOLDOET, door=beheerder, op=timezone.now(), waarom="Gezien."
    )
    morgen = timezone.localdate() + timedelta(days=1)
    Aanmelding.objects.get(pk=wacht.pk).zet_stap(Stap.AANHOUDEN, door=beheerder, waarom="Later.", tot=morgen)
    Aanmelding.objects.get(pk=klaar.pk).zet_stap(Stap.LID_MAKEN, door=beheerder, waarom="Gegroeid.")

    tekst = als(beheerder).get(WACHTRIJ).text

    naam = '<a href="{}">{}</a> <span class="{}">{}'.format
    assert naam(loopt.get_absolute_url(), loopt.naam, "label", "bezwaar</span>") in tekst
    assert naam(wacht.get_absolute_url(), wacht.naam, "zacht", "bezwaar, tot ") in tekst
    assert naam(klaar.get_absolute_url(), klaar.naam, "zacht", "lid van het collectief na bezwaar ·") in tekst
    assert naam(eerdere[0].get_absolute_url(), eerdere[0].naam, "zacht", "afgewezen ·") in tekst


def test_the_mail_about_a_rejection_leads_to_where_one_objects(als, client, beheerder):
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET_NIET)
    als(beheerder).get(aanmelding.get_absolute_url())  # who did not read it does not decide

    beslis(aanmelding=aanmelding, stap=Stap.AFWIJZEN, door=beheerder, waarom="Te klein.")

    tekst = stel_op(Bericht.objects.get(soort="aanmelding_afgewezen")).body
    link = f"{settings.BASIS_URL}{pad_van(aanmelding)}"
    assert f"bezwaar maken op de bladzijde van jullie aanmelding. We kijken dan opnieuw:\n{link}" in tekst
    assert "Bezwaar maken" in client.get(pad_van(aanmelding)).text


def test_an_objection_without_a_word_is_asked_back_beside_its_field(client, beheerder):
    tekst = client.post(pad_van(afgewezen(beheerder)), {"doe": "bezwaar", "tekst": " "}).text

    veld = tekst[tekst.index("fout-veld") :]
    assert veld.index("Schrijf iets op.") < veld.index('id="bezwaar-tekst" aria-invalid="true"')
    assert tekst.count("Schrijf iets op.") == 1
    assert not Aanmelding.objects.exclude(bezwaar_tegen=None).exists()


def test_the_link_of_before_says_that_the_objection_runs_and_leads_to_it(client, beheerder):
    oude = afgewezen(beheerder)
    nieuwe = maak_bezwaar(aanmelding=oude, tekst="Wij zijn gegroeid.")

    tekst = client.get(pad_van(oude)).text

    assert "We hebben jullie bezwaar." in tekst
    assert f"/initiatieven/aanmelden/gesprek/{nieuwe.token.split(':')[0]}:" in tekst
    assert "Bezwaar maken" not in tekst


def test_the_mails_about_an_objection_do_not_welcome_a_newcomer(beheerder):
    maak_bezwaar(aanmelding=afgewezen(beheerder), tekst="Wij zijn gegroeid.")

    heen, wij = (stel_op(Bericht.objects.get(soort=f"aanmelding_{soort}")) for soort in ("ontvangen", "nieuw"))

    assert heen.subject == "We hebben jullie bezwaar"
    assert "We kijken opnieuw, met jullie eerdere aanmelding erbij." in heen.body
    assert "aansluiten" not in heen.body
    assert (wij.subject, "is het niet eens met ons besluit" in wij.body) == ("Er is een bezwaar", True)
    assert "gegroeid" not in heen.body + wij.body


# --- Two years afterwards ---------------------------------------------------------------------------------------------


def laatst_veranderd(aanmelding: Aanmelding, *, dagen: int) -> None:
    Aanmelding.objects.filter(pk=aanmelding.pk).update(veranderd_op=timezone.now() - timedelta(days=dagen))


@pytest.mark.parametrize(("dagen", "blijft"), [(730, True), (732, False)])
def test_a_rejected_application_is_forgotten_after_two_years_with_all_that_was_said(beheerder, dagen, blijft):
    aanmelding = afgewezen(beheerder)
    aanmelding.berichten.create(soort="antwoord", tekst="Wij zijn met weinig.")
    aanmelding.referenties.create(initiatief=InitiatiefFactory(), gevraagd_door=beheerder)
    laatst_veranderd(aanmelding, dagen=dagen)

    assert vergeet_aanmeldingen() == (0 if blijft else 1)
    assert vergeet_aanmeldingen() == 0
    assert Aanmelding.objects.exists() == AanmeldingStap.objects.exists() == Referentie.objects.exists() == blijft


def test_what_runs_or_became_a_member_is_not_forgotten(beheerder):
    ingetrokken, loopt, lid = (AanmeldingFactory(toetsen=Oordeel.VOLDOET, toestand="kennismaking") for _ in range(3))
    ingetrokken.zet_stap(Stap.INTREKKEN)
    lid.zet_stap(Stap.LID_MAKEN, door=beheerder, waarom="Welkom.")
    Aanmelding.objects.filter(pk=lid.pk).update(initiatief=InitiatiefFactory())
    for aanmelding in (ingetrokken, loopt, lid):
        laatst_veranderd(aanmelding, dagen=3000)

    assert vergeet_aanmeldingen() == 1
    assert set(Aanmelding.objects.all()) == {loopt, lid}


def test_a_rejection_stays_as_long_as_the_objection_to_it(beheerder):
    oude = afgewezen(beheerder)
    nieuwe = maak_bezwaar(aanmelding=oude, tekst="Wij zijn gegroeid.")
    laatst_veranderd(oude, dagen=3000)

    zolang_het_loopt = vergeet_aanmeldingen()
    nieuwe.zet_stap(Stap.INTREKKEN)
    laatst_veranderd(nieuwe, dagen=3000)

    assert zolang_het_loopt == 0
    assert [vergeet_aanmeldingen(), vergeet_aanmeldingen()] == [1, 1]
    assert not Aanmelding.objects.exists()
