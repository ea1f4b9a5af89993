"""The initiative of the demo accounts: few enough to know by name, with something of everything."""

from datetime import timedelta

from collectief.demo.loopbaan import langs
from collectief.demo.nazorg import Zorg, maak_afspraak, maak_seintje
from collectief.demo.opslag import Opslag
from collectief.demo.perspectief import maak_perspectief
from collectief.demo.plekken import Plek
from collectief.demo.toeval import Toeval
from collectief.demo.trajecten import Opzet, maak_traject
from collectief.demo.woorden.momenten import CONCEPT
from trajecten.fases import Fase
from trajecten.ladder import DAGEN, Stap
from trajecten.models import Ladderinstelling, Momentconcept, Rustperiode, Seintje, Verhaal

LANDING, ONDERZOEKEND, ORIENTATIE, WAAKVLAM = Fase

# Who; the phases after landing; how many days ago each began, landing first; what is special.
VAN_DE_BEGELEIDER = (
    ("Noor", (), (9,), {"dagen_stil": 1, "aantal_momenten": 3}),
    ("Mohamed", (), (48,), {"dagen_stil": 4, "aantal_momenten": 7}),
    ("Zoë", (ONDERZOEKEND, LANDING), (310, 190, 60), {"dagen_stil": 2, "aantal_momenten": 16}),
    ("Thijs", (ONDERZOEKEND,), (240, 120), {"dagen_stil": 6, "aantal_momenten": 12, "wordt": (16, 5)}),
    ("Amira", (ONDERZOEKEND,), (150, 33), {"dagen_stil": 26, "aantal_momenten": 9}),
    ("Jan-Willem", (ONDERZOEKEND, ORIENTATIE, ONDERZOEKEND), (520, 400, 230, 75), {"dagen_stil": 3}),
    ("Fenna", (ORIENTATIE,), (200, 44), {"dagen_stil": 5, "aantal_momenten": 8}),
    ("Björn", (ONDERZOEKEND, LANDING, ONDERZOEKEND, ORIENTATIE), (760, 640, 540, 420, 90), {"dagen_stil": 2}),
    ("Pien", (ONDERZOEKEND, ORIENTATIE, WAAKVLAM), (600, 470, 310, 35), {"wacht_sinds": 0, "dagen_stil": 7}),
    ("Ravi", (ONDERZOEKEND, ORIENTATIE, WAAKVLAM), (720, 590, 380, 96), {"wacht_sinds": -4, "dagen_stil": 12}),
    ("Lotte", (ONDERZOEKEND, ORIENTATIE, WAAKVLAM), (900, 760, 500, 190), {"wacht_sinds": 6, "dagen_stil": 15}),
    ("Gijs", (ONDERZOEKEND, WAAKVLAM), (500, 340, 210), {"wacht_sinds": 34, "dagen_stil": 41}),
    (
        "Marie-Claire",
        (ONDERZOEKEND, ORIENTATIE, WAAKVLAM, ONDERZOEKEND),
        (980, 830, 600, 420, 52),
        {"dagen_stil": 3, "aantal_momenten": 18},
    ),
    ("Sjoerd", (ONDERZOEKEND, ORIENTATIE, WAAKVLAM), (1_100, 950, 700, 400), {"toestand": "rustend"}),
)
VAN_COLLEGAS = (
    ("Yara", (), (20,), {"dagen_stil": 3, "aantal_momenten": 5}),
    ("Levi", (ONDERZOEKEND,), (260, 100), {"dagen_stil": 30}),
    ("Keet", (ONDERZOEKEND, ORIENTATIE), (410, 250, 40), {"dagen_stil": 8}),
    ("Anaïs", (ONDERZOEKEND, ORIENTATIE, WAAKVLAM), (700, 560, 380, 100), {"wacht_sinds": 11, "dagen_stil": 9}),
)
MET_PAUZE = (
    ("Sterre", (ONDERZOEKEND, ORIENTATIE, WAAKVLAM), (810, 640, 400, 140), {"is_in_pauze": True, "dagen_stil": 21}),
)
EIGEN_ZAAD = 20_260_101
STAP_STAAT_KLAAR = "Fenna"  # in orientatie, with the aftercare agreed already: the move to waakvlam only has to be made
WIL_SEINTJE = {"Ravi": Seintje.Voor.JONGERE, "Lotte": Seintje.Voor.OUDER}
SCHRIJFT_NOG_OVER = "Thijs"
RUST_TOT_MORGEN = "Sjoerd"
VERHALEN = {
    "Zoë": {
        "wie": "Een meisje dat eerst kijkt en dan pas meedoet. Ze tekent de hele dag, het liefst op haar eigen plek.",
        "lichtjes": "Van de paarden, van kleur mengen, en als iemand haar tekening ophangt.",
        "nodig": "Tijd om aan te komen. Eén ding tegelijk, en weten wie er die dag is.",
    },
    "Björn": {"lichtjes": "Van alles wat een motor heeft. Hij legt het graag aan een ander uit."},
}


def maak_rijke_plek(toeval: Toeval, opslag: Opslag, plek: Plek) -> int:
    """Make the trajectories of the demo initiative; return how many."""
    begeleider, waarnemer, *collegas = plek.begeleiders
    for roepnaam, fases, dagen, bijzonder in VAN_DE_BEGELEIDER:
        opzet = _opzet(toeval, roepnaam, fases, dagen, begeleider=begeleider, waarnemer=waarnemer, **bijzonder)
        _bijzonderheden(toeval, opslag, maak_traject(toeval, opslag, plek, opzet))
    for roepnaam, fases, dagen, bijzonder in VAN_COLLEGAS:
        opzet = _opzet(toeval, roepnaam, fases, dagen, begeleider=toeval.choice(collegas), **bijzonder)
        maak_traject(toeval, opslag, plek, opzet)
    _maak_nazorg_op_maat(Toeval(EIGEN_ZAAD, toeval.vandaag), opslag, plek)
    return len(VAN_DE_BEGELEIDER) + len(VAN_COLLEGAS) + len(MET_PAUZE)


def _maak_nazorg_op_maat(eigen: Toeval, opslag: Opslag, plek: Plek) -> None:
    """A pause, and a ladder of their own. Chance of its own, so that the rest stays as it was."""
    for roepnaam, fases, dagen, bijzonder in MET_PAUZE:
        opzet = _opzet(eigen, roepnaam, fases, dagen, begeleider=plek.begeleiders[0], **bijzonder)
        maak_traject(eigen, opslag, plek, opzet)
    gisteren = eigen.moment_op(eigen.vandaag - timedelta(days=1))
    dagen = {stap.value: dag for stap, dag in DAGEN.items()} | {Stap.COORDINATOR.value: 14}
    opslag.voeg_toe(Ladderinstelling, initiatief_id=plek.id, door_id=plek.coordinator, gewijzigd_op=gisteren, **dagen)


def _opzet(toeval: Toeval, roepnaam: str, fases: tuple[Fase, ...], dagen: tuple[int, ...], **rest: object) -> Opzet:
    loopbaan = langs(toeval, roepnaam, *fases, dagen=dagen)
    for verblijf in loopbaan.verblijven:
        verblijf.deur_staat_open = False
    return Opzet(roepnaam=roepnaam, loopbaan=loopbaan, **rest)


def _bijzonderheden(toeval: Toeval, opslag: Opslag, zorg: Zorg) -> None:
    maak_perspectief(toeval, opslag, zorg)
    roepnaam = zorg.loopbaan.roepnaam
    van_wie = {"traject_id": zorg.traject, "door_id": zorg.eigenaar}
    for vraag, tekst in VERHALEN.get(roepnaam, {}).items():
        opslag.voeg_toe(Verhaal, **van_wie, vraag=vraag, tekst=tekst, op=toeval.moment_op(zorg.loopbaan.begin))
    if roepnaam == RUST_TOT_MORGEN:
        begin, morgen = zorg.loopbaan.nu.van, toeval.vandaag + timedelta(days=1)
        opslag.voeg_toe(Rustperiode, **van_wie, van=begin, tot=morgen, woorden="Ik red me wel even.")
    if voor := WIL_SEINTJE.get(roepnaam):
        maak_seintje(opslag, zorg, voor)
    if roepnaam == STAP_STAAT_KLAAR:
        maak_afspraak(toeval, opslag, zorg, toeval.vandaag, None)
    if roepnaam == SCHRIJFT_NOG_OVER:
        opslag.voeg_toe(
            Momentconcept,
            traject_id=zorg.traject,
            gebruiker_id=zorg.eigenaar,
            tekst=CONCEPT.format(n=roepnaam),
        )
