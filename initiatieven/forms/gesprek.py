"""What is said around an application: by admins, by the applicant and by members who are asked."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from collectief.geo.models import Postcode
from collectief.geo.rd import naar_rd
from collectief.geo.velden import Afstand
from initiatieven.lidmaatschap import Besluit, Stap, TweedeOordeel
from initiatieven.models import Aanmelding, Initiatief, Locatie, Referentie

VER_VOORUIT = timedelta(days=120)  # a time later than this is a typing error
LEDEN_IN_DE_BUURT = 40


def tekstvak(label: str, leeg: str, hulp: str = "", rijen: int = 4, meest: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=meest,
        error_messages={"required": leeg, "max_length": f"Houd het korter dan {meest} tekens."},
        widget=forms.Textarea(attrs={"rows": rijen}),
    )


class BerichtForm(forms.Form):
    tekst = tekstvak("Bericht aan de aanmelder", "Schrijf iets op.", "De aanmelder krijgt een mail met een link.")


class NotitieForm(forms.Form):
    tekst = tekstvak("Notitie", "Schrijf iets op.", "Alleen beheerders lezen dit.", rijen=3)


class TijdveldWidget(forms.DateTimeInput):
    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class TijdenForm(forms.Form):
    """Up to three times for the introduction call."""

    tijd_1 = forms.DateTimeField(
        label="Eerste tijd",
        widget=TijdveldWidget,
        error_messages={"required": "Kies een dag en een tijd.", "invalid": "Kies een dag en een tijd."},
    )
    tijd_2 = forms.DateTimeField(label="Tweede tijd", required=False, widget=TijdveldWidget)
    tijd_3 = forms.DateTimeField(label="Derde tijd", required=False, widget=TijdveldWidget)
    minuten = forms.TypedChoiceField(
        label="Hoe lang?", coerce=int, initial=45, choices=[(30, "30 minuten"), (45, "45 minuten"), (60, "een uur")]
    )
    hoe = forms.CharField(
        label="Hoe spreken jullie elkaar?",
        max_length=200,
        help_text="Een telefoonnummer, een link of een adres. Dit ziet de aanmelder.",
        error_messages={"required": "Schrijf op hoe jullie elkaar spreken."},
    )

    def clean(self) -> dict:
        data = super().clean()
        nu, gezien = timezone.now(), set()
        for veld in ("tijd_1", "tijd_2", "tijd_3"):
            tijd = data.get(veld)
            if tijd is None:
                continue
            if tijd <= nu:
                self.add_error(veld, "Kies een tijd die nog moet komen.")
            elif tijd > nu + VER_VOORUIT:
                self.add_error(veld, "Dit is wel erg ver weg. Kijk de datum even na.")
            elif tijd in gezien:
                self.add_error(veld, "Deze tijd staat er al.")
            gezien.add(tijd)
        return data

    @property
    def gegevens(self) -> dict:
        tijden: list[datetime] = [self.cleaned_data[f"tijd_{nummer}"] for nummer in (1, 2, 3)]
        return {
            "tijden": sorted(filter(None, tijden)),
            "minuten": self.cleaned_data["minuten"],
            "hoe": self.cleaned_data["hoe"],
        }


class ReferentieVraagForm(forms.Form):
    """Ask one of the members nearby: they are most likely to know the applicant."""

    initiatief = forms.ModelChoiceField(
        label="Welk lid vraag je?",
        queryset=Initiatief.objects.none(),
        empty_label="Kies een lid uit de buurt",
        error_messages={"required": "Kies een lid.", "invalid_choice": "Kies een lid uit de lijst."},
    )

    def __init__(self, *args, aanmelding: Aanmelding, **kwargs):
        super().__init__(*args, **kwargs)
        gevraagd = aanmelding.referenties.values("initiatief")
        leden = Initiatief.objects.openbaar().exclude(pk__in=gevraagd).filter(pk__in=_in_de_buurt(aanmelding))
        self.fields["initiatief"].queryset = leden.op_naam()


def _in_de_buurt(aanmelding: Aanmelding) -> list[int]:
    """Initiatives with the places nearest to the applicant's postcode."""
    postcode = Postcode.objects.filter(pc4=aanmelding.pc4).first()
    if postcode is None:
        return []
    dichtbij = Locatie.objects.op_de_kaart().order_by(Afstand("rd", naar_rd(postcode.lat, postcode.lon)))
    return list(dichtbij.values_list("initiatief", flat=True)[:LEDEN_IN_DE_BUURT])


class MeelezenForm(forms.Form):
    """The judgement of the second admin."""

    oordeel = forms.ChoiceField(
        label="Wat vind jij?",
        choices=[(keuze.value, keuze.label) for keuze in (TweedeOordeel.EENS, TweedeOordeel.ONEENS)],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat je vindt.", "invalid_choice": "Kies een van de twee."},
    )
    waarom = tekstvak("Waarom?", "Schrijf op waarom.", rijen=3, meest=2000)


class ReferentieForm(forms.ModelForm):
    tekst = tekstvak(
        "Wat weet je van hen?",
        "Schrijf op wat je weet. Ken je hen niet, schrijf dan dat.",
        "Alleen beheerders lezen dit. Noem geen namen van jongeren.",
        rijen=6,
        meest=3000,
    )

    class Meta:
        model = Referentie
        fields = ["tekst"]

    def _post_clean(self) -> None:
        """Leave the row alone: the action fills it in, with name and date."""


class AanmelderForm(forms.Form):
    """One thing that the applicant does on the page behind the link."""

    DOEN = ("antwoord", "kies", "intrekken", "bezwaar")

    doe = forms.ChoiceField(choices=[(doe, doe) for doe in DOEN], error_messages={"required": "Kies wat je wilt."})
    tekst = forms.CharField(required=False, max_length=4000, error_messages={"max_length": "Houd het korter."})
    moment = forms.IntegerField(required=False)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("doe") in ("antwoord", "bezwaar") and not data.get("tekst"):
            self.add_error("tekst", "Schrijf iets op.")
        if data.get("doe") == "kies" and not data.get("moment"):
            self.add_error("moment", "Kies een van de tijden.")
        return data


def wat_kan(aanmelding: Aanmelding) -> dict[str, bool]:
    """What the applicant can do now, by the names that the form uses."""
    loopt = not aanmelding.belemmering(Stap.INTREKKEN)
    return {
        "antwoord": loopt,
        "intrekken": loopt,
        "bezwaar": aanmelding.besluit == Besluit.AFGEWEZEN and not hasattr(aanmelding, "bezwaar"),
    }
