"""What the front page tells: counted and chosen when places are published, so that a visit asks no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from initiatieven.models import Plekverhaal
from kaart.openbaar import Regel

VERHALEN = 3
WOORDEN = 40  # of a story; its own page has the rest
EXACT_VANAF = 10  # below this a number says more about one place than about all


class Begin(NamedTuple):
    """How a story of a place begins."""

    titel: str
    begin: str
    initiatief: str
    adres: str


class Voorpagina(NamedTuple):
    """How many there are, and a few stories; nothing as long as nothing was published."""

    initiatieven: int = 0
    provincies: int = 0
    met_plek: int = 0
    verhalen: tuple[Begin, ...] = ()

    @property
    def telt(self) -> bool:
        """Whether there are enough places to name a number."""
        return self.initiatieven >= EXACT_VANAF

    @property
    def met_plek_tekst(self) -> str:
        """At how many there is room now, in words where the number is small."""
        if self.met_plek >= EXACT_VANAF:
            return str(self.met_plek)
        return "een paar" if self.met_plek else ""


def schrijf_voorpagina(regels: list[Regel]) -> bytes:
    """Return the numbers of these places, and the newest story of each of the last few initiatives that told one."""
    voorpagina = {
        "initiatieven": len({regel.initiatief_id for regel in regels}),
        "provincies": len({regel.provincie for regel in regels} - {""}),
        "met_plek": len({regel.initiatief_id for regel in regels if regel.vrij}),
        "verhalen": [
            (verhaal.titel, verhaal.begin(WOORDEN), verhaal.initiatief.naam, verhaal.get_absolute_url())
            for verhaal in Plekverhaal.objects.vindbaar().nieuwste_per_plek()[:VERHALEN]
        ],
    }
    return json.dumps(voorpagina, ensure_ascii=False).encode()


def lees_voorpagina(pad: Path) -> Voorpagina:
    """Return what was written at `pad`."""
    gelezen = json.loads(pad.read_bytes())
    return Voorpagina(**gelezen | {"verhalen": tuple(Begin(*verhaal) for verhaal in gelezen["verhalen"])})
