"""What a family writes to a place, and what a place answers. Bad input is asked back beside the field."""

from __future__ import annotations

import uuid

from django import forms
from django.db.models import QuerySet

from collectief.gebruikers.forms import GEEN_ADRES
from collectief.geo.namen import leesbaar
from initiatieven.forms.velden import GEEN_GETAL, MetVal, heeft_webadres
from initiatieven.models import Initiatief
from initiatieven.models.initiatief import OUDSTE
from initiatieven.validators import is_telefoon
from kaart.actions import te_vragen
from kaart.contactstanden import GEEN_PLEK, MEEST, Contactstand, Reden
from kaart.forms.vraag import LEEFTIJD
from kaart.models import Contactplek, Contactverzoek
from trajecten.validators import geen_bsn


def geen_link(tekst: str) -> None:
    """Refuse an address in a short text: what stands there is read by people who may press on it."""
    if heeft_webadres(tekst):
        raise forms.ValidationError("Hier past geen webadres. Schrijf het in gewone woorden.", code="webadres")


def emailveld(hulp: str) -> forms.EmailField:
    return forms.EmailField(
        label="Je e-mailadres",
        help_text=hulp,
        max_length=254,
        error_messages={"required": "Vul je e-mailadres in.", "invalid": GEEN_ADRES},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LeesbaarField(forms.CharField):
    """Text from a stranger that somebody else reads: what hides in it, or turns its direction, is taken out."""

    def to_python(self, value) -> str:
        return "\n".join(leesbaar(regel) for regel in super().to_python(value).splitlines())


def gekozen_plekken(slugs: list[str]) -> QuerySet[Initiatief]:
    """The public places with these names in the address, in the order of the alphabet; what is no name is left out."""
    return (
        Initiatief.objects.openbaar()
        .filter(slug__in=[slug[:120] for slug in slugs[:20] if slug.isprintable()])
        .op_naam()
    )


class ContactForm(MetVal, forms.ModelForm):
    """One question to at most three places."""

    plekken = forms.ModelMultipleChoiceField(
        label="Aan welke plekken vraag je het?",
        help_text=f"Kies er hooguit {MEEST} tegelijk.",
        queryset=Initiatief.objects.none(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één plek.",
            "invalid_choice": "Deze plek kun je hier niet meer kiezen. Kies een andere.",
            "invalid_pk_value": "Deze plek kun je hier niet meer kiezen. Kies een andere.",
        },
    )
    wie = forms.ChoiceField(
        label="Wie ben je?",
        choices=Contactverzoek.Wie,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie je bent."},
    )
    naam = LeesbaarField(
        label="Hoe mogen ze jou noemen?",
        help_text="Jouw eigen naam, een voornaam is genoeg. De naam van je kind hoeven ze nog niet te weten.",
        max_length=60,
        validators=[geen_link],
        error_messages={"required": "Vul in hoe ze jou mogen noemen."},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = emailveld("Hierop krijg je een eigen link. Daarmee zie je waar je vraag staat.")
    hoe = forms.ChoiceField(
        label="Hoe bereiken ze je het liefst?",
        choices=Contactverzoek.Hoe,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe ze je het liefst bereiken."},
    )
    telefoon = forms.CharField(
        label="Je telefoonnummer",
        help_text="Nodig als je gebeld wilt worden of een berichtje wilt.",
        required=False,
        max_length=20,
        validators=[is_telefoon],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    wanneer = LeesbaarField(
        label="Wanneer komt het uit?",
        help_text="Bijvoorbeeld: op dinsdag, of na vier uur.",
        required=False,
        max_length=120,
        validators=[geen_link, geen_bsn],
    )
    leeftijd = forms.IntegerField(
        label="Hoe oud is de jongere?",
        required=False,
        min_value=0,
        max_value=OUDSTE,
        error_messages={"invalid": GEEN_GETAL} | dict.fromkeys(["min_value", "max_value"], LEEFTIJD),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    bericht = LeesbaarField(
        label="Wat wil je vertellen?",
        help_text="Een paar zinnen is genoeg. Noem geen naam van een kind; dat kan later, als jullie elkaar spreken.",
        required=False,
        max_length=1000,
        validators=[geen_bsn],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    akkoord = forms.BooleanField(
        label="Ja, de plekken die ik koos mogen dit lezen en contact met me opnemen.",
        help_text="Niemand anders leest het. Intrekken kan altijd. Na 90 dagen wissen we vanzelf wie je bent. "
        "Ben je jonger dan 16? Laat dan een ouder of verzorger meekijken.",
        error_messages={"required": "Zonder jouw ja geven we je vraag niet door."},
    )
    kenmerk = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Contactverzoek
        fields = ["wie", "naam", "email", "hoe", "telefoon", "wanneer", "leeftijd", "bericht"]

    field_order = ["plekken", "wie", "leeftijd", "bericht", "naam", "email", "hoe", "telefoon", "wanneer", "akkoord"]

    def __init__(self, *args, slugs: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["telefoon"].soms_nodig = True
        keuze = te_vragen().filter(pk__in=gekozen_plekken(slugs)).op_naam()
        self.fields["plekken"].queryset = keuze
        self.initial |= {"plekken": [plek.slug for plek in keuze[:MEEST]], "kenmerk": uuid.uuid4()}

    def clean_plekken(self) -> QuerySet[Initiatief]:
        plekken = self.cleaned_data["plekken"]
        if len(plekken) > MEEST:
            raise forms.ValidationError(f"Kies er hooguit {MEEST} tegelijk. Zo houden plekken tijd voor ieder gezin.")
        return plekken

    def clean_kenmerk(self) -> uuid.UUID:
        """The mark of this form; what is no mark gets a new one, because nobody can see or mend it."""
        try:
            return uuid.UUID(self.cleaned_data["kenmerk"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict:
        data = super().clean()
        if data.get("hoe") in {"bellen", "bericht"} and not data.get("telefoon") and "telefoon" not in self.errors:
            self.add_error("telefoon", "Vul je telefoonnummer in, of kies voor mailen.")
        return data

    def verzoek(self) -> Contactverzoek:
        """The question, not saved yet."""
        self.instance.kenmerk = self.cleaned_data["kenmerk"]
        return self.instance


class StandForm(forms.Form):
    """What a place does with a question. `uit` is what she saw when she decided."""

    naar = forms.ChoiceField(
        label="Waar staat het nu?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waar het nu staat.", "invalid_choice": "Dit kan nu niet meer. Kies opnieuw."},
    )
    reden = forms.ChoiceField(
        label="Waarom is er nu geen plek?",
        help_text="Alleen als je koos voor: nu geen plek. Het gezin ziet dit ook.",
        choices=[("", "Kies een reden"), *Reden.choices],
        required=False,
    )
    uit = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, *args, plek: Contactplek, **kwargs):
        super().__init__(*args, initial={"uit": plek.stand}, **kwargs)
        self.fields["reden"].soms_nodig = True
        self.fields["naar"].choices = [(stand.value, stand.label) for stand in plek.mogelijk]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("naar") == GEEN_PLEK and not data.get("reden") and "reden" not in self.errors:
            self.add_error("reden", "Kies waarom er nu geen plek is. Dat helpt het gezin verder.")
        return data

    @property
    def stap(self) -> dict:
        data = self.cleaned_data
        is_geen_plek = data["naar"] == GEEN_PLEK
        return {
            "naar": Contactstand(data["naar"]),
            "uit": data["uit"],
            "reden": data["reden"] if is_geen_plek else "",
        }


class GevondenForm(forms.Form):
    gevonden = forms.ChoiceField(
        label="Is er een plek gevonden?",
        choices=Contactverzoek.Gevonden,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een antwoord."},
    )


class AlarmForm(MetVal):
    """Where to mail when a new place fits a search."""

    email = emailveld("Je krijgt eerst een mail met de vraag of je dit echt wilt.")
