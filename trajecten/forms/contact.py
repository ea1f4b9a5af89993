"""Forms of contact: what came of it, on which other day, and in which other way."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from collectief.werkdagen import werkdag_vanaf
from trajecten.forms.velden import DATUMFOUTEN, Datumveld, eigen_woorden
from trajecten.models import Contactmoment


class ContactForm(forms.Form):
    """What came of a contact moment: which button was pressed, and a note if there is something to keep."""

    VERPLAATST = "verplaatst"
    UITERST = timedelta(days=2 * 366)

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
        vandaag = timezone.localdate()
        if not data.get("dag"):
            self.add_error("dag", "Kies de nieuwe dag.")
        elif not vandaag <= data["dag"] <= vandaag + self.UITERST:
            self.add_error("dag", "Kies een dag vanaf vandaag, binnen twee jaar.")
        elif not data["schuif_op"]:
            self._weiger_bezette_dag(werkdag_vanaf(data["dag"]))
        return data

    def _weiger_bezette_dag(self, dag) -> None:
        if dag in Contactmoment.bezette_dagen(self.contact.traject_id, behalve=[self.contact.pk]):
            self.add_error("dag", f"Op {date_format(dag, 'l j F Y')} is er al contact. Kies een andere dag.")


class VormForm(forms.Form):
    """Another way of keeping in touch."""

    vorm = forms.ChoiceField(choices=Contactmoment.Vorm.choices)
