"""Membership applications in every state, walked there along the rules of membership."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import slugify

from collectief.demo.plekken import Plek
from collectief.demo.spreiding import Landkaart, Punt
from collectief.demo.toeval import Toeval
from collectief.demo.woorden import collectief as woorden
from collectief.demo.woorden.namen import ACHTERNAMEN, VOORNAMEN
from collectief.demo.woorden.plekken import WERELDEN
from collectief.werkdagen import ochtend, werkdag_vanaf
from initiatieven.lidmaatschap import BESLUIT_VAN, OVERGANGEN, Oordeel, Stap, Toestand, Toetssoort
from initiatieven.models import Aanmelding, AanmeldingStap, Benadering, Initiatief

# Which steps each application has behind it, the checks in their own order; "toetsen niet" is one that is not met.
WEGEN = (
    (),
    ("indienen",),
    ("indienen",),
    ("indienen", "toetsen"),
    ("indienen", "kennismaken"),
    ("indienen", "kennismaken", "toetsen"),
    ("indienen", "kennismaken", "toetsen", "toetsen"),
    ("indienen", "kennismaken", "toetsen", "toetsen", "toetsen"),
    ("indienen", "toetsen", "kennismaken", "toetsen", "toetsen", "lid_maken"),
    ("indienen", "kennismaken", "toetsen", "toetsen", "toetsen", "lid_maken"),
    ("indienen", "kennismaken", "toetsen niet", "toetsen", "toetsen", "aanhouden"),
    ("indienen", "kennismaken", "toetsen niet", "toetsen", "toetsen", "aanhouden", "hervatten"),
    ("indienen", "kennismaken", "toetsen", "toetsen", "toetsen niet", "afwijzen"),
    ("indienen", "kennismaken", "intrekken"),
)


def maak_aanmeldingen(toeval: Toeval, beheerders: list[int], leden: list[Plek]) -> None:
    """One application for every way in `WEGEN`; those that became a member are members that are there already."""
    spots = Landkaart(toeval).punten(len(WEGEN) + 24)
    nieuwe_leden = iter(leden)
    for (naam, soort), weg, spot in zip(woorden.AANMELDERS, WEGEN, spots, strict=False):
        lid = next(nieuwe_leden) if Stap.LID_MAKEN in weg else None
        aanmelding = _maak(toeval, lid.naam if lid else naam, lid.soort if lid else soort, spot)
        if Stap.AANHOUDEN in weg:
            _nog_geen_jaar(aanmelding, toeval.vandaag)
        _loop(toeval, aanmelding, weg, beheerders)
        if lid:
            Aanmelding.objects.filter(pk=aanmelding.pk).update(initiatief=lid.id)
            besloten_op = timezone.localdate(aanmelding.stappen.last().op)
            Initiatief.objects.filter(pk=lid.id).update(lid_sinds=besloten_op)


def _maak(toeval: Toeval, naam: str, soort: str, spot: Punt) -> Aanmelding:
    contactpersoon = f"{toeval.choice(VOORNAMEN)} {toeval.choice(ACHTERNAMEN)}"
    aanmelding = Aanmelding.objects.create(
        naam=naam,
        soort=soort,
        omschrijving=f"{WERELDEN[soort]['zin']}\n\n{WERELDEN[soort]['dag']}",
        pc4=spot.pc4,
        plaats=spot.plaats,
        website=f"https://{slugify(naam)}.voorbeeld.example/",
        opgericht_op=toeval.vandaag - timedelta(days=toeval.randint(800, 1_500)),
        aantal_jongeren=toeval.randint(5, 14),
        leeftijd_van=12,
        leeftijd_tot=18,
        contactpersoon=contactpersoon,
        contact_email=f"{slugify(contactpersoon)}@voorbeeld.example",
        benadering=Benadering.objects.nu(),
        is_demo=True,
    )
    for toets in Toetssoort:
        aanmelding.toetsen.create(
            soort=toets,
            bewering=toeval.choice(woorden.BEWERINGEN[toets]),
            bewijs=toeval.choice(woorden.BEWIJZEN[toets]),
        )
    return aanmelding


def _nog_geen_jaar(aanmelding: Aanmelding, vandaag: date) -> None:
    """It began less than a year ago, and says so itself."""
    aanmelding.opgericht_op = vandaag - timedelta(days=335)
    aanmelding.save()
    aanmelding.toetsen.filter(soort=Toetssoort.BESTAAT_EEN_JAAR).update(**woorden.BEGINNERS)


def _loop(toeval: Toeval, aanmelding: Aanmelding, weg: tuple[str, ...], beheerders: list[int]) -> None:
    dag = toeval.vandaag - timedelta(days=toeval.randint(8, 20) + 14 * len(weg))
    for stap, *niet in (regel.split() for regel in weg):
        door = None if stap in (Stap.INDIENEN, Stap.INTREKKEN) else toeval.choice(beheerders)
        waarom = woorden.BESLUIT_WAAROM.get(stap, "")
        if stap == Stap.TOETSEN:
            waarom = _beoordeel(toeval, aanmelding, dag, door, Oordeel.VOLDOET_NIET if niet else Oordeel.VOLDOET)
        _zet(aanmelding, Stap(stap), dag, door, waarom)
        dag = min(werkdag_vanaf(dag + timedelta(days=toeval.randint(4, 14))), toeval.vandaag)


def _beoordeel(toeval: Toeval, aanmelding: Aanmelding, dag: date, door: int, oordeel: Oordeel) -> str:
    toets = aanmelding.toetsen.filter(oordeel=Oordeel.OPEN).first()
    zinnen = woorden.OORDEEL_WAAROM[oordeel]
    toets.oordeel, toets.waarom = oordeel, toeval.choice(zinnen if oordeel == Oordeel.VOLDOET else zinnen[toets.soort])
    toets.door_id, toets.op = door, ochtend(dag)
    toets.save()
    return f"{toets.get_soort_display()}: {oordeel.label}. {toets.waarom}"


def _zet(aanmelding: Aanmelding, stap: Stap, dag: date, door: int | None, waarom: str) -> None:
    """Take one step on an earlier day. Raises ValueError when the rules of membership forbid it."""
    tot = aanmelding.opgericht_op + timedelta(days=366) if stap == Stap.AANHOUDEN else None
    if reden := aanmelding.belemmering(stap, waarom=waarom, tot=tot):
        raise ValueError(reden)
    van = aanmelding.toestand
    aanmelding.toestand = OVERGANGEN[Toestand(van)][stap]
    aanmelding.besluit = BESLUIT_VAN.get(stap, "")
    aanmelding.besluit_waarom = waarom if stap in BESLUIT_VAN else ""
    aanmelding.aangehouden_tot = tot
    if stap == Stap.INDIENEN:
        aanmelding.ingediend_op = ochtend(dag)
    aanmelding.save()
    AanmeldingStap.objects.create(
        aanmelding=aanmelding,
        stap=stap,
        van=van,
        naar=aanmelding.toestand,
        door_id=door,
        op=ochtend(dag),
        toelichting=waarom,
    )
