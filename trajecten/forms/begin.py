"""Forms to begin a trajectory, and of what is known about a young person."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from collectief.datumveld import Datumveld
from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Initiatief
from trajecten.forms.velden import DATUMFOUTEN, OUDST, te_lang, tekstvak
from trajecten.models import EerdereWens, Jongere, JongereIdentiteit, Traject
from trajecten.models.traject import LANGSTE_WENS
from trajecten.validators import niet_in_de_toekomst

VROEGSTE_BEGIN = date(2000, 1, 1)


class NieuwTrajectForm(forms.ModelForm):
    """A roepnaam and a day are enough to begin; the initiative only for who works at several."""

    initiatief = forms.ModelChoiceField(
        Initiatief.objects.none(),
        label="Bij welk initiatief?",
        empty_label="Kies er een",
        error_messages={"required": "Kies een initiatief.", "invalid_choice": "Kies een initiatief waar je werkt."},
    )
    begonnen_op = forms.DateField(
        label="Sinds wanneer?",
        widget=Datumveld,
        initial=timezone.localdate,
        validators=[niet_in_de_toekomst],
        error_messages=DATUMFOUTEN,
    )
    toch = forms.BooleanField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Jongere
        fields = ["roepnaam"]
        labels = {"roepnaam": "Roepnaam"}
        help_texts = {"roepnaam": "De naam die de jongere zelf kiest. Een achternaam is niet nodig."}
        error_messages = {
            "roepnaam": {"required": "Vul een roepnaam in.", "max_length": "Kies een kortere naam, tot 60 letters."}
        }

    def __init__(self, *args, door: Gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        eigen = Initiatief.objects.van(door).op_naam()
        self.fields["initiatief"].queryset = eigen
        self.eigen = list(eigen)
        if len(self.eigen) == 1:
            del self.fields["initiatief"]

    def clean_begonnen_op(self) -> date:
        begonnen_op = self.cleaned_data["begonnen_op"]
        if begonnen_op < VROEGSTE_BEGIN:
            raise ValidationError(f"Kies een datum vanaf {VROEGSTE_BEGIN:%d-%m-%Y}.")
        return begonnen_op

    def clean(self) -> dict:
        data = super().clean()
        if len(self.eigen) == 1:
            data["initiatief"] = self.eigen[0]
        return data


class WensenForm(forms.ModelForm):
    """What the young person hopes for, in her own words. Nothing here is required."""

    class Meta:
        model = Traject
        fields = EerdereWens.Onderdeel.values
        widgets = {"wensdroom": tekstvak(5), "wat_waardevol_is": tekstvak(5), "interesses": tekstvak()}
        help_texts = {
            "wensdroom": "Groot of klein, liefst in eigen woorden.",
            "wat_waardevol_is": "Wat geeft energie? Wie en wat mag niet weg?",
            "interesses": "Waar gaan de lichtjes van aan?",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            veld.show_hidden_initial = True  # so that only what this person changed is written, see `veranderd`
            veld.error_messages["max_length"] = te_lang(LANGSTE_WENS)

    def veranderd(self) -> dict[str, str]:
        """What was changed on this page; what a colleague changed meanwhile elsewhere on it is left alone."""
        return {veld: self.cleaned_data[veld] for veld in self.changed_data}


class RoepnaamForm(forms.ModelForm):
    class Meta:
        model = Jongere
        fields = ["roepnaam"]
        error_messages = NieuwTrajectForm.Meta.error_messages


class GegevensForm(forms.ModelForm):
    """Who the young person is on paper. All of it may stay empty."""

    PASSEN = {"officiele_naam": 200, "contact": 2000}  # characters

    geboortedatum = forms.DateField(label="Geboortedatum", widget=Datumveld, required=False, error_messages=DATUMFOUTEN)

    class Meta:
        model = JongereIdentiteit
        fields = ["officiele_naam", "geboortedatum", "contact"]
        labels = {"officiele_naam": "Officiële naam", "contact": "Hoe houden jullie contact?"}
        widgets = {"officiele_naam": forms.TextInput, "contact": tekstvak()}
        help_texts = {"contact": "Bijvoorbeeld een telefoonnummer, of wie er eerst gebeld wil worden."}

    def __init__(self, *args, begonnen_op: date, **kwargs):
        """`begonnen_op` is the first day of the trajectory: by then somebody was born."""
        super().__init__(*args, **kwargs)
        self.begonnen_op = begonnen_op
        for naam, tekens in self.PASSEN.items():  # what is encrypted has no length in the database
            self.fields[naam].validators.append(MaxLengthValidator(tekens, te_lang(tekens)))

    def clean_geboortedatum(self) -> str:
        dag = self.cleaned_data["geboortedatum"]
        if dag and dag.year < timezone.localdate().year - OUDST:
            raise ValidationError("Kijk deze datum nog even na.")
        if dag and dag >= self.begonnen_op:
            raise ValidationError(f"Het traject begon op {self.begonnen_op:%d-%m-%Y}. Kies een dag daarvoor.")
        return dag.isoformat() if dag else ""
