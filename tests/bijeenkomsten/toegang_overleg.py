"""Who may open what meetings are prepared and remembered with: questions, date polls and reports."""

from bijeenkomsten.models import Bijeenkomst
from tests.bijeenkomsten.factories import VraagFactory
from tests.toegang import ALLEN, EIGEN_INITIATIEF, MEDEWERKERS, Regel, alleen

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
}


def argumenten(begeleider, bijeenkomst: Bijeenkomst) -> dict[str, dict]:
    """What these addresses need, for a meeting to which only begeleider is invited."""
    return _van_vragen(begeleider, bijeenkomst)


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
