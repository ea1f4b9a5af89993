"""Forms that only look: whose trajectories, which of them, in what order."""

from django import forms
from django.db.models import QuerySet

from collectief.gebruikers.models import Gebruiker, Rol
from trajecten.fases import Fase
from trajecten.models import Traject


def begeleiders_van(initiatieven: set[int]) -> QuerySet[Gebruiker]:
    """Who has a role at these initiatives, by name; also whose account was closed, to find what she left behind."""
    rollen = Rol.objects.van_medewerkers().filter(initiatief__in=initiatieven)
    return Gebruiker.objects.filter(pk__in=rollen.values("gebruiker")).order_by("naam", "pk")


class KringForm(forms.Form):
    """Whose trajectories a coördinator looks at: her own, or those of the whole initiative."""

    kring = forms.ChoiceField(
        label="Van wie", choices=[("mijn", "Die ik begeleid"), ("initiatief", "Hele initiatief")], required=False
    )


class LijstForm(forms.Form):
    """Which trajectories, in what order, and where the page begins. Whatever is not understood is left out."""

    TOESTANDEN = [("", "Alle hier"), *Traject.Toestand.choices]
    KIESBAAR = 300  # people; nobody finds her colleague in a longer list

    q = forms.CharField(label="Roepnaam", required=False, max_length=60, widget=forms.SearchInput)
    fase = forms.ChoiceField(label="Fase", required=False, choices=[("", "Alle fasen"), *Fase.choices])
    toestand = forms.ChoiceField(label="Nu", required=False, choices=TOESTANDEN)
    begeleider = forms.ModelChoiceField(Gebruiker.objects.none(), label="Begeleider", required=False)
    sorteer = forms.ChoiceField(
        label="Volgorde",
        required=False,
        choices=[("begonnen", "Nieuwste"), ("roepnaam", "Roepnaam")],
    )
    na = forms.UUIDField(required=False, widget=forms.HiddenInput)
    voor = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, wie: Gebruiker, **kwargs):
        """Who sees all of an initiative, `wie`, chooses among those who counsel there, unless they are too many.

        For others it is themselves.
        """
        super().__init__(*args, **kwargs)
        begeleiders = begeleiders_van(wie.initiatieven_als(Rol.Soort.COORDINATOR)) if wie.is_coordinator else []
        namen = [(mens.pk, mens.naam) for mens in begeleiders[: self.KIESBAAR + 1]]  # left alone it opens a cursor
        if namen and len(namen) <= self.KIESBAAR:
            self.fields["begeleider"].queryset = begeleiders
            self.fields["begeleider"].choices = [("", "Iedereen"), *namen]
        else:
            del self.fields["begeleider"]

    def gekozen(self) -> dict:
        """What was chosen, with nothing for what was left out or not understood."""
        self.full_clean()
        leeg = {"q": "", "fase": "", "toestand": "", "begeleider": None, "sorteer": "", "na": None, "voor": None}
        return leeg | self.cleaned_data


class JaarForm(forms.Form):
    """Which year of the line; all of them when it is left out or not one of `jaren`."""

    jaar = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args, jaren: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(jaar, jaar) for jaar in jaren]

    def gekozen_jaar(self) -> int | None:
        return self.cleaned_data["jaar"] if self.is_valid() else None
