"""Forms about how long we keep, about handing over everything, and about leaving."""

from datetime import date

from django import forms

from collectief.datumveld import Datumveld
from trajecten.forms.velden import DATUMFOUTEN, eigen_woorden, niet_voor_de_geboorte, tekstvak
from trajecten.models import Bewaartermijn, Vertrek
from trajecten.validators import niet_in_de_toekomst

KIES = {"required": "Kies er een.", "invalid_choice": "Kies er een uit de lijst."}


class AllesForm(forms.Form):
    """Who asked to read everything, and in which form it goes along."""

    wie = forms.ChoiceField(
        label="Wie vroeg erom?", choices=Vertrek.Vrager, widget=forms.RadioSelect, error_messages=KIES
    )
    vorm = forms.ChoiceField(
        label="Hoe geef je het mee?",
        choices=[("html", "als bladzijde om te lezen en te printen"), ("json", "als bestand voor een ander systeem")],
        widget=forms.RadioSelect,
        error_messages=KIES,
    )


class TermijnForm(forms.ModelForm):
    class Meta:
        model = Bewaartermijn
        fields = ["grond"]
        widgets = {"grond": forms.RadioSelect}
        error_messages = {"grond": KIES}


class VerzoekForm(forms.ModelForm):
    """A young person or the parents ask us to remove everything. A reason is not asked."""

    class Meta:
        model = Vertrek
        fields = ["gevraagd_door", "gevraagd_op", "toelichting"]
        widgets = {"gevraagd_door": forms.RadioSelect, "gevraagd_op": Datumveld, "toelichting": tekstvak()}
        error_messages = {"gevraagd_door": KIES, "gevraagd_op": DATUMFOUTEN}
        help_texts = {"toelichting": "Een reden hoeft niet."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gevraagd_door"].choices = Vertrek.Vrager
        self.fields["gevraagd_door"].required = self.fields["gevraagd_op"].required = True
        self.fields["gevraagd_op"].validators.append(niet_in_de_toekomst)

    def clean_gevraagd_op(self) -> date:
        return niet_voor_de_geboorte(self.cleaned_data["gevraagd_op"], self.instance.traject)


class BesluitForm(forms.Form):
    """The coördinator decides: everything goes, or it stays and why."""

    besluit = forms.ChoiceField(
        label="Wat besluit je?",
        choices=[
            (Vertrek.Besluit.WEGHALEN, "alles weghalen, over veertien dagen"),
            (Vertrek.Besluit.BEWAREN, "langer bewaren"),
        ],
        widget=forms.RadioSelect,
        error_messages=KIES,
    )
    reden = eigen_woorden(
        "Waarom blijft het bewaard?",
        2000,
        help_text="Alleen als je kiest voor langer bewaren. De jongere en de ouders mogen dit lezen.",
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("besluit") == Vertrek.Besluit.BEWAREN and not data.get("reden") and "reden" not in self.errors:
            self.add_error("reden", "Schrijf op waarom het bewaard moet blijven.")
        return data
