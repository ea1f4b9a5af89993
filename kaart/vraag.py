"""What can be asked of the map, from where, and how that stands in an address."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from collectief.geo.rd import LAT_BEREIK, LON_BEREIK
from collectief.geo.register import PUNT, Doel
from collectief.geo.zoeken import Gevonden, Onbekend, Uitkomst, zoek
from kaart.filters import woorden

HEEL_NEDERLAND = "nl"
STRALEN = [
    ("5", "binnen 5 km"),
    ("10", "binnen 10 km"),
    ("25", "binnen 25 km"),
    ("50", "binnen 50 km"),
    (HEEL_NEDERLAND, "heel Nederland"),
]
STRAAL = "25"
RUIM = 50  # from the middle of a province to most of its edges


@dataclass(frozen=True)
class Vraag:
    """A question to the map that is certainly well formed. `straal` is in km; None is the whole country.

    It is asked from a name or postcode (`q`) or from a rounded point (`bij`, "52.14,6.20"). `keuzes` holds per filter
    of `kaart.filters` the chosen values.
    """

    q: str = ""
    bij: str = ""
    straal: int | None = int(STRAAL)
    leeftijd: int | None = None
    plek: bool = False
    online: bool = False
    keuzes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pagina: int = 1

    @property
    def heeft_filters(self) -> bool:
        return self.plek or self.leeftijd is not None or bool(self.keuzes)

    @cached_property
    def kern(self) -> Vraag:
        """What is asked, apart from where: many people share it."""
        return replace(self, q="", bij="", pagina=1)

    def delen(self) -> list[tuple[str, object]]:
        """Return the parameters of this question, as they stand in an address."""
        delen: list[tuple[str, object]] = [("bij", self.bij) if self.bij else ("q", self.q)]
        delen.append(("straal", self.straal or HEEL_NEDERLAND))
        if self.leeftijd is not None:
            delen.append(("leeftijd", self.leeftijd))
        delen += [(naam, 1) for naam in ("plek", "online") if getattr(self, naam)]
        delen += [(naam, waarde) for naam, waarden in self.keuzes for waarde in waarden]
        if self.pagina > 1:
            delen.append(("pagina", self.pagina))
        return delen

    def adres(self, **anders: object) -> str:
        """Return the query string of this question, with these parts changed: `?q=3511&straal=25`."""
        return "?" + urlencode(replace(self, **anders).delen() if anders else self.delen())

    def zonder(self, naam: str, waarde: str = "") -> Vraag:
        """The same question without one filter, or without one value of it; from the first page."""
        if naam in ("leeftijd", "plek", "online"):
            return replace(self, pagina=1, **{naam: None if naam == "leeftijd" else False})
        over = [
            (ander, tuple(w for w in waarden if ander != naam or (waarde and w != waarde)))
            for ander, waarden in self.keuzes
        ]
        return replace(self, pagina=1, keuzes=tuple((ander, waarden) for ander, waarden in over if waarden))

    @property
    def als_json(self) -> str:
        """The chosen values, for the dots on the map."""
        return json.dumps(dict(self.keuzes), separators=(",", ":"))

    @property
    def waar(self) -> str:
        return f"binnen {self.straal} km van" if self.straal else "in heel Nederland, gezien vanaf"

    @property
    def losse_filters(self) -> list[tuple[str, str]]:
        """Each filter in words, with the address of the question without it."""
        filters = []
        if self.leeftijd is not None:
            filters.append((f"{self.leeftijd} jaar", self.zonder("leeftijd").adres()))
        if self.plek:
            filters.append(("plek vrij", self.zonder("plek").adres()))
        if self.online:
            filters.append(("online", self.zonder("online").adres()))
        return filters + [
            (woorden(naam, waarde), self.zonder(naam, waarde).adres())
            for naam, waarden in self.keuzes
            for waarde in waarden
        ]

    @property
    def zonder_filters(self) -> Vraag:
        return replace(self, leeftijd=None, plek=False, online=False, keuzes=(), pagina=1)

    @property
    def eerste(self) -> str:
        return self.adres(pagina=1)

    @property
    def volgende(self) -> str:
        return self.adres(pagina=self.pagina + 1)

    @property
    def vorige(self) -> str:
        return self.adres(pagina=max(self.pagina - 1, 1))


def zoek_vraag(vraag: Vraag) -> Uitkomst:
    """Find the point that a question is about."""
    if not vraag.bij:
        return zoek(vraag.q)
    lat, lon = map(float, vraag.bij.split(","))
    if not (LAT_BEREIK[0] <= lat <= LAT_BEREIK[1] and LON_BEREIK[0] <= lon <= LON_BEREIK[1]):
        return Onbekend("", "Dat punt ligt buiten Nederland. Typ een postcode of de naam van een plaats.")
    return Gevonden(Doel(PUNT, vraag.bij, "", "", lat, lon), vraag.bij)


def voor_adres(vraag: Vraag, uitkomst: Uitkomst) -> Vraag:
    """The same question as it may stand in an address: without letters of a postcode, street or number of a house."""
    if vraag.bij or uitkomst.zoekterm in ("", vraag.q):
        return vraag
    return replace(vraag, q=uitkomst.zoekterm)
