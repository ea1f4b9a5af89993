"""Offering a visit, telling about one, and finding somebody at the door."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from bijeenkomsten.forms.bijeenkomst import TijdvakForm, in_tijdvak
from bijeenkomsten.forms.regelveld import Regelveld
from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.soorten import Soort
from collectief.fotoveld import Fotoveld
from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Initiatief

ZONDER_WOORDEN = "Schrijf op wat er op de foto staat. Wie hem niet kan zien, hoort het dan."


class BezoekForm(TijdvakForm, forms.ModelForm):
    """A time at which others may come and look, and how many."""

    field_order = ["gastheer", "datum", "begin", "eind", "capaciteit", "plaats", "pc4", "reis", "omschrijving"]

    class Meta:
        model = Bijeenkomst
        fields = ["gastheer", "capaciteit", "plaats", "pc4", "reis", "omschrijving"]
        field_classes = {"plaats": Regelveld, "reis": Regelveld}
        labels = {"capaciteit": "Hoeveel mensen kunnen er komen?", "omschrijving": "Wat kunnen bezoekers verwachten?"}
        help_texts = {
            "plaats": "Alleen wie van een initiatief is, ziet dit adres.",
            "reis": "Eén regel. Bijvoorbeeld: vanaf het station tien minuten lopen.",
            "omschrijving": "Bijvoorbeeld: meewerken in de tuin, daarna soep.",
        }
        error_messages = {
            "gastheer": {"required": "Kies bij welk initiatief het bezoek is."},
            "capaciteit": {"required": "Vul in hoeveel mensen er kunnen komen.", "invalid": "Vul een getal in."},
            "plaats": {"required": "Vul in waar bezoekers naartoe komen."},
        }
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 4}), "capaciteit": forms.NumberInput(attrs={"min": 1})}

    def __init__(self, *args, gebruiker: Gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        eigen = Initiatief.objects.openbaar().van(gebruiker).op_naam()
        self.fields["gastheer"].queryset = eigen
        for veld in ("capaciteit", "plaats"):
            self.fields[veld].required = True
        self._kies_gastheer(list(eigen))
        if self.instance.pk:
            self.initial |= in_tijdvak(self.instance)

    def _kies_gastheer(self, eigen: list[Initiatief]) -> None:
        """Who works at one place is not asked which, and a visit that people signed up for stays where it is."""
        if self.instance.pk or len(eigen) == 1:
            self.instance.gastheer = self.instance.gastheer or eigen[0]
            del self.fields["gastheer"]
        else:
            self.fields["gastheer"].required = True

    def clean(self) -> dict:
        data = super().clean()
        if data.get("begint_op") and data["begint_op"] <= timezone.now():
            self.add_error("datum", ValidationError("Kies een dag die nog komt.", code="voorbij"))
        self.instance.begint_op = data.get("begint_op", self.instance.begint_op)
        self.instance.eindigt_op = data.get("eindigt_op", self.instance.eindigt_op)
        self.instance.soort, self.instance.is_openbaar = Soort.OP_BEZOEK, False
        if gastheer := data.get("gastheer") or self.instance.gastheer:
            self.instance.titel = f"Op bezoek bij {gastheer}"[:120]
        return data


class BezoekverhaalForm(forms.Form):
    """A short report of a visit, with a photo. The place that was visited decides whether it is public."""

    titel = Regelveld(label="Titel", max_length=120, error_messages={"required": "Geef je verhaal een titel."})
    tekst = forms.CharField(
        label="Hoe was het?",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Schrijf niets waaraan een jongere te herkennen is.",
        error_messages={"required": "Schrijf in een paar zinnen hoe het was."},
    )
    foto = Fotoveld(
        label="Foto",
        required=False,
        help_text="We maken hem kleiner en halen eraf waar en waarmee hij gemaakt is. Vraag eerst wie erop staat.",
    )
    alt = forms.CharField(label="Wat zie je op de foto?", max_length=200, required=False)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("foto") and not data.get("alt"):
            self.add_error("alt", ZONDER_WOORDEN)
        return data


class DeurForm(forms.Form):
    """Somebody on the list of guests: her name, or a part of it. Or all of them on one page, to print."""

    q = forms.CharField(label="Zoek op naam", max_length=120, required=False)
    alles = forms.BooleanField(required=False)


class BinnenForm(forms.Form):
    """Who is here, or is not here after all."""

    uitnodiging = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    doe = forms.ChoiceField(choices=[("binnen", "binnen"), ("terug", "terug")])
