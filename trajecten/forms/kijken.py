"""The form with which somebody tells how it goes."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from collectief.datumveld import Datumveld
from collectief.gebruikers.models import Gebruiker
from trajecten.forms.velden import DATUMFOUTEN, eigen_woorden, niet_voor_het_begin
from trajecten.models import Beleving, Betrokkene, Traject
from trajecten.validators import niet_in_de_toekomst

Behoefte, Stem = Beleving.Behoefte, Beleving.Stem


class Weerkeuze(forms.RadioSelect):
    """Little drawings to choose from; what they are called is heard and not seen."""

    option_template_name = "trajecten/weerkeuze.html"
    option_inherits_attrs = False  # the class is for the row, not for each button in it


def weerveld(behoefte: Behoefte) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=behoefte.label.capitalize(),
        help_text="Hoe is dit nu voor jou?",
        choices=[*Beleving.Weer.choices, ("", "sla ik over")],
        widget=Weerkeuze(attrs={"class": "weer"}),
        required=False,
        error_messages={"invalid_choice": "Kies een van de tekeningen, of sla deze over."},
    )


def woordenveld(behoefte: Behoefte) -> forms.CharField:
    return eigen_woorden(f"In eigen woorden, over {behoefte.label}", 2000, rijen=2)


class KijkForm(forms.Form):
    """Who answers, and of each need how it is now. Everything but who and when may be left out."""

    wie = forms.ChoiceField(
        label="Wie antwoordt?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie er antwoordt.", "invalid_choice": "Kies een van deze mensen."},
    )
    datum = forms.DateField(
        label="Wanneer?",
        widget=Datumveld,
        initial=timezone.localdate,
        validators=[niet_in_de_toekomst],
        error_messages=DATUMFOUTEN,
    )

    def __init__(self, *args, traject: Traject, door: Gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        self.traject = traject
        ouders = traject.betrokkenen.nu().filter(rol=Betrokkene.Rol.OUDER).order_by("van", "id")
        self.ouders = {f"ouder:{ouder.pk}": ouder for ouder in ouders}
        self.fields["wie"].choices = [
            (Stem.JONGERE, traject.jongere.roepnaam),
            *((sleutel, f"{ouder.noem} (ouder)") for sleutel, ouder in self.ouders.items()),
            *([] if self.ouders else [(Stem.OUDER, "Een ouder")]),
            (Stem.BEGELEIDER, f"Ik zelf, {door.naam}"),
        ]
        for behoefte in Behoefte:
            self.fields[f"weer_{behoefte}"] = weerveld(behoefte)
            self.fields[f"woorden_{behoefte}"] = woordenveld(behoefte)

    def clean_datum(self) -> date:
        return niet_voor_het_begin(self.cleaned_data["datum"], self.traject)

    def clean(self) -> dict:
        data = super().clean()
        gegeven = [naam for naam in self.fields if naam.startswith(("weer_", "woorden_"))]
        if not any(data.get(naam) or naam in self.errors for naam in gegeven):
            raise ValidationError("Er is nog niets gekozen of geschreven. Eén ding is genoeg, en niets hoeft.")
        return data

    def antwoorden(self) -> list[Beleving]:
        """What was answered; a need that was left out gives nothing."""
        alle = (
            Beleving(
                behoefte=behoefte,
                weer=self.cleaned_data[f"weer_{behoefte}"],
                woorden=self.cleaned_data[f"woorden_{behoefte}"],
            )
            for behoefte in Behoefte
        )
        return [antwoord for antwoord in alle if antwoord.weer or antwoord.woorden]

    def van_wie(self) -> dict:
        """Whose answers these are, for `Beleving.noteer`."""
        wie = self.cleaned_data["wie"]
        return {
            "stem": wie.partition(":")[0],
            "ouder": self.ouders.get(wie),
            "datum": self.cleaned_data["datum"],
        }
