"""Who may open what meetings are prepared and remembered with: questions, date polls and reports."""

from bijeenkomsten.models import Bijeenkomst
from tests.bijeenkomsten.factories import VraagFactory
from tests.bijeenkomsten.prikkerfactories import PrikdatumFactory, PrikgastFactory
from tests.toegang import ALLEN, EIGEN_INITIATIEF, MEDEWERKERS, Regel, alleen, iedereen

PRIKKERPAGINAS = ("datumprikkers", "datumprikker", "datumprikker_nieuw", "prikdata", "prikmensen", "prikdatum_kies")
PRIKKERSTAPPEN = ("prikgast", "prikdatum_weg", "prik_herinneren", "prik_stoppen")

# About a confidential question of begeleider's initiative, for a meeting to which only she is invited.
TOEGANG: dict[str, Regel] = {
    "bijeenkomsten:vragen": alleen(*ALLEN),
    "bijeenkomsten:vraag_nieuw": alleen(*MEDEWERKERS),
    "bijeenkomsten:vraag": alleen(*EIGEN_INITIATIEF, "kernteamlid"),
    "bijeenkomsten:vraag_bewerken": alleen(*EIGEN_INITIATIEF),
    "bijeenkomsten:vraag_intrekken": alleen(*EIGEN_INITIATIEF, post=True),
    "bijeenkomsten:vraag_steunen": alleen("buitenstaander", post=True),  # an open question
    "bijeenkomsten:vraag_samenvoegen": alleen(*EIGEN_INITIATIEF, "kernteamlid"),
    "bijeenkomsten:vraag_stap": alleen("kernteamlid", post=True),
    "bijeenkomsten:vraag_antwoord": alleen("kernteamlid"),
    "bijeenkomsten:agendavragen": alleen("kernteamlid"),
    "bijeenkomsten:vraag_plaatsen": alleen("kernteamlid", post=True),
    **{
        f"bijeenkomsten:{naam}": alleen("kernteamlid")
        for naam in ("datumprikkers", "datumprikker", "datumprikker_nieuw")
    },
    **dict.fromkeys([f"bijeenkomsten:{naam}" for naam in PRIKKERPAGINAS], alleen("kernteamlid")),
    **dict.fromkeys([f"bijeenkomsten:{naam}" for naam in PRIKKERSTAPPEN], alleen("kernteamlid", post=True)),
    "bijeenkomsten:prikken": iedereen(),  # whoever has the link
}


def argumenten(begeleider, bijeenkomst: Bijeenkomst) -> dict[str, dict]:
    """What these addresses need, for a meeting to which only begeleider is invited."""
    return _van_vragen(begeleider, bijeenkomst) | _van_prikkers()


def _van_prikkers() -> dict[str, dict]:
    datum = PrikdatumFactory()
    gast = PrikgastFactory(prikker=datum.prikker)
    prikker = {"pk": datum.prikker_id}
    return {
        **{f"bijeenkomsten:{wat}": prikker for wat in ("datumprikker", "prikdata", "prikmensen")},
        **{f"bijeenkomsten:{wat}": prikker for wat in ("prik_herinneren", "prik_stoppen")},
        **{f"bijeenkomsten:{wat}": prikker | {"datum_pk": datum.pk} for wat in ("prikdatum_weg", "prikdatum_kies")},
        "bijeenkomsten:prikgast": prikker | {"gast_pk": gast.pk},
        "bijeenkomsten:prikken": {"token": gast.token},
    }


def _van_vragen(begeleider, bijeenkomst: Bijeenkomst) -> dict[str, dict]:
    vraag = VraagFactory(
        door=begeleider, initiatief=begeleider.rollen.get().initiatief, is_vertrouwelijk=True, bijeenkomst=bijeenkomst
    )
    over_vraag = [naam for naam in TOEGANG if ":vraag" in naam and naam != "bijeenkomsten:vraag_nieuw"]
    return {naam: {"pk": vraag.pk} for naam in over_vraag} | {
        "bijeenkomsten:vraag_steunen": {"pk": VraagFactory(door=begeleider, initiatief=vraag.initiatief).pk},
        "bijeenkomsten:agendavragen": {"pk": bijeenkomst.pk},
        "bijeenkomsten:vraag_plaatsen": {"pk": bijeenkomst.pk, "vraag_pk": vraag.pk},
    }
