"""Which changes to a public page wait for an admin, and which are public at once. Knows no database.

Weighty is what membership rests on and what parents choose by: the name, the ages, the approach and the place.
Telephone, opening hours, room and the rest are true at once, because a page that waits for us would only grow old.
"""

from django.db.models import TextChoices


class Onderdeel(TextChoices):
    """What can wait: some fields that only make sense together, or a place."""

    NAAM = "naam", "Naam"
    LEEFTIJD = "leeftijd", "Leeftijd"
    AANPAK = "aanpak", "Aanpak"
    PLEK = "plek", "Plek"


class Wijzigingsstand(TextChoices):
    """How a weighty change stands."""

    WACHT = "wacht", "wacht op een beheerder"
    DOORGEVOERD = "doorgevoerd", "doorgevoerd"
    NIET_DOORGEVOERD = "niet_doorgevoerd", "niet doorgevoerd"
    INGETROKKEN = "ingetrokken", "ingetrokken"


VELDEN: dict[Onderdeel, tuple[str, ...]] = {
    Onderdeel.NAAM: ("naam",),
    Onderdeel.LEEFTIJD: ("leeftijd_van", "leeftijd_tot"),
    Onderdeel.AANPAK: ("domein", "werkwijze"),
}
ZWARE_VELDEN = frozenset(veld for velden in VELDEN.values() for veld in velden)
LOCATIEVELDEN = (
    "naam",
    "is_online",
    "is_landelijk",
    "nauwkeurigheid",
    "pc4",
    "plaats",
    "provincie",
    "adres",
    "lat",
    "lon",
)
LEEG = (None, "", [])
# Of a place, once it was decided.
BLIJFT_BEWAARD = ("naam", "is_online", "is_landelijk", "nauwkeurigheid", "plaats", "provincie")


def is_zwaar(veld: str) -> bool:
    """Tell whether a change to this field of an initiative waits for an admin while its page is public."""
    return veld in ZWARE_VELDEN


def is_anders(oud: object, nieuw: object) -> bool:
    """Tell whether two values of a field say something else.

    The order of a list, the way a line is broken, and the last decimals of a degree are no difference.
    """
    if isinstance(oud, str) and isinstance(nieuw, str):
        return "\n".join(oud.split("\r\n")).strip() != "\n".join(nieuw.split("\r\n")).strip()
    if isinstance(oud, list) and isinstance(nieuw, list):
        return sorted(oud) != sorted(nieuw)
    if isinstance(oud, float) and isinstance(nieuw, float):
        return round(oud, 5) != round(nieuw, 5)
    return oud != nieuw and not (oud in LEEG and nieuw in LEEG)
