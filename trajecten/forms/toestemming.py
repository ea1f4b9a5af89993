"""A form about consent: who says yes, to what, to whom, until when."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from collectief.datumveld import Datumveld
from trajecten.forms.velden import DATUMFOUTEN, komende_dag, te_lang, tekstvak
from trajecten.models import Toestemming, Traject
from trajecten.models.toestemming import Toestemmingstand

EEN_JAAR = timedelta(days=365)
ALLEEN_MENSEN = {Toestemming.Doel.MEELEZEN, Toestemming.Doel.OVERLEG}


def over_een_jaar() -> date:
    return timezone.localdate() + EEN_JAAR


class ToestemmingForm(forms.ModelForm):
    """One purpose, one receiver, and everybody who says yes to it now."""

    ontvanger = forms.ChoiceField(
        label="Met wie?",
        error_messages={"required": "Kies met wie.", "invalid_choice": "Kies iemand uit de lijst."},
    )
    namens = forms.MultipleChoiceField(
        label="Wie zegt ja?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies wie er ja zegt.", "invalid_choice": "Kies iemand die nu beslist."},
    )
    geldig_tot = forms.DateField(
        label="Tot en met wanneer?",
        widget=Datumveld,
        initial=over_een_jaar,
        help_text="Daarna vragen jullie het opnieuw. Intrekken kan altijd, en werkt meteen.",
        error_messages=DATUMFOUTEN,
    )

    class Meta:
        model = Toestemming
        fields = ["doel", "woorden"]
        labels = {"doel": "Waarvoor?", "woorden": "In eigen woorden"}
        widgets = {"doel": forms.RadioSelect, "woorden": tekstvak()}
        error_messages = {
            "doel": {"required": "Kies waarvoor het is.", "invalid_choice": "Kies een van deze."},
            "woorden": {"max_length": te_lang(2000)},
        }

    field_order = ["doel", "ontvanger", "namens", "geldig_tot", "woorden"]

    def __init__(self, *args, traject: Traject, stand: Toestemmingstand, **kwargs):
        super().__init__(*args, **kwargs)
        self.traject = traject
        anderen = [
            (f"b:{mens.pk}", f"{mens.noem} ({mens.get_rol_display()})") for mens in stand.mensen if not mens.begeleidt
        ]
        plekken = {traject.initiatief_id: traject.initiatief.naam}
        self.overdracht = traject.overdrachten.loopt().select_related("naar", "plek__gebruiker").first()
        if self.overdracht and not self.overdracht.is_buiten:
            plekken[self.overdracht.naar_id] = self.overdracht.naar.naam
        self.fields["doel"].choices = Toestemming.Doel.choices
        self.fields["ontvanger"].choices = [
            ("", "Kies met wie"),
            *anderen,
            *((f"i:{pk}", naam) for pk, naam in plekken.items()),
        ]
        self.fields["namens"].choices = stand.wie_kan_ja_zeggen()

    def clean_geldig_tot(self) -> date:
        return komende_dag(self.cleaned_data["geldig_tot"], jaren=3)

    def clean(self) -> dict:
        data = super().clean()
        doel, ontvanger = data.get("doel"), data.get("ontvanger", "")
        if doel in ALLEEN_MENSEN and ontvanger.startswith("i:"):
            self.add_error(
                "ontvanger", "Kies hier een mens. Staat die er nog niet bij, zet hem of haar dan bij de mensen."
            )
        if doel == Toestemming.Doel.OVERDRACHT and ontvanger == f"i:{self.traject.initiatief_id}":
            self.add_error("ontvanger", "Hier is dit traject al. Kies de plek waar het heen gaat.")
        if doel == Toestemming.Doel.FOTO and ontvanger != f"i:{self.traject.initiatief_id}":
            self.add_error("ontvanger", "Foto’s bewaart alleen je eigen initiatief.")
        return data

    def toestemmingen(self) -> list[dict]:
        """The words of one row for everybody who says yes."""
        data = self.cleaned_data
        soort, sleutel = data["ontvanger"].split(":")
        vast = {naam: data[naam] for naam in ("doel", "woorden", "geldig_tot")}
        vast["betrokkene_id" if soort == "b" else "initiatief_id"] = sleutel
        return [vast | {"namens_id": None if wie == "jongere" else wie} for wie in data["namens"]]
