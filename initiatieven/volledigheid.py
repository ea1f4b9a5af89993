"""What a page lacks for a parent who has to choose. A list that names it, and no percentage."""

from collections.abc import Callable

# What is missing in words, where on the form it is filled in, and how one sees that it is there.
PUNTEN: tuple[tuple[str, str, Callable[[object], object]], ...] = (
    ("of er plek is", "plek", lambda initiatief: initiatief.plekken.all()),
    ("wie jullie zijn", "dag", lambda initiatief: initiatief.omschrijving),
    ("hoe een dag eruitziet", "dag", lambda initiatief: initiatief.werkwijze),
    ("voor welke leeftijd het is", "wie", lambda initiatief: initiatief.leeftijd),
    ("wie zich bij jullie thuis voelt", "wie", lambda initiatief: initiatief.doelgroepen or initiatief.past_wel),
    ("wat hier niet past", "wie", lambda initiatief: initiatief.past_niet),
    ("of je er alleen of in een groep bent", "wie", lambda initiatief: initiatief.begeleiding),
    ("wie er op een dag zijn", "wie", lambda initiatief: initiatief.wie_er_zijn),
    ("wat je er kunt doen", "wie", lambda initiatief: initiatief.aanbod),
    ("hoe het betaald kan worden", "wie", lambda initiatief: initiatief.bekostiging),
    ("hoe je kennismaakt", "contact", lambda initiatief: initiatief.kennismaken),
    ("een telefoonnummer of e-mailadres", "contact", lambda initiatief: initiatief.telefoon or initiatief.email),
    ("waar jullie zijn", "waar", lambda initiatief: initiatief.locaties.all()),
    ("hoe je er komt", "waar", lambda initiatief: initiatief.reizen),
)


def ontbreekt(initiatief) -> list[tuple[str, str]]:
    """What is not filled in yet, each with the part of the form where it belongs. Reads `plekken` and `locaties`."""
    return [(wat, waar) for wat, waar, staat_er in PUNTEN if not staat_er(initiatief)]
