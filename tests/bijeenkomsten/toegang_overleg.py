"""Who may open what meetings are prepared and remembered with: questions, date polls and reports."""

from django.utils import timezone

from bijeenkomsten.models import Actie, Bijeenkomst, Verslag, Verslagdeel, Verslagreactie
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory, VraagFactory
from tests.bijeenkomsten.prikkerfactories import PrikdatumFactory, PrikgastFactory
from tests.toegang import ALLEN, EIGEN_INITIATIEF, MEDEWERKERS, Regel, alleen, iedereen

PRIKKERPAGINAS = (
    "datumprikkers",
    "datumprikker",
    "datumprikker_nieuw",
    "prikdata",
    "prikmensen",
    "prikdatum_kies",
    "prik_termijn",
)
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
    # an approved report of a meeting to which only begeleider was invited
    "bijeenkomsten:verslag": iedereen(),
    "bijeenkomsten:gastverslag": iedereen(),  # whoever has the link
    "bijeenkomsten:verslag_lezen": alleen(*ALLEN),  # others are told who may, when the meeting is public
    "bijeenkomsten:een_minuut": alleen(*MEDEWERKERS, "kernteamlid"),
    "bijeenkomsten:verslag_schrijven": alleen("kernteamlid"),
    "bijeenkomsten:verslag_nieuw": alleen("kernteamlid"),
    "bijeenkomsten:verslag_onderdeel": alleen("kernteamlid"),
    "bijeenkomsten:verslag_stap": alleen("kernteamlid", post=True),
    "bijeenkomsten:reactie_verwerkt": alleen("kernteamlid", post=True),
    "bijeenkomsten:acties": alleen(*ALLEN),
    "bijeenkomsten:actie_klaar": alleen("begeleider", "kernteamlid", post=True),
}


def argumenten(begeleider, bijeenkomst: Bijeenkomst) -> dict[str, dict]:
    """What these addresses need, for a meeting to which only begeleider is invited."""
    return _van_vragen(begeleider, bijeenkomst) | _van_prikkers() | _van_verslagen(begeleider, bijeenkomst)


def _van_verslagen(begeleider, bijeenkomst: Bijeenkomst) -> dict[str, dict]:
    vast = {"stand": "vastgesteld", "vastgesteld_op": timezone.now()}
    verslag = Verslag.objects.create(bijeenkomst=bijeenkomst, samenvatting="Er is soep.", **vast)
    deel = Verslagdeel.objects.create(verslag=verslag, kop="Soep", tekst="Lekker.", lezers="openbaar")
    actie = Actie.objects.create(verslag=verslag, tekst="Koken", eigenaar=begeleider, voor=timezone.localdate())
    reactie = Verslagreactie.objects.create(verslag=verslag, door=begeleider, tekst="Ook brood.")
    ander = BijeenkomstFactory()
    concept = Verslagdeel.objects.create(
        verslag=Verslag.objects.create(bijeenkomst=ander), kop="Brood", tekst="Ook lekker."
    )
    gast = UitnodigingFactory(
        bijeenkomst=bijeenkomst, gebruiker=None, naam="Gast", adres="verslag@voorbeeld.example", antwoord="ja"
    )
    lezen = ("verslag", "verslag_lezen", "een_minuut", "verslag_schrijven", "verslag_stap")
    return {f"bijeenkomsten:{naam}": {"pk": deel.verslag.bijeenkomst_id} for naam in lezen} | {
        "bijeenkomsten:gastverslag": {"token": gast.token},
        "bijeenkomsten:verslag_nieuw": {"pk": ander.pk, "soort": "actie"},
        "bijeenkomsten:verslag_onderdeel": {"pk": ander.pk, "soort": "deel", "onderdeel_pk": concept.pk},
        "bijeenkomsten:reactie_verwerkt": {"pk": bijeenkomst.pk, "reactie_pk": reactie.pk},
        "bijeenkomsten:actie_klaar": {"pk": actie.pk},
    }


def _van_prikkers() -> dict[str, dict]:
    datum = PrikdatumFactory()
    gast = PrikgastFactory(prikker=datum.prikker)
    prikker = {"pk": datum.prikker_id}
    return {
        **{f"bijeenkomsten:{wat}": prikker for wat in ("datumprikker", "prikdata", "prikmensen")},
        **{f"bijeenkomsten:{wat}": prikker for wat in ("prik_herinneren", "prik_stoppen", "prik_termijn")},
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
