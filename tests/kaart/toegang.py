"""Who may open the addresses about questions of families, and what these addresses need."""

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from kaart.models import Contactplek
from tests.kaart.vragen import maak_vraag
from tests.toegang import EIGEN_INITIATIEF, MEDEWERKERS, Regel, alleen, iedereen

TOEGANG: dict[str, Regel] = {
    "kaart:contact": iedereen(),
    "kaart:contact_dank": iedereen(),
    **dict.fromkeys(["kaart:contact_stand", "kaart:contact_intrekken"], iedereen()),  # whoever has the link
    "kaart:dekking": iedereen(),
    "kaart:witte_vlekken": alleen("kernteamlid"),
    "kaart:vragen": alleen(*MEDEWERKERS),
    "kaart:vraag": alleen(*EIGEN_INITIATIEF),
}


def argumenten(initiatief: Initiatief, begeleider: Gebruiker) -> dict[str, dict]:
    """Ask begeleider's initiative something, and return the keyword arguments of every address."""
    vraag = maak_vraag(initiatief)
    with als_gebruiker(begeleider.pk):
        plek = Contactplek.objects.get()
    met_link = {"token": vraag.token}
    return {"kaart:contact_stand": met_link, "kaart:contact_intrekken": met_link} | {"kaart:vraag": {"pk": plek.pk}}
