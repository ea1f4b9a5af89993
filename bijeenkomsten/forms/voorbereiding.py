"""What the core team fills in about the programme and the documents, and guests about what they need."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from bijeenkomsten.documentsoorten import MEESTE_BYTES, UITLEG, herken
from bijeenkomsten.forms.regelveld import Regelveld
from bijeenkomsten.models import Bijeenkomst, Document, Programmadeel, Uitnodiging
from bijeenkomsten.models.bijeenkomst import MEESTE_INTRODUCEES
from bijeenkomsten.soorten import Soort


class ProgrammadeelForm(forms.ModelForm):
    class Meta:
        model = Programmadeel
        fields = ["volgorde", "titel", "minuten", "wie"]
        field_classes = {"titel": Regelveld, "wie": Regelveld}
        error_messages = {
            "titel": {"required": "Schrijf op wat er gebeurt."},
            "minuten": {"required": "Vul in hoeveel minuten dit duurt.", "invalid": "Vul een heel getal in."},
            "volgorde": {"invalid": "Vul een heel getal in.", "required": "Vul een getal in."},
        }
        widgets = {
            "volgorde": forms.NumberInput(attrs={"min": 0}),
            "minuten": forms.NumberInput(attrs={"min": 1}),
        }

    def has_changed(self) -> bool:
        """A row of which only the order was filled in beforehand is no part yet."""
        return bool(set(self.changed_data) - {"volgorde"}) or (bool(self.instance.pk) and super().has_changed())


EXTRA = 3  # empty rows for what comes after

ProgrammaFormSet = forms.inlineformset_factory(
    Bijeenkomst, Programmadeel, form=ProgrammadeelForm, extra=EXTRA, max_num=40, absolute_max=60, can_delete=True
)


def programmaformulier(data: Mapping | None, bijeenkomst: Bijeenkomst) -> forms.BaseInlineFormSet:
    """The programme of a meeting in rows, with empty ones that come after."""
    delen = bijeenkomst.programma.op_volgorde()
    hierna = max((deel.volgorde for deel in delen), default=0)
    leeg = [{"volgorde": hierna + nummer} for nummer in range(1, EXTRA + 1)]
    return ProgrammaFormSet(data, instance=bijeenkomst, queryset=delen, prefix="deel", initial=leeg)


class DocumentForm(forms.ModelForm):
    """A file with a meeting; `inhoud` is what is in it."""

    bestand = forms.FileField(
        label="Bestand",
        help_text="Een pdf, foto of document, hooguit 10 MB.",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )

    class Meta:
        model = Document
        fields = ["naam", "voor"]
        field_classes = {"naam": Regelveld}
        labels = {"naam": "Hoe heet het?"}
        error_messages = {"naam": {"required": "Geef het document een naam."}}
        widgets = {"voor": forms.RadioSelect}

    field_order = ["bestand", "naam", "voor"]

    def clean_bestand(self) -> UploadedFile:
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MEESTE_BYTES:
            raise ValidationError("Dit bestand is te groot. Hooguit 10 MB kan.", code="te_groot")
        self.inhoud = bestand.read()
        soort = herken(self.inhoud)
        if soort is None:
            raise ValidationError(UITLEG, code="soort")
        self.instance.mediatype, self.instance.omvang = soort.mediatype, len(self.inhoud)
        return bestand


class WensenForm(forms.ModelForm):
    """What somebody needs to be able to come, and whom she brings. Nothing of it is mandatory."""

    class Meta:
        model = Uitnodiging
        fields = ["meegenomen", *Uitnodiging.WENSEN]
        field_classes = dict.fromkeys(Uitnodiging.WENSEN, Regelveld)
        help_texts = {
            "meegenomen": "Mensen van jouw initiatief zonder eigen uitnodiging.",
            "dieet": "Bijvoorbeeld: vegetarisch, geen noten.",
            "tolk": "Bijvoorbeeld: tolk Nederlandse Gebarentaal.",
            "toegankelijkheid": "Bijvoorbeeld: een rustige plek, geen trap.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meegenomen"] = forms.IntegerField(
            label="Hoeveel mensen neem je mee?",
            min_value=0,
            max_value=MEESTE_INTRODUCEES,
            help_text=self.fields["meegenomen"].help_text,
            error_messages={
                "required": "Vul een getal in. 0 mag ook.",
                "invalid": "Vul een heel getal in.",
                "min_value": "Vul 0 of meer in.",
                "max_value": f"Je kunt hooguit {MEESTE_INTRODUCEES} mensen meenemen.",
            },
        )
        if not self.instance.bijeenkomst.introducees:
            del self.fields["meegenomen"]
        if self.instance.bijeenkomst.soort == Soort.ONLINE:
            del self.fields["dieet"]
            self.fields["toegankelijkheid"].label = "Meekijken en meedoen"
            self.fields["toegankelijkheid"].help_text = "Bijvoorbeeld: ondertiteling, of liever zonder camera."

    def _post_clean(self) -> None:
        """The model is filled by `bewaar`: how many come along is decided on the locked meeting, not here."""

    @property
    def wensen(self) -> dict[str, str]:
        return {veld: self.cleaned_data[veld] for veld in Uitnodiging.WENSEN if veld in self.fields}
