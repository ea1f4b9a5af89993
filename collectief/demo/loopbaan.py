"""Crooked lines: invented ways through the phases, every move of them allowed by the phase rule."""

from dataclasses import dataclass
from datetime import date, timedelta

from collectief.demo.toeval import Toeval
from collectief.demo.woorden.stappen import TOELICHTINGEN, WOORDEN_BIJ_STAP
from trajecten.fases import STAPPEN, Fase, Stap, belemmering

DUUR = {Fase.LANDING: (40, 230), Fase.ONDERZOEKEND: (60, 280), Fase.ORIENTATIE: (40, 210), Fase.WAAKVLAM: (120, 900)}
VERDER = {
    Fase.LANDING: {Fase.ONDERZOEKEND: 90, Fase.ORIENTATIE: 7, Fase.WAAKVLAM: 3},
    Fase.ONDERZOEKEND: {Fase.ORIENTATIE: 70, Fase.LANDING: 22, Fase.WAAKVLAM: 8},
    Fase.ORIENTATIE: {Fase.WAAKVLAM: 68, Fase.ONDERZOEKEND: 22, Fase.LANDING: 10},
    Fase.WAAKVLAM: {Fase.ONDERZOEKEND: 45, Fase.LANDING: 32, Fase.ORIENTATIE: 23},
}
KANS_OP_TERUGKEER = 0.3


@dataclass
class Verblijf:
    """A stay in one phase; `tot` is None for the present."""

    fase: Fase
    stap: Stap
    van: date
    toelichting: str = ""
    woorden: str = ""
    deur_staat_open: bool = False
    tot: date | None = None


class Loopbaan:
    """The stays of one trajectory, in order. Refuses a move that the phase rule refuses."""

    def __init__(self, toeval: Toeval, roepnaam: str, begin: date) -> None:
        self.toeval = toeval
        self.roepnaam = roepnaam
        self.verblijven = [Verblijf(Fase.LANDING, STAPPEN[None, Fase.LANDING], begin)]

    @property
    def begin(self) -> date:
        return self.verblijven[0].van

    @property
    def nu(self) -> Verblijf:
        return self.verblijven[-1]

    def zet(self, naar: Fase, op: date) -> None:
        """Move on day `op`. Raises ValueError when the phase rule forbids it."""
        stap = STAPPEN[self.nu.fase, naar]
        verblijf = Verblijf(
            fase=naar,
            stap=stap,
            van=op,
            toelichting=self.toeval.een_van(TOELICHTINGEN[stap], n=self.roepnaam),
            woorden=self.toeval.choice(WOORDEN_BIJ_STAP[stap]),
            deur_staat_open=naar == Fase.WAAKVLAM and self.toeval.soms(0.15),
        )
        if in_de_weg := belemmering(self.nu.fase, naar, toelichting=verblijf.toelichting, heeft_nazorg=True):
            raise ValueError(in_de_weg.reden)
        self.nu.tot = op
        self.verblijven.append(verblijf)

    def fase_op(self, dag: date) -> Fase:
        return next(verblijf.fase for verblijf in reversed(self.verblijven) if verblijf.van <= dag)


def loop(toeval: Toeval, roepnaam: str) -> Loopbaan:
    """Wander from a day in the last four years until today."""
    begin = toeval.werkdag(toeval.vandaag - timedelta(days=1_400), toeval.vandaag - timedelta(days=5))
    loopbaan = Loopbaan(toeval, roepnaam, begin)
    while dag := _volgende_dag(toeval, loopbaan.nu):
        kansen = VERDER[loopbaan.nu.fase]
        loopbaan.zet(toeval.choices(list(kansen), kansen.values())[0], dag)
    return loopbaan


def _volgende_dag(toeval: Toeval, nu: Verblijf) -> date | None:
    """The day of the next move, or None when it lies ahead or never comes."""
    if nu.fase == Fase.WAAKVLAM and not toeval.soms(KANS_OP_TERUGKEER):
        return None
    dag = nu.van + timedelta(days=toeval.randint(*DUUR[nu.fase]))
    return dag if dag < toeval.vandaag else None


def langs(toeval: Toeval, roepnaam: str, *fases: Fase, dagen: tuple[int, ...]) -> Loopbaan:
    """A way that is written out: the phases after landing, and how many days ago each one began, landing first."""
    dag = toeval.vandaag - timedelta(days=dagen[0])
    loopbaan = Loopbaan(toeval, roepnaam, dag)
    for fase, geleden in zip(fases, dagen[1:], strict=True):
        loopbaan.zet(fase, toeval.vandaag - timedelta(days=geleden))
    return loopbaan
