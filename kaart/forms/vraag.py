"""What may be asked of the map. Every parameter of the address passes through here."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from collectief.geo.namen import MAX_LENGTE, leesbaar
from collectief.getallen import als_getal
from initiatieven.models.initiatief import OUDSTE
from kaart.filters import FILTERS, OP_NAAM
from kaart.vraag import HEEL_NEDERLAND, STRAAL, STRALEN, Vraag, voor_adres, zoek_vraag

LEEFTIJD = f"Vul een leeftijd in van 0 tot en met {OUDSTE} jaar."
LAATSTE_PAGINA = 1000
DECIMALEN = 2  # of a degree: about a kilometre. The browser rounds first; what is finer is never kept.
COORDINATEN = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,20})?),(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)", re.ASCII)


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


def schoon_adres(parameters: QueryDict) -> str:
    """Return the address of a question, without letters of a postcode or a street; an odd age stays, to be told of."""
    vraag, klacht, _ = lees_vraag(parameters)
    adres = voor_adres(vraag, zoek_vraag(vraag)).adres()
    return f"{adres}&{urlencode({'leeftijd': parameters['leeftijd'][:3]})}" if klacht else adres
