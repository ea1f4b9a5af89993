"""What makes a form come back.

What a visitor sees, and whoever has a link, stands in a table by the name of its address: `test_tweede_stand.py` sends
a long word to every form there is, and these besides. Behind a role every form is found where it stands, on its page:
whoever adds one there has nothing to add here.
"""

from html.parser import HTMLParser
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


# --- Behind a role ----------------------------------------------------------------------------------------------------

# What nobody can accept, by what kind of field it is; in a field for words one after another, until one is refused:
# a word too long for a phone with a number that we never keep, nothing at all, and more than fits.
ONZIN = dict.fromkeys(("checkbox", "radio", "select"), "onzin") | {"number": "veel", "date": "ooit", "time": "laat"}
WOORDEN = (f"{LANG * 3} 111222333", "", "x" * 30_001)
STIL = ("hidden", "submit", "button")
# A few buttons with at most a short note, that say above the page what did not work.
ZEGT_HET_BOVENAAN = {"initiatieven:gebeld", "initiatieven:melding_klaar", "bijeenkomsten:antwoord_van"}
KAN_NIET_MIS = {"bijeenkomsten:prikdatum_kies"}  # two ticks, each of which may be there or not


class Veld(NamedTuple):
    naam: str
    soort: str
    waarde: str
    is_eerste_keus: bool = False  # the one button that is not quiet


class Formulier(NamedTuple):
    """Where it goes; empty for the page itself. What stands in it in the order of the page."""

    naar: str
    velden: list[Veld]

    @property
    def vraagt_iets(self) -> bool:
        return any(veld.soort not in STIL for veld in self.velden)

    @property
    def knoppen(self) -> list[Veld]:
        return [veld for veld in self.velden if veld.soort in STIL[1:]]

    def met_knop(self, knop: Veld) -> dict[str, str]:
        """What a browser sends of it when nobody fills anything in and presses this."""
        vast = [veld for veld in self.velden if veld.soort == "hidden"]
        return {veld.naam: veld.waarde for veld in [*vast, knop] if veld.naam}

    def met(self, woord: str) -> dict[str, str]:
        """What a browser sends of it when every field holds nonsense, and every field for words this."""
        knop = next((een for een in self.knoppen if een.is_eerste_keus), self.knoppen[-1])
        return {
            veld.naam: veld.waarde if veld.soort in STIL else ONZIN.get(veld.soort, woord)
            for veld in self.velden
            if veld.naam and veld.soort != "file" and (veld not in self.knoppen or veld is knop)
        }


class Formulieren(HTMLParser):
    """The forms of a page by which something changes."""

    def __init__(self, tekst: str) -> None:
        super().__init__()
        self.alle: list[Formulier] = []
        self._open = False
        self.feed(tekst)

    def handle_starttag(self, tag, attrs) -> None:
        eigen = dict(attrs)
        if tag == "form" and eigen.get("method") == "post":
            self.alle.append(Formulier(eigen.get("action", ""), []))
            self._open = True
        elif self._open and tag in {"input", "select", "textarea", "button"}:
            soort = eigen.get("type", tag)
            veld = Veld(eigen.get("name", ""), soort, eigen.get("value", ""), eigen.get("class") == "knop")
            self.alle[-1].velden.append(veld)

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self._open = False
