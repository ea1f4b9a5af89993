"""What core team, staff and visitors say about whether a page is still true."""

from django import forms

from collectief.gebruikers.forms import GEEN_ADRES
from initiatieven.forms.velden import MetVal
from initiatieven.models import Bladzijdemelding
from initiatieven.versheid import Antwoord


class TelefoonForm(forms.Form):
    """What came of a telephone call."""

    antwoord = forms.ChoiceField(
        choices=Antwoord.choices,
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Kies wat er uit het gesprek kwam."),
    )
    notitie = forms.CharField(label="Notitie", required=False, max_length=500)


class AndersForm(forms.Form):
    """What is not right any more, by who has the link from the mail and no account."""

    tekst = forms.CharField(
        label="Wat klopt er niet meer?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf in één zin wat er niet meer klopt."},
    )


class MeldingForm(MetVal, forms.ModelForm):
    """A report by anybody. The address is only for our answer."""

    class Meta:
        model = Bladzijdemelding
        fields = ["wat", "tekst", "email"]
        labels = {"wat": "Wat klopt er niet?", "tekst": "Wat weet je ervan?", "email": "Je e-mailadres"}
        help_texts = {
            "tekst": "Noem geen namen van jongeren.",
            "email": "Alleen als je wilt horen wat we ermee deden. Daarna wissen we het.",
        }
        error_messages = {
            "wat": {"required": "Kies wat er niet klopt."},
            "email": {"invalid": GEEN_ADRES},
        }
        widgets = {"wat": forms.RadioSelect, "tekst": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wat"].choices = Bladzijdemelding.Wat.choices

    def clean(self) -> dict:
        data = super().clean()
        if data.get("wat") == Bladzijdemelding.Wat.ANDERS and not data.get("tekst", "").strip():
            self.add_error("tekst", "Schrijf in één zin wat er niet klopt.")
        return data


class AntwoordForm(forms.Form):
    """What was done about a report."""

    antwoord = forms.CharField(
        label="Wat is ermee gedaan?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wie het meldde, leest dit als er een mailadres bij stond.",
        error_messages={"required": "Schrijf in één zin wat je ermee deed."},
    )
