"""What makes a form come back that a long word in every field does not, by the name of its address.

`test_tweede_stand.py` sends that word to every form there is, and these besides. One table is of what a visitor sees
and whoever has a link, the other of what stands behind a role.
"""

from typing import NamedTuple

LANG = "Zorgboerderijontwikkelingswerkplaats"  # a word for which a phone has no room
GETYPT = (
    *("naam", "titel", "tekst", "omschrijving", "bericht", "email", "adres", "plaats", "roepnaam", "waarom", "woorden"),
    *("soort", "wie"),  # of a choice that is none, the page repeats what was sent
)
OVERAL = dict.fromkeys(GETYPT, LANG * 3)


class Poging(NamedTuple):
    """One form, and what is sent to it."""

    naam: str
    velden: dict[str, str | list[str]] = OVERAL
    vraag: str = ""  # what stands behind the address
    anders: dict[str, str] = {}  # parts of the address


PUBLIEK = [
    Poging("kaart:contact", vraag="?plek=de-wilgenhoek"),
    Poging("kaart:alarm_nieuw", vraag="?q=3511&straal=25"),
    Poging("bijeenkomsten:antwoord", {"antwoord": LANG}),
    Poging("bijeenkomsten:prikken", {"naam": ""}),
    *(
        Poging("initiatieven:verder_stap", anders={"stap": stap})
        for stap in ("begin", "plek", "jongeren", "herkenning")
    ),
]
ACHTER_EEN_ROL: list[Poging] = []
