"""What an admin decides about a weighty change."""

from django import forms

from initiatieven.zwaarte import Wijzigingsstand


class BesluitWijzigingForm(forms.Form):
    """Carry it out, or not and why; the reason goes to who proposed it."""

    stand = forms.ChoiceField(
        choices=[
            (stand.value, stand.label) for stand in (Wijzigingsstand.DOORGEVOERD, Wijzigingsstand.NIET_DOORGEVOERD)
        ],
        error_messages={
            "required": "Kies of je de wijziging doorvoert.",
            "invalid_choice": "Kies uit de twee knoppen.",
        },
    )
    waarom = forms.CharField(
        label="Waarom niet?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("stand") == Wijzigingsstand.NIET_DOORGEVOERD and not data.get("waarom", "").strip():
            self.add_error("waarom", "Schrijf op waarom niet. Het initiatief leest het in de mail.")
        return data
