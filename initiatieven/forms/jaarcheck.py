"""What a member answers once a year, what an admin notes, and a new version of the approach."""

from django import forms

from initiatieven.forms.gesprek import tekstvak
from initiatieven.forms.velden import AANTAL, VEEL_JONGEREN, VraagTerugMixin, vinkje


class JaarcheckForm(VraagTerugMixin, forms.Form):
    aantal = forms.IntegerField(
        label="Hoeveel jongeren begeleiden jullie nu?", min_value=0, max_value=32767, error_messages=AANTAL
    )
    aantal_klopt = vinkje("Ja, dit aantal klopt")
    toelichting = forms.CharField(
        label="Wil je er iets bij vertellen?",
        required=False,
        max_length=1000,
        help_text="Zijn het er nu minder dan vijf? Schrijf gerust hoe dat komt. Jullie blijven lid.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Houd het korter dan 1000 tekens."},
    )
    klopt = forms.BooleanField(
        label="Wij bestaan nog, en herkennen ons nog in de benadering",
        error_messages={"required": "Zet hier een vinkje als dat zo is. Is het niet zo? Bel of mail ons dan even."},
    )

    def clean(self) -> dict:
        data = super().clean()
        if (data.get("aantal") or 0) > VEEL_JONGEREN:
            self.vraag_terug("aantal", "aantal_klopt", f"Jullie begeleiden {data['aantal']} jongeren. Klopt dat?")
        return data


class BesprokenForm(forms.Form):
    waarom = tekstvak("Wat spraken jullie af?", "Schrijf op wat jullie afspraken.", rijen=3, meest=2000)


class BenaderingForm(forms.Form):
    tekst = tekstvak("De tekst", "Schrijf de hele tekst op.", rijen=16, meest=6000)
    wat_anders = tekstvak("Wat is er anders?", "Schrijf in een paar zinnen wat er anders is.", rijen=3, meest=1000)
