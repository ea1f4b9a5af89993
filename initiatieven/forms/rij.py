"""One row of a table of initiatives, checked as if somebody had typed it; and the file in which it comes."""

from collections.abc import Sequence

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from collectief.bestanden import MAX_UPLOAD
from collectief.tabel import OnleesbareTabel, Tabel, lees_tabel
from initiatieven.forms.profiel import ProfielForm
from initiatieven.forms.velden import DATUMS, VEEL_JONGEREN, WEBADRES, KeuzeField, controleer_leeftijden, zoekveld
from initiatieven.models import Initiatief
from initiatieven.models.initiatief import GERESERVEERDE_SLUGS, GROOTSTE_GROEP, OUDSTE

SLEUTEL = "adres"  # the column that says which initiative a row is about: its address on the site
VELDEN = tuple(ProfielForm.Meta.fields)  # what stands on the public page, in its order
ALLEEN_LEZEN = ("plaatsen", "lid_sinds", "bladzijde")  # in what we give out, and ignored when it comes back
GETALLEN = {"aantal_jongeren": 32767, "leeftijd_van": OUDSTE, "leeftijd_tot": OUDSTE, "groepsgrootte": GROOTSTE_GROEP}


class LijstField(KeuzeField):
    """Stored words with commas between them."""

    def clean(self, value: str) -> list[str]:
        tekst = forms.CharField.clean(self, value)
        return list(dict.fromkeys(self.kies(deel) for deel in tekst.split(",") if deel.strip()))


def _veld(veld: models.Field) -> forms.Field:
    """The field of a form for one column, with sentences for whoever looks at a cell."""
    if isinstance(veld, ArrayField):
        return LijstField(veld.base_field.choices, required=False)
    if veld.choices:
        return KeuzeField(veld.choices, required=False)
    if veld.name in GETALLEN:
        return forms.IntegerField(
            required=False,
            min_value=(laagste := 1 if veld.name == "groepsgrootte" else 0),
            max_value=GETALLEN[veld.name],
            error_messages={
                "invalid": "Vul een heel getal in.",
                "min_value": f"Vul {laagste} of meer in.",
                "max_value": "Dit getal is te groot.",
            },
        )
    if isinstance(veld, models.DateField):
        ongeldig = {"invalid": "Vul een datum in, bijvoorbeeld 1-9-2019."}
        return forms.DateField(
            required=False, input_formats=DATUMS, validators=veld.validators, error_messages=ongeldig
        )
    formveld = veld.formfield()
    formveld.error_messages |= {"invalid": WEBADRES if veld.name == "website" else "Dit klopt niet."}
    return formveld


class RijForm(forms.Form):
    """The cells of one row. Columns that the file does not have are left as they are."""

    adres = forms.SlugField(
        max_length=120,
        error_messages={
            "required": "Vul het adres in: dat zegt over welk initiatief dit gaat.",
            "invalid": "Gebruik alleen kleine letters, cijfers en streepjes.",
        },
    )

    def __init__(self, rij: dict[str, str], kolommen: Sequence[str]):
        super().__init__(rij)
        for naam in VELDEN:
            if naam in kolommen:
                self.fields[naam] = _veld(Initiatief._meta.get_field(naam))

    def clean_adres(self) -> str:
        adres = self.cleaned_data["adres"]
        if adres in GERESERVEERDE_SLUGS or adres != adres.lower():
            raise ValidationError("Dit adres gebruiken we zelf al, of er staat een hoofdletter in. Kies een ander.")
        return adres

    def clean_aantal_jongeren(self) -> int | None:
        aantal = self.cleaned_data["aantal_jongeren"]
        if (aantal or 0) > VEEL_JONGEREN:
            raise ValidationError(f"{aantal} jongeren is veel voor een kleine plek. Vul dit op de bladzijde zelf in.")
        return aantal

    def clean(self) -> dict:
        data = super().clean()
        if {"leeftijd_van", "leeftijd_tot"} <= self.fields.keys():
            controleer_leeftijden(self)
        elif {"leeftijd_van", "leeftijd_tot"} & self.fields.keys():
            self.add_error(None, "Geef allebei de leeftijden, of geen van beide.")
        return data


class ImportForm(forms.Form):
    """A table to try. `tabel` holds what was read."""

    bestand = forms.FileField(
        label="Rekenblad",
        help_text="CSV (in UTF-8) of XLSX, hoogstens 2.000 rijen.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg.",
            "invalid": "Kies een bestand.",
        },
    )
    zijn_lid = forms.BooleanField(
        label="Nieuwe initiatieven in dit bestand zijn al lid",
        required=False,
        help_text="Alleen als het collectief hen eerder toeliet. Anders staan ze nog niet op de site.",
    )
    tabel: Tabel

    def clean_bestand(self):
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MAX_UPLOAD:
            raise ValidationError(f"Dit bestand is te groot. Het mag hoogstens {MAX_UPLOAD // 1_000_000} MB zijn.")
        try:
            self.tabel = lees_tabel(bestand.read())
        except OnleesbareTabel as fout:
            raise ValidationError(str(fout)) from fout
        if ontbreekt := [naam for naam in (SLEUTEL, "naam") if naam not in self.tabel.kop]:
            raise ValidationError(f"In de bovenste rij mist: {', '.join(ontbreekt)}.")
        return bestand


class PrullenbakForm(forms.Form):
    q = zoekveld("Zoek op naam")
