"""The form of the intake in words."""

from django import forms

from trajecten.forms.velden import tekstvak
from trajecten.models import Verhaal
from trajecten.validators import geen_bsn

UITLEG = {
    Verhaal.Vraag.WIE: "Zoals je deze jongere aan een collega voorstelt. Liefst in eigen woorden van de jongere.",
    Verhaal.Vraag.LICHTJES: "Waar wordt deze jongere blij van, wat gaat vanzelf, bij wie?",
    Verhaal.Vraag.NODIG: "Wat helpt op een gewone dag, en wat juist niet?",
}


class VerhaalForm(forms.Form):
    """Three questions; each may stay empty."""

    gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1, required=False)

    def __init__(self, *args, nu: dict[str, Verhaal], **kwargs):
        super().__init__(*args, **kwargs)
        for vraag in Verhaal.Vraag:
            self.fields[vraag.value] = forms.CharField(
                label=vraag.label,
                help_text=UITLEG[vraag],
                required=False,
                max_length=10_000,
                widget=tekstvak(6),
                validators=[geen_bsn],
                initial=nu[vraag].tekst if vraag in nu else "",
                error_messages={"max_length": "Dit is te lang: er passen 10.000 tekens. Je tekst staat er nog."},
            )
        self.fields["gezien"].initial = max((verhaal.pk for verhaal in nu.values()), default=0)

    def antwoorden(self) -> dict[str, str]:
        return {vraag.value: self.cleaned_data[vraag.value] for vraag in Verhaal.Vraag}

    def wijs_op(self, intussen: list[Verhaal]) -> None:
        """Say beside each field what a colleague wrote there meanwhile; sending it again keeps one's own words."""
        for verhaal in intussen:
            self.add_error(
                verhaal.vraag,
                f"{verhaal.door.naam} schreef hier intussen: ‘{verhaal.tekst or 'niets'}’. Jouw tekst staat er nog. "
                "Neem over wat je wilt houden en bewaar dan opnieuw.",
            )
        self.data = self.data.copy()
        self.data[self.add_prefix("gezien")] = max(verhaal.pk for verhaal in intussen)
