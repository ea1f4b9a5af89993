"""A question for the agenda: what may happen to it when, and what stands in the way.

A question is never lost: what was not reached moves on, and what was merged is answered with the question it went into.
"""

from django.db.models import TextChoices


class Vraagstand(TextChoices):
    INGEBRACHT = "ingebracht", "ingebracht"
    GEPLAATST = "geplaatst", "staat in het programma"
    BESPROKEN = "besproken", "is besproken"
    BEANTWOORD = "beantwoord", "heeft een antwoord"
    SAMENGEVOEGD = "samengevoegd", "hoort nu bij een andere vraag"
    INGETROKKEN = "ingetrokken", "is ingetrokken"


class Vraagstap(TextChoices):
    PLAATS = "plaats", "in het programma zetten"
    HAAL_AF = "haal_af", "uit het programma halen"
    BESPREEK = "bespreek", "noteren dat hij besproken is"
    NOG_NIET = "nog_niet", "noteren dat hij nog niet besproken is"
    BEANTWOORD = "beantwoord", "het antwoord opschrijven"
    SCHUIF_DOOR = "schuif_door", "doorschuiven"
    VOEG_SAMEN = "voeg_samen", "samenvoegen"
    TREK_IN = "trek_in", "intrekken"


class Hulp(TextChoices):
    """What the asker hopes for."""

    MEEDENKEN = "meedenken", "meedenken"
    ERVARING = "ervaring", "ervaringen horen"
    KENNIS = "kennis", "iemand die hier veel van weet"
    CONTACT = "contact", "een contact of een ingang"
    BESLUIT = "besluit", "samen iets besluiten"


Stand, Stap = Vraagstand, Vraagstap
LOPEND = (Stand.INGEBRACHT, Stand.GEPLAATST)
AAN_BOD = (Stand.BESPROKEN, Stand.BEANTWOORD)  # with minutes, these had a place at the table

# Step: from which states, to which state. Placing a placed question changes its minutes; an answer can be improved.
STAPPEN: dict[Stap, tuple[tuple[Stand, ...], Stand]] = {
    Stap.PLAATS: ((Stand.INGEBRACHT, Stand.GEPLAATST), Stand.GEPLAATST),
    Stap.HAAL_AF: ((Stand.GEPLAATST,), Stand.INGEBRACHT),
    Stap.BESPREEK: ((Stand.GEPLAATST,), Stand.BESPROKEN),
    Stap.NOG_NIET: ((Stand.BESPROKEN,), Stand.GEPLAATST),
    Stap.BEANTWOORD: ((Stand.INGEBRACHT, Stand.GEPLAATST, Stand.BESPROKEN, Stand.BEANTWOORD), Stand.BEANTWOORD),
    Stap.SCHUIF_DOOR: ((Stand.INGEBRACHT, Stand.GEPLAATST), Stand.INGEBRACHT),
    Stap.VOEG_SAMEN: ((Stand.INGEBRACHT, Stand.GEPLAATST), Stand.SAMENGEVOEGD),
    Stap.TREK_IN: ((Stand.INGEBRACHT, Stand.GEPLAATST), Stand.INGETROKKEN),
}


def kan(stand: str, stap: Stap) -> bool:
    return stand in STAPPEN[stap][0]


def belemmering(stand: str, stap: Stap) -> str:
    """Return what stands in the way of this step, as a sentence; empty when nothing does."""
    if kan(stand, stap):
        return ""
    return f"Dit kan nu niet: deze vraag {_nu(Stand(stand))}."


def _nu(stand: Stand) -> str:
    return "is ingebracht" if stand == Stand.INGEBRACHT else stand.label


def samenvoegen_kan_niet(*, is_zelfde: bool, stand_van_ander: str, even_vertrouwelijk: bool) -> str:
    """Return why a question cannot become part of another one; empty when it can."""
    if is_zelfde:
        return "Kies een andere vraag om bij te voegen."
    if stand_van_ander not in LOPEND:
        return "Bij die vraag kan niets meer bijgevoegd worden. Kies een vraag die nog loopt."
    if not even_vertrouwelijk:
        return "Een vertrouwelijke vraag en een open vraag kunnen niet samen: niet dezelfde mensen mogen ze lezen."
    return ""
