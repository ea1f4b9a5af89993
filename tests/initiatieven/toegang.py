"""Who may open the addresses around an application and membership, and what these addresses need."""

from django.utils import timezone

from initiatieven.models import Aanmeldconcept, Importproef, Jaarcheck, Referentie
from tests.bezetting import Bezetting
from tests.initiatieven.factories import GespreksmomentFactory
from tests.toegang import EIGEN_INITIATIEF, MEDEWERKERS, Regel, alleen, iedereen

MET_LINK = ("verder", "verder_stap", "gesprek", "gesprek_agenda")
VAN_BEHEERDER = ("toets", "oordelen", "stap", "besluit", "toets_agenda", "toets_gesprek")
ALLEEN_POST = ("oordelen", "stap", "besluit", "toets_gesprek")

TOEGANG: dict[str, Regel] = {
    "initiatieven:aanmelden": iedereen(),
    "initiatieven:dank": iedereen(),
    **{f"initiatieven:{wat}": iedereen() for wat in MET_LINK},  # whoever has the link
    "initiatieven:referentie": alleen(*EIGEN_INITIATIEF),
    "initiatieven:jaarcheck": alleen(*EIGEN_INITIATIEF),
    "initiatieven:benadering": alleen(*MEDEWERKERS, "beheerder"),
    "initiatieven:onderschrijven": alleen(*EIGEN_INITIATIEF, post=True),
    "initiatieven:jaarchecks": alleen("beheerder"),
    "initiatieven:jaarcheck_besproken": alleen("beheerder", post=True),
    "initiatieven:nieuwe_benadering": alleen("beheerder"),
    "initiatieven:open_data_csv": iedereen(),
    "initiatieven:open_data_json": iedereen(),
    "initiatieven:importeren": alleen("beheerder"),
    "initiatieven:importproef": alleen("beheerder"),
    "initiatieven:prullenbak": alleen("beheerder"),
    "initiatieven:weggooien": alleen("beheerder", post=True),
    "trajecten:telling": alleen("coordinator"),
    "trajecten:stoppen": alleen("coordinator"),
    "initiatieven:toetsing": alleen("beheerder"),
    **{f"initiatieven:{wat}": alleen("beheerder", post=wat in ALLEEN_POST) for wat in VAN_BEHEERDER},
}


def argumenten(wie: Bezetting) -> dict[str, dict]:
    """Make something to open around an application, and return the keyword arguments of every address."""
    aanmelding, concept = GespreksmomentFactory().aanmelding, Aanmeldconcept.objects.create(email="x@voorbeeld.example")
    vraag = Referentie.objects.create(aanmelding=aanmelding, initiatief=wie.initiatief, gevraagd_door=wie.beheerder)
    check = Jaarcheck.objects.create(initiatief=wie.initiatief, voor_datum=timezone.localdate())
    proef = Importproef.objects.create(bestandsnaam="x.csv", kop=["adres", "naam"], rijen=[], door=wie.beheerder)
    nodig = {wat: {"pk": aanmelding.pk} for wat in VAN_BEHEERDER}
    nodig |= {wat: {"token": aanmelding.token} for wat in MET_LINK}
    nodig |= {
        "verder": {"token": concept.token},
        "verder_stap": {"token": concept.token, "stap": "jaar"},
        "toets_gesprek": {"pk": aanmelding.pk, "wat": "notitie"},
        "referentie": {"pk": vraag.pk},
        "jaarcheck_besproken": {"pk": check.pk},
        "importproef": {"pk": proef.pk},
        "weggooien": {"pk": wie.initiatief.pk},
        "jaarcheck": {"slug": wie.initiatief.slug},
        "onderschrijven": {"slug": wie.initiatief.slug},
    }
    van_hier = {"initiatief_pk": wie.initiatief.pk}
    boven = {"trajecten:telling": van_hier, "trajecten:stoppen": van_hier}
    return boven | {f"initiatieven:{wat}": waarden for wat, waarden in nodig.items()}
