"""Forms of moments."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from trajecten.forms.velden import DATUMFOUTEN, Datumveld
from trajecten.models import Moment, Momentconcept, Traject


class MomentForm(forms.ModelForm):
    """Something worth keeping. Text alone is enough; the rest is already filled in."""

    VROEGST = timedelta(days=366)

    class Meta:
        model = Moment
        fields = ["tekst", "soort", "datum"]
        labels = {"tekst": "Wat wil je bewaren?", "soort": "Wat voor moment is het?", "datum": "Wanneer was het?"}
        widgets = {"tekst": forms.Textarea(attrs={"rows": 4}), "soort": forms.RadioSelect, "datum": Datumveld}
        error_messages = {
            "tekst": {"required": "Schrijf eerst op wat je wilt bewaren."},
            "soort": {"required": "Kies wat voor moment het is.", "invalid_choice": "Kies een van deze vier."},
            "datum": DATUMFOUTEN,
        }

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        self.traject = traject
        self.fields["datum"].initial = timezone.localdate

    def clean_datum(self):
        datum = self.cleaned_data["datum"]
        vroegst = self.traject.begonnen_op - self.VROEGST
        if datum < vroegst:
            raise ValidationError(f"Dat is lang voor het begin. Kies een datum vanaf {vroegst:%d-%m-%Y}.")
        return datum


class ConceptForm(forms.ModelForm):
    """What somebody is still typing."""

    class Meta:
        model = Momentconcept
        fields = ["tekst"]
