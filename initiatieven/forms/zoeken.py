"""What may be asked of the directory. Every parameter of the address passes through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from collectief.geo.doorsturen import plaats_in_adres
from collectief.geo.namen import MAX_LENGTE, leesbaar, zonder_huis
from collectief.getallen import als_getal
from initiatieven.facetten import Facet
from initiatieven.forms.velden import zoekveld
from initiatieven.vinden import FACETTEN, Tellingen

NAAM, AFSTAND = "naam", "afstand"
LAATSTE_BLADZIJDE = 1000


@dataclass(frozen=True)
class Vraag:
    """A question to the directory that is certainly well formed."""

    q: str = ""
    bij: str = ""
    sorteer: str = NAAM
    gekozen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    bladzijde: int = 1

    def adres(self, **anders: object) -> str:
        """The query string of this question with these parts changed; only what is not the default stands in it."""
        vraag = replace(self, **{"bladzijde": 1, **anders})
        delen = [("q", vraag.q), ("bij", vraag.bij), ("sorteer", vraag.sorteer if vraag.sorteer != NAAM else "")]
        delen += [(facet, waarde) for facet, waarden in vraag.gekozen.items() for waarde in sorted(waarden)]
        delen.append(("pagina", vraag.bladzijde if vraag.bladzijde > 1 else ""))
        return "?" + urlencode([(naam, waarde) for naam, waarde in delen if waarde])

    @property
    def losse_filters(self) -> list[tuple[str, str]]:
        """Each filter in words, with the address of the question without it."""
        los = [(f"“{self.q}”", self.adres(q=""))] if self.q else []
        los += [(f"bij {self.bij}", self.adres(bij="", sorteer=NAAM))] if self.bij else []
        for facet in FACETTEN:
            waarden = self.gekozen.get(facet.naam, frozenset())
            for waarde in (waarde for waarde in facet.keuzes if waarde in waarden):
                rest = {**self.gekozen, facet.naam: waarden - {waarde}}
                los.append((facet.keuzes[waarde], self.adres(gekozen=rest)))
        return los

    @property
    def aantal_gekozen(self) -> int:
        return sum(len(waarden) for waarden in self.gekozen.values())

    @property
    def op_afstand(self) -> bool:
        return self.sorteer == AFSTAND


class Vinkje(NamedTuple):
    """One value of a facet as the page shows it."""

    waarde: str
    label: str
    aantal: int
    is_gekozen: bool


class ZoekForm(forms.Form):
    """Search words, a place to measure from, and the facets. What makes no sense in an address is ignored."""

    q = zoekveld("Zoek op naam, plaats of woord")
    bij = forms.CharField(
        label="Postcode of plaats",
        required=False,
        help_text="Dan zie je hoe ver elke plek is.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "maxlength": MAX_LENGTE, "spellcheck": "false"}),
    )
    sorteer = forms.ChoiceField(
        label="Volgorde", required=False, choices=[(NAAM, "op alfabet"), (AFSTAND, "dichtbij eerst")]
    )

    def __init__(self, parameters: QueryDict):
        data = {"q": zonder_huis(leesbaar(parameters.get("q", ""))), "bij": plaats_in_adres(parameters, "bij")}
        data["sorteer"] = parameters.get("sorteer") if parameters.get("sorteer") == AFSTAND else NAAM
        for facet in FACETTEN:
            data[facet.naam] = [waarde for waarde in parameters.getlist(facet.naam) if waarde in facet.keuzes]
        super().__init__(data, auto_id="id_%s")
        for facet in FACETTEN:
            self.fields[facet.naam] = forms.MultipleChoiceField(required=False, choices=list(facet.keuzes.items()))
        self._pagina = parameters.get("pagina", "")

    def vraag(self) -> Vraag:
        """Return what is asked, whatever stood in the address."""
        self.full_clean()
        schoon = self.cleaned_data
        gekozen = {facet.naam: frozenset(schoon.get(facet.naam, ())) for facet in FACETTEN}
        return Vraag(
            q=schoon.get("q", ""),
            bij=schoon.get("bij", ""),
            sorteer=schoon.get("sorteer") or NAAM,
            gekozen={facet: waarden for facet, waarden in gekozen.items() if waarden},
            bladzijde=min(als_getal(self._pagina, 9999) or 1, LAATSTE_BLADZIJDE),
        )

    def vinkjes(self, tellingen: Tellingen) -> list[tuple[Facet, list[Vinkje]]]:
        """Per facet the values that give something, or that were chosen, with how many each gives.

        The page writes them out itself: fifty checkboxes as widgets cost more than everything else together.
        """
        rijen = []
        for facet in FACETTEN:
            gekozen, aantallen = self.data[facet.naam], tellingen[facet.naam]
            vinkjes = [
                Vinkje(waarde, label, aantallen[waarde], waarde in gekozen)
                for waarde, label in facet.keuzes.items()
                if aantallen[waarde] or waarde in gekozen
            ]
            rijen.append((facet, vinkjes))
        return [(facet, vinkjes) for facet, vinkjes in rijen if vinkjes]
