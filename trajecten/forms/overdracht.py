"""Forms about handing over: to whom, what goes along, what both sides agree."""

from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from collectief.datumveld import Datumveld
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.forms.velden import zoekveld
from initiatieven.models import Initiatief
from trajecten.forms.mensen import collegaveld, werken_bij
from trajecten.forms.velden import DATUMFOUTEN, komende_dag
from trajecten.models import Betrokkene, Overdracht, Overdrachtafspraak, Traject
from trajecten.models.overdracht import SAMEN_OP_EEN_DAG
from trajecten.overdrachten import Kant, Overdrachtstand
from trajecten.stukken import Stuk

HOOGSTENS = 12
PLEKROLLEN = (Betrokkene.Rol.VERVOLGPLEK, Betrokkene.Rol.SCHOOL, Betrokkene.Rol.WIJKTEAM)


class ZoekPlekForm(forms.Form):
    """Which initiative might receive: part of its name."""

    q = zoekveld("Hoe heet het initiatief?")


def kunnen_ontvangen(traject: Traject, zoek: str) -> QuerySet[Initiatief]:
    """Members other than one's own where a coördinator can receive, whose name is like `zoek`."""
    coordinator = Rol.objects.nu().filter(
        initiatief=OuterRef("pk"), soort=Rol.Soort.COORDINATOR, gebruiker__is_active=True
    )
    return (
        Initiatief.objects.openbaar().exclude(pk=traject.initiatief_id).filter(Exists(coordinator)).zoek(zoek).op_naam()
    )


class BinnenForm(forms.Form):
    """To another initiative on the platform, out of what was found."""

    naar = forms.ModelChoiceField(
        Initiatief.objects.none(),
        label="Naar welk initiatief?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een initiatief.", "invalid_choice": "Kies een initiatief uit de lijst."},
    )

    def __init__(self, *args, traject: Traject, gevonden: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        keuze = kunnen_ontvangen(traject, "") if self.is_bound else Initiatief.objects.filter(pk__in=gevonden).op_naam()
        self.fields["naar"].queryset = keuze


class BuitenForm(forms.Form):
    """To a place outside the platform: somebody who stands around the young person already."""

    plek = forms.ModelChoiceField(
        Betrokkene.objects.none(),
        label="Naar welke plek?",
        empty_label="Kies een plek",
        error_messages={"required": "Kies een plek.", "invalid_choice": "Kies een plek uit de lijst."},
    )

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plek"].queryset = traject.betrokkenen.nu().filter(rol__in=PLEKROLLEN).order_by("naam", "id")
        self.fields["plek"].label_from_instance = lambda plek: f"{plek.naam} ({plek.get_rol_display()})"


class OverdrachtstapForm(forms.Form):
    """One step: where to, and from which state it was decided."""

    naar = forms.ChoiceField(
        choices=Overdrachtstand.choices,
        error_messages={"required": "Kies een stap.", "invalid_choice": "Deze stap kennen we niet."},
    )
    uit = forms.ChoiceField(
        choices=Overdrachtstand.choices, required=False, error_messages={"invalid_choice": "Deze stap kennen we niet."}
    )
    laat_los = forms.ModelMultipleChoiceField(
        Gebruiker.objects.all(),  # whose draft may go: who has none changes nothing
        required=False,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_pk_value"), "Kies een concept dat er staat."),
    )


class BegeleiderForm(forms.Form):
    """Who will be the steady counsellor on the other side."""

    begeleider = collegaveld("Wie wordt de vaste begeleider?", waar="je initiatief")

    def __init__(self, *args, overdracht: Overdracht, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["begeleider"].queryset = werken_bij([overdracht.naar_id])
        self.fields["begeleider"].initial = overdracht.nieuwe_begeleider_id


class OverdrachtafspraakForm(forms.ModelForm):
    """What one side does, or a day that both spend together."""

    class Meta:
        model = Overdrachtafspraak
        fields = ["kant", "tekst", "dag"]
        labels = {"kant": "Wie?", "tekst": "Wat spreken jullie af?", "dag": "Welke dag?"}
        widgets = {"kant": forms.RadioSelect, "dag": Datumveld}
        help_texts = {"dag": "Alleen nodig als jullie samen iets doen."}
        error_messages = {
            "kant": {"required": "Kies wie dit doet.", "invalid_choice": "Kies een van deze."},
            "tekst": {"required": "Schrijf op wat jullie afspreken.", "max_length": "Houd het bij 500 tekens."},
            "dag": DATUMFOUTEN,
        }

    def __init__(self, *args, overdracht: Overdracht, kanten: set[Kant], **kwargs):
        super().__init__(*args, **kwargs)
        eigen = [Kant.GEVER, Kant.ONTVANGER] if overdracht.is_buiten else sorted(kanten)
        namen = {Kant.GEVER: overdracht.van.naam, Kant.ONTVANGER: overdracht.bestemming, Kant.SAMEN: "Samen"}
        self.fields["kant"].choices = [(kant.value, namen[kant]) for kant in [Kant.SAMEN, *eigen]]
        self.fields["dag"].soms_nodig = True

    def clean_dag(self) -> date | None:
        dag = self.cleaned_data["dag"]
        return komende_dag(dag, jaren=1) if dag else None

    def clean(self) -> dict:
        data = super().clean()
        if data.get("kant") == Kant.SAMEN and not data.get("dag") and "dag" not in self.errors:
            self.add_error("dag", SAMEN_OP_EEN_DAG)
        return data


class StukkenForm(forms.Form):
    """What goes along. Nothing does until it is ticked."""

    stukken = forms.MultipleChoiceField(
        label="Wat gaat er mee?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Een van deze stukken is er niet meer. Kijk de lijst nog even na."},
    )

    def __init__(self, *args, aanbod: list[Stuk], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stukken"].choices = [(stuk.sleutel, stuk.titel) for stuk in aanbod]
