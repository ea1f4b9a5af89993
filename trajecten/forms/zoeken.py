"""Search in moments."""

from django import forms

from collectief.getallen import GROOTSTE_SLEUTEL


class ZoekForm(forms.Form):
    """What is looked for, and the moment after which the page begins. Whatever is not understood is left out."""

    q = forms.CharField(label="Woord of woorden", required=False, max_length=100, widget=forms.SearchInput)
    na = forms.IntegerField(required=False, min_value=1, max_value=GROOTSTE_SLEUTEL, widget=forms.HiddenInput)
