"""Forms about small steps and places to go on to."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from collectief.datumveld import Datumveld
from trajecten.forms.velden import DATUMFOUTEN, te_lang, tekstvak
from trajecten.models import KleineStap, MogelijkePlek


class KleineStapForm(forms.ModelForm):
    """A small step: what; and who and when, if that is known."""

    UITERST = timedelta(days=5 * 366)

    class Meta:
        model = KleineStap
        fields = ["wat", "wie", "wanneer"]
        widgets = {"wanneer": Datumveld}
        help_texts = {"wat": "Zo klein dat het bijna vanzelf gaat.", "wie": "Een naam, of ‘samen’."}
        error_messages = {
            "wat": {
                "required": "Schrijf op wat de stap is.",
                "max_length": "Maak de stap kleiner: er passen 200 tekens. Je tekst staat er nog.",
            },
            "wie": {"max_length": te_lang(120, "")},
            "wanneer": DATUMFOUTEN,
        }

    def clean_wanneer(self) -> date | None:
        wanneer = self.cleaned_data["wanneer"]
        if wanneer and abs(wanneer - timezone.localdate()) > self.UITERST:
            raise ValidationError("Kies een dag binnen vijf jaar.")
        return wanneer


class MogelijkePlekForm(forms.ModelForm):
    """A place where the young person might go on."""

    class Meta:
        model = MogelijkePlek
        fields = ["naam", "soort", "notitie"]
        widgets = {"notitie": tekstvak()}
        error_messages = {
            "naam": {
                "required": "Schrijf op welke plek het is.",
                "max_length": "Kies een kortere naam: er passen 120 tekens.",
            },
            "soort": {"required": "Kies wat voor plek het is.", "invalid_choice": "Kies een soort uit de lijst."},
            "notitie": {"max_length": te_lang(2000)},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [("", "Kies een soort"), *MogelijkePlek.Soort.choices]


class ToestandForm(forms.Form):
    """One tap: done, let go, or open again."""

    def __init__(self, *args, model: type[KleineStap] | type[MogelijkePlek], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["toestand"] = forms.ChoiceField(choices=model.Toestand.choices)
