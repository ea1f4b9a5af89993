"""Consent and handing over in tests: one row in every table, and a handover that is as far as one likes."""

from datetime import date
from io import BytesIO
from uuid import UUID

from collectief.beeld import maak_foto
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.momenten import beeld
from trajecten.actions import bewaar_moment
from trajecten.kring import kies_stukken, stel_overdracht_voor, zet_overdracht
from trajecten.models import (
    Betrokkene,
    Contactmoment,
    Jongere,
    Leeftijdsgrenzen,
    Moment,
    Overdracht,
    Overdrachtafspraak,
    Overdrachtstuk,
    Toestemming,
    Traject,
)
from trajecten.overdrachten import Overdrachtstand
from trajecten.stukken import Stuk, vaste_stukken

ZESTIEN_GEWEEST = date(2005, 1, 1)
NIETS = {"Traject": 0, "Jongere": 0, "Moment": 0, "Betrokkene": 0, "Contactmoment": 0, "Toestemming": 0}
STANDEN = ["voorgesteld", "toestemming", "voorbereid", "ontvangen", "samen_op_weg", "overgedragen"]


def vul_kring(traject: Traject, door: Gebruiker) -> dict[str, dict]:
    """Fill the tables as `door`, whom the database has to know; return the arguments of addresses by their name."""
    ja = Toestemming.objects.create(
        traject=traject, doel="foto", initiatief_id=traject.initiatief_id, geldig_tot="2099-01-01", door=door
    )
    plek = Betrokkene(traject=traject, naam="Bakkerij De Oven", rol="vervolgplek")
    plek.save(force_insert=True)
    coordinator = RolFactory(initiatief_id=traject.initiatief_id, soort=Rol.Soort.COORDINATOR).gebruiker
    with als_gebruiker(coordinator.pk):
        overdracht = stel_overdracht_voor(traject=traject, door=coordinator, plek=plek)
        kies_stukken(overdracht=overdracht, getoond=vaste_stukken(traject), gekozen={"roepnaam"}, door=coordinator)
        Overdrachtafspraak.objects.create(overdracht=overdracht, kant="gever", tekst="We bellen.", door=coordinator)
    hier = {"overdracht_pk": overdracht.pk}
    return {"toestemming_intrekken": {"toestemming_pk": ja.pk}} | dict.fromkeys(
        ["overdracht", "overdracht_stukken", "overdracht_blad"], hier
    )


def zeg_ja_tegen(traject: Traject, naar: Initiatief | Betrokkene, *, door: Gebruiker) -> Toestemming:
    """Let the young person, who is old enough to decide alone, agree to sharing with this place."""
    Leeftijdsgrenzen.leid_af(traject.jongere_id, ZESTIEN_GEWEEST)
    wie = {"initiatief": naar} if isinstance(naar, Initiatief) else {"betrokkene": naar}
    return Toestemming.objects.create(traject=traject, doel="overdracht", geldig_tot="2099-01-01", door=door, **wie)


def overdracht_tot(
    stand: str,
    *,
    traject: Traject,
    van: Gebruiker,
    naar: Initiatief,
    daar: Gebruiker,
    begeleider: Gebruiker,
    stukken: frozenset[str] = frozenset(),
) -> Overdracht:
    """A handover that came as far as `stand`, every step by whoever takes it."""
    with als_gebruiker(van.pk):
        overdracht = stel_overdracht_voor(traject=traject, door=van, naar=naar)
        zeg_ja_tegen(traject, naar, door=van)
        kies_stukken(overdracht=overdracht, getoond=vaste_stukken(traject), gekozen=set(stukken), door=van)
    for volgende in STANDEN[1 : STANDEN.index(stand) + 1]:
        wie = daar if volgende in ("ontvangen", "samen_op_weg") else van
        met = {"begeleider": begeleider} if volgende == "ontvangen" else {}
        with als_gebruiker(wie.pk):
            zet_overdracht(
                overdracht=Overdracht.objects.get(pk=overdracht.pk), naar=Overdrachtstand(volgende), door=wie, **met
            )
    return overdracht


def iemand_komt_bij(begeleider: Gebruiker, initiatief: Initiatief) -> Overdracht:
    """A handover from a third initiative, which `begeleider` of `initiatief` may read because she will counsel."""
    van = RolFactory(soort=Rol.Soort.COORDINATOR)
    RolFactory(gebruiker=van.gebruiker, initiatief=van.initiatief)
    return overdracht_tot(
        "ontvangen",
        traject=maak_traject(door=van.gebruiker, initiatief=van.initiatief),
        van=van.gebruiker,
        naar=initiatief,
        daar=RolFactory(initiatief=initiatief, soort=Rol.Soort.COORDINATOR).gebruiker,
        begeleider=begeleider,
    )


def kies_foto(overdracht: Overdracht) -> UUID:
    """Let a photo with a new moment go along; return its key."""
    with als_gebruiker(overdracht.door_id):
        moment = bewaar_moment(
            traject=Traject.objects.get(pk=overdracht.traject_id),
            moment=Moment(tekst="Samen gezaagd."),
            door=overdracht.door,
            foto=maak_foto(BytesIO(beeld())),
            beschrijving="Een vogelhuisje",
        )
        stuk = Stuk(Overdrachtstuk.Soort.FOTO, f"foto:{moment.foto.pk}", "Foto bij vandaag", "Een vogelhuisje")
        kies_stukken(overdracht=overdracht, getoond=[stuk], gekozen={stuk.sleutel}, door=overdracht.door)
    return moment.foto.pk


def zet(overdracht: Overdracht, naar: str, *, door: Gebruiker, **anders: object) -> None:
    """Take one step as this person."""
    with als_gebruiker(door.pk):
        nu = Overdracht.objects.get(pk=overdracht.pk)
        zet_overdracht(overdracht=nu, naar=Overdrachtstand(naar), door=door, **anders)


def tel() -> dict[str, int]:
    """How much of a trajectory is to be seen now."""
    modellen = (Traject, Jongere, Moment, Betrokkene, Contactmoment, Toestemming)
    return {model.__name__: model.objects.count() for model in modellen}
