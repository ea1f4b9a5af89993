"""Forms about the ladder of an initiative and about a pause."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from collectief.datumveld import Datumveld
from collectief.werkdagen import OCHTEND, WEEKDAGEN
from trajecten.forms.velden import DATUMFOUTEN
from trajecten.ladder import RUSTIG_GRENZEN, TREDEN, UITERST_UUR, Stap, belemmering
from trajecten.models import Ladderinstelling
from trajecten.ritme import maanden_later

UIT = "uit"
VRAGEN = {
    Stap.VOORAF: ("Een seintje vooraf", "Aan wie het contact heeft."),
    Stap.VANDAAG: ("Een seintje op de dag zelf", "Aan wie het contact heeft."),
    Stap.DAARNA: ("Nog eens, als er niets is genoteerd", "Ook aan wie waarneemt."),
    Stap.COORDINATOR: ("Een seintje aan de coördinator", "Als er dan nog niets is genoteerd."),
    Stap.BORD: ("Op het bord, als vergeten vlammetje", "Zonder mail. Deze stap blijft altijd aan."),
}
DAGNAMEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")


def _noem(dagen: int) -> str:
    """Say an interval from the planned day in words."""
    if dagen == 0:
        return "op de dag zelf"
    aantal = "1 dag" if abs(dagen) == 1 else f"{abs(dagen)} dagen"
    return f"{aantal} {'ervoor' if dagen < 0 else 'erna'}"


def _keuzes(stap: Stap) -> list[tuple[str, str]]:
    trede = TREDEN[stap]
    dagen = [(str(dag), _noem(dag)) for dag in range(trede.dagen, trede.uiterst + 1)]
    return dagen if stap == Stap.BORD else [*dagen, (UIT, "niet")]


def _uren(eerste: int, laatste: int) -> list[tuple[int, str]]:
    return [(uur, f"{uur}.00 uur") for uur in range(eerste, laatste + 1)]


class LadderForm(forms.ModelForm):
    """When reminders come at one initiative. The order stays, a step can be later or off, the last one stays."""

    class Meta:
        model = Ladderinstelling
        fields = ["vanaf_uur", "tot_uur"]
        widgets = {
            "vanaf_uur": forms.Select(choices=_uren(OCHTEND.hour, UITERST_UUR)),
            "tot_uur": forms.Select(choices=_uren(*RUSTIG_GRENZEN)),
        }
        labels = {"vanaf_uur": "Mail vanaf", "tot_uur": "Geen mail meer na"}

    werkdagen = forms.TypedMultipleChoiceField(
        label="Op welke dagen werken jullie?",
        choices=[(dag, DAGNAMEN[dag - 1]) for dag in WEEKDAGEN],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Valt een seintje op een andere dag, dan komt het op de eerstvolgende dag dat jullie werken.",
        error_messages={"required": "Kies minstens één dag.", "invalid_choice": "Kies uit deze dagen."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for stap in Stap:
            label, uitleg = VRAGEN[stap]
            self.fields[stap.value] = forms.TypedChoiceField(
                label=label,
                help_text=uitleg,
                choices=_keuzes(stap),
                coerce=lambda waarde: None if waarde == UIT else int(waarde),
                error_messages={"required": "Kies een moment.", "invalid_choice": "Kies een van deze momenten."},
            )
            nu = getattr(self.instance, stap.value)
            self.initial[stap.value] = UIT if nu is None else str(nu)
        self.initial["werkdagen"] = self.instance.werkdagen
        self.order_fields([*(stap.value for stap in Stap), "werkdagen", "vanaf_uur", "tot_uur"])
        for naam in ("vanaf_uur", "tot_uur"):
            self.fields[naam].error_messages = {"required": "Kies een tijd.", "invalid": "Kies een tijd uit de lijst."}

    def clean(self) -> dict:
        data = super().clean()
        if all(stap.value in data for stap in Stap):
            for stap, reden in belemmering({stap: data[stap.value] for stap in Stap}).items():
                self.add_error(stap.value, reden)
        for naam, grenzen in (("vanaf_uur", (OCHTEND.hour, UITERST_UUR)), ("tot_uur", RUSTIG_GRENZEN)):
            if naam in data and not grenzen[0] <= data[naam] <= grenzen[1]:
                self.add_error(naam, "Kies een tijd uit de lijst.")
        return data

    def _post_clean(self) -> None:
        """The days go to the row too, so that its own constraints look at all of it."""
        for naam in (*(stap.value for stap in Stap), "werkdagen"):
            if naam in self.cleaned_data:
                setattr(self.instance, naam, self.cleaned_data[naam])
        super()._post_clean()


class PauzeForm(forms.Form):
    """Until when nobody asks anything."""

    LANGST = 6  # months

    tot = forms.DateField(
        label="Tot wanneer?",
        widget=Datumveld,
        error_messages=DATUMFOUTEN,
        help_text="Hooguit een half jaar. Daarna komt er één zachte vraag, en dan is het weer stil.",
    )

    def clean_tot(self) -> date:
        vandaag = timezone.localdate()
        uiterlijk = maanden_later(vandaag, self.LANGST)
        if not vandaag + timedelta(days=1) <= self.cleaned_data["tot"] <= uiterlijk:
            raise forms.ValidationError(f"Kies een dag vanaf morgen, tot en met {date_format(uiterlijk, 'j F Y')}.")
        return self.cleaned_data["tot"]
