"""Around applications and membership: what was said, times to meet, who endorsed, and the yearly check."""

from datetime import date, timedelta

from django.utils import timezone

from collectief.demo.plekken import Plek
from collectief.demo.toeval import Toeval
from collectief.werkdagen import ochtend, werkdag_vanaf
from initiatieven.lidmaatschap import Toestand, Wachtend
from initiatieven.models import (
    Aanmelding,
    AanmeldingBericht,
    Benadering,
    Gespreksmoment,
    Initiatief,
    Jaarcheck,
    Onderschrijving,
    Referentie,
)

VRAAG = "Fijn dat jullie je aanmelden. Hoe ziet een gewone dinsdag er bij jullie uit?"
ANTWOORD = "We beginnen met thee en eten. Daarna kiest ieder zelf: de tuin, het atelier, of even niets."
NOTITIE = "Warm gesprek. Ze nemen de tijd en weten waar hun grens ligt."
KENNEN = "We deelden vorig jaar een open dag. Rustige mensen, en jongeren komen er graag terug."


def maak_lidmaatschap(toeval: Toeval, beheerders: list[int], plekken: list[Plek]) -> None:
    """The same every time, without drawing lots: what comes after it in the demo stays as it was."""
    leden = [plek for plek in plekken if plek.lidmaatschap in Initiatief.OPENBAAR]
    kennismaking = list(Aanmelding.objects.filter(is_demo=True, toestand=Toestand.KENNISMAKING).order_by("pk"))
    for aanmelding in kennismaking:
        _praat(aanmelding, beheerders[0])
    if len(kennismaking) > 1:
        _spreek_af(kennismaking[0], beheerders[0], toeval.vandaag, is_gekozen=True)
        _spreek_af(kennismaking[1], beheerders[0], toeval.vandaag, is_gekozen=False)
        Referentie.objects.create(
            aanmelding=kennismaking[0],
            initiatief_id=leden[0].id,
            gevraagd_door_id=beheerders[0],
            tekst=KENNEN,
            door_id=leden[0].coordinator,
            op=ochtend(toeval.vandaag - timedelta(days=1)),
        )
    _onderschrijf(leden)
    _vraag_jaarlijks(leden, toeval.vandaag)


def _praat(aanmelding: Aanmelding, beheerder: int) -> None:
    begin = aanmelding.ingediend_op + timedelta(days=1)
    soort = AanmeldingBericht.Soort
    for soort_, tekst, door, dagen in (
        (soort.VRAAG, VRAAG, beheerder, 0),
        (soort.ANTWOORD, ANTWOORD, None, 1),
        (soort.NOTITIE, NOTITIE, beheerder, 3),
    ):
        op = begin + timedelta(days=dagen)
        aanmelding.berichten.create(soort=soort_, tekst=tekst, door_id=door, op=op)


def _spreek_af(aanmelding: Aanmelding, beheerder: int, vandaag: date, *, is_gekozen: bool) -> None:
    for dagen in (5, 8):
        Gespreksmoment.objects.create(
            aanmelding=aanmelding,
            begint_op=ochtend(werkdag_vanaf(vandaag + timedelta(days=dagen))) + timedelta(hours=2),
            hoe="We bellen je.",
            aangeboden_door_id=beheerder,
            gekozen_op=timezone.now() if is_gekozen and dagen == 5 else None,
        )
    if not is_gekozen:
        Aanmelding.objects.filter(pk=aanmelding.pk).update(wacht_op=Wachtend.TIJD)


def _onderschrijf(leden: list[Plek]) -> None:
    """Two in three members stand for the text as it is now; the demo initiative still has to say so."""
    nu = Benadering.objects.nu()
    klaar = [plek for nummer, plek in enumerate(leden) if nummer % 3]
    Onderschrijving.objects.bulk_create(
        [Onderschrijving(benadering=nu, initiatief_id=plek.id, door_id=plek.coordinator) for plek in klaar],
        ignore_conflicts=True,
        batch_size=1_000,
    )


def _vraag_jaarlijks(leden: list[Plek], vandaag: date) -> None:
    """The demo initiative is asked this month; two others did not answer, or with too few."""
    Jaarcheck.objects.create(initiatief_id=leden[0].id, voor_datum=vandaag + timedelta(days=21))
    if len(leden) > 2:
        Jaarcheck.objects.create(initiatief_id=leden[1].id, voor_datum=vandaag - timedelta(days=20))
        Jaarcheck.objects.create(
            initiatief_id=leden[2].id,
            voor_datum=vandaag + timedelta(days=9),
            aantal_jongeren=3,
            bron=Jaarcheck.Bron.EIGEN,
            toelichting="Twee jongeren gingen verder. In het voorjaar komen er weer bij.",
            door_id=leden[2].coordinator,
            op=ochtend(vandaag - timedelta(days=2)),
        )
