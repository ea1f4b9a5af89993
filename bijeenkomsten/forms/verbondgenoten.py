"""Allies to invite to a meeting."""

from django import forms

from bijeenkomsten.models import Bijeenkomst
from initiatieven.models import Verbondgenoot


class VerbondgenotenForm(forms.Form):
    """Those with an address who were not invited under it yet."""

    wie = forms.ModelMultipleChoiceField(
        label="Wie nodig je uit?",
        queryset=Verbondgenoot.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies een of meer verbondgenoten.", "invalid_choice": "Kies uit wie hier staan."},
    )

    def __init__(self, *args, bijeenkomst: Bijeenkomst, **kwargs):
        super().__init__(*args, **kwargs)
        al = {adres.lower() for adres in bijeenkomst.uitnodigingen.values_list("adres", flat=True)}
        al |= {adres.lower() for adres in bijeenkomst.uitnodigingen.values_list("gebruiker__email", flat=True) if adres}
        met_adres = Verbondgenoot.objects.exclude(contact_email="").op_naam()
        pks = [pk for pk, adres in met_adres.values_list("pk", "contact_email") if adres.lower() not in al]
        self.fields["wie"].queryset = Verbondgenoot.objects.filter(pk__in=pks).op_naam()
