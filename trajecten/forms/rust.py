"""The form of rest."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from trajecten.forms.velden import DATUMFOUTEN, Datumveld, tekstvak
from trajecten.models import Rustperiode


class RustForm(forms.ModelForm):
    """Why rest, and perhaps until when. One tap is enough: everything may stay as it is."""

    UITERST = timedelta(days=3 * 366)

    class Meta:
        model = Rustperiode
        fields = ["reden", "tot", "woorden"]
        widgets = {"reden": forms.RadioSelect, "tot": Datumveld, "woorden": tekstvak()}
        help_texts = {"tot": "Mag leeg blijven. Op die dag vragen we hoe het verder gaat; vanzelf gebeurt er niets."}
        error_messages = {
            "reden": {"required": "Kies een van de twee.", "invalid_choice": "Kies een van de twee."},
            "tot": DATUMFOUTEN,
            "woorden": {"max_length": "Dit is te lang: er passen 2000 tekens. Je tekst staat er nog."},
        }

    def clean_tot(self) -> date | None:
        tot = self.cleaned_data["tot"]
        vandaag = timezone.localdate()
        if tot and not vandaag < tot <= vandaag + self.UITERST:
            raise ValidationError("Kies een dag na vandaag, binnen drie jaar. Of laat dit leeg.")
        return tot
