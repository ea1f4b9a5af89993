"""The form for a map on somebody else's site."""

from __future__ import annotations

from django import forms

from collectief.geo.zoeken import Gevonden, Keuze, zoek
from kaart.forms.vraag import HEEL_NEDERLAND, OUDSTE, STRAAL, STRALEN, Vraag


class InsluitForm(forms.Form):
    """From where is looked, and for whom. Without a place visitors type it themselves."""

    q = forms.CharField(
        label="Postcode, plaats of provincie",
        help_text="Bijvoorbeeld “Zutphen” of “provincie Drenthe”. Leeg: bezoekers typen zelf hun plaats.",
        max_length=100,
        required=False,
    )
    straal = forms.ChoiceField(label="Afstand", choices=STRALEN, initial=STRAAL)
    leeftijd = forms.IntegerField(label="Leeftijd", required=False, min_value=0, max_value=OUDSTE)
    plek = forms.BooleanField(label="Alleen waar nu plek is", required=False)

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
        return Vraag(q=schoon["q"], straal=straal, leeftijd=schoon["leeftijd"], plek=schoon["plek"])
