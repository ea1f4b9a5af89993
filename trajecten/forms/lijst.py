"""Forms that only look: whose trajectories, which of them, in what order."""

from django import forms

from trajecten.fases import Fase
from trajecten.models import Traject


class KringForm(forms.Form):
    """Whose trajectories a coördinator looks at: her own, or those of the whole initiative."""

    kring = forms.ChoiceField(
        label="Van wie", choices=[("mijn", "Die ik begeleid"), ("initiatief", "Hele initiatief")], required=False
    )


class LijstForm(forms.Form):
    """Which trajectories, in what order, and where the page begins. Whatever is not understood is left out."""

    TOESTANDEN = [("", "Alle hier"), *Traject.Toestand.choices]

    q = forms.CharField(label="Roepnaam", required=False, max_length=60, widget=forms.SearchInput)
    fase = forms.ChoiceField(label="Fase", required=False, choices=[("", "Alle fasen"), *Fase.choices])
    toestand = forms.ChoiceField(label="Nu", required=False, choices=TOESTANDEN)
    sorteer = forms.ChoiceField(
        label="Volgorde",
        required=False,
        choices=[("begonnen", "Nieuwste"), ("roepnaam", "Roepnaam")],
    )
    na = forms.UUIDField(required=False, widget=forms.HiddenInput)
    voor = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def gekozen(self) -> dict:
        """What was chosen, with nothing for what was left out or not understood."""
        self.full_clean()
        leeg = {"q": "", "fase": "", "toestand": "", "sorteer": "", "na": None, "voor": None}
        return leeg | self.cleaned_data
