"""Choosing one of many people by typing a part of a name."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError

from collectief.gebruikers.models import Gebruiker
from collectief.geo.namen import schoon

HOOGSTENS_NOEMEN = 8


class Namenlijst(forms.TextInput):
    """A line to type in; the browser itself shows which names fit, also without a script.

    Who is called exactly like another stands there with her mail address.
    """

    template_name = "bijeenkomsten/onderdelen/namenlijst.html"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.choices = ()

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_namen"
        mensen = [(label, keuze.instance.email) for keuze, label in self.choices if keuze]
        hoe_vaak = Counter(label for label, _ in mensen)
        return context | {"namen": [adres if hoe_vaak[label] > 1 else label for label, adres in mensen]}


class Mensveld(forms.ModelChoiceField):
    """One of the people in its queryset: by the label, by the mail address, or by a part that fits only one of them."""

    widget = Namenlijst
    default_error_messages = {
        "invalid_choice": "Deze naam staat niet in de lijst. Typ een deel van de naam en kies iemand.",
        "meer": "Hier passen er meer bij: %(namen)s. Kies er een.",
        "zelfde": "Er zijn mensen die precies zo heten. Vul het mailadres in van wie je bedoelt.",
    }

    def to_python(self, value: object) -> Gebruiker | None:
        if not (getypt := str(value or "").strip()):
            return None
        mensen = [(self.label_from_instance(mens), mens) for mens in self.queryset]
        precies = [mens for naam, mens in mensen if getypt.casefold() in (naam.casefold(), mens.email.casefold())]
        if len(precies) > 1:
            raise ValidationError(self.error_messages["zelfde"], code="zelfde")
        deel = schoon(getypt)
        passend = precies or [mens for naam, mens in mensen if deel and deel in schoon(naam)]
        if not passend:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        if len(passend) > 1:
            raise ValidationError(self.error_messages["meer"], code="meer", params={"namen": self._noem(passend)})
        return passend[0]

    def _noem(self, mensen: list[Gebruiker]) -> str:
        namen = [self.label_from_instance(mens) for mens in mensen[:HOOGSTENS_NOEMEN]]
        rest = len(mensen) - len(namen)
        return ", ".join(namen) + (f" en nog {rest}" if rest else "")

    def prepare_value(self, value: object) -> object:
        """What stands on the line: the label of who was chosen before, and what was typed as it was typed."""
        mens = self.queryset.filter(pk=value).first() if isinstance(value, int) else None
        return self.label_from_instance(mens) if mens else value
