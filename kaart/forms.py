"""What may be asked of the map. Every parameter of the address passes through here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from collectief.geo.namen import MAX_LENGTE, leesbaar

HEEL_NEDERLAND = "nl"
STRALEN = [
    ("5", "binnen 5 km"),
    ("10", "binnen 10 km"),
    ("25", "binnen 25 km"),
    ("50", "binnen 50 km"),
    (HEEL_NEDERLAND, "heel Nederland"),
]
STRAAL = "25"
OUDSTE = 30  # years
LAATSTE_PAGINA = 1000


@dataclass(frozen=True)
class Vraag:
    """A question to the map that is certainly well formed. `straal` is in km; None is the whole country."""

    q: str = ""
    straal: int | None = int(STRAAL)
    leeftijd: int | None = None
    plek: bool = False
    pagina: int = 1

    @property
    def heeft_filters(self) -> bool:
        return self.plek or self.leeftijd is not None

    def adres(self, **anders: object) -> str:
        """Return the query string of this question, with these parts changed: `?q=3511&straal=25`."""
        vraag = replace(self, **anders)
        delen: dict[str, object] = {"q": vraag.q, "straal": vraag.straal or HEEL_NEDERLAND}
        if vraag.leeftijd is not None:
            delen["leeftijd"] = vraag.leeftijd
        if vraag.plek:
            delen["plek"] = 1
        if vraag.pagina > 1:
            delen["pagina"] = vraag.pagina
        return "?" + urlencode(delen)

    @property
    def waar(self) -> str:
        return f"binnen {self.straal} km van" if self.straal else "in heel Nederland, gezien vanaf"

    @property
    def ruimer(self) -> str:
        """The same question with the next larger distance, or nothing when it is the whole country already."""
        groter = [int(km) for km, _ in STRALEN[:-1] if self.straal and int(km) > self.straal]
        return self.adres(straal=groter[0] if groter else None, pagina=1) if self.straal else ""

    @property
    def losse_filters(self) -> list[tuple[str, str]]:
        """Each filter in words, with the address of the question without it."""
        filters = []
        if self.leeftijd is not None:
            filters.append((f"{self.leeftijd} jaar", self.adres(leeftijd=None, pagina=1)))
        if self.plek:
            filters.append(("plek vrij", self.adres(plek=False, pagina=1)))
        return filters

    @property
    def zonder_filters(self) -> str:
        return self.adres(leeftijd=None, plek=False, pagina=1)

    @property
    def volgende(self) -> str:
        return self.adres(pagina=self.pagina + 1)

    @property
    def vorige(self) -> str:
        return self.adres(pagina=max(self.pagina - 1, 1))


class ZoekwoordField(forms.CharField):
    """Text from a stranger: what cannot be seen is taken out, and length is judged where it can be explained."""

    def to_python(self, value) -> str:
        return leesbaar(super().to_python(value)[: MAX_LENGTE + 1])


class ZoekForm(forms.Form):
    """The search form. Parameters that make no sense fall back to their default; an odd age gets a sentence."""

    q = ZoekwoordField(
        label="Postcode of plaats",
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "maxlength": MAX_LENGTE,
                "autocomplete": "postal-code",
                "enterkeyhint": "search",
                "spellcheck": "false",
            }
        ),
    )
    straal = forms.ChoiceField(label="Afstand", choices=STRALEN)
    leeftijd = forms.IntegerField(
        label="Leeftijd",
        required=False,
        min_value=0,
        max_value=OUDSTE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"],
            f"Vul een leeftijd in van 0 tot en met {OUDSTE} jaar. We zochten nu voor alle leeftijden.",
        ),
    )
    plek = forms.BooleanField(label="Alleen waar nu plek is", required=False)

    def __init__(self, parameters: QueryDict):
        straal = parameters.get("straal", "")
        super().__init__(
            {
                "q": parameters.get("q", ""),
                "straal": straal if straal in dict(STRALEN) else STRAAL,
                "leeftijd": parameters.get("leeftijd", ""),
                "plek": parameters.get("plek") in {"1", "on"},
            }
        )
        self._pagina = parameters.get("pagina", "")

    def vraag(self) -> Vraag:
        """Return what is asked, whatever stood in the address."""
        self.full_clean()
        schoon = self.cleaned_data
        straal, pagina = schoon["straal"], self._pagina
        is_pagina = pagina.isascii() and pagina.isdecimal() and len(pagina) < 5
        return Vraag(
            q=schoon.get("q", ""),
            straal=None if straal == HEEL_NEDERLAND else int(straal),
            leeftijd=schoon.get("leeftijd"),
            plek=schoon["plek"],
            pagina=min(max(int(pagina), 1), LAATSTE_PAGINA) if is_pagina else 1,
        )
