"""A moment with what makes it more than text: who was there, how it was, what stood there before, what came later."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from collectief.demo.nazorg import Zorg
from collectief.demo.opslag import Opslag
from collectief.demo.toeval import Toeval
from collectief.demo.woorden.momenten import AANVULLINGEN, OOK_ERBIJ
from trajecten.models import Aanvulling, Moment, Momentversie

type Mensen = Mapping[object, date]  # who stands around the young person, and since when
type Kern = tuple[date, str, str]  # day, kind and text of a moment

KANS_OP_VERSIE = 0.05
KANS_OP_AANVULLING = 0.08
SAMEN = {"": 4, Moment.Samen.INDIVIDUEEL: 5, Moment.Samen.GROEP: 3}


def schrijf_moment(eigen: Toeval, opslag: Opslag, zorg: Zorg, mensen: Mensen, kern: Kern, *, op: datetime) -> None:
    """Hand the rows of one moment to `opslag`; `op` is when it was written."""
    dag, soort, tekst = kern
    inhoud = {"soort": soort, "datum": dag, "tekst": tekst, **_hoe_het_was(eigen, mensen, dag)}
    eerder = tekst.rpartition(". ")[0]
    is_aangepast = eerder and dag < eigen.vandaag and eigen.soms(KANS_OP_VERSIE)
    hangt_aan = {"moment_id": opslag.sleutel(Moment), "traject_id": zorg.traject}
    opslag.voeg_toe(
        Moment,
        id=hangt_aan["moment_id"],
        traject_id=zorg.traject,
        door_id=zorg.eigenaar,
        aangemaakt_op=op,
        aangepast_op=op + timedelta(hours=3) if is_aangepast else None,
        **inhoud,
    )
    if is_aangepast:
        toen = inhoud | {"tekst": f"{eerder}.", "datum": dag.isoformat(), "erbij": list(map(str, inhoud["erbij"]))}
        opslag.voeg_toe(Momentversie, **hangt_aan, inhoud=toen, geschreven_op=op, vervangen_op=op + timedelta(hours=3))
    if dag < eigen.vandaag - timedelta(days=9) and eigen.soms(KANS_OP_AANVULLING):
        later = op + timedelta(days=eigen.randint(8, 9))
        zin = eigen.een_van(AANVULLINGEN, n=zorg.loopbaan.roepnaam)
        opslag.voeg_toe(Aanvulling, **hangt_aan, tekst=zin, door_id=zorg.eigenaar, aangemaakt_op=later)


def _hoe_het_was(eigen: Toeval, mensen: Mensen, dag: date) -> dict:
    """Often nothing more than the text, as it goes."""
    return {
        "erbij": [sleutel for sleutel, sinds in mensen.items() if sinds <= dag and eigen.soms(0.25)],
        "ook_erbij": eigen.choice(OOK_ERBIJ) if eigen.soms(0.1) else "",
        "vormen": eigen.sample(Moment.Vorm.values, eigen.choice((0, 0, 1, 1, 2))),
        "delen": eigen.sample(Moment.Deel.values, eigen.choice((0, 0, 1, 2))),
        "samen": eigen.choices(list(SAMEN), SAMEN.values())[0],
    }
