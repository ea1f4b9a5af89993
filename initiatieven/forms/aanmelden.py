"""The public application form: about the initiative, who we may call, and the three checks."""

from django import forms
from django.db.models import Value
from django.utils import formats, timezone

from collectief.geo.models import Postcode
from initiatieven.forms.velden import (
    AANTAL,
    LEEFTIJD,
    VEEL_JONGEREN,
    WEBADRES,
    PostcodeField,
    VraagTerugMixin,
    controleer_leeftijden,
    datumveld_widget,
    geen_webadres,
    vinkje,
)
from initiatieven.lidmaatschap import Toetssoort
from initiatieven.models import Aanmelding, Initiatief, Toets
from initiatieven.models.initiatief import OUDSTE, Zoekvorm


class AanmeldingForm(VraagTerugMixin, forms.ModelForm):
    """An application with its three checks. `bewaar` stores them as a concept that can be handed in."""

    naam = forms.CharField(
        label="Hoe heet jullie initiatief?",
        max_length=120,
        validators=[geen_webadres],
        error_messages={"required": "Vul de naam van jullie initiatief in."},
    )
    naam_klopt = vinkje("Ja, wij zijn een ander initiatief met dezelfde naam")
    pc4 = PostcodeField(label="Postcode", help_text="Waar jullie meestal zijn. Alleen de vier cijfers is genoeg.")
    leeftijd_van = forms.IntegerField(label="Jongste leeftijd", min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD)
    leeftijd_tot = forms.IntegerField(label="Oudste leeftijd", min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD)
    contactpersoon = forms.CharField(
        label="Je naam",
        max_length=120,
        validators=[geen_webadres],
        error_messages={"required": "Vul je naam in."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    bewijs_jaar = forms.CharField(
        label="Waaruit blijkt dat?",
        help_text="Bijvoorbeeld een inschrijving, een eerste nieuwsbericht of iemand die jullie toen al kende.",
        max_length=2000,
        error_messages={"required": "Schrijf op waaruit dat blijkt. Eén zin is genoeg."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    aantal_jongeren = forms.IntegerField(
        label="Hoeveel jongeren begeleiden jullie nu?", min_value=0, max_value=32767, error_messages=AANTAL
    )
    aantal_klopt = vinkje("Ja, dit aantal klopt")
    bewijs_jongeren = forms.CharField(
        label="Wie kan dat bevestigen?",
        help_text="Bijvoorbeeld een gemeente of school waar jullie mee werken. Noem geen namen van jongeren.",
        max_length=2000,
        error_messages={"required": "Schrijf op wie dat kan bevestigen. Eén zin is genoeg."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    herkenning = forms.CharField(
        label="Waarin herkennen jullie je?",
        help_text="In je eigen woorden. Wat doen jullie als een jongere bij je landt, en als hij weer verder wil?",
        max_length=2000,
        error_messages={"required": "Schrijf in je eigen woorden op waarin jullie je herkennen."},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    bewijs_herkenning = forms.CharField(
        label="Waar kunnen we dat zien?",
        help_text="Bijvoorbeeld op jullie website, in een verslag of bij een bezoek.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    onderwerp = forms.CharField(label="Laat dit leeg", required=False, max_length=200)  # only robots fill this in

    class Meta:
        model = Aanmelding
        fields = [
            "naam",
            "soort",
            "omschrijving",
            "pc4",
            "website",
            "leeftijd_van",
            "leeftijd_tot",
            "contactpersoon",
            "contact_email",
            "contact_telefoon",
            "opgericht_op",
            "aantal_jongeren",
        ]
        labels = {
            "soort": "Wat voor plek is het?",
            "omschrijving": "Wat doen jullie?",
            "contact_email": "Je e-mailadres",
            "contact_telefoon": "Je telefoonnummer",
            "opgericht_op": "Sinds wanneer bestaan jullie?",
        }
        help_texts = {
            "omschrijving": "Een paar zinnen: wie jullie zijn en hoe een dag bij jullie eruitziet.",
            "contact_email": "Hierop sturen we een bevestiging en ons besluit.",
            "opgericht_op": "De dag waarop jullie begonnen. Weet je het niet precies, neem dan de eerste van de maand.",
        }
        error_messages = {
            "omschrijving": {"required": "Schrijf in een paar zinnen wat jullie doen."},
            "website": {"invalid": WEBADRES},
            "contact_email": {
                "required": "Vul je e-mailadres in.",
                "invalid": "Dit is geen e-mailadres. Kijk het even na.",
            },
            "opgericht_op": {
                "required": "Vul in sinds wanneer jullie bestaan.",
                "invalid": "Vul een datum in, bijvoorbeeld 1-9-2019.",
            },
        }
        widgets = {
            "opgericht_op": datumveld_widget(),
            "omschrijving": forms.Textarea(attrs={"rows": 6}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_telefoon": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def clean(self) -> dict:
        data = super().clean()
        controleer_leeftijden(self)
        if (data.get("aantal_jongeren") or 0) > VEEL_JONGEREN:
            self.vraag_terug(
                "aantal_jongeren", "aantal_klopt", f"Jullie begeleiden {data['aantal_jongeren']} jongeren. Klopt dat?"
            )
        if data.get("naam") and self._bestaat_al(data["naam"]):
            self.vraag_terug("naam", "naam_klopt", "Er staat al een initiatief met deze naam. Zijn jullie een ander?")
        if Aanmelding.objects.loopt_al(data.get("naam", ""), data.get("contact_email", "")):
            self.add_error(None, "We hebben deze aanmelding al van je gekregen. Je hoort van ons.")
        return data

    def _bestaat_al(self, naam: str) -> bool:
        return Initiatief.objects.openbaar().filter(naam_sleutel=Zoekvorm(Value(naam))).exists()

    @property
    def is_van_een_robot(self) -> bool:
        return bool(self.cleaned_data.get("onderwerp"))

    def bewaar(self) -> Aanmelding:
        """Store the application as a concept with its three checks, claim and evidence as they were written."""
        data = self.cleaned_data
        aanmelding = self.save(commit=False)
        aanmelding.plaats = Postcode.objects.get(pc4=data["pc4"]).plaats
        aanmelding.save()
        vandaag = formats.date_format(timezone.localdate(), "j F Y")
        opgericht = formats.date_format(data["opgericht_op"], "j F Y")
        Toets.objects.bulk_create(
            [
                Toets(aanmelding=aanmelding, soort=soort, bewering=bewering, bewijs=data[bewijs])
                for soort, bewering, bewijs in [
                    (Toetssoort.BESTAAT_EEN_JAAR, f"We bestaan sinds {opgericht}.", "bewijs_jaar"),
                    (
                        Toetssoort.VIJF_JONGEREN,
                        f"We begeleiden {data['aantal_jongeren']} jongeren (op {vandaag}).",
                        "bewijs_jongeren",
                    ),
                    (Toetssoort.ONTWIKKELINGSGERICHT, data["herkenning"], "bewijs_herkenning"),
                ]
            ]
        )
        return aanmelding
