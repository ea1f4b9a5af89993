"""Fields that occur in more than one form, and the sentences with which they ask back."""

import re
from collections.abc import Container, Sequence

from django import forms
from django.core.exceptions import ValidationError

from collectief.geo.models import Postcode

WEBADRES = "Vul een webadres in, bijvoorbeeld https://www.voorbeeld.nl."
GEEN_GETAL = "Vul een heel getal in, zonder letters of komma."
LEEFTIJD = {
    "required": "Vul een leeftijd in.",
    "invalid": GEEN_GETAL,
    "min_value": "Een leeftijd is 0 of hoger.",
    "max_value": "Deze leeftijd is te hoog. Kijk het getal even na.",
}
AANTAL = {
    "required": "Vul in hoeveel jongeren jullie nu begeleiden.",
    "invalid": GEEN_GETAL,
    "min_value": "Vul 0 of meer in.",
    "max_value": "Dit getal is te groot. Kijk het even na.",
}
DATUMS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]  # as people and spreadsheets write them
VEEL_JONGEREN = 200  # more than this for a small place: ask whether it is right


def zoekveld(label: str) -> forms.CharField:
    """A line to look for something with; it may stay empty."""
    return forms.CharField(
        label=label,
        max_length=100,
        required=False,
        error_messages={"max_length": "Gebruik hoogstens 100 tekens."},
        widget=forms.SearchInput(attrs={"enterkeyhint": "search"}),
    )


class MetVal(forms.Form):
    """A form for everybody, with a field that people do not see: who fills it in is a robot."""

    onderwerp = forms.CharField(
        label="Laat dit leeg",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_van_een_robot(self) -> bool:
        return bool(self.cleaned_data.get("onderwerp"))


class KeuzeField(forms.CharField):
    """One of the stored words, or its label; capitals make no difference."""

    def __init__(self, keuzes: Sequence[tuple[str, str]], **kwargs):
        self.waarden = {naam.lower(): waarde for waarde, label in keuzes for naam in (waarde, label)}
        self.uitleg = ", ".join(waarde for waarde, _ in keuzes)
        super().__init__(**kwargs)

    def kies(self, tekst: str) -> str:
        if tekst.strip().lower() not in self.waarden:
            raise ValidationError(
                f"“{tekst.strip()[:40]}” kennen we niet. Kies uit: {self.uitleg}.", code="invalid_choice"
            )
        return self.waarden[tekst.strip().lower()]

    def clean(self, value: str) -> str:
        tekst = super().clean(value)
        return self.kies(tekst) if tekst else ""


class PostcodeField(forms.CharField):
    """A Dutch postcode of four digits, with or without its letters; gives the four digits, or an empty string."""

    default_error_messages = {
        "required": "Vul een postcode in.",
        "invalid": "Vul een postcode in, bijvoorbeeld 7201 of 7201 AB.",
        "unknown": "Deze postcode kennen we niet. Kijk hem na, of neem een postcode uit de buurt.",
    }

    bekend: Container[str] | None = None  # the postcodes there are, for who asks about many at once

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10}))
        super().__init__(**kwargs)

    def clean(self, value: str) -> str:
        tekst = re.sub(r"\s", "", super().clean(value)).upper()
        if not tekst:
            return ""
        if not re.fullmatch(r"[1-9][0-9]{3}([A-Z]{2})?", tekst, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not self._kennen_we(tekst[:4]):
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return tekst[:4]

    def _kennen_we(self, pc4: str) -> bool:
        return Postcode.objects.filter(pc4=pc4).exists() if self.bekend is None else pc4 in self.bekend


class GradenField(forms.FloatField):
    """Degrees, with a comma as people write them or a point as maps do."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 10})
    default_error_messages = {
        "invalid": "Vul een getal in, bijvoorbeeld 52,1413.",
        "min_value": "Dit ligt buiten Nederland. Kijk het getal even na.",
        "max_value": "Dit ligt buiten Nederland. Kijk het getal even na.",
    }

    def to_python(self, value: str) -> float | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def heeft_webadres(tekst: str) -> bool:
    """Tell whether there is something in a text that a mail program makes a link of."""
    return bool(re.search(r"https?:|www\.|://", tekst, re.IGNORECASE))


def geen_webadres(naam: str) -> None:
    """Refuse a name with an address in it: names stand in mails, and such names are advertisements."""
    if heeft_webadres(naam):
        raise ValidationError("Een naam heeft geen webadres in zich. Het webadres mag bij “website”.", code="webadres")


def controleer_leeftijden(form: forms.BaseForm) -> None:
    """Ask back when the ages are turned round, or when only one of them is filled in."""
    van, tot = form.cleaned_data.get("leeftijd_van"), form.cleaned_data.get("leeftijd_tot")
    if form.has_error("leeftijd_van") or form.has_error("leeftijd_tot"):
        return
    if van is not None and tot is None:
        form.add_error("leeftijd_tot", "Vul ook de hoogste leeftijd in.")
    elif van is None and tot is not None:
        form.add_error("leeftijd_van", "Vul ook de laagste leeftijd in.")
    elif van is not None and van > tot:
        form.add_error("leeftijd_tot", f"De hoogste leeftijd is lager dan {van}. Staan ze andersom?")


class VraagTerugMixin:
    """A form that asks once whether an unlikely answer is right; a tick box that then appears says yes."""

    def vraag_terug(self, veld: str, vinkje: str, vraag: str) -> None:
        """Ask `vraag` at `veld`, unless the tick box named `vinkje` was ticked. Shows that box either way."""
        self.fields[vinkje].widget = forms.CheckboxInput()
        if not self.cleaned_data.get(vinkje):
            self.add_error(veld, vraag)


def vinkje(label: str) -> forms.BooleanField:
    """A tick box that stays out of sight until `vraag_terug` shows it."""
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)


def vragen_terug(*formulieren: forms.BaseForm) -> list[tuple[forms.BoundField | None, str]]:
    """Everything that these forms ask back, in order, for the summary above a page with more than one form."""
    vragen = []
    for form in formulieren:
        vragen += [(None, vraag) for vraag in form.non_field_errors()]
        vragen += [(veld, vraag) for veld in form.visible_fields() for vraag in veld.errors]
    return vragen
