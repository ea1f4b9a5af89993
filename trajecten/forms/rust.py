"""The form of rest."""

from datetime import date

from django import forms

from collectief.datumveld import Datumveld
from trajecten.forms.velden import DATUMFOUTEN, einddag, te_lang, tekstvak
from trajecten.models import Rustperiode


class RustForm(forms.ModelForm):
    """Why rest, and perhaps until when. One tap is enough: everything may stay as it is."""

    class Meta:
        model = Rustperiode
        fields = ["reden", "tot", "woorden"]
        widgets = {"reden": forms.RadioSelect, "tot": Datumveld, "woorden": tekstvak()}
        help_texts = {"tot": "Mag leeg blijven. Op die dag vragen we hoe het verder gaat; vanzelf gebeurt er niets."}
        error_messages = {
            "reden": {"required": "Kies een van de twee.", "invalid_choice": "Kies een van de twee."},
            "tot": DATUMFOUTEN,
            "woorden": {"max_length": te_lang(2000)},
        }

    def clean_tot(self) -> date | None:
        return einddag(self.cleaned_data["tot"], jaren=3)
