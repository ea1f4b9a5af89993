"""The five people that everyone may sign in as while trying things out."""

from dataclasses import dataclass

from collectief.gebruikers.models import Rol

WACHTWOORD = "samen onder de lindeboom"


@dataclass(frozen=True)
class Demoaccount:
    """One role, with somebody who holds it."""

    rol: Rol.Soort
    naam: str
    email: str
    te_zien: str


ACCOUNTS = (
    Demoaccount(Rol.Soort.BEGELEIDER, "Marit de Ruiter", "begeleider@voorbeeld.example", "vandaag, vijftien trajecten"),
    Demoaccount(Rol.Soort.COORDINATOR, "Karim Haddad", "coordinator@voorbeeld.example", "alle trajecten van de plek"),
    Demoaccount(Rol.Soort.KERNTEAM, "Wieke Postma", "kernteam@voorbeeld.example", "jaarplanning en bijeenkomsten"),
    Demoaccount(Rol.Soort.BEHEERDER, "Joost van Loon", "beheerder@voorbeeld.example", "aanmeldingen en toetsen"),
    Demoaccount(
        Rol.Soort.VERBONDGENOOT, "Anne Brouwers", "verbondgenoot@voorbeeld.example", "landelijke bijeenkomsten"
    ),
)
ACCOUNT_VAN = {account.rol: account for account in ACCOUNTS}
