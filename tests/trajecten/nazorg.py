"""Aftercare with something to open at each of its addresses, for tests that go along all addresses."""

from collectief.gebruikers.models import Gebruiker
from trajecten.models import Agendalink, Contactmoment, Seintje, Traject


def vul_nazorg(traject: Traject, door: Gebruiker, contact: Contactmoment) -> dict[str, dict]:
    """Add what is missing as `door`, whom the database has to know; return the arguments of addresses by name."""
    seintje = Seintje.objects.create(traject=traject, voor="ouder", adres="ouder@voorbeeld.example", door=door)
    van_afspraak, van_contact = {"afspraak_pk": contact.afspraak_id}, {"contact_pk": contact.pk}
    return {
        **dict.fromkeys(["nazorg_data", "nazorg_stoppen"], van_afspraak),
        **dict.fromkeys(["contact", "contact_moment", "contact_anders"], van_contact),
        "seintje_weg": {"seintje_pk": seintje.pk},
    }


def geheime_links(door: Gebruiker, contact: Contactmoment) -> dict[str, dict]:
    """The addresses that name no trajectory, by their whole name; after `vul_nazorg`."""
    Agendalink.vernieuw(door.pk)
    return {
        "trajecten:contact_openen": {"contact_pk": contact.pk},
        "agenda_feed": {"token": Agendalink.objects.get().token},
        "seintje_stop": {"token": Seintje.objects.get().token},
    }
