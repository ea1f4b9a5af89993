"""Fields that occur in more than one form, and the sentences with which they ask back."""

import re

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
VEEL_JONGEREN = 200  # more than this for a small place: ask whether it is right


class PostcodeField(forms.CharField):
    """A Dutch postcode of four digits, with or without its letters; gives the four digits, or an empty string."""

    default_error_messages = {
        "required": "Vul een postcode in.",
        "invalid": "Vul een postcode in, bijvoorbeeld 7201 of 7201 AB.",
        "unknown": "Deze postcode kennen we niet. Kijk hem na, of neem een postcode uit de buurt.",
    }

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
        if not Postcode.objects.filter(pc4=tekst[:4]).exists():
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return tekst[:4]


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


def datumveld_widget() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def geen_webadres(naam: str) -> None:
    """Refuse a name with an address in it: names stand in mails, and such names are advertisements."""
    if re.search(r"https?:|www\.|://", naam, re.IGNORECASE):
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
