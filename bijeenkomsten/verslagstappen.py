"""A report on its way from draft to approved, and who reads which part of it."""

from django.db.models import TextChoices

MEESTE_WOORDEN = 150  # of what changes, so that it is read in a minute


class Verslagstand(TextChoices):
    CONCEPT = "concept", "concept"
    TER_INZAGE = "ter_inzage", "ligt voor"
    VASTGESTELD = "vastgesteld", "vastgesteld"


class Verslagstap(TextChoices):
    LEG_VOOR = "leg_voor", "voorleggen"
    HAAL_TERUG = "haal_terug", "terughalen"
    STEL_VAST = "stel_vast", "vaststellen"


class Lezers(TextChoices):
    OPENBAAR = "openbaar", "iedereen"
    LEDEN = "leden", "leden en genodigden"
    KERNTEAM = "kernteam", "alleen het kernteam"


class Raakt(TextChoices):
    """For whom a decision changes something."""

    IEDEREEN = "iedereen", "iedereen"
    INITIATIEVEN = "initiatieven", "initiatieven"
    VERBONDGENOTEN = "verbondgenoten", "verbondgenoten"
    KERNTEAM = "kernteam", "het kernteam"


STAPPEN: dict[Verslagstap, tuple[Verslagstand, Verslagstand]] = {
    Verslagstap.LEG_VOOR: (Verslagstand.CONCEPT, Verslagstand.TER_INZAGE),
    Verslagstap.HAAL_TERUG: (Verslagstand.TER_INZAGE, Verslagstand.CONCEPT),
    Verslagstap.STEL_VAST: (Verslagstand.TER_INZAGE, Verslagstand.VASTGESTELD),
}


def belemmering(stand: str, stap: Verslagstap, *, is_leeg: bool, open_reacties: int) -> str:
    """Return what stands in the way of this step, as a sentence; empty when nothing does."""
    if stand != STAPPEN[stap][0]:
        return f"Dit kan nu niet. Het verslag is nu: {Verslagstand(stand).label}."
    if is_leeg:
        return "Er staat nog niets in het verslag. Schrijf eerst een deel, een besluit of een actie."
    if stap == Verslagstap.STEL_VAST and open_reacties:
        over = "één reactie" if open_reacties == 1 else f"{open_reacties} reacties"
        return f"Er is nog niet gekeken naar {over}. Vink eerst af wat verwerkt is."
    return ""


def lezers_voor(*, is_kernteam: bool, leest_mee: bool) -> list[str]:
    """Which parts somebody reads; `leest_mee` is a member, or somebody who was invited."""
    if is_kernteam:
        return list(Lezers.values)
    return [Lezers.OPENBAAR, Lezers.LEDEN] if leest_mee else [Lezers.OPENBAAR]
