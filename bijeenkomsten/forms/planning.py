"""What the core team fills in while it plans a year."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from bijeenkomsten.forms.bijeenkomst import BUITEN_BEREIK, DATUMVORMEN, EERSTE_JAAR, GEEN_DAG, LAATSTE_JAAR, moment
from bijeenkomsten.models import Bijeenkomst, Schoolvakantie
from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.sjabloon import SJABLOON, WEEKDAGEN
from bijeenkomsten.soorten import Soort
from collectief.beurt import wacht_op_beurt
from collectief.datumveld import Datumveld

MEESTE = 12
GROOTSTE_BESTAND = 500_000
DAGEN = [(1, "maandag"), (2, "dinsdag"), (3, "woensdag"), (4, "donderdag"), (5, "vrijdag"), (6, "zaterdag")]
LANGSTE_VAKANTIE = timedelta(days=60)


class Dagveld(forms.DateField):
    """A day between the first and the last year that we plan in."""

    default_validators = [
        MinValueValidator(date(EERSTE_JAAR, 1, 1), BUITEN_BEREIK),
        MaxValueValidator(date(LAATSTE_JAAR, 12, 31), BUITEN_BEREIK),
    ]

    def __init__(self, **opties):
        opties.setdefault("widget", Datumveld)
        fouten = {"required": "Vul een datum in.", "invalid": GEEN_DAG}
        super().__init__(input_formats=DATUMVORMEN, error_messages=fouten, **opties)


class SjabloonForm(forms.Form):
    """How many meetings of each kind, and on which days of the week."""

    weekdagen = forms.TypedMultipleChoiceField(
        label="Op welke dagen van de week?",
        choices=DAGEN,
        coerce=int,
        initial=WEEKDAGEN,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één dag van de week."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for soort, vorm in SJABLOON.items():
            self.fields[soort] = forms.IntegerField(
                label=Soort(soort).label,
                min_value=0,
                max_value=MEESTE,
                initial=vorm.aantal,
                error_messages={"required": "Vul een getal in. 0 mag ook.", "invalid": "Vul een getal in."},
            )
        self.order_fields([*SJABLOON, "weekdagen"])

    @property
    def aantallen(self) -> dict[str, int]:
        return {soort: self.cleaned_data[soort] for soort in SJABLOON}


class VerplaatsForm(forms.Form):
    """Another day for a draft; the times stay."""

    datum = Dagveld(label="Datum")

    def __init__(self, *args, bijeenkomst: Bijeenkomst, **kwargs):
        super().__init__(*args, **kwargs)
        self.bijeenkomst = bijeenkomst

    def clean_datum(self) -> date:
        """Put the new moments on the meeting."""
        dag, bijeenkomst = self.cleaned_data["datum"], self.bijeenkomst
        begin, eind = timezone.localtime(bijeenkomst.begint_op), timezone.localtime(bijeenkomst.eindigt_op)
        bijeenkomst.begint_op = moment(dag, begin.time())
        bijeenkomst.eindigt_op = moment(dag + (eind.date() - begin.date()), eind.time())
        return dag


class PlanningBestandForm(forms.Form):
    """A planning from a file: a table (CSV) or a calendar (ICS)."""

    bestand = forms.FileField(
        label="Bestand",
        widget=forms.FileInput(attrs={"accept": ".csv,.ics,text/csv,text/calendar"}),
        help_text="Een tabel (.csv) of een agendabestand (.ics).",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )
    soort = forms.ChoiceField(
        label="Soort, als die er niet bij staat",
        choices=[("", "die staat er altijd bij"), *Soort.choices],
        required=False,
    )

    def clean_bestand(self):
        bestand = self.cleaned_data["bestand"]
        if bestand.size > GROOTSTE_BESTAND:
            raise ValidationError("Dit bestand is te groot voor een planning. Hooguit 500 kB kan.", code="te_groot")
        return bestand


class SchoolvakantiesForm(forms.Form):
    """The holidays of one school year in three regions. What is left empty is not known yet."""

    bron = forms.CharField(
        label="Waar staan deze data?",
        max_length=200,
        help_text="Bijvoorbeeld: rijksoverheid.nl, bekeken op 3 maart.",
        error_messages={"required": "Schrijf erbij waar je dit vond. Dan kan een ander het nakijken."},
    )

    def __init__(self, *args, schooljaar: Schooljaar, **kwargs):
        super().__init__(*args, **kwargs)
        self.schooljaar = schooljaar
        self.bekend = {(v.soort, v.regio): v for v in Schoolvakantie.objects.filter(schooljaar=schooljaar.jaar)}
        for soort, regio in self.paren:
            self._voeg_toe(soort, regio, self.bekend.get((soort, regio)))
        self.initial.setdefault("bron", next((vakantie.bron for vakantie in self.bekend.values()), ""))

    @property
    def paren(self) -> list[tuple[str, str]]:
        return [(soort, regio) for soort in Schoolvakantie.Soort for regio in Schoolvakantie.Regio]

    def _voeg_toe(self, soort: str, regio: str, vakantie: Schoolvakantie | None) -> None:
        naam = f"{Schoolvakantie.Soort(soort).label} {Schoolvakantie.Regio(regio).label}"
        for veld, woorden in (("van", "eerste dag"), ("tot_en_met", "laatste dag")):
            waarde = getattr(vakantie, veld, None)
            self.fields[f"{soort}_{regio}_{veld}"] = Dagveld(label=f"{naam}, {woorden}", required=False, initial=waarde)

    @property
    def rijen(self) -> list[tuple[str, list]]:
        """Each holiday with its fields, region by region."""
        return [
            (
                soort.label,
                [
                    (regio.label, self[f"{soort}_{regio}_van"], self[f"{soort}_{regio}_tot_en_met"])
                    for regio in Schoolvakantie.Regio
                ],
            )
            for soort in Schoolvakantie.Soort
        ]

    def clean(self) -> dict:
        data = super().clean()
        for soort, regio in self.paren:
            van, tot = (data.get(f"{soort}_{regio}_{veld}") for veld in ("van", "tot_en_met"))
            veld = f"{soort}_{regio}_tot_en_met"
            if (van is None) != (tot is None) and not self.errors:
                self.add_error(veld, "Vul twee dagen in, of geen.")
            elif van and tot and not van <= tot <= van + LANGSTE_VAKANTIE:
                self.add_error(veld, "De laatste dag komt na de eerste, en hooguit 60 dagen later.")
            elif van and Schooljaar.van_dag(van) != self.schooljaar:
                self.add_error(f"{soort}_{regio}_van", f"Deze dag valt niet in schooljaar {self.schooljaar}.")
        return data

    def save(self) -> None:
        """Write what was filled in, and take away what was emptied."""
        wacht_op_beurt("schoolvakanties")
        Schoolvakantie.objects.filter(schooljaar=self.schooljaar.jaar).delete()
        Schoolvakantie.objects.bulk_create(
            Schoolvakantie(
                schooljaar=self.schooljaar.jaar,
                soort=soort,
                regio=regio,
                van=van,
                tot_en_met=self.cleaned_data[f"{soort}_{regio}_tot_en_met"],
                bron=self.cleaned_data["bron"],
            )
            for soort, regio in self.paren
            if (van := self.cleaned_data[f"{soort}_{regio}_van"])
        )
