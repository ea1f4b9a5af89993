"""Forms of contact: what came of it, on which other day, and in which other way."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from collectief.datumveld import Datumveld
from collectief.werkdagen import werkdag_vanaf
from trajecten.forms.velden import DATUMFOUTEN, eigen_woorden, komende_dag
from trajecten.models import Contactmoment


class ContactForm(forms.Form):
    """What came of a contact moment: which button was pressed, and a note if there is something to keep."""

    VERPLAATST = "verplaatst"

    gezien = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    resultaat = forms.ChoiceField(
        error_messages={"required": "Kies hoe het was.", "invalid_choice": "Kies een van de vier."},
    )
    notitie = eigen_woorden("Wil je er iets bij bewaren?", 4000, rest="Bewaar de rest als moment.")
    als_moment = forms.BooleanField(label="Bewaar dit ook als moment", required=False)
    dag = forms.DateField(
        label="Een andere dag",
        widget=Datumveld,
        required=False,
        error_messages=DATUMFOUTEN,
        help_text="Valt die dag in een weekend of op een feestdag, dan wordt het de eerste werkdag daarna.",
    )
    schuif_op = forms.BooleanField(label="Schuif alles wat erna komt evenveel mee", required=False)

    def __init__(self, *args, contact: Contactmoment, **kwargs):
        super().__init__(*args, **kwargs)
        self.contact = contact
        mogelijk = [(resultaat.value, resultaat.label) for resultaat in contact.mogelijke_resultaten]
        self.fields["resultaat"].choices = [*mogelijk, (self.VERPLAATST, "verplaatst")]
        self.fields["dag"].soms_nodig = True

    def clean(self) -> dict:
        data = super().clean()
        if data.get("resultaat") != self.VERPLAATST or "dag" in self.errors:
            return data
        try:
            self._kijk_naar_dag(data.get("dag"), is_los=not data["schuif_op"])
        except ValidationError as fout:
            self.add_error("dag", fout)
        return data

    def _kijk_naar_dag(self, gekozen: date | None, *, is_los: bool) -> None:
        """Raises a message when contact cannot move there; `is_los`: by itself, so not to where there is contact."""
        if gekozen is None:
            raise ValidationError("Kies de nieuwe dag.")
        dag = werkdag_vanaf(komende_dag(gekozen, jaren=2))
        if is_los and dag in Contactmoment.bezette_dagen(self.contact.traject_id, behalve=[self.contact.pk]):
            raise ValidationError(f"Op {date_format(dag, 'l j F Y')} is er al contact. Kies een andere dag.")


class VormForm(forms.Form):
    """Another way of keeping in touch."""

    vorm = forms.ChoiceField(choices=Contactmoment.Vorm.choices)
