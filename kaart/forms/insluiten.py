"""The form for a map on somebody else's site: a region, and everything that can be asked of a place."""

from __future__ import annotations

from django import forms

from collectief.geo.zoeken import Gevonden, Keuze, zoek
from initiatieven.models.initiatief import OUDSTE
from kaart.filters import OP_NAAM
from kaart.forms.vraag import LEEFTIJD, filtervelden, gekozen_filters
from kaart.vraag import HEEL_NEDERLAND, STRAAL, STRALEN, Vraag


class InsluitForm(forms.Form):
    """From where is looked, and for whom. Without a place visitors type it themselves."""

    q = forms.CharField(
        label="Postcode, plaats of provincie",
        help_text="Bijvoorbeeld “Zutphen” of “provincie Drenthe”. Leeg: bezoekers typen zelf hun plaats.",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    straal = forms.ChoiceField(
        label="Afstand",
        choices=STRALEN,
        initial=STRAAL,
        error_messages={"invalid_choice": "Kies een afstand uit de lijst."},
    )
    leeftijd = forms.IntegerField(
        label="Leeftijd",
        required=False,
        min_value=0,
        max_value=OUDSTE,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], LEEFTIJD),
    )
    plek = forms.BooleanField(label="Alleen waar nu plek is", required=False)
    online = forms.BooleanField(label="Alleen online", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= filtervelden(widget=forms.CheckboxSelectMultiple)

    @property
    def filters(self) -> list[forms.BoundField]:
        """What few people choose, apart."""
        return [self[naam] for naam in OP_NAAM]

    def clean_q(self) -> str:
        """Keep it as the address of the map has it: a postcode loses its letters."""
        q = self.cleaned_data["q"]
        uitkomst = zoek(q)
        if isinstance(uitkomst, Gevonden):
            return uitkomst.zoekterm
        if isinstance(uitkomst, Keuze):
            raise forms.ValidationError("Er zijn meer plaatsen die zo heten. Zet de gemeente of provincie erbij.")
        if q:
            raise forms.ValidationError("Die plaats kennen we niet. Typ een postcode, plaats of provincie.")
        return ""

    def vraag(self) -> Vraag:
        """Return what the map on the other site begins with; only after `is_valid`."""
        schoon = self.cleaned_data
        straal = None if schoon["straal"] == HEEL_NEDERLAND else int(schoon["straal"])
        return Vraag(
            q=schoon["q"],
            straal=straal,
            leeftijd=schoon["leeftijd"],
            plek=schoon["plek"],
            online=schoon["online"],
            keuzes=gekozen_filters(schoon),
        )
