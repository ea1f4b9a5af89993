"""Who may open the addresses around an application and membership, and what these addresses need."""

from initiatieven.models import Aanmeldconcept, Referentie
from tests.bezetting import Bezetting
from tests.initiatieven.factories import GespreksmomentFactory
from tests.toegang import EIGEN_INITIATIEF, Regel, alleen, iedereen

MET_LINK = ("verder", "verder_stap", "gesprek", "gesprek_agenda")
VAN_BEHEERDER = ("toets", "oordelen", "stap", "besluit", "toets_agenda", "toets_gesprek")
ALLEEN_POST = ("oordelen", "stap", "besluit", "toets_gesprek")

TOEGANG: dict[str, Regel] = {
    "initiatieven:aanmelden": iedereen(),
    "initiatieven:dank": iedereen(),
    **{f"initiatieven:{wat}": iedereen() for wat in MET_LINK},  # whoever has the link
    "initiatieven:referentie": alleen(*EIGEN_INITIATIEF),
    "initiatieven:toetsing": alleen("beheerder"),
    **{f"initiatieven:{wat}": alleen("beheerder", post=wat in ALLEEN_POST) for wat in VAN_BEHEERDER},
}


def argumenten(wie: Bezetting) -> dict[str, dict]:
    """Make something to open around an application, and return the keyword arguments of every address."""
    aanmelding, concept = GespreksmomentFactory().aanmelding, Aanmeldconcept.objects.create(email="x@voorbeeld.example")
    vraag = Referentie.objects.create(aanmelding=aanmelding, initiatief=wie.initiatief, gevraagd_door=wie.beheerder)
    nodig = {wat: {"pk": aanmelding.pk} for wat in VAN_BEHEERDER}
    nodig |= {wat: {"token": aanmelding.token} for wat in MET_LINK}
    nodig |= {
        "verder": {"token": concept.token},
        "verder_stap": {"token": concept.token, "stap": "jaar"},
        "toets_gesprek": {"pk": aanmelding.pk, "wat": "notitie"},
        "referentie": {"pk": vraag.pk},
    }
    return {f"initiatieven:{wat}": waarden for wat, waarden in nodig.items()}
