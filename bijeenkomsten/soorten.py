"""Which kinds of meetings there are, for whom each is meant and who gets an invitation.

Source: the route chart 2023-2024, section on meetings, and issue 7. The one place that holds this.
"""

from django.db import models


class Soort(models.TextChoices):
    LANDELIJK = "landelijk", "Landelijke bijeenkomst"
    FYSIEK = "fysiek", "Fysieke bijeenkomst"
    ONLINE = "online", "Online bijeenkomst"
    REGIO = "regio", "Regiobijeenkomst"
    THEMA = "thema", "Themabijeenkomst"
    OP_BEZOEK = "op_bezoek", "Op bezoek"


class Kring(models.TextChoices):
    """A group of people that is invited as a whole."""

    LEDEN = "leden", "medewerkers van aangesloten initiatieven"
    NIEUWEN = "nieuwen", "medewerkers van initiatieven die zich hebben aangemeld"
    VERBONDGENOTEN = "verbondgenoten", "verbondgenoten"
    BELANGSTELLENDEN = "belangstellenden", "wie belangstelling heeft laten weten"


DOELGROEP: dict[str, str] = {
    Soort.LANDELIJK: "Voor iedereen van het collectief: aangesloten en nieuwe initiatieven, en onze verbondgenoten.",
    Soort.FYSIEK: "Voor aangesloten initiatieven. Is jouw initiatief nieuw? Dan ben je ook welkom.",
    Soort.ONLINE: "Voor aangesloten initiatieven. Is jouw initiatief nieuw? Dan ben je ook welkom.",
    Soort.REGIO: "Voor initiatieven uit één regio en de verbondgenoten daar.",
    Soort.THEMA: "Voor wie met dit thema verder wil.",
    Soort.OP_BEZOEK: "Voor een kleine groep die bij een initiatief langsgaat.",
}

# Whom "the whole group" is. For a region: the initiatives that are there; where an ally is, we do not know.
# A visit is for a small group: who wants to come says so herself, or is invited by name.
GENODIGDE_KRINGEN: dict[str, tuple[str, ...]] = {
    Soort.LANDELIJK: (Kring.LEDEN, Kring.NIEUWEN, Kring.VERBONDGENOTEN),
    Soort.FYSIEK: (Kring.LEDEN,),
    Soort.ONLINE: (Kring.LEDEN,),
    Soort.REGIO: (Kring.LEDEN, Kring.NIEUWEN),
    Soort.THEMA: (Kring.BELANGSTELLENDEN,),
    Soort.OP_BEZOEK: (),
}

# Who may come without being invited first.
WELKOME_KRINGEN: dict[str, tuple[str, ...]] = {
    Soort.LANDELIJK: (Kring.LEDEN, Kring.NIEUWEN, Kring.VERBONDGENOTEN),
    Soort.FYSIEK: (Kring.LEDEN, Kring.NIEUWEN),
    Soort.ONLINE: (Kring.LEDEN, Kring.NIEUWEN),
    Soort.REGIO: (Kring.LEDEN, Kring.NIEUWEN, Kring.VERBONDGENOTEN),
    Soort.THEMA: (Kring.LEDEN, Kring.NIEUWEN, Kring.VERBONDGENOTEN),
    Soort.OP_BEZOEK: (Kring.LEDEN, Kring.NIEUWEN),
}
