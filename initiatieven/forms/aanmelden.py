"""The public application form, in steps: about the initiative, what it does, and the three checks."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django import forms
from django.utils import formats, timezone

from collectief.datumveld import Datumveld
from collectief.gebruikers.forms import GEEN_ADRES
from collectief.geo.models import Postcode
from collectief.geo.rd import LAT_BEREIK, LON_BEREIK
from initiatieven.forms.profiel import LocatieForm
from initiatieven.forms.velden import (
    AANTAL,
    LEEFTIJD,
    VEEL_JONGEREN,
    WEBADRES,
    GradenField,
    MetVal,
    PostcodeField,
    VraagTerugMixin,
    controleer_leeftijden,
    geen_webadres,
    vinkje,
)
from initiatieven.lidmaatschap import Toetssoort
from initiatieven.models import Aanmelding, Benadering, Gelijkenis, Initiatief, Toets
from initiatieven.models.initiatief import OUDSTE
from initiatieven.validators import niet_in_de_toekomst


@dataclass(frozen=True)
class Formulierstap:
    """One page of the form: the last part of its address, its heading, and what it asks."""

    naam: str
    kop: str
    velden: tuple[str, ...]


STAPPEN = (
    Formulierstap(
        "begin",
        "Over jullie",
        (
            *("naam", "naam_klopt", "soort", "is_online", "is_landelijk", "pc4", "adres", "lat", "lon"),
            *("contactpersoon", "contact_email", "contact_telefoon", "onderwerp"),
        ),
    ),
    Formulierstap("plek", "Wat jullie doen", ("omschrijving", "leeftijd_van", "leeftijd_tot", "website")),
    Formulierstap("jaar", "Toets 1: jullie bestaan minstens een jaar", ("opgericht_op", "bewijs_jaar")),
    Formulierstap(
        "jongeren",
        "Toets 2: jullie begeleiden minstens vijf jongeren",
        ("aantal_jongeren", "aantal_klopt", "aantal_op", "bewijs_jongeren"),
    ),
    Formulierstap(
        "herkenning",
        "Toets 3: jullie herkennen je in de benadering",
        ("landen", "verkennen", "doorstromen", "nazorg", "bewijs_herkenning", "versie", "onderschrijft"),
    ),
)
STAP = {stap.naam: stap for stap in STAPPEN}
FASEN = (("landen", "Landen"), ("verkennen", "Verkennen"), ("doorstromen", "Doorstromen"), ("nazorg", "Nazorg"))


def _eigen_woorden(label: str, hulp: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=1000,
        error_messages={"required": "Schrijf er in je eigen woorden iets over. Eén zin is genoeg."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AanmeldingForm(VraagTerugMixin, MetVal, forms.ModelForm):
    """An application with its three checks. `bewaar` stores them as a concept that can be handed in."""

    naam = forms.CharField(
        label="Hoe heet jullie initiatief?",
        max_length=120,
        validators=[geen_webadres],
        error_messages={"required": "Vul de naam van jullie initiatief in."},
    )
    naam_klopt = vinkje("Ja, wij zijn een ander initiatief met dezelfde naam")
    pc4 = PostcodeField(
        label="Postcode",
        help_text="Waar jullie meestal zijn, ook als jullie online werken. Alleen de vier cijfers is genoeg.",
    )
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
    aantal_op = forms.DateField(
        label="Op welke dag telde je?",
        initial=timezone.localdate,
        validators=[niet_in_de_toekomst],
        widget=Datumveld,
        error_messages={"required": "Vul in op welke dag je telde.", "invalid": "Vul een datum in."},
    )
    landen = _eigen_woorden("Landen", "Wat doen jullie als een jongere net bij je komt?")
    verkennen = _eigen_woorden("Verkennen", "Hoe ontdekt een jongere bij jullie wat hij kan en wil?")
    doorstromen = _eigen_woorden("Doorstromen", "Hoe zoeken jullie samen naar wat daarna komt?")
    nazorg = _eigen_woorden("Nazorg", "Wat doen jullie als een jongere verder is gegaan?")
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    onderschrijft = forms.BooleanField(
        label="Wij staan achter deze tekst", error_messages={"required": "Zet hier een vinkje als jullie dat vinden."}
    )
    adres = forms.CharField(
        label="Straat en huisnummer",
        required=False,
        max_length=150,
        help_text="Alleen om te zien of we jullie al kennen. Dit komt niet op de site.",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    lat = GradenField(
        label="Breedtegraad",
        required=False,
        min_value=LAT_BEREIK[0],
        max_value=LAT_BEREIK[1],
        help_text="Bijvoorbeeld 52,1413.",
    )
    lon = GradenField(
        label="Lengtegraad",
        required=False,
        min_value=LON_BEREIK[0],
        max_value=LON_BEREIK[1],
        help_text="Bijvoorbeeld 6,1961.",
    )
    bewijs_herkenning = forms.CharField(
        label="Waar kunnen we dat zien?",
        help_text="Bijvoorbeeld op jullie website, in een verslag of bij een bezoek.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Aanmelding
        fields = [
            "naam",
            "soort",
            "is_online",
            "is_landelijk",
            "omschrijving",
            "pc4",
            "adres",
            "lat",
            "lon",
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
            **{veld: LocatieForm.Meta.labels[veld] for veld in ("is_online", "is_landelijk")},
            "omschrijving": "Wat doen jullie?",
            "contact_email": "Je e-mailadres",
            "contact_telefoon": "Je telefoonnummer",
            "opgericht_op": "Sinds wanneer bestaan jullie?",
        }
        help_texts = {
            "is_landelijk": LocatieForm.Meta.help_texts["is_landelijk"],
            "omschrijving": "Een paar zinnen: wie jullie zijn en hoe een dag bij jullie eruitziet.",
            "contact_email": "Hierop sturen we een bevestiging en ons besluit.",
            "opgericht_op": "De dag waarop jullie begonnen. Weet je het niet precies, neem dan de eerste van de maand.",
        }
        error_messages = {
            "omschrijving": {"required": "Schrijf in een paar zinnen wat jullie doen."},
            "website": {"invalid": WEBADRES},
            "contact_email": {
                "required": "Vul je e-mailadres in.",
                "invalid": GEEN_ADRES,
            },
            "opgericht_op": {
                "required": "Vul in sinds wanneer jullie bestaan.",
                "invalid": "Vul een datum in, bijvoorbeeld 1-9-2019.",
            },
        }
        widgets = {
            "opgericht_op": Datumveld,
            "omschrijving": forms.Textarea(attrs={"rows": 6}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_telefoon": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args, stap: str = "", **kwargs):
        """Ask everything, or what one step asks."""
        super().__init__(*args, **kwargs)
        self.nu = Benadering.objects.nu()
        self.initial["versie"] = self.nu.versie
        for naam in set(self.fields) - set(STAP[stap].velden if stap else self.fields):
            del self.fields[naam]

    def clean(self) -> dict:
        data = super().clean()
        controleer_leeftijden(self)
        if (data.get("aantal_jongeren") or 0) > VEEL_JONGEREN:
            self.vraag_terug(
                "aantal_jongeren", "aantal_klopt", f"Jullie begeleiden {data['aantal_jongeren']} jongeren. Klopt dat?"
            )
        if "lat" in self.fields and (data.get("lat") is None) != (data.get("lon") is None):
            self.add_error("lon", "Vul beide getallen in, of allebei niet.")
        if Aanmelding.objects.loopt_al(data.get("naam", ""), data.get("contact_email", "")):
            self.add_error(None, "We hebben deze aanmelding al van je gekregen. Je hoort van ons.")
        if data.get("naam") and data.get("pc4") and not self.errors and self._kennen_we_al(data):
            vraag = "We kennen al een initiatief met deze naam, of op deze plek. Zijn jullie een ander?"
            self.vraag_terug("naam", "naam_klopt", vraag)
        return data

    def clean_is_online(self) -> bool:
        """Whoever says that the kind of place is online has said it."""
        return self.cleaned_data["is_online"] or self.cleaned_data.get("soort") == Initiatief.Soort.ONLINE

    def clean_onderschrijft(self) -> bool:
        if self.cleaned_data.get("versie") != self.nu.versie:
            raise forms.ValidationError("De tekst is net vernieuwd. Lees hem nog eens, en zet dan het vinkje.")
        return True

    def _kennen_we_al(self, data: dict) -> bool:
        """Of a member or of an application that runs: same name, same address or within a hundred metres."""
        zelfde = Gelijkenis.van(data)
        return zelfde.initiatieven().exists() or zelfde.aanmeldingen().exists()

    @property
    def getypt(self) -> dict[str, str]:
        """What was typed in this step, as it was typed; too long is cut off where no answer can be right any more."""
        waarden = ((naam, self.data.get(self.add_prefix(naam), "")) for naam in self.fields if naam != "onderwerp")
        return {naam: str(waarde).replace("\x00", "")[:6000] for naam, waarde in waarden}

    def bewaar(self) -> Aanmelding:
        """Store the application as a concept with its three checks, claim and evidence as they were written."""
        data = self.cleaned_data
        aanmelding = self.save(commit=False)
        aanmelding.plaats = Postcode.objects.get(pc4=data["pc4"]).plaats
        aanmelding.benadering = self.nu
        aanmelding.save()
        geteld = formats.date_format(data["aantal_op"], "j F Y")
        opgericht = formats.date_format(data["opgericht_op"], "j F Y")
        beweringen = [
            (Toetssoort.BESTAAT_EEN_JAAR, f"We bestaan sinds {opgericht}.", "bewijs_jaar"),
            (
                Toetssoort.VIJF_JONGEREN,
                f"We begeleiden {data['aantal_jongeren']} jongeren (op {geteld}).",
                "bewijs_jongeren",
            ),
            (Toetssoort.ONTWIKKELINGSGERICHT, self._in_eigen_woorden(), "bewijs_herkenning"),
        ]
        Toets.objects.bulk_create(
            Toets(aanmelding=aanmelding, soort=soort, bewering=bewering, bewijs=data[bewijs])
            for soort, bewering, bewijs in beweringen
        )
        return aanmelding

    def _in_eigen_woorden(self) -> str:
        return "\n\n".join(f"{label}: {self.cleaned_data[veld]}" for veld, label in FASEN)


def stappen_met_vragen(form: AanmeldingForm) -> list[tuple[Formulierstap, list[str]]]:
    """Each step with what the whole form still asks there; an empty list means that the step is done."""
    return [(stap, [vraag for veld in stap.velden for vraag in form.errors.get(veld, [])]) for stap in STAPPEN]


PUNT = ("lat", "lon")  # hardly anybody gives one, so that it is open says nothing


class Antwoord(NamedTuple):
    """One answer as its writer reads it over: which field, the question, and the answer in words."""

    veld: str
    vraag: str
    tekst: str


def na_te_lezen(form: AanmeldingForm) -> list[tuple[Formulierstap, list[Antwoord]]]:
    """Everything that a valid form says, step by step. What was left open says so by being empty."""
    return [
        (
            stap,
            [
                Antwoord(naam, str(form[naam].label), _in_woorden(form, naam))
                for naam in stap.velden
                if naam != "onderwerp"
                and not form[naam].is_hidden
                and (naam not in PUNT or form.cleaned_data.get(naam))
            ],
        )
        for stap in STAPPEN
    ]


def _in_woorden(form: AanmeldingForm, naam: str) -> str:
    waarde = form.cleaned_data.get(naam)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return formats.date_format(waarde, "j F Y")
    keuzes = dict(getattr(form.fields[naam], "choices", ()))
    return str(keuzes.get(waarde, "" if waarde is None else waarde))
