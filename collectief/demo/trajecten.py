"""Invented trajectories: a young person, the people around, and the crooked line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from collectief.demo.bijmomenten import Mensen, schrijf_moment
from collectief.demo.loopbaan import Loopbaan, loop
from collectief.demo.momenten import maak_momenten
from collectief.demo.nazorg import Zorg, maak_nazorg, maak_pauze
from collectief.demo.opslag import Opslag
from collectief.demo.overdracht import Weg, maak_overdracht
from collectief.demo.plekken import Plek
from collectief.demo.toeval import Toeval
from collectief.demo.woorden import momenten, namen
from collectief.demo.woorden.stappen import ANDEREN
from trajecten.leeftijd import leeftijdsgrenzen, wordt
from trajecten.models import (
    Betrokkene,
    FaseVerblijf,
    Jongere,
    JongereIdentiteit,
    Leeftijdsgrenzen,
    Traject,
)

Rol = Betrokkene.Rol
MET_IDENTITEIT = 0.4
TOESTANDEN = {"lopend": 90, "rustend": 7, "overgedragen": 3}
KANS_OP = {Rol.OUDER: 0.9, Rol.MENTOR: 0.3, Rol.SCHOOL: 0.25, Rol.WIJKTEAM: 0.2}


@dataclass
class Opzet:
    """What is special about one trajectory; left out, chance decides."""

    roepnaam: str
    loopbaan: Loopbaan
    begeleider: int
    toestand: str = "lopend"
    waarnemer: int | None = None
    wacht_sinds: int | None = None
    is_in_pauze: bool = False
    dagen_stil: int | None = None
    aantal_momenten: int = 10
    wordt: tuple[int, int] | None = None  # so many years, in so many days


@dataclass
class Kring:
    """Who stands around one young person: hands each to `opslag`, and keeps who came last in each role."""

    toeval: Toeval
    opslag: Opslag
    traject: object
    ids: dict[Rol, object] = field(default_factory=dict)

    def voeg_toe(
        self, rol: Rol, van: date, *, gebruiker: int | None = None, naam: str = "", tot: date | None = None
    ) -> object:
        """Add one person from `van` until `tot`: a colleague by her key, or somebody else by name; return the key."""
        self.ids[rol] = self.toeval.sleutel()
        self.opslag.voeg_toe(
            Betrokkene,
            id=self.ids[rol],
            traject_id=self.traject,
            rol=rol,
            gebruiker_id=gebruiker,
            naam=naam,
            heeft_gezag=rol == Rol.OUDER,
            meelezen="hoofdlijnen" if rol == Rol.OUDER else "niets",
            van=van,
            tot=tot,
        )
        return self.ids[rol]


def toevallige_opzet(toeval: Toeval, plek: Plek, aantal_momenten: int) -> Opzet:
    roepnaam = toeval.choice(namen.ROEPNAMEN)
    begeleider, waarnemer = toeval.sample(plek.begeleiders, 2)
    return Opzet(
        roepnaam=roepnaam,
        loopbaan=loop(toeval, roepnaam),
        begeleider=begeleider,
        toestand=toeval.choices(list(TOESTANDEN), TOESTANDEN.values())[0],
        waarnemer=waarnemer if toeval.soms(0.3) else None,
        aantal_momenten=aantal_momenten,
    )


def maak_traject(toeval: Toeval, opslag: Opslag, plek: Plek, opzet: Opzet) -> Zorg:
    """Hand all rows of one trajectory to `opslag`."""
    traject = toeval.sleutel()
    zorg = Zorg(traject, opzet.loopbaan, opzet.begeleider, is_lopend=opzet.toestand == "lopend")
    jongere = _maak_jongere(toeval, opslag, opzet)
    opslag.voeg_toe(
        Traject,
        id=traject,
        jongere_id=jongere,
        initiatief_id=plek.id,
        toestand=opzet.toestand,
        begonnen_op=opzet.loopbaan.begin,
        wensdroom=toeval.choice(momenten.WENSDROMEN),
        wat_waardevol_is=toeval.choice(momenten.WAARDEVOL),
        aangemaakt_op=toeval.moment_op(opzet.loopbaan.begin),
    )
    _maak_verblijven(toeval, opslag, zorg)
    mensen = _maak_betrokkenen(toeval, opslag, plek, opzet, traject)
    afspraak = maak_nazorg(toeval, opslag, zorg, wacht_sinds=opzet.wacht_sinds)
    if opzet.is_in_pauze:
        maak_pauze(toeval, opslag, zorg, afspraak)
    eigen = Toeval(traject.int + 1, toeval.vandaag)  # chance of its own, so that the rest of the demo stays as it was
    for kern in maak_momenten(
        toeval, opzet.loopbaan, plek.soort, aantal=opzet.aantal_momenten, dagen_stil=opzet.dagen_stil
    ):
        schrijf_moment(eigen, opslag, zorg, mensen, kern, op=toeval.moment_op(kern[0]))
    return zorg


def _maak_jongere(toeval: Toeval, opslag: Opslag, opzet: Opzet) -> object:
    sleutel = toeval.sleutel()
    opslag.voeg_toe(Jongere, id=sleutel, roepnaam=opzet.roepnaam, aangemaakt_op=toeval.moment_op(opzet.loopbaan.begin))
    if toeval.soms(MET_IDENTITEIT) or opzet.wordt:
        geboren = toeval.dag(toeval.vandaag - timedelta(days=20 * 365), toeval.vandaag - timedelta(days=11 * 365))
        if opzet.wordt:
            jaren, dagen = opzet.wordt
            geboren = wordt(toeval.vandaag + timedelta(days=dagen), -jaren)
        opslag.voeg_toe(
            JongereIdentiteit,
            jongere_id=sleutel,
            officiele_naam=f"{opzet.roepnaam} {toeval.choice(namen.ACHTERNAMEN)}",
            geboortedatum=geboren.isoformat(),
            contact="Liefst een berichtje via moeder, na vier uur." if toeval.soms(0.5) else "",
        )
        twaalf, zestien, achttien = leeftijdsgrenzen(geboren).values()
        opslag.voeg_toe(
            Leeftijdsgrenzen, jongere_id=sleutel, twaalf_op=twaalf, zestien_op=zestien, achttien_op=achttien
        )
    return sleutel


def _maak_verblijven(toeval: Toeval, opslag: Opslag, zorg: Zorg) -> None:
    for volgnummer, verblijf in enumerate(zorg.loopbaan.verblijven, start=1):
        opslag.voeg_toe(
            FaseVerblijf,
            traject_id=zorg.traject,
            volgnummer=volgnummer,
            fase=verblijf.fase,
            stap=verblijf.stap,
            van=verblijf.van,
            tot=verblijf.tot,
            toelichting=verblijf.toelichting,
            woorden_van_jongere=verblijf.woorden,
            deur_staat_open=verblijf.deur_staat_open,
            door_id=zorg.eigenaar,
            aangemaakt_op=toeval.moment_op(verblijf.van),
        )


def _maak_betrokkenen(toeval: Toeval, opslag: Opslag, plek: Plek, opzet: Opzet, traject: object) -> Mensen:
    kring = Kring(toeval, opslag, traject)
    _maak_begeleiding(kring, plek, opzet)
    mensen = _maak_anderen(kring, opzet)
    if Rol.VERVOLGPLEK in kring.ids:
        _draag_over(toeval, opslag, plek, opzet, traject, kring.ids)
    return mensen


def _maak_begeleiding(kring: Kring, plek: Plek, opzet: Opzet) -> None:
    toeval, begin = kring.toeval, opzet.loopbaan.begin
    eerder = [begeleider for begeleider in plek.begeleiders if begeleider != opzet.begeleider]
    wissel = toeval.dag(begin, toeval.vandaag) if toeval.soms(0.1) else begin
    if wissel > begin:
        kring.voeg_toe(Rol.VASTE_BEGELEIDER, begin, gebruiker=toeval.choice(eerder), tot=wissel)
    kring.voeg_toe(Rol.VASTE_BEGELEIDER, wissel, gebruiker=opzet.begeleider)
    if opzet.waarnemer:
        kring.voeg_toe(Rol.WAARNEMER, toeval.dag(begin, toeval.vandaag), gebruiker=opzet.waarnemer)


def _maak_anderen(kring: Kring, opzet: Opzet) -> Mensen:
    toeval, nu = kring.toeval, opzet.loopbaan.nu
    mensen = {}
    for rol, kans in KANS_OP.items():
        if toeval.soms(kans):
            mensen[kring.voeg_toe(rol, opzet.loopbaan.begin, naam=_noem(toeval, rol))] = opzet.loopbaan.begin
    if nu.fase in ("orientatie", "waakvlam"):
        mensen[kring.voeg_toe(Rol.VERVOLGPLEK, nu.van, naam=_noem(toeval, Rol.VERVOLGPLEK))] = nu.van
    return mensen


def _noem(toeval: Toeval, rol: Rol) -> str:
    vrouw, man = toeval.choice(namen.MOEDERNAMEN), toeval.choice(namen.VADERNAMEN)
    return toeval.een_van(ANDEREN[rol], v=toeval.choice(namen.VOORNAMEN), vrouw=vrouw, man=man)


def _draag_over(
    toeval: Toeval, opslag: Opslag, plek: Plek, opzet: Opzet, traject: object, ids: Mapping[Rol, object]
) -> None:
    """Perhaps a handover, of who is on the way to another place and has a parent who can say yes."""
    if opzet.toestand == "lopend" and opzet.loopbaan.nu.fase == "orientatie" and Rol.OUDER in ids:
        weg = Weg(traject, opzet.roepnaam, ids[Rol.VERVOLGPLEK], ids[Rol.OUDER], plek.id, opzet.begeleider)
        maak_overdracht(toeval, opslag, weg)
