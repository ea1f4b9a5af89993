"""Forms about nudges."""

from datetime import date

from django import forms

from collectief.datumveld import Datumveld
from trajecten.forms.velden import DATUMFOUTEN, niet_voor_de_geboorte
from trajecten.models import Seintje, Traject


class SeintjeForm(forms.ModelForm):
    """Somebody asked for a nudge: for whom it is, and where to."""

    adres = forms.EmailField(
        label="Naar welk mailadres?",
        max_length=254,
        error_messages={
            "required": "Vul een mailadres in.",
            "invalid": "Dit is geen mailadres. Kijk of het klopt, zoals naam@voorbeeld.nl.",
            "max_length": "Dit adres is te lang.",
        },
    )
    zelf_gevraagd = forms.BooleanField(
        label="Die persoon vroeg er zelf om",
        help_text="We sturen alleen een seintje aan wie dat zelf wil. Stoppen kan altijd, met de link in de mail.",
        error_messages={"required": "Een seintje sturen we alleen aan wie er zelf om vraagt."},
    )

    class Meta:
        model = Seintje
        fields = ["voor", "adres", "gevraagd_op"]
        labels = {"voor": "Voor wie is het?", "gevraagd_op": "Wanneer vroeg die erom?"}
        widgets = {"voor": forms.RadioSelect, "gevraagd_op": Datumveld}
        help_texts = {"voor": "Een ouder krijgt alleen een seintje voor contact waar het gezin bij is."}
        error_messages = {
            "voor": {"required": "Kies voor wie het is.", "invalid_choice": "Kies een van deze twee."},
            "gevraagd_op": DATUMFOUTEN,
        }

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        self.traject = traject
        self.fields["voor"].choices = Seintje.Voor.choices

    def clean_gevraagd_op(self) -> date:
        return niet_voor_de_geboorte(self.cleaned_data["gevraagd_op"], self.traject)

    def clean_adres(self) -> str:
        adres = self.cleaned_data["adres"].lower()
        if any(seintje.adres == adres for seintje in self.traject.seintjes.nu()):
            raise forms.ValidationError("Dit adres krijgt al een seintje.")
        return adres
