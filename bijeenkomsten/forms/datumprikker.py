"""A date poll: what it is for, its dates, its people, and what somebody answers."""

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from bijeenkomsten.forms.bijeenkomst import GEEN_DAG, TijdvakForm, moment
from bijeenkomsten.forms.regelveld import Regelveld, een_regel
from bijeenkomsten.models import Datumprikker, Prikdatum
from bijeenkomsten.models.bijeenkomst import NOG_GEEN_LINK
from bijeenkomsten.prikstand import MEESTE_DATA, Prikkeuze
from bijeenkomsten.soorten import Soort
from collectief.datumveld import Datumveld
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.werkdagen import feestdagen

WEEK = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
DAGEN = list(enumerate(WEEK, start=1))
WEG = re.compile(r"d[0-9]{1,18}")
LANGSTE_PERIODE = timedelta(days=184)


def tijdvak(dag: date, begin: time, eind: time) -> tuple[datetime, datetime]:
    """Return the aware moments of these wall-clock times on one day.

    In the night with an hour that comes twice, an end that would lie before the begin is the second one of that name.
    Raises ValidationError for a time that the clock skips, and for an end before the begin.
    """
    begint_op, eindigt_op = moment(dag, begin), moment(dag, eind)
    if eindigt_op.astimezone(UTC) <= begint_op.astimezone(UTC):
        eindigt_op = eindigt_op.replace(fold=1)
    if eindigt_op.astimezone(UTC) <= begint_op.astimezone(UTC):
        raise ValidationError("Kies een eindtijd na de begintijd.", code="eind_voor_begin")
    return begint_op.astimezone(UTC), eindigt_op.astimezone(UTC)


class DatumprikkerForm(forms.ModelForm):
    """Begin a date poll."""

    class Meta:
        model = Datumprikker
        fields = ["titel", "soort", "toelichting", "plaats", "link", "antwoord_tot", "herinnert"]
        field_classes = {"titel": Regelveld, "plaats": Regelveld}
        labels = {"titel": "Waarvoor zoek je een datum?"}
        help_texts = {
            "soort": "Kies je straks een datum, dan wordt het zo’n bijeenkomst.",
            "toelichting": "Wie je vraagt, leest dit erbij. Later staat het bij de bijeenkomst.",
            "link": "Alleen voor online. Alleen wie komt, ziet hem.",
            "antwoord_tot": "Leeg laten mag. Daarna kan niemand meer kiezen; je kunt de dag later nog verzetten.",
        }
        error_messages = {
            "titel": {"required": "Vul in waarvoor je een datum zoekt."},
            "antwoord_tot": {"invalid": GEEN_DAG},
            "soort": {"required": "Kies een soort bijeenkomst."},
            "link": {"invalid": "Schrijf de link helemaal uit, met https:// ervoor."},
        }
        widgets = {"toelichting": forms.Textarea(attrs={"rows": 4}), "antwoord_tot": Datumveld}

    def clean_antwoord_tot(self) -> date | None:
        return _niet_voorbij(self.cleaned_data["antwoord_tot"])

    def clean(self) -> dict:
        data = super().clean()
        if data.get("soort") == Soort.ONLINE and not data.get("link", "-"):
            self.add_error("link", NOG_GEEN_LINK)
        return data


class TermijnForm(forms.ModelForm):
    """Until when people may answer, and whether who did not is reminded."""

    class Meta:
        model = Datumprikker
        fields = ["antwoord_tot", "herinnert"]
        help_texts = {"antwoord_tot": "Leeg laten mag, dan kan kiezen tot je een datum neemt."}
        error_messages = {"antwoord_tot": {"invalid": GEEN_DAG}}
        widgets = {"antwoord_tot": Datumveld}

    def clean_antwoord_tot(self) -> date | None:
        return _niet_voorbij(self.cleaned_data["antwoord_tot"])


def _niet_voorbij(dag: date | None) -> date | None:
    if dag and dag < timezone.localdate():
        raise ValidationError("Deze dag is al voorbij. Kies er een die nog komt.", code="voorbij")
    return dag


class DataForm(TijdvakForm):
    """One date, or the same time on some days of the week in a period; `cleaned_data["data"]` has them all."""

    tot = forms.DateField(
        label="Tot en met",
        required=False,
        input_formats=TijdvakForm.base_fields["datum"].input_formats,
        help_text="Leeg laten mag, dan is het één datum.",
        widget=Datumveld,
        error_messages={"invalid": GEEN_DAG},
    )
    dagen = forms.TypedMultipleChoiceField(
        label="Op welke dagen van de week?",
        required=False,
        choices=DAGEN,
        coerce=int,
        help_text="Alleen nodig als je een periode kiest. Feestdagen slaan we over.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Kies dagen uit de lijst."},
    )
    field_order = ["datum", "tot", "dagen", "begin", "eind"]

    def clean(self) -> dict:
        data = forms.Form.clean(self)
        if not {"datum", "begin", "eind"} <= data.keys() or {"tot", "dagen"} & self.errors.keys():
            return data
        try:
            data["data"] = [tijdvak(dag, data["begin"], data["eind"]) for dag in self._dagen(data)]
        except ValidationError as fout:
            self.add_error("eind" if fout.code == "eind_voor_begin" else "begin", fout)
        if not data.get("data", True):
            self.add_error("dagen", "In deze periode valt geen van deze dagen. Kies een andere dag of periode.")
        return data

    def _dagen(self, data: dict) -> list[date]:
        eerste, laatste = data["datum"], data["tot"] or data["datum"]
        if not data["tot"]:
            return [eerste]
        if not timedelta(0) <= laatste - eerste <= LANGSTE_PERIODE:
            self.add_error("tot", "Kies een einde na de eerste dag, hooguit een half jaar verder.")
            return []
        alle = [eerste + timedelta(days=dag) for dag in range((laatste - eerste).days + 1)]
        op = data["dagen"] or [1, 2, 3, 4, 5]
        gekozen = [dag for dag in alle if dag.isoweekday() in op and dag not in feestdagen(dag.year)]
        if len(gekozen) > MEESTE_DATA:
            self.add_error("tot", f"Dat zijn {len(gekozen)} data. Er passen er hooguit {MEESTE_DATA} in.")
        return gekozen[:MEESTE_DATA]


class MensenForm(forms.Form):
    """Whom to ask; `cleaned_data["mensen"]` has names and addresses."""

    adressen = forms.CharField(
        label="Wie vraag je?",
        required=False,
        max_length=6000,
        help_text="Eén per regel: een naam en een e-mailadres. Bijvoorbeeld: Nina Visser, nina@voorbeeld.nl",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    kernteam = forms.BooleanField(label="Het hele kernteam", required=False)
    is_nodig = forms.BooleanField(
        label="Deze mensen moeten erbij zijn",
        required=False,
        help_text="Een datum waarop een van hen niet kan, komt dan niet bovenaan.",
    )

    def clean_adressen(self) -> list[tuple[str, str]]:
        mensen, fouten = [], []
        for nummer, regel in enumerate(self.cleaned_data["adressen"].splitlines(), start=1):
            if not regel.strip():
                continue
            try:
                mensen.append(_lees(regel))
            except ValidationError:
                fouten.append(f"Op regel {nummer} staat geen naam met een e-mailadres. Kijk die even na.")
        if fouten:
            raise ValidationError(fouten, code="adres")
        return mensen

    def clean(self) -> dict:
        data = super().clean()
        if "adressen" not in data:
            return data
        data["mensen"] = data.pop("adressen")
        if data.get("kernteam"):
            kernteam = Gebruiker.objects.met_rol(Rol.Soort.KERNTEAM).order_by("pk")
            data["mensen"] += [(mens.naam, mens.email) for mens in kernteam]
        if not data["mensen"]:
            self.add_error("adressen", "Vul minstens één naam met een e-mailadres in, of kies het kernteam.")
        return data


def _lees(regel: str) -> tuple[str, str]:
    """Split "Nina Visser, nina@voorbeeld.nl" or "Nina Visser <nina@…>". Raises ValidationError."""
    naam, adres = parseaddr(regel) if "<" in regel else ("", "")
    if not adres:
        naam, _, adres = een_regel(regel).replace(",", " ").replace(";", " ").rpartition(" ")
    validate_email(adres)
    return een_regel(naam)[:120] or adres.split("@")[0], adres.lower()


class PrikForm(forms.Form):
    """What somebody says about each date; a date may be left open."""

    def __init__(self, *args, data_van_prikker: list[Prikdatum], **kwargs):
        super().__init__(*args, **kwargs)
        for datum in data_van_prikker:
            self.fields[f"d{datum.pk}"] = forms.ChoiceField(
                choices=[("", ""), *Prikkeuze.choices],
                required=False,
                error_messages={"invalid_choice": "Kies kan, als het moet of kan niet."},
            )

    def clean(self) -> dict:
        """Nothing chosen is no answer: it would look as if she had been here and could never come, or always."""
        data = super().clean()
        if not self.errors and not any(self.keuzes().values()):
            raise ValidationError("Kies bij minstens één datum. Kun je nooit, kies dan overal ‘Kan niet’.")
        return data

    def keuzes(self) -> dict[int, str]:
        """What was chosen, also for a date that was taken out while she chose."""
        weg = {int(naam[1:]): "nee" for naam in self.data if WEG.fullmatch(naam) and naam not in self.fields}
        return weg | {int(naam[1:]): keuze for naam, keuze in self.cleaned_data.items()}


class KiesForm(forms.Form):
    """Make a date a meeting."""

    is_openbaar = forms.BooleanField(label="Iedereen mag de bijeenkomst op de site zien", required=False)
    hele_groep = forms.BooleanField(label="Nodig ook de rest uit voor wie dit soort bijeenkomst is", required=False)
