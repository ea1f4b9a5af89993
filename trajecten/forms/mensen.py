"""Forms about the people around a young person."""

from collections.abc import Collection
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from collectief.datumveld import Datumveld
from collectief.gebruikers.models import Gebruiker, Rol
from trajecten.forms.velden import DATUMFOUTEN, niet_voor_de_geboorte
from trajecten.models import Betrokkene, Traject
from trajecten.models.betrokkene import EINDE_NA_BEGIN, GEZAG_VAN_OUDER


def collegas(traject: Traject) -> QuerySet[Gebruiker]:
    """Who may counsel this trajectory: the staff of its initiative who can sign in."""
    return werken_bij([traject.initiatief_id])


def werken_bij(initiatieven: Collection[int]) -> QuerySet[Gebruiker]:
    """The staff of these initiatives (primary keys) who can sign in."""
    return Gebruiker.objects.met_rol(*Rol.BIJ_INITIATIEF, bij=initiatieven).order_by("naam", "pk")


def collegaveld(label: str, *, waar: str = "dit initiatief") -> forms.ModelChoiceField:
    """A choice of one colleague, still without anybody to choose: the form says who can be."""
    return forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label=label,
        empty_label="Kies een collega",
        error_messages={"required": "Kies een collega.", "invalid_choice": f"Kies een collega van {waar}."},
    )


class OverdraagForm(forms.Form):
    """A colleague becomes the steady counsellor. No reason is asked."""

    aan = collegaveld("Wie wordt de vaste begeleider?")
    blijft = forms.BooleanField(label="Wie nu begeleidt, blijft als waarnemer", required=False, initial=True)

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        nu = traject.betrokkenen.vaste_begeleiders().values("gebruiker")
        self.fields["aan"].queryset = collegas(traject).exclude(pk__in=nu)


class WaarnemerForm(forms.Form):
    """A colleague stands in."""

    wie = collegaveld("Wie neemt waar?")

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        nu = traject.betrokkenen.nu().filter(rol__in=Betrokkene.BEGELEIDENDE_ROLLEN).values("gebruiker")
        self.fields["wie"].queryset = collegas(traject).exclude(pk__in=nu)


class VerdeelForm(forms.Form):
    """Trajectories without a steady counsellor go to a colleague, as many as are ticked."""

    PER_KEER = 100

    trajecten = forms.ModelMultipleChoiceField(
        Traject.objects.none(),
        label="Welke trajecten?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één traject.",
            "invalid_choice": "Een van deze trajecten is intussen al verdeeld. Kijk de lijst nog even na.",
            "invalid_pk_value": "Een van deze trajecten kennen we niet.",
        },
    )
    aan = collegaveld("Wie wordt de vaste begeleider?", waar="je initiatief")

    def __init__(self, *args, door: Gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trajecten"].queryset = Traject.objects.te_verdelen_door(door)
        self.fields["aan"].queryset = werken_bij(door.initiatieven_als(Rol.Soort.COORDINATOR))

    def clean(self) -> dict:
        data = super().clean()
        if data.get("trajecten") is None or not data.get("aan"):
            return data
        if {traject.initiatief_id for traject in data["trajecten"]} - data["aan"].initiatieven_als(*Rol.BIJ_INITIATIEF):
            self.add_error("aan", f"{data['aan'].naam} werkt niet bij elk van deze initiatieven. Verdeel ze apart.")
        return data


class BetrokkeneForm(forms.ModelForm):
    """Somebody around the young person without an account: a parent, a school, a next place."""

    class Meta:
        model = Betrokkene
        fields = ["naam", "rol", "heeft_gezag", "van"]
        labels = {"naam": "Wie?", "rol": "Als wat?"}
        widgets = {"van": Datumveld}
        help_texts = {"heeft_gezag": "Alleen bij een ouder. Wie gezag heeft, beslist mee tot de jongere 16 is."}
        error_messages = {
            "rol": {"required": "Kies een rol.", "invalid_choice": "Kies een rol uit de lijst."},
            "naam": {"required": "Vul een naam in.", "max_length": "Kies een kortere naam, tot 120 letters."},
            "van": DATUMFOUTEN,
        }

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        self.traject = traject
        self.fields["naam"].required = True
        self.fields["van"].required = False
        self.fields["rol"].choices = [
            ("", "Kies een rol"),
            *((rol.value, rol.label) for rol in Betrokkene.Rol if rol not in Betrokkene.BEGELEIDENDE_ROLLEN),
        ]

    def clean(self) -> dict:
        """Say beside the field what the constraints of the table say about the whole row."""
        data = super().clean()
        if data.get("heeft_gezag") and data.get("rol") != Betrokkene.Rol.OUDER and "rol" not in self.errors:
            self.add_error("heeft_gezag", GEZAG_VAN_OUDER)
        if data.get("tot") and data.get("van") and data["tot"] < data["van"]:
            self.add_error("tot", EINDE_NA_BEGIN)
        return data

    def clean_van(self) -> date:
        return niet_voor_de_geboorte(self.cleaned_data["van"] or timezone.localdate(), self.traject)


class MensForm(BetrokkeneForm):
    """What is known about somebody, what she may read, and until when she was involved."""

    class Meta(BetrokkeneForm.Meta):
        fields = ["naam", "rol", "heeft_gezag", "meelezen", "van", "tot"]
        labels = BetrokkeneForm.Meta.labels | {"tot": "Tot wanneer?"}
        widgets = {"van": Datumveld, "tot": Datumveld, "meelezen": forms.RadioSelect}
        help_texts = BetrokkeneForm.Meta.help_texts | {
            "meelezen": "Dit is wat jullie afspreken. Meelezen kan pas als wie beslist het goed vindt.",
            "tot": "Laat leeg zolang deze persoon betrokken is.",
        }
        error_messages = BetrokkeneForm.Meta.error_messages | {
            "tot": DATUMFOUTEN,
            "meelezen": dict.fromkeys(("required", "invalid_choice"), "Kies een van deze drie."),
        }
