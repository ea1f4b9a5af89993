"""A shortlist as it stands in an address."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from collectief.geo.namen import MAX_LENGTE, leesbaar
from collectief.getallen import als_getal

HOOGSTENS = 30  # places


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
