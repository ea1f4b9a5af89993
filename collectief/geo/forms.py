"""What a row of geographic data must look like."""

from django import forms

from collectief.geo.models import Postcode
from collectief.geo.namen import PROVINCIES
from collectief.geo.rd import LAT_BEREIK, LON_BEREIK


class PostcodeForm(forms.Form):
    """One postcode: well formed, inside the Netherlands, with a province that exists."""

    pc4 = forms.RegexField(
        label="postcode", regex=r"\A[1-9][0-9]{3}\Z", error_messages={"invalid": "dit zijn geen vier cijfers."}
    )
    plaats = forms.CharField(label="plaats", max_length=80)
    gemeente = forms.CharField(label="gemeente", max_length=80)
    provincie = forms.ChoiceField(label="provincie", choices=[(naam, naam) for naam in PROVINCIES])
    lat = forms.FloatField(label="breedtegraad", min_value=LAT_BEREIK[0], max_value=LAT_BEREIK[1])
    lon = forms.FloatField(label="lengtegraad", min_value=LON_BEREIK[0], max_value=LON_BEREIK[1])
    nauwkeurigheid = forms.ChoiceField(label="nauwkeurigheid", choices=Postcode.Nauwkeurigheid)

    def klachten(self) -> str:
        """Return what is wrong with this row, in one line."""
        return "; ".join(f"{self.fields[veld].label}: {fouten[0]}" for veld, fouten in self.errors.items())
