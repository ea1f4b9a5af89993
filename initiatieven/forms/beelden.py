"""Photos and stories on the public page, as the place itself brings them."""

from django import forms
from django.core.exceptions import ValidationError

from collectief.fotoveld import Fotoveld
from initiatieven.models import Initiatief, Plekfoto, Plekverhaal

MEESTE_FOTOS = 12
ZONDER_WOORDEN = "Schrijf op wat er op de foto staat. Wie hem niet kan zien, hoort het dan."


class PlekfotoForm(forms.ModelForm):
    """A new photo. It is public at once when whoever is on it agrees; otherwise it waits."""

    foto = Fotoveld(
        label="Foto",
        help_text="We maken hem kleiner en halen eraf waar en waarmee hij gemaakt is.",
        error_messages={"required": "Kies een foto."},
    )
    is_openbaar = forms.BooleanField(
        label="Wie herkenbaar op de foto staat, vindt het goed dat iedereen hem ziet. Ouders ook.",
        required=False,
        help_text="Zet je dit nog niet aan, dan zien alleen jullie de foto.",
    )

    class Meta:
        model = Plekfoto
        fields = ["alt", "is_openbaar"]
        labels = {"alt": "Wat zie je op de foto?"}
        help_texts = {"alt": "Bijvoorbeeld: de werkbank met een half afgemaakte vogelkast."}
        error_messages = {"alt": {"required": ZONDER_WOORDEN}}

    field_order = ["foto", "alt", "is_openbaar"]

    def __init__(self, *args, initiatief: Initiatief, **kwargs):
        super().__init__(*args, **kwargs)
        self.initiatief = initiatief

    def clean(self) -> dict:
        if self.initiatief.fotos.count() >= MEESTE_FOTOS:
            raise ValidationError(f"Er staan al {MEESTE_FOTOS} foto's. Haal er eerst een weg.", code="vol")
        return super().clean()


class PlekverhaalForm(forms.ModelForm):
    """A short story by the place itself, with one of its photos."""

    class Meta:
        model = Plekverhaal
        fields = ["titel", "tekst", "foto"]
        labels = {"titel": "Titel", "tekst": "Verhaal", "foto": "Foto erbij"}
        help_texts = {
            "tekst": "Kort en gewoon: wat gebeurde er op een dag? Noem geen namen van jongeren.",
            "foto": "Kies uit de foto's die iedereen mag zien.",
        }
        error_messages = {
            "titel": {"required": "Geef het verhaal een titel."},
            "tekst": {"required": "Schrijf een paar zinnen."},
        }

    def __init__(self, *args, initiatief: Initiatief, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["foto"].queryset = initiatief.fotos.filter(is_openbaar=True)
        self.fields["foto"].empty_label = "Geen foto"


class KeuzeForm(forms.Form):
    """What one press of a button does with a photo or a story."""

    doe = forms.ChoiceField(choices=[(doe, doe) for doe in ("openbaar", "besloten", "weg")])
