"""Forms about the people around a young person."""

from django import forms
from django.db.models import QuerySet

from collectief.gebruikers.models import Gebruiker, Rol
from trajecten.models import Betrokkene, Traject


def collegas(traject: Traject) -> QuerySet[Gebruiker]:
    """Who may counsel this trajectory: the staff of its initiative who can sign in."""
    rollen = Rol.objects.nu().filter(initiatief=traject.initiatief_id, soort__in=Rol.BIJ_INITIATIEF)
    return Gebruiker.objects.filter(is_active=True, pk__in=rollen.values("gebruiker")).order_by("naam", "pk")


class OverdraagForm(forms.Form):
    """A colleague becomes the steady counsellor. No reason is asked."""

    aan = forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label="Wie wordt de vaste begeleider?",
        empty_label="Kies een collega",
        error_messages={"required": "Kies een collega.", "invalid_choice": "Kies een collega van dit initiatief."},
    )
    blijft = forms.BooleanField(label="Wie nu begeleidt, blijft als waarnemer", required=False, initial=True)

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        nu = traject.betrokkenen.vaste_begeleiders().values("gebruiker")
        self.fields["aan"].queryset = collegas(traject).exclude(pk__in=nu)


class WaarnemerForm(forms.Form):
    """A colleague stands in."""

    wie = forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label="Wie neemt waar?",
        empty_label="Kies een collega",
        error_messages={"required": "Kies een collega.", "invalid_choice": "Kies een collega van dit initiatief."},
    )

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        nu = traject.betrokkenen.nu().filter(rol__in=Betrokkene.BEGELEIDENDE_ROLLEN).values("gebruiker")
        self.fields["wie"].queryset = collegas(traject).exclude(pk__in=nu)


class BetrokkeneForm(forms.ModelForm):
    """Somebody around the young person without an account: a parent, a school, a next place."""

    class Meta:
        model = Betrokkene
        fields = ["naam", "rol"]
        labels = {"naam": "Wie?", "rol": "Als wat?"}
        error_messages = {"rol": {"required": "Kies een rol.", "invalid_choice": "Kies een rol uit de lijst."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["naam"].required = True
        self.fields["naam"].error_messages["required"] = "Vul een naam in."
        self.fields["rol"].choices = [
            ("", "Kies een rol"),
            *((rol.value, rol.label) for rol in Betrokkene.Rol if rol not in Betrokkene.BEGELEIDENDE_ROLLEN),
        ]
