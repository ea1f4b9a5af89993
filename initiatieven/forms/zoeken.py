"""The search field above the list."""

from django import forms


class ZoekForm(forms.Form):
    q = forms.CharField(
        label="Zoek op naam",
        max_length=100,
        required=False,
        error_messages={"max_length": "Gebruik hoogstens 100 tekens."},
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
