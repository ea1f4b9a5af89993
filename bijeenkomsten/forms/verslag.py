"""A report: its parts, decisions and actions, and what readers say."""

from django import forms
from django.db.models import OuterRef, Q, Subquery

from bijeenkomsten.forms.bijeenkomst import GEEN_DAG
from bijeenkomsten.forms.mensveld import Mensveld
from bijeenkomsten.forms.regelveld import Regelveld
from bijeenkomsten.models import Actie, Besluit, Bijeenkomst, Uitnodiging, Verslag, Verslagdeel, Verslagreactie
from bijeenkomsten.verslagstappen import MEESTE_WOORDEN, Verslagstap
from collectief.datumveld import Datumveld
from collectief.gebruikers.models import Gebruiker, Rol

TYP_EEN_DEEL = "Typ een deel van de naam."


def wie_er_bij_hoort(bijeenkomst: Bijeenkomst):
    """The core team, and who was invited with an account; `plek` is the initiative for which she was."""
    kernteam = Q(pk__in=Gebruiker.objects.met_rol(Rol.Soort.KERNTEAM).values("pk"))
    mensen = Gebruiker.objects.filter(kernteam | Q(uitnodigingen__bijeenkomst=bijeenkomst), is_active=True)
    eigen = Uitnodiging.objects.filter(bijeenkomst=bijeenkomst, gebruiker=OuterRef("pk"))
    plek = Subquery(eigen.values("initiatief__naam")[:1])
    return mensen.annotate(plek=plek).distinct().order_by("naam", "pk")


def met_plek(mens: Gebruiker) -> str:
    """Two people may have one name, seldom at one place."""
    return f"{mens.naam} ({mens.plek})" if mens.plek else mens.naam


class SamenvattingForm(forms.ModelForm):
    class Meta:
        model = Verslag
        fields = ["samenvatting"]
        help_texts = {"samenvatting": f"Hooguit {MEESTE_WOORDEN} woorden. Wie maar een minuut heeft, leest alleen dit."}
        widgets = {"samenvatting": forms.Textarea(attrs={"rows": 6})}


class OnderdeelForm(forms.ModelForm):
    """A part of the report of this meeting."""

    def __init__(self, *args, bijeenkomst: Bijeenkomst, **kwargs):
        super().__init__(*args, **kwargs)
        self.bijeenkomst = bijeenkomst


class DeelForm(OnderdeelForm):
    class Meta:
        model = Verslagdeel
        fields = ["kop", "tekst", "lezers"]
        field_classes = {"kop": Regelveld}
        error_messages = {
            "kop": {"required": "Geef dit deel een kop."},
            "tekst": {"required": "Schrijf wat er besproken is."},
        }
        widgets = {"tekst": forms.Textarea(attrs={"rows": 10}), "lezers": forms.RadioSelect}


class MetEigenaarForm(OnderdeelForm):
    """What somebody looks after: she comes from the core team or was invited."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["eigenaar"].queryset = wie_er_bij_hoort(self.bijeenkomst)
        self.fields["eigenaar"].label_from_instance = met_plek


class BesluitForm(MetEigenaarForm):
    class Meta:
        model = Besluit
        fields = ["tekst", "raakt", "vanaf", "eigenaar", "lezers"]
        field_classes = {"tekst": Regelveld, "eigenaar": Mensveld}
        help_texts = {"eigenaar": TYP_EEN_DEEL}
        error_messages = {"tekst": {"required": "Schrijf op wat er besloten is."}, "vanaf": {"invalid": GEEN_DAG}}
        widgets = {"vanaf": Datumveld, "lezers": forms.RadioSelect, "raakt": forms.RadioSelect}


class ActieForm(MetEigenaarForm):
    class Meta:
        model = Actie
        fields = ["tekst", "eigenaar", "voor", "lezers"]
        field_classes = {"tekst": Regelveld, "eigenaar": Mensveld}
        help_texts = {"eigenaar": TYP_EEN_DEEL}
        error_messages = {
            "tekst": {"required": "Schrijf op wat er gaat gebeuren."},
            "eigenaar": {"required": "Kies wie het doet."},
            "voor": {"required": "Kies voor wanneer het klaar is.", "invalid": GEEN_DAG},
        }
        widgets = {"voor": Datumveld, "lezers": forms.RadioSelect}


class ReactieForm(forms.ModelForm):
    class Meta:
        model = Verslagreactie
        fields = ["tekst"]
        error_messages = {"tekst": {"required": "Schrijf je reactie op."}}
        widgets = {"tekst": forms.Textarea(attrs={"rows": 4})}


class VerslagstapForm(forms.Form):
    stap = forms.TypedChoiceField(
        choices=Verslagstap.choices,
        coerce=Verslagstap,
        error_messages={"required": "Kies een stap.", "invalid_choice": "Die stap kennen we niet."},
    )
