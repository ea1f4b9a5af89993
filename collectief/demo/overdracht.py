"""Invented handovers to a next place: somebody said yes, a little goes along, and there is a day together."""

from dataclasses import dataclass
from datetime import timedelta

from collectief.demo.opslag import Opslag
from collectief.demo.toeval import Toeval
from trajecten.models import Overdracht, Overdrachtafspraak, Overdrachtstap, Overdrachtstuk, Toestemming

KANS = 0.4
STAPPEN = ("voorgesteld", "toestemming", "voorbereid", "samen_op_weg")
AFSPRAKEN = ("De eerste week gaan we samen.", "Er is één vaste collega om naartoe te gaan.", "We bellen op vrijdag.")


@dataclass(frozen=True)
class Weg:
    """From where to where: the trajectory, the next place and a parent (involvements), and who counsels."""

    traject: object
    roepnaam: str
    plek: object
    ouder: object
    initiatief: int
    door: int


def maak_overdracht(toeval: Toeval, opslag: Opslag, weg: Weg) -> None:
    """Perhaps a handover that is under way, to which young person and parent said yes."""
    if not toeval.soms(KANS):
        return
    begin = toeval.vandaag - timedelta(days=toeval.randint(8, 40))
    op, sleutel = toeval.moment_op(begin), toeval.sleutel()
    _maak_toestemming(opslag, weg, van=begin, geldig_tot=toeval.vandaag + timedelta(days=300), op=op)
    opslag.voeg_toe(
        Overdracht,
        id=sleutel,
        traject_id=weg.traject,
        van_id=weg.initiatief,
        plek_id=weg.plek,
        stand=STAPPEN[-1],
        door_id=weg.door,
        begonnen_op=op,
        voorbereid_op=op,
    )
    for stand in STAPPEN:
        opslag.voeg_toe(Overdrachtstap, overdracht_id=sleutel, stand=stand, door_id=weg.door, op=op)
    _maak_inhoud(toeval, opslag, weg, overdracht_id=sleutel)


def _maak_toestemming(opslag: Opslag, weg: Weg, **dagen: object) -> None:
    for namens in (None, weg.ouder):
        opslag.voeg_toe(
            Toestemming,
            traject_id=weg.traject,
            doel="overdracht",
            betrokkene_id=weg.plek,
            namens_id=namens,
            door_id=weg.door,
            **dagen,
        )


def _maak_inhoud(toeval: Toeval, opslag: Opslag, weg: Weg, *, overdracht_id: object) -> None:
    """The roepnaam goes along, and there is a day together."""
    opslag.voeg_toe(
        Overdrachtstuk,
        overdracht_id=overdracht_id,
        soort="roepnaam",
        sleutel="roepnaam",
        titel="Roepnaam",
        tekst=weg.roepnaam,
        gekozen_door_id=weg.door,
    )
    opslag.voeg_toe(
        Overdrachtafspraak,
        overdracht_id=overdracht_id,
        kant="samen",
        dag=toeval.vandaag + timedelta(days=toeval.randint(1, 20)),
        tekst=toeval.choice(AFSPRAKEN),
        door_id=weg.door,
    )
