"""What may be asked of the map. Every parameter of the address passes through here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from collectief.geo.namen import MAX_LENGTE, leesbaar
from collectief.geo.rd import LAT_BEREIK, LON_BEREIK
from collectief.getallen import als_getal
from initiatieven.models.initiatief import OUDSTE
from kaart.filters import FILTERS, OP_NAAM, woorden

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
LEEFTIJD = f"Vul een leeftijd in van 0 tot en met {OUDSTE} jaar."
LAATSTE_PAGINA = 1000
HOOGSTENS = 30  # places on a shortlist
DECIMALEN = 2  # of a degree: about a kilometre. The browser rounds first; what is finer is never kept.
COORDINATEN = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,20})?),(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)", re.ASCII)


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

    @property
    def punt(self) -> tuple[float, float] | None:
        """Latitude and longitude of `bij`, or None outside the Netherlands."""
        if not self.bij:
            return None
        lat, lon = map(float, self.bij.split(","))
        in_nederland = LAT_BEREIK[0] <= lat <= LAT_BEREIK[1] and LON_BEREIK[0] <= lon <= LON_BEREIK[1]
        return (lat, lon) if in_nederland else None

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


class MeerkeuzeField(forms.MultipleChoiceField):
    """Several values of a list; what is not on the list is not there."""

    def to_python(self, value) -> list[str]:
        gekozen = set(super().to_python(value))
        return [waarde for waarde, _ in self.choices if waarde in gekozen]


def filtervelden(**opties: object) -> dict[str, MeerkeuzeField]:
    """A field for every filter of `kaart.filters`."""
    return {
        filter_.naam: MeerkeuzeField(
            label=filter_.vraag, choices=list(filter_.keuzes.items()), required=False, **opties
        )
        for filter_ in FILTERS
    }


def gekozen_filters(schoon: dict) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was chosen in the fields of `filtervelden`, as a Vraag keeps it."""
    return tuple((naam, tuple(schoon[naam])) for naam in OP_NAAM if schoon[naam])


class ZoekForm(forms.Form):
    """The filters. Parameters that make no sense fall back to their default; an odd age gets a sentence."""

    straal = forms.ChoiceField(label="Afstand", choices=STRALEN)
    leeftijd = forms.IntegerField(
        label="Leeftijd",
        required=False,
        min_value=0,
        max_value=OUDSTE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"],
            f"{LEEFTIJD} We zochten nu voor alle leeftijden.",
        ),
    )
    plek = forms.BooleanField(label="Alleen waar nu plek is", required=False)
    online = forms.BooleanField(label="Alleen online", required=False)

    def __init__(self, parameters: QueryDict):
        straal = parameters.get("straal", "")
        super().__init__(
            {
                "straal": straal if straal in dict(STRALEN) else STRAAL,
                "leeftijd": parameters.get("leeftijd", ""),
                "plek": parameters.get("plek") in {"1", "on"},
                "online": parameters.get("online") in {"1", "on"},
                **{naam: parameters.getlist(naam) for naam in OP_NAAM},
            }
        )
        self.fields |= filtervelden()

    def vraag(self) -> Vraag:
        """Return what is asked, apart from where."""
        self.full_clean()
        schoon = self.cleaned_data
        straal = schoon["straal"]
        return Vraag(
            straal=None if straal == HEEL_NEDERLAND else int(straal),
            leeftijd=schoon.get("leeftijd"),
            plek=schoon["plek"],
            online=schoon["online"],
            keuzes=gekozen_filters(schoon),
        )


PARAMETERS = {"straal", "leeftijd", "plek", "online", *OP_NAAM}


class Lezing(NamedTuple):
    """What an address asks. `klacht` is a sentence about the age, `is_schoon` whether the address may stay as it is."""

    vraag: Vraag
    klacht: str
    is_schoon: bool


@lru_cache(maxsize=512)
def _kern(*filters: tuple[str, tuple[str, ...]]) -> tuple[Vraag, str]:
    """Read the filters of an address; the same few come back all the time."""
    form = ZoekForm(QueryDict(urlencode(filters, doseq=True)))
    vraag = form.vraag()
    return vraag, " ".join(form.errors.get("leeftijd", []))


def lees_vraag(parameters: QueryDict) -> Lezing:
    """Return what is asked, whatever stood in the address."""
    kern, klacht = _kern(*[(naam, tuple(waarden)) for naam, waarden in parameters.lists() if naam in PARAMETERS])
    q = leesbaar(parameters.get("q", "")[: MAX_LENGTE + 1])
    ruw = parameters.get("bij", "")
    bij = "" if q else _rond_af(ruw)
    vraag = replace(kern, q=q, bij=bij, pagina=_pagina(parameters.get("pagina", "")))
    vars(vraag)["kern"] = kern  # as the cached property would make it once more
    return Lezing(vraag, klacht, bij == ruw)


def _rond_af(tekst: str) -> str:
    """Keep of coordinates what is about a kilometre, and nothing of anything else."""
    if not (delen := COORDINATEN.fullmatch(tekst)):
        return ""
    return ",".join(f"{float(deel):.{DECIMALEN}f}" for deel in delen.groups())


def _pagina(tekst: str) -> int:
    return min(als_getal(tekst, 9999) or 1, LAATSTE_PAGINA)


class LijstField(forms.CharField):
    """Numbers of places with commas between them; anything else is passed over."""

    def clean(self, value) -> list[int]:
        delen = str(value or "").split(",")[:HOOGSTENS]
        return list(dict.fromkeys(nummer for deel in delen if (nummer := als_getal(deel)) is not None))


class LijstForm(forms.Form):
    """`?p=12,45&q=7201`: which places, and from where the distances count."""

    p = LijstField(required=False)
    q = forms.CharField(required=False)

    def __init__(self, parameters: QueryDict):
        nummers = ",".join(parameters.getlist("p"))  # a form without JavaScript sends each by itself
        super().__init__({"p": nummers, "q": leesbaar(parameters.get("q", "")[:MAX_LENGTE])})
        self.full_clean()

    @property
    def nummers(self) -> list[int]:
        return self.cleaned_data["p"]

    @property
    def vanaf(self) -> str:
        return self.cleaned_data.get("q", "")
