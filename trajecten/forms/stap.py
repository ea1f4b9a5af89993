"""Forms of steps between phases: setting one, and taking it back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from collectief.datumveld import Datumveld
from trajecten.fases import Fase, mogelijke_stappen
from trajecten.forms.mensen import collegas, collegaveld
from trajecten.forms.ritme import RitmeForm
from trajecten.forms.velden import DATUMFOUTEN, eigen_woorden
from trajecten.models import Betrokkene, FaseVerblijf, Traject

NAZORG = ("vormen", "afspraak", "ritme", "afgesproken_tot")


class FaseForm(RitmeForm):
    """One step, on one screen: where to, since when, in whose words; and for the waakvlam what was agreed."""

    DEUR = "deur"
    field_order = [
        "naar",
        "op",
        "woorden_van_jongere",
        "toelichting",
        "vormen",
        "afspraak",
        "ritme",
        "afgesproken_tot",
        "begeleider",
    ]

    naar = forms.ChoiceField(
        label="Waar naartoe?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een fase.", "invalid_choice": "Deze stap kan nu niet. Kies een van deze."},
    )
    op = forms.DateField(
        label="Sinds wanneer?", widget=Datumveld, initial=timezone.localdate, error_messages=DATUMFOUTEN
    )
    woorden_van_jongere = eigen_woorden("In de woorden van de jongere", 4000)
    toelichting = eigen_woorden("Jouw toelichting", 4000)
    begeleider = collegaveld("Wie begeleidt?")
    uit_volgnummer = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, traject: Traject, verblijf: FaseVerblijf, mag_begeleiding: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.verblijf = verblijf
        stappen = mogelijke_stappen(Fase(verblijf.fase))
        self.fields["naar"].choices = [(naar.value, f"{naar.label} ({stap.label})") for naar, stap in stappen]
        if verblijf.fase == Fase.WAAKVLAM:
            self._bij_terugkeer(traject, mag_begeleiding=mag_begeleiding)
        else:
            del self.fields["begeleider"]
            vormen, toelichting = self.fields["vormen"], self.fields["toelichting"]
            vormen.required = False
            vormen.soms_nodig = toelichting.soms_nodig = True  # so that the page does not call them optional
            toelichting.help_text = "Bij een sprong vragen we er een. Verder schrijf je hier alleen wat je kwijt wilt."
            vormen.choices += [(self.DEUR, "de deur staat open, zonder afspraken")]

    def _bij_terugkeer(self, traject: Traject, *, mag_begeleiding: bool) -> None:
        """A return needs no aftercare, and proposes the counsellor who was there before."""
        for naam in NAZORG:
            del self.fields[naam]
        if not mag_begeleiding:
            del self.fields["begeleider"]
            return
        vertrouwd = traject.betrokkenen.filter(rol=Betrokkene.Rol.VASTE_BEGELEIDER).order_by("tot", "-van").last()
        self.fields["begeleider"].queryset = collegas(traject)
        self.fields["begeleider"].initial = vertrouwd.gebruiker_id if vertrouwd else None

    def clean_vormen(self) -> list[str]:
        vormen = self.cleaned_data["vormen"]
        if self.DEUR in vormen and len(vormen) > 1:
            raise ValidationError("Kies vormen van contact, of de open deur zonder afspraken. Niet allebei.")
        return vormen

    def clean(self) -> dict:
        data = super().clean()
        uit = data.get("uit_volgnummer")
        if uit is not None and uit != self.verblijf.volgnummer:
            self.errors.pop("naar", None)
            raise ValidationError(f"{self.verblijf.al_verplaatst} Je tekst staat er nog. Kijk of je stap nog past.")
        return data

    def stap(self) -> dict:
        """What `trajecten.actions.zet_stap` needs of this form."""
        data = self.cleaned_data
        vormen = data.get("vormen", [])
        is_deur = vormen == [self.DEUR]
        heeft_nazorg = vormen and not is_deur
        nazorg = {naam: data[naam] for naam in NAZORG} if heeft_nazorg else None
        return {
            **{naam: data[naam] for naam in ("op", "toelichting", "woorden_van_jongere", "uit_volgnummer")},
            "naar": Fase(data["naar"]),
            "begeleider": data.get("begeleider"),
            "nazorg": nazorg,
            "deur_staat_open": is_deur and data["naar"] == Fase.WAAKVLAM,
        }


class TerugneemForm(forms.Form):
    """Which step is taken back: the one that the person saw."""

    volgnummer_gezien = forms.IntegerField(min_value=0, max_value=10_000)

    def volgnummer(self) -> int:
        """The number of that stay; 0, which no stay has, for anything else."""
        return self.cleaned_data["volgnummer_gezien"] if self.is_valid() else 0
