"""Forms of the prevention plan. What fits in them fits on one A4."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from collectief.datumveld import Datumveld
from collectief.getallen import als_getal
from trajecten.forms.velden import DATUMFOUTEN, niet_voor_het_begin, te_lang, tekstvak
from trajecten.models import PlanAkkoord, Preventieplan, Terugvalsignaal, Traject
from trajecten.validators import geen_bsn

AANTAL_BELLEN = 6
MAX_TEKENS, MAX_REGELS = 600, 10


def past_op_papier(tekst: str) -> None:
    """Refuse what would make the plan longer than one A4. Raises ValidationError."""
    if len(tekst) > MAX_TEKENS or len(tekst.splitlines()) > MAX_REGELS:
        raise ValidationError(
            f"Zo past het plan niet op één blad. Houd het bij {MAX_TEKENS} tekens en {MAX_REGELS} regels; "
            "je tekst staat er nog.",
            code="te_lang",
        )


class PlanForm(forms.ModelForm):
    """A version of the plan, with six lines for whom to call."""

    op_versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Preventieplan
        fields = ["signalen", "wat_helpt", "wat_niet_helpt"]
        widgets = {"signalen": tekstvak(4), "wat_helpt": tekstvak(4), "wat_niet_helpt": tekstvak(4)}
        help_texts = {
            "signalen": "Liefst in de woorden van de jongere: ‘Dan slaap ik lang en zeg ik niets.’",
            "wat_niet_helpt": "Wat laten we dan juist?",
        }

    def __init__(self, *args, plan: Preventieplan | None, **kwargs):
        bellen = (
            {f"{deel}_{nr}": regel[deel] for nr, regel in enumerate(plan.bellen, 1) for deel in regel} if plan else {}
        )
        inhoud = {veld: getattr(plan, veld) for veld in self.Meta.fields} if plan else {}
        begin = inhoud | bellen | {"op_versie": plan.versie if plan else 0} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, initial=begin, **kwargs)
        for veld in self.Meta.fields:
            self.fields[veld].validators.append(past_op_papier)
        for nr in range(1, AANTAL_BELLEN + 1):
            for deel, label, lengte in (("wie", "Wie", 80), ("hoe", "Hoe bereik je die?", 120)):
                self.fields[f"{deel}_{nr}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=lengte,
                    validators=[geen_bsn],
                    error_messages={"max_length": te_lang(lengte, "")},
                )

    def belregels(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """The lines for the page: number, who, how."""
        return [(nr, self[f"wie_{nr}"], self[f"hoe_{nr}"]) for nr in range(1, AANTAL_BELLEN + 1)]

    def clean(self) -> dict:
        data = super().clean()
        for nr in range(1, AANTAL_BELLEN + 1):
            if data.get(f"hoe_{nr}") and not data.get(f"wie_{nr}") and f"wie_{nr}" not in self.errors:
                self.add_error(f"wie_{nr}", "Schrijf er ook bij wie dit is.")
        if not self.errors and not any(self.inhoud().values()):
            raise ValidationError("Het plan is nog leeg. Eén zin is genoeg om te beginnen.")
        return data

    def inhoud(self) -> dict:
        """What `Preventieplan.schrijf` keeps; empty lines close up."""
        data = self.cleaned_data
        regels = [{"wie": data[f"wie_{nr}"], "hoe": data[f"hoe_{nr}"]} for nr in range(1, AANTAL_BELLEN + 1)]
        return {veld: data[veld] for veld in self.Meta.fields} | {"bellen": [regel for regel in regels if regel["wie"]]}


def verzet(ingevuld: Mapping[str, str], tik: str) -> dict[str, str]:
    """Return what was typed with one line to call moved: `tik` is `omhoog_2` or `omlaag_2`. Other taps move nothing."""
    ingevuld = dict(ingevuld)
    richting, _, nummer = tik.partition("_")
    van = als_getal(nummer, AANTAL_BELLEN) or 0
    naar = van - 1 if richting == "omhoog" else van + 1
    if min(van, naar) >= 1 and max(van, naar) <= AANTAL_BELLEN:
        for deel in ("wie", "hoe"):
            een, ander = f"{deel}_{van}", f"{deel}_{naar}"
            ingevuld[een], ingevuld[ander] = ingevuld.get(ander, ""), ingevuld.get(een, "")
    return ingevuld


class AkkoordForm(forms.ModelForm):
    """Who agreed with this version, and when."""

    versie = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PlanAkkoord
        fields = ["partij", "naam", "datum"]
        widgets = {"partij": forms.RadioSelect, "datum": Datumveld}
        help_texts = {"naam": "Bij de jongere zelf mag dit leeg blijven."}
        error_messages = {
            "partij": {"required": "Kies wie het eens is met dit plan.", "invalid_choice": "Kies een van deze drie."},
            "naam": {"max_length": "Kies een kortere naam: er passen 120 tekens."},
            "datum": DATUMFOUTEN,
        }

    def __init__(self, *args, traject: Traject, plan: Preventieplan, **kwargs):
        super().__init__(*args, initial={"versie": plan.versie, "datum": timezone.localdate()}, **kwargs)
        self.traject, self.plan = traject, plan
        self.fields["partij"].choices = PlanAkkoord.Partij.choices
        self.fields["naam"].required, self.fields["naam"].soms_nodig = False, True

    def clean_datum(self) -> date:
        return niet_voor_het_begin(self.cleaned_data["datum"], self.traject)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("versie") != self.plan.versie:
            raise ValidationError("Er is een nieuwere versie van het plan. Lees die eerst samen door.")
        if data.get("partij") == PlanAkkoord.Partij.JONGERE and "naam" in data:
            data["naam"] = data["naam"] or self.traject.jongere.roepnaam
        elif "naam" in data and not data["naam"]:
            self.add_error("naam", "Schrijf op wie dit afsprak.")
        return data


class TerugvalForm(forms.ModelForm):
    """What somebody sees, if there are words for it."""

    class Meta:
        model = Terugvalsignaal
        fields = ["woorden"]
        widgets = {"woorden": tekstvak()}
        error_messages = {"woorden": {"max_length": te_lang(2000)}}
