"""What was agreed around the trajectories of the demo counsellor: consent, photos, a booklet, and who comes here."""

from collections.abc import Iterator
from datetime import timedelta

from collectief.demo.plekken import Plek
from collectief.demo.tekening import hang_op, maak_tekening
from collectief.demo.toeval import Toeval
from collectief.gebruikers.models import Gebruiker
from trajecten.fases import Fase
from trajecten.models import (
    Betrokkene,
    Moment,
    Momentfoto,
    Overdracht,
    Overdrachtafspraak,
    Overdrachtstap,
    Overdrachtstuk,
    Reisboekje,
    Toestemming,
    Traject,
)
from trajecten.models.traject import TrajectQuerySet
from trajecten.reis import laad, sleutels
from trajecten.stukken import Stuk, momentstukken, vaste_stukken

Doel = Toestemming.Doel
MET_FOTOS = ("Zoë", "Marie-Claire", "Björn")
LEEST_MEE = ("Noor", "Mohamed", "Zoë", "Thijs", "Pien")
MET_BOEKJE = "Lotte"
BESCHRIJVINGEN = ("De tekening van vandaag: heuvels met een lage zon", "Het doek is af, en hangt bij de deur")
STAPPEN = ("voorgesteld", "toestemming", "voorbereid")
GAAT_MEE = ("roepnaam", "wensdroom", "waardevol")


def maak_rondom(toeval: Toeval, plek: Plek, ander: Plek) -> None:
    """Needs the rows of the trajectories to be written. Chance of its own, so that the rest stays as it was."""
    eigen = Toeval(plek.id, toeval.vandaag)
    van_mij = Betrokkene.objects.nu().filter(gebruiker=plek.begeleiders[0], rol=Betrokkene.Rol.VASTE_BEGELEIDER)
    trajecten = Traject.objects.filter(pk__in=van_mij.values("traject")).select_related("jongere")
    for traject in trajecten.order_by("begonnen_op", "pk"):
        roepnaam = traject.jongere.roepnaam
        if roepnaam in LEEST_MEE:
            for ouder in traject.betrokkenen.ouders_met_gezag():
                _zeg_ja(eigen, traject, plek.begeleiders[0], Doel.MEELEZEN, betrokkene=ouder)
        if roepnaam in MET_FOTOS:
            _zeg_ja(eigen, traject, plek.begeleiders[0], Doel.FOTO, initiatief_id=plek.id)
            _maak_fotos(eigen, traject, 2)
        if roepnaam == MET_BOEKJE:
            bladen = laad(traject, sleutels(traject)[:9])
            door = Gebruiker.objects.get(pk=plek.begeleiders[0])
            Reisboekje.bewaar(traject, titel=f"De reis van {roepnaam}", bladen=bladen, door=door)
    _laat_komen(eigen, plek, ander)


def _zeg_ja(eigen: Toeval, traject: Traject, door: int, doel: Doel, **ontvanger: object) -> None:
    """The young person and every parent with authority: that is enough at any age."""
    begin = eigen.vandaag - timedelta(days=eigen.randint(10, 60))
    for namens in (None, *traject.betrokkenen.ouders_met_gezag().order_by("van", "pk")):
        Toestemming.objects.create(
            traject=traject,
            doel=doel,
            namens=namens,
            van=begin,
            geldig_tot=eigen.vandaag + timedelta(days=300),
            door_id=door,
            op=eigen.moment_op(begin),
            **ontvanger,
        )


def _maak_fotos(eigen: Toeval, traject: Traject, aantal: int) -> list[Momentfoto]:
    """Give the last little lights a photo of a drawing."""
    lichtjes = traject.momenten.filter(soort=Moment.Soort.LICHTJE).order_by("-datum", "-pk")[:aantal]
    return [_maak_foto(eigen, moment) for moment in lichtjes]


def _maak_foto(eigen: Toeval, moment: Moment) -> Momentfoto:
    beeld = maak_tekening(eigen)
    rij = Momentfoto(
        pk=eigen.sleutel(),
        moment=moment,
        traject_id=moment.traject_id,
        beschrijving=eigen.choice(BESCHRIJVINGEN),
        breedte=beeld.breedte,
        hoogte=beeld.hoogte,
        aangemaakt_op=moment.aangemaakt_op,
    )
    hang_op(rij, beeld)
    return rij


def _laat_komen(eigen: Toeval, plek: Plek, ander: Plek) -> None:
    """Somebody of the other place would like to go on at the demo initiative; its coördinator has not answered yet."""
    traject = _wie_kan_komen(Traject.objects.filter(initiatief=ander.id)).select_related("jongere").first()
    if not traject:
        return
    _zeg_ja(eigen, traject, ander.coordinator, Doel.OVERDRACHT, initiatief_id=plek.id)
    _maak_fotos(eigen, traject, 1)
    overdracht = _stel_voor(eigen, traject, plek, ander)
    wie_wat = {"overdracht": overdracht, "gekozen_door_id": ander.coordinator, "gekozen_op": overdracht.begonnen_op}
    for stuk in _gaat_mee(traject):
        Overdrachtstuk.objects.create(
            soort=stuk.soort, sleutel=stuk.sleutel, titel=stuk.titel, tekst=stuk.tekst, **wie_wat
        )


def _stel_voor(eigen: Toeval, traject: Traject, plek: Plek, ander: Plek) -> Overdracht:
    """A handover that is prepared on the other side, with a day together."""
    op = eigen.moment_op(eigen.vandaag - timedelta(days=4))
    overdracht = Overdracht.objects.create(
        pk=eigen.sleutel(),
        traject=traject,
        van_id=ander.id,
        naar_id=plek.id,
        stand=STAPPEN[-1],
        door_id=ander.coordinator,
        begonnen_op=op,
        voorbereid_op=op,
    )
    for stand in STAPPEN:
        Overdrachtstap.objects.create(overdracht=overdracht, stand=stand, door_id=ander.coordinator, op=op)
    Overdrachtafspraak.objects.create(
        overdracht=overdracht,
        kant="samen",
        dag=eigen.vandaag + timedelta(days=6),
        tekst="Een ochtend komen kijken, met de begeleider erbij.",
        door_id=ander.coordinator,
        op=op,
    )
    return overdracht


def _wie_kan_komen(trajecten: TrajectQuerySet) -> TrajectQuerySet:
    """Those under way with a parent who can say yes, a little light to show, and no other handover."""
    return (
        trajecten.lopend()
        .with_fase()
        .filter(
            fase_nu__in=(Fase.LANDING, Fase.ONDERZOEKEND),
            overdrachten=None,
            betrokkenen__heeft_gezag=True,
            momenten__soort=Moment.Soort.LICHTJE,
        )
        .order_by("begonnen_op", "pk")
    )


def _gaat_mee(traject: Traject) -> Iterator[Stuk]:
    """The name, the dream, and the newest photo with its moment."""
    yield from (stuk for stuk in vaste_stukken(traject) if stuk.sleutel in GAAT_MEE)
    momenten = momentstukken(traject)[0]
    foto = next(nummer for nummer, stuk in enumerate(momenten) if stuk.foto)
    yield from momenten[foto - 1 : foto + 1]
