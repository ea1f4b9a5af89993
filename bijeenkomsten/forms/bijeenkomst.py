"""What the core team and guests fill in, a year in the address, and one row of a planning file."""

from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone

from bijeenkomsten.forms.regelveld import Regelveld, een_regel
from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.models.bijeenkomst import NOG_GEEN_LINK
from bijeenkomsten.schooljaar import EERSTE_JAAR, LAATSTE_JAAR, Schooljaar
from bijeenkomsten.soorten import Soort
from collectief.datumveld import Datumveld
from collectief.gebruikers.forms import GEEN_ADRES
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.geo.namen import PROVINCIES
from initiatieven.models import Initiatief

BUITEN_BEREIK = f"Kies een datum van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}."
GEEN_DAG = "Deze dag staat niet op de kalender. Schrijf een datum als 14-09-2023."
DATUMVORMEN = ["%Y-%m-%d", "%d-%m-%Y"]
TIJDVORMEN = ["%H:%M", "%H.%M", "%H:%M:%S"]


def moment(dag: date, tijd: time) -> datetime:
    """Return the aware moment of a Dutch wall-clock time; in the hour that comes twice, the first.

    Raises ValidationError for a time that the clock skips in spring.
    """
    zonder_zone = datetime.combine(dag, tijd)
    met_zone = zonder_zone.replace(tzinfo=timezone.get_current_timezone())
    if timezone.make_naive(met_zone.astimezone(UTC)) != zonder_zone:
        raise ValidationError(
            f"{tijd:%H:%M} bestaat die nacht niet: de klok gaat een uur vooruit. Kies een andere tijd.",
            code="bestaat_niet",
        )
    return met_zone


class TijdvakForm(forms.Form):
    """A day with a begin and an end; `clean` adds `begint_op` and `eindigt_op`."""

    datum = forms.DateField(
        label="Datum",
        input_formats=DATUMVORMEN,
        validators=[
            MinValueValidator(date(EERSTE_JAAR, 1, 1), BUITEN_BEREIK),
            MaxValueValidator(date(LAATSTE_JAAR, 12, 31), BUITEN_BEREIK),
        ],
        widget=Datumveld,
        error_messages={"required": "Vul een datum in.", "invalid": GEEN_DAG},
    )
    begin = forms.TimeField(
        label="Begintijd",
        input_formats=TIJDVORMEN,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Vul een begintijd in.", "invalid": "Schrijf de begintijd als 15:30."},
    )
    eind = forms.TimeField(
        label="Eindtijd",
        input_formats=TIJDVORMEN,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Vul een eindtijd in.", "invalid": "Schrijf de eindtijd als 17:00."},
    )

    def clean(self) -> dict:
        data = super().clean()
        for veld, naam in (("begin", "begint_op"), ("eind", "eindigt_op")):
            if data.get("datum") and data.get(veld) is not None:
                try:
                    data[naam] = moment(data["datum"], data[veld])
                except ValidationError as fout:
                    self.add_error(veld, fout)
        if "begint_op" in data and "eindigt_op" in data and data["eindigt_op"] <= data["begint_op"]:
            self.add_error("eind", ValidationError("Kies een eindtijd na de begintijd.", code="eind_voor_begin"))
        return data


def in_tijdvak(bijeenkomst: Bijeenkomst) -> dict[str, date | time]:
    """What stands in the fields of `TijdvakForm` for a meeting that is there."""
    begin, eind = timezone.localtime(bijeenkomst.begint_op), timezone.localtime(bijeenkomst.eindigt_op)
    return {"datum": begin.date(), "begin": begin.time(), "eind": eind.time()}


class BijeenkomstForm(TijdvakForm, forms.ModelForm):
    """Plan or edit a meeting."""

    field_order = [
        *("soort", "titel", "datum", "begin", "eind", "plaats", "pc4", "reis", "link", "omschrijving", "provincies"),
        *("gastheer", "capaciteit", "introducees", "afmelden_dagen", "trekkers", "is_openbaar"),
    ]

    afmelden_dagen = forms.IntegerField(
        label="Tot hoeveel dagen ervoor kan iemand zich afmelden?",
        required=False,
        min_value=0,
        max_value=60,
        help_text="Leeg laten mag, dan kan het tot het eind. Daarna regelen de trekkers het.",
        error_messages={"invalid": "Vul een heel getal in, of laat het leeg."},
    )
    provincies = forms.MultipleChoiceField(
        label="Welke provincies horen bij de regio?",
        choices=[(naam, naam) for naam in PROVINCIES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen voor een regiobijeenkomst. Wie daar een plek heeft, nodig je als groep uit.",
    )

    class Meta:
        model = Bijeenkomst
        fields = [
            *("soort", "titel", "plaats", "pc4", "reis", "link", "omschrijving", "provincies", "gastheer"),
            *("capaciteit", "introducees", "trekkers", "is_openbaar"),
        ]
        field_classes = {"titel": Regelveld, "plaats": Regelveld, "reis": Regelveld}
        help_texts = {
            "soort": "Hieruit volgt voor wie de bijeenkomst is.",
            "titel": "Leeg laten mag. Dan heet de bijeenkomst zoals de soort.",
            "plaats": "Naam en adres. Leeg laten mag, dan staat er dat de plaats nog volgt.",
            "pc4": "Dan tekenen we een kaartje. Leeg laten mag.",
            "reis": "Eén regel. Bijvoorbeeld: vanaf het station tien minuten lopen.",
            "gastheer": "Alleen voor een bezoek. Later invullen mag, ook als het al geweest is.",
            "introducees": "Samen, en zonder eigen uitnodiging. Leeg laten mag, dan kan het niet.",
            "link": "Alleen wie komt, ziet deze link. Hij begint met https://.",
            "capaciteit": "Leeg laten mag, dan is er geen maximum.",
            "is_openbaar": "Iedereen kan de bijeenkomst dan zien op de site. De link nooit.",
        }
        error_messages = {
            "soort": {"required": "Kies een soort bijeenkomst."},
            "link": {"invalid": "Schrijf de link helemaal uit, met https:// ervoor."},
            "capaciteit": {"invalid": "Vul een getal in, of laat het leeg."},
        }
        widgets = {
            "link": forms.URLInput(attrs={"autocomplete": "off"}),
            "omschrijving": forms.Textarea(attrs={"rows": 5}),
            "trekkers": forms.CheckboxSelectMultiple,
            "capaciteit": forms.NumberInput(attrs={"min": 1}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["introducees"].required = False
        self.fields["trekkers"].queryset = self._mogelijke_trekkers()
        self.fields["gastheer"].queryset = Initiatief.objects.openbaar().op_naam()
        if self.instance.pk:
            self.initial |= in_tijdvak(self.instance)
            if self.instance.afmelden_tot:
                self.initial["afmelden_dagen"] = (self.instance.begint_op - self.instance.afmelden_tot).days

    def _mogelijke_trekkers(self):
        """The core team, and who was chosen before."""
        kan = Q(pk__in=Gebruiker.objects.met_rol(Rol.Soort.KERNTEAM).values("pk"))
        if self.instance.pk:
            kan |= Q(trekt_bijeenkomsten=self.instance)
        return Gebruiker.objects.filter(kan).distinct().order_by("naam", "pk")

    def clean_introducees(self) -> int:
        return self.cleaned_data["introducees"] or 0

    def clean(self) -> dict:
        data = super().clean()
        dagen = data.get("afmelden_dagen")
        if "begint_op" in data:
            self.instance.afmelden_tot = None if dagen is None else data["begint_op"] - timedelta(days=dagen)
        self.instance.begint_op = data.get("begint_op", self.instance.begint_op)
        self.instance.eindigt_op = data.get("eindigt_op", self.instance.eindigt_op)
        kan_niet_zonder_link = self.instance.is_gepubliceerd and not self.instance.bron
        if kan_niet_zonder_link and data.get("soort") == Soort.ONLINE and not data.get("link", "-"):
            self.add_error("link", NOG_GEEN_LINK)
        return data


class AfgelastForm(forms.Form):
    """Call a meeting off."""

    omdat = Regelveld(
        label="Waarom gaat het niet door?",
        required=False,
        max_length=200,
        help_text="Eén zin. Hij komt in de mail en bij de bijeenkomst te staan.",
    )


class GastForm(forms.Form):
    """Invite one person by address."""

    naam = Regelveld(
        label="Naam",
        max_length=120,
        error_messages={"required": "Vul de naam in van wie je uitnodigt."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    adres = forms.EmailField(
        label="E-mailadres",
        error_messages={
            "required": "Vul het e-mailadres in.",
            "invalid": GEEN_ADRES,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_adres(self) -> str:
        return self.cleaned_data["adres"].lower()


class AntwoordForm(forms.Form):
    """Say ja, nee or misschien. `terug` says whether the visitor answered from her own list."""

    antwoord = forms.ChoiceField(
        choices=[(keuze.value, keuze.label) for keuze in Uitnodiging.TE_KIEZEN],
        error_messages={
            "required": "Kies ja, misschien of nee.",
            "invalid_choice": "Kies ja, misschien of nee.",
        },
    )
    terug = forms.ChoiceField(choices=[("mijn", "mijn")], required=False)


class AntwoordVanForm(AntwoordForm):
    """The answer of somebody who told the core team."""

    uitnodiging = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class SchooljaarForm(forms.Form):
    """The school year in the address, by the calendar year in which it begins."""

    jaar = forms.IntegerField(min_value=EERSTE_JAAR, max_value=LAATSTE_JAAR)

    def clean_jaar(self) -> Schooljaar:
        return Schooljaar(self.cleaned_data["jaar"])


class PlanningsregelForm(TijdvakForm):
    """One row of a planning file: number within the school year, day, kind and times."""

    field_order = ["volgnummer", "datum", "soort", "begin", "eind", "titel", "plaats", "uid"]

    volgnummer = forms.IntegerField(
        min_value=1,
        max_value=99_999,
        error_messages={
            "required": "Het volgnummer ontbreekt.",
            "invalid": "Het volgnummer is geen getal.",
            "min_value": "Het volgnummer is minstens 1.",
            "max_value": "Het volgnummer is te groot.",
        },
    )
    soort = forms.ChoiceField(
        choices=Soort.choices,
        error_messages={
            "required": "De soort ontbreekt.",
            "invalid_choice": "“%(value)s” is geen soort bijeenkomst. Kies uit: " + ", ".join(Soort.values) + ".",
        },
    )

    titel = Regelveld(max_length=120, required=False, error_messages={"max_length": "De titel is te lang."})
    plaats = Regelveld(max_length=200, required=False, error_messages={"max_length": "De plaats is te lang."})
    uid = forms.CharField(max_length=255, required=False, error_messages={"max_length": "De uid is te lang."})

    def __init__(self, data: dict):
        super().__init__({**data, "soort": data.get("soort", "").lower().replace(" ", "_")})
        self.fields["volgnummer"].required = not data.get("uid")

    @property
    def redenen(self) -> str:
        """Everything that is wrong with this row, in one line."""
        return " ".join(een_regel(fout) for fouten in self.errors.values() for fout in fouten)
