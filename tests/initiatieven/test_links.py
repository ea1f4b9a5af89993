"""Programs that open every link of a mail to look for viruses: whatever goes out, they change nothing."""

from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from collectief.post.models import Bericht
from initiatieven.actions import beslis, dien_in
from initiatieven.gesprek import begin_concept, bied_tijden_aan, kies_tijd, stuur_nieuwe_link, vraag_referentie
from initiatieven.lidmaatschap import Oordeel, Stap, Toestand
from initiatieven.models import AanmeldingLezing, Versheid
from initiatieven.opfrissen import vraag_of_het_klopt
from tests.initiatieven.factories import AanmeldingFactory
from tests.initiatieven.formulieren import aanmelding_data

SOORTEN = {
    "aanmelding_bewaard",
    "aanmelding_ontvangen",
    "aanmelding_nieuw",
    "aanmelding_tijden",
    "aanmelding_gesprek",
    "aanmelding_gesprek_wij",
    "aanmelding_link",
    "referentie_gevraagd",
    "aanmelding_aangehouden",
    "aanmelding_afgewezen",
    "aanmelding_lid",
    "roluitnodiging",
    "versheid",
}


def alles() -> dict[str, list]:
    """Every row that a link out of these mails could touch."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for label in ("initiatieven", "gebruikers", "post", "sessions")
        for model in apps.get_app_config(label).get_models()
    }


def besluit(beheerder, stap: Stap, oordeel: Oordeel) -> None:
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=oordeel)
    AanmeldingLezing.objects.leest(aanmelding, beheerder)
    morgen = timezone.localdate() + timedelta(days=1)
    beslis(aanmelding=aanmelding, stap=stap, door=beheerder, waarom="Daarom.", tot=morgen)


def verstuur_alles(beheerder, initiatief) -> None:
    begin_concept(email="ans@voorbeeld.example", antwoorden=aanmelding_data())
    dien_in(aanmelding=AanmeldingFactory(toestand=Toestand.CONCEPT, ingediend_op=None))
    for kiest in (False, True):
        aanmelding = AanmeldingFactory()
        tijden = [timezone.now() + timedelta(days=2)]
        bied_tijden_aan(aanmelding=aanmelding, tijden=tijden, minuten=30, hoe="Bellen", door=beheerder)
        if kiest:
            kies_tijd(aanmelding=aanmelding, moment_pk=aanmelding.gespreksmomenten.get().pk)
    stuur_nieuwe_link(aanmelding=aanmelding)
    vraag_referentie(aanmelding=aanmelding, initiatief=initiatief, door=beheerder)
    besluit(beheerder, Stap.AANHOUDEN, Oordeel.VOLDOET)
    besluit(beheerder, Stap.AFWIJZEN, Oordeel.VOLDOET_NIET)
    besluit(beheerder, Stap.LID_MAKEN, Oordeel.VOLDOET)
    Versheid.objects.create(initiatief=initiatief, volgende_op=timezone.localdate())
    vraag_of_het_klopt()


def test_a_mail_scanner_that_opens_every_link_of_every_mail_changes_nothing(
    client, beheerder, coordinator, initiatief, time_machine
):
    verstuur_alles(beheerder, initiatief)
    berichten = list(Bericht.objects.all())
    paden = {pad for bericht in berichten for pad in (bericht.pad, *dict(bericht.gegevens.get("knoppen", [])).values())}
    voor = alles()

    for dagen in (0, 91):  # also when the links of an application have ended
        time_machine.move_to(timezone.now() + timedelta(days=dagen), tick=False)
        for pad in filter(None, paden):
            assert client.head(pad).status_code < 500
            assert client.get(pad).status_code < 500

    assert {bericht.soort for bericht in berichten} >= SOORTEN
    assert alles() == voor
