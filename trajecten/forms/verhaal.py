"""The form of the intake in words."""

from django import forms

from collectief.getallen import GROOTSTE_SLEUTEL
from trajecten.forms.velden import eigen_woorden
from trajecten.models import Verhaal

UITLEG = {
    Verhaal.Vraag.WIE: "Zoals je deze jongere aan een collega voorstelt. Liefst in eigen woorden van de jongere.",
    Verhaal.Vraag.LICHTJES: "Waar wordt deze jongere blij van, wat gaat vanzelf, bij wie?",
    Verhaal.Vraag.NODIG: "Wat helpt op een gewone dag, en wat juist niet?",
}


class VerhaalForm(forms.Form):
    """Three questions; each may stay empty."""

    gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=GROOTSTE_SLEUTEL, required=False)

    def __init__(self, *args, nu: dict[str, Verhaal], **kwargs):
        super().__init__(*args, **kwargs)
        for vraag in Verhaal.Vraag:
            self.fields[vraag.value] = eigen_woorden(
                vraag.label,
                10_000,
                rijen=6,
                help_text=UITLEG[vraag],
                initial=nu[vraag].tekst if vraag in nu else "",
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
