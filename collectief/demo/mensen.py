"""Invented people with an account: staff of initiatives, core team, admins and allies."""

from datetime import timedelta

from django.utils.text import slugify

from collectief.demo.accounts import ACCOUNT_VAN, Demoaccount
from collectief.demo.opslag import Opslag
from collectief.demo.plekken import Plek
from collectief.demo.toeval import Toeval
from collectief.demo.woorden import namen
from collectief.gebruikers.models import Gebruiker, Rol

ZONDER_WACHTWOORD = "!demo"  # nobody can sign in as these people
LANDELIJK = {Rol.Soort.KERNTEAM: 5, Rol.Soort.BEHEERDER: 3, Rol.Soort.VERBONDGENOOT: 12}
MEESTE_BEGELEIDERS = 4


def bemens(toeval: Toeval, opslag: Opslag, plek: Plek, *, is_van_demo: bool) -> None:
    """Give an initiative its coördinator and counsellors; the demo initiative has the demo accounts in front."""
    coordinator = ACCOUNT_VAN[Rol.Soort.COORDINATOR] if is_van_demo else None
    begeleider = ACCOUNT_VAN[Rol.Soort.BEGELEIDER] if is_van_demo else None
    aantal = MEESTE_BEGELEIDERS if is_van_demo else toeval.randint(2, MEESTE_BEGELEIDERS)
    plek.coordinator = _nieuw(toeval, opslag, coordinator)
    plek.begeleiders = [_nieuw(toeval, opslag, begeleider if nummer == 0 else None) for nummer in range(aantal)]
    _geef_rol(toeval, opslag, plek.coordinator, Rol.Soort.COORDINATOR, plek.id)
    for gebruiker in plek.begeleiders:
        _geef_rol(toeval, opslag, gebruiker, Rol.Soort.BEGELEIDER, plek.id)


def maak_landelijk(toeval: Toeval, opslag: Opslag) -> dict[Rol.Soort, list[int]]:
    """Core team, admins and allies, the demo account first; return their keys per role."""
    mensen: dict[Rol.Soort, list[int]] = {}
    for soort, aantal in LANDELIJK.items():
        mensen[soort] = [_nieuw(toeval, opslag, ACCOUNT_VAN[soort] if nr == 0 else None) for nr in range(aantal)]
        for gebruiker in mensen[soort]:
            _geef_rol(toeval, opslag, gebruiker, soort, None)
    return mensen


def _nieuw(toeval: Toeval, opslag: Opslag, account: Demoaccount | None) -> int:
    sleutel = opslag.sleutel(Gebruiker)
    naam = account.naam if account else f"{toeval.choice(namen.VOORNAMEN)} {toeval.choice(namen.ACHTERNAMEN)}"
    opslag.voeg_toe(
        Gebruiker,
        id=sleutel,
        naam=naam,
        email=account.email if account else f"{slugify(naam)}.{sleutel}@voorbeeld.example",
        password=ZONDER_WACHTWOORD,
    )
    return sleutel


def _geef_rol(toeval: Toeval, opslag: Opslag, gebruiker: int, soort: Rol.Soort, initiatief: int | None) -> None:
    van = toeval.vandaag - timedelta(days=toeval.randint(200, 2_000))
    opslag.voeg_toe(Rol, gebruiker_id=gebruiker, soort=soort, initiatief_id=initiatief, van=van)
