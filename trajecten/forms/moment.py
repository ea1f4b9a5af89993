"""Forms of moments. Text alone is enough; everything else is there for who wants it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from collectief.datumveld import Datumveld
from collectief.fotoveld import Fotoveld
from trajecten.forms.velden import DATUMFOUTEN, niet_voor_de_geboorte
from trajecten.models import Aanvulling, Betrokkene, Moment, Momentconcept, Momentfoto, Traject
from trajecten.validators import geen_bsn

ONBEKEND = {"invalid_choice": "Kies uit wat hier staat."}


class Meerkeuze(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class MomentForm(forms.ModelForm):
    """Something worth keeping. Text alone is enough; the rest is already filled in, or waits behind "Meer"."""

    MEER = ("erbij", "ook_erbij", "vormen", "delen", "samen", "foto", "beschrijving")
    VROEGST = timedelta(days=366)

    erbij = forms.TypedMultipleChoiceField(
        label="Wie waren erbij?",
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Kies mensen die bij dit traject staan."},
    )
    vormen = Meerkeuze(
        label="Hoe was de begeleiding?", choices=Moment.Vorm.choices, required=False, error_messages=ONBEKEND
    )
    delen = Meerkeuze(
        label="Wat werd aangesproken?", choices=Moment.Deel.choices, required=False, error_messages=ONBEKEND
    )
    samen = forms.ChoiceField(
        label="Alleen of samen?",
        choices=[("", "niet gezegd"), *Moment.Samen.choices],
        required=False,
        error_messages=ONBEKEND,
    )
    foto = Fotoveld(label="Foto", required=False, help_text="Plaats en camera gaan eraf. Alleen wie meekijkt ziet hem.")
    beschrijving = forms.CharField(
        label="Wat zie je op de foto?",
        required=False,
        max_length=Momentfoto._meta.get_field("beschrijving").max_length,
        validators=[geen_bsn],
        help_text="Voor wie de foto niet kan zien.",
    )
    formulier = forms.CharField(widget=forms.HiddenInput, required=False, initial=uuid4)  # twice is once

    class Meta:
        model = Moment
        fields = Moment.INHOUD
        labels = {
            "tekst": "Wat wil je bewaren?",
            "soort": "Wat voor moment is het?",
            "datum": "Wanneer was het?",
            "ook_erbij": "Wie nog meer?",
        }
        widgets = {"tekst": forms.Textarea(attrs={"rows": 4}), "soort": forms.RadioSelect, "datum": Datumveld}
        error_messages = {
            "tekst": {"required": "Schrijf eerst op wat je wilt bewaren."},
            "soort": {"required": "Kies wat voor moment het is.", "invalid_choice": "Kies een van deze vier."},
            "datum": DATUMFOUTEN,
            "ook_erbij": {"max_length": "Maak dit korter: er passen 200 tekens in."},
        }

    def __init__(self, *args, traject: Traject, mensen: list[Betrokkene] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.traject = traject
        self.fields["datum"].initial = timezone.localdate
        self.fields["datum"].show_hidden_initial = False  # changed means: another day than what is stored
        for naam in self.fields.keys() & set(self.MEER):
            self.fields[naam].soms_nodig = True  # said once, above all of them
        self.mensen = mensen
        self.fields["erbij"].choices = self._keuzes  # looked up when shown, or when somebody was chosen

    def _keuzes(self) -> list[tuple[str, str]]:
        """Who stands around the young person now, and who was there according to this moment."""
        if self.mensen is None:
            nu = self.traject.betrokkenen.nu()
            toen = self.traject.betrokkenen.filter(pk__in=self.instance.erbij)
            self.mensen = list((nu | toen).select_related("gebruiker").order_by("van", "pk"))
        return [(str(mens.pk), f"{mens.noem} ({mens.get_rol_display()})") for mens in self.mensen]

    def clean_datum(self) -> date:
        datum = self.cleaned_data["datum"]
        vroegst = self.traject.begonnen_op - self.VROEGST
        if datum < vroegst:
            raise ValidationError(f"Dat is lang voor het begin. Kies een datum vanaf {vroegst:%d-%m-%Y}.")
        if datum < self.traject.begonnen_op:
            niet_voor_de_geboorte(datum, self.traject)
        return datum

    def full_clean(self) -> None:
        """A photo that was fine is gone when something else was not: a browser does not send it twice by itself."""
        super().full_clean()
        if self.is_bound and self.errors and self.files.get("foto") and "foto" not in self.errors:
            self.add_error("foto", "Kies de foto nog een keer. De rest staat er nog.")

    @property
    def heeft_meer(self) -> bool:
        """Whether something behind "Meer" is filled in or asks for attention."""
        return any(self[naam].errors or self[naam].value() for naam in self.MEER if naam in self.fields)


class MomentAanpassenForm(MomentForm):
    """Change a moment. `gezien` is how many earlier versions there were when the page was opened."""

    foto = beschrijving = formulier = None
    gezien = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AanvullingForm(forms.ModelForm):
    """Add something to a moment; the moment stays as it is."""

    class Meta:
        model = Aanvulling
        fields = ["tekst"]
        labels = {"tekst": "Wat wil je aanvullen?"}
        widgets = {"tekst": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"tekst": {"required": "Schrijf eerst op wat je wilt aanvullen."}}


class ConceptForm(forms.ModelForm):
    """What somebody is still typing."""

    class Meta:
        model = Momentconcept
        fields = ["tekst"]


class Sleutelkeuze(forms.MultipleChoiceField):
    """Keys of people; who they are is looked at when the moment is kept."""

    def valid_value(self, value: str) -> bool:
        try:
            return bool(UUID(value))
        except ValueError:
            return False


class KeuzesForm(forms.Form):
    """What was chosen beside the text of a draft. What is not understood is left out; the text counts."""

    soort = forms.ChoiceField(choices=Moment.Soort.choices, required=False)
    datum = forms.DateField(required=False)
    erbij = Sleutelkeuze(required=False)
    ook_erbij = forms.CharField(max_length=200, required=False, validators=[geen_bsn])
    vormen = forms.MultipleChoiceField(choices=Moment.Vorm.choices, required=False)
    delen = forms.MultipleChoiceField(choices=Moment.Deel.choices, required=False)
    samen = forms.ChoiceField(choices=Moment.Samen.choices, required=False)
    beschrijving = forms.CharField(max_length=300, required=False, validators=[geen_bsn])

    def gekozen(self) -> dict:
        """What can be put back in the form later."""
        self.full_clean()
        gekozen = {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde}
        return gekozen | ({"datum": gekozen["datum"].isoformat()} if "datum" in gekozen else {})
