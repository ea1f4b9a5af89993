"""The rhythm of aftercare as it is proposed, and what is agreed with it."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from collectief.datumveld import Datumveld
from trajecten.forms.velden import DATUMFOUTEN, eigen_woorden, einddag
from trajecten.models import NazorgAfspraak
from trajecten.ritme import Na, dag_van


def ritmekeuzes(vanaf: date) -> list[tuple[str, str]]:
    """The proposed moments with their days, counted from `vanaf`; days that have passed are not proposed."""
    dagen = ((na, dag_van(na, vanaf)) for na in Na)
    return [
        (na.value, f"{na.label.capitalize()}: {date_format(dag, 'l j F Y')}")
        for na, dag in dagen
        if dag >= timezone.localdate()
    ]


class RitmeForm(forms.Form):
    """How aftercare goes on: what was agreed, and on which days there is contact."""

    vormen = forms.MultipleChoiceField(
        label="Hoe houden jullie contact?",
        choices=NazorgAfspraak.Vorm.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies er een of meer.",
        error_messages={"required": "Kies hoe jullie contact houden.", "invalid_choice": "Kies uit deze vormen."},
    )
    afspraak = eigen_woorden("Wat spreken jullie af?", 2000)
    ritme = forms.MultipleChoiceField(
        label="Wanneer is er contact?",
        choices=Na.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=Na.values,
        help_text="Een voorstel. Haal weg wat niet past. Na de laatste keer komt er elk jaar één.",
        error_messages={"invalid_choice": "Kies uit deze dagen."},
    )
    afgesproken_tot = forms.DateField(
        label="Tot wanneer spreken jullie dit af?",
        widget=Datumveld,
        required=False,
        error_messages=DATUMFOUTEN,
        help_text="Mag leeg blijven. Daarna stellen we rust voor; de deur blijft open.",
    )

    def __init__(self, *args, vanaf: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ritme"].widget.choices = ritmekeuzes(vanaf)  # the days that passed are accepted, but not shown

    def clean_afgesproken_tot(self) -> date | None:
        return einddag(self.cleaned_data["afgesproken_tot"], jaren=10)
