"""Who may open the addresses of the map that tests/test_toegang.py does not name itself, and what these need."""

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.models import Initiatief
from kaart.models import Contactplek
from tests.kaart.vragen import maak_alarm, maak_vraag
from tests.toegang import EIGEN_INITIATIEF, MEDEWERKERS, Regel, alleen, iedereen

TOEGANG: dict[str, Regel] = {
    "kaart:contact": iedereen(),
    "kaart:contact_dank": iedereen(),
    **dict.fromkeys(["kaart:contact_stand", "kaart:contact_intrekken"], iedereen()),  # whoever has the link
    **dict.fromkeys(["kaart:alarm_nieuw", "kaart:alarm_dank", "kaart:alarm", "kaart:alarm_stop"], iedereen()),
    **dict.fromkeys(["kaart:lijstje", "kaart:vergelijken", "kaart:hulp"], iedereen()),
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
    alarm = {"token": maak_alarm().token}
    met_link = {"token": vraag.token}
    links = {"kaart:alarm": alarm, "kaart:alarm_stop": alarm}
    return (
        links
        | {"kaart:contact_stand": met_link, "kaart:contact_intrekken": met_link}
        | {"kaart:vraag": {"pk": plek.pk}}
    )
