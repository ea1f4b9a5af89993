"""Forms of aftercare agreements: what is agreed, and the days of contact, looked at before they are kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.getallen import als_getal
from collectief.werkdagen import is_werkdag, werkdag_vanaf
from trajecten.forms.ritme import RitmeForm
from trajecten.forms.velden import DagenField
from trajecten.models import Betrokkene, Contactmoment, NazorgAfspraak, Traject
from trajecten.models.nazorg import Planning
from trajecten.ritme import MEESTE_WEKEN, Na, dag_na, een_jaar_later, spreid

VERST = timedelta(weeks=MEESTE_WEKEN)
WEKENFOUT = f"Kies hele weken, van 1 tot en met {MEESTE_WEKEN}."


def wie_kan_contact_houden(traject: Traject) -> QuerySet[Gebruiker]:
    """Who counsels here now, and the coördinators: whoever else would get a reminder could not open it."""
    begeleiders = traject.betrokkenen.nu().werkend().filter(rol__in=Betrokkene.BEGELEIDENDE_ROLLEN)
    coordinatoren = Gebruiker.objects.met_rol(Rol.Soort.COORDINATOR, bij=[traject.initiatief_id])
    mensen = Q(pk__in=begeleiders.values("gebruiker")) | Q(pk__in=coordinatoren.values("pk"))
    return Gebruiker.objects.filter(mensen).order_by("naam", "pk")


def waarom_later(bedoeld: date, dag: date) -> str:
    """Say why contact is not on the day that was meant."""
    if is_werkdag(bedoeld):
        reden = "dan is er al contact"
    else:
        reden = "dat is in het weekend" if bedoeld.weekday() >= 5 else "dat is een feestdag"
        reden += " en daarna is er al contact" if werkdag_vanaf(bedoeld) != dag else ""
    return f"{date_format(bedoeld, 'l j F Y').capitalize()}: {reden}. Het wordt {date_format(dag, 'l j F Y')}."


class PlanningForm(forms.Form):
    """The days of contact, and how it goes on after the last one.

    What is kept is exactly what was seen: when a day turns out to fall on a weekend, a holiday or an occupied day, the
    form shows the days once more instead of keeping them.
    """

    BEWAAR = "bewaar"

    herhaling = forms.ChoiceField(
        label="En daarna?",
        choices=NazorgAfspraak.Herhaling.choices,
        initial=NazorgAfspraak.Herhaling.JAAR,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het daarna gaat.", "invalid_choice": "Kies een van deze drie."},
    )
    herhaling_weken = forms.IntegerField(
        label="Om de hoeveel weken?",
        required=False,
        min_value=1,
        max_value=MEESTE_WEKEN,
        help_text="Alleen als je ‘om de zoveel weken’ kiest.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WEKENFOUT),
    )
    dag = DagenField(
        label="De dagen",
        required=False,
        help_text="Maak een dag leeg om hem weg te halen. In een leeg vak zet je er een dag bij.",
    )
    bedoeld = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, **kwargs)
        self.traject = traject
        self.dagen: list[date] = []
        self.jaardag: date | None = None
        self.is_net_bekeken = False
        self.opmerkingen: list[str] = []
        self.fields["dag"].soms_nodig = self.fields["herhaling_weken"].soms_nodig = True

    @property
    def wil_bewaren(self) -> bool:
        """Whether these days were looked at and are now to be kept."""
        return self.is_valid() and self.data.get("knop") == self.BEWAAR and self.cleaned_data["dag"] == self.dagen

    def eigen_contacten(self) -> list[int]:
        """The contact moments (primary keys) that these days take the place of."""
        return []

    def gevraagde_dagen(self, data: dict) -> list[date]:
        """The days that were asked for, in order, whether one can be in touch then or not."""
        return data["dag"]

    def loopt_tot(self, data: dict) -> date | None:
        """The last day for which this was agreed, if there is one."""
        return data.get("afgesproken_tot")

    def clean(self) -> dict:
        data = super().clean()
        if data.get("herhaling") != NazorgAfspraak.Herhaling.WEKEN:
            data["herhaling_weken"] = None
        elif not data.get("herhaling_weken") and "herhaling_weken" not in self.errors:
            self.add_error("herhaling_weken", WEKENFOUT)
        if not self.errors:
            self._zet_dagen(data)
        return data

    def _zet_dagen(self, data: dict) -> None:
        """Put every day on a working day of its own, and keep what there is to say about that."""
        bezet = Contactmoment.bezette_dagen(self.traject.pk, behalve=self.eigen_contacten())
        gevraagd = self.gevraagde_dagen(data)
        if not gevraagd and (eerste := self._eerste_vanzelf(data)):
            gevraagd = [eerste]
            self.opmerkingen.append(
                "Zonder eigen dagen begint het hiermee. Haal je hem weg, kies dan ‘niet meer vanzelf’."
            )
        if fout := self._niet_mogelijk(gevraagd, self.loopt_tot(data)):
            self.add_error("dag" if "dag" in self.fields else None, fout)
            return
        self.dagen = spreid(gevraagd, bezet)
        paren = zip(gevraagd, self.dagen, strict=True)
        self.opmerkingen += [waarom_later(bedoeld, dag) for bedoeld, dag in paren if bedoeld != dag]
        self.jaardag = self._jaardag(gevraagd, data["bedoeld"])

    def _eerste_vanzelf(self, data: dict) -> date | None:
        vandaag = timezone.localdate()
        if data["herhaling"] == NazorgAfspraak.Herhaling.WEKEN:
            return vandaag + timedelta(weeks=data["herhaling_weken"])
        return een_jaar_later(vandaag) if data["herhaling"] == NazorgAfspraak.Herhaling.JAAR else None

    def _niet_mogelijk(self, dagen: list[date], tot: date | None) -> str:
        """What stands in the way of these days; empty when nothing does."""
        vandaag = timezone.localdate()
        if dagen and dagen[0] < vandaag:
            return f"{date_format(dagen[0], 'l j F Y').capitalize()} is al geweest. Kies een dag vanaf vandaag."
        if dagen and dagen[-1] > vandaag + VERST:
            return f"{date_format(dagen[-1], 'l j F Y').capitalize()} is te ver weg. Kies een dag binnen vier jaar."
        if tot and dagen and dagen[-1] > tot:
            return f"Jullie spreken dit af tot {date_format(tot, 'j F Y')}. Haal de dagen daarna weg."
        return ""

    def _jaardag(self, gevraagd: list[date], bedoeld: date | None) -> date | None:
        """The day from which the years count: the one that was meant, when a weekend or holiday moved it."""
        if not gevraagd:
            return None
        return bedoeld if bedoeld and werkdag_vanaf(bedoeld) == gevraagd[-1] else gevraagd[-1]

    def waarover(self) -> dict:
        """What this form is made with, besides the data."""
        return {"traject": self.traject}

    def met_dagen(self) -> PlanningForm:
        """This form again, showing the days as they will be, to be looked at."""
        data = self.data.copy()
        data.setlist("dag", [dag.isoformat() for dag in self.dagen] or [""])
        data["bedoeld"] = self.jaardag.isoformat() if self.jaardag else ""
        data["knop"] = ""
        opnieuw = type(self)(data, **self.waarover())
        opnieuw.opmerkingen = self.opmerkingen if opnieuw.is_valid() else []
        opnieuw.is_net_bekeken = True
        return opnieuw


class AfspraakForm(PlanningForm, RitmeForm):
    """A new agreement: first the wishes, then the days that follow from them, and only then it is kept."""

    VOORSTEL = "voorstel"
    RUIMTES = [(0, "Op de dag zelf"), (7, "Een week later is ook goed"), (14, "Twee weken later is ook goed")]
    field_order = [
        *("vormen", "afspraak", "eigenaar", "ritme", "weken", "dag"),
        *("herhaling", "herhaling_weken", "ruimte", "afgesproken_tot"),
    ]

    weken = forms.CharField(
        label="Ook na zoveel weken",
        required=False,
        max_length=100,
        help_text=f"Eigen weken, met een komma ertussen: 2, 8, 26. Van 1 tot en met {MEESTE_WEKEN}.",
        error_messages={"max_length": "Dat zijn er te veel. Een paar is genoeg."},
    )
    eigenaar = forms.ModelChoiceField(
        Gebruiker.objects.none(),
        label="Wie houdt contact?",
        empty_label=None,
        error_messages={
            "required": "Kies wie contact houdt.",
            "invalid_choice": "Kies iemand die hier begeleidt, of de coördinator.",
        },
    )
    ruimte = forms.TypedChoiceField(
        label="Hoeveel ruimte zit er om een dag?",
        choices=RUIMTES,
        coerce=int,
        initial=0,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoeveel ruimte er is.", "invalid_choice": "Kies een van deze drie."},
    )

    def __init__(self, *args, traject: Traject, **kwargs):
        super().__init__(*args, traject=traject, vanaf=timezone.localdate(), **kwargs)
        self.fields["ritme"].help_text = "Een voorstel. Haal weg wat niet past; straks kun je elke dag nog veranderen."
        self.heeft_dagen = self.is_bound and "dag" in self.data and self.data.get("knop") != self.VOORSTEL
        for naam in ("ritme", "weken") if self.heeft_dagen else ("dag",):
            del self.fields[naam]
        self.fields["ritme" if not self.heeft_dagen else "dag"].soms_nodig = True
        self.fields["eigenaar"].queryset = wie_kan_contact_houden(traject)

    def clean_weken(self) -> list[int]:
        weken = {
            deel: als_getal(deel, MEESTE_WEKEN) for deel in re.split(r"[,;\s]+", self.cleaned_data["weken"]) if deel
        }
        for deel, aantal in weken.items():
            if not aantal:
                raise ValidationError(f"‘{deel[:20]}’ past niet. {WEKENFOUT}")
        return sorted(set(weken.values()))

    def gevraagde_dagen(self, data: dict) -> list[date]:
        if self.heeft_dagen:
            return data["dag"]
        vandaag, tot = timezone.localdate(), data.get("afgesproken_tot") or date.max
        dagen = {dag_na(Na(na), vandaag) for na in data["ritme"]} | {
            vandaag + timedelta(weeks=aantal) for aantal in data["weken"]
        }
        return sorted(dag for dag in dagen if dag <= tot)

    @property
    def wil_bewaren(self) -> bool:
        return self.heeft_dagen and super().wil_bewaren

    def afspraak(self) -> dict:
        """What `trajecten.actions.spreek_nazorg_af` needs of this form."""
        data = self.cleaned_data
        velden = ("vormen", "afspraak", "herhaling", "herhaling_weken", "afgesproken_tot")
        planning = Planning(tuple(self.dagen), data["eigenaar"], data["ruimte"], self.jaardag)
        return {naam: data[naam] for naam in velden} | {"planning": planning}


class DeurForm(forms.Form):
    """The choice that nothing is agreed; a word with it may be kept."""

    afspraak = AfspraakForm.base_fields["afspraak"]

    def __init__(self, *args, **kwargs):
        """Below the form of an agreement, so with names of its own."""
        super().__init__(*args, auto_id="id_deur_%s", **kwargs)
        self.fields["afspraak"].label = "Een woord erbij"
        self.fields["afspraak"].widget.attrs["rows"] = 2


class DataForm(PlanningForm):
    """Other days for an agreement that runs: what is emptied lapses, what is new is planned, the rest stays."""

    gezien = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def __init__(self, *args, afspraak: NazorgAfspraak, **kwargs):
        self.afspraak = afspraak
        self.nu = list(afspraak.komend().order_by("gepland_op", "pk"))
        kwargs["initial"] = {
            "dag": [contact.gepland_op for contact in self.nu],
            "herhaling": afspraak.herhaling,
            "herhaling_weken": afspraak.herhaling_weken,
            "bedoeld": afspraak.jaardag,
        }
        super().__init__(*args, traject=afspraak.traject, **kwargs)

    @property
    def stand(self) -> str:
        """The planning as it is now, to notice that a colleague changed it meanwhile."""
        return ",".join(f"{contact.pk}:{contact.planningversie}" for contact in self.nu)

    def eigen_contacten(self) -> list[int]:
        return [contact.pk for contact in self.nu]

    def loopt_tot(self, data: dict) -> date | None:
        return self.afspraak.afgesproken_tot

    def clean_gezien(self) -> str:
        if self.cleaned_data["gezien"] != self.stand:
            raise ValidationError(
                "Intussen veranderde een collega de dagen. Die van jou staan er nog. Kijk of ze passen."
            )
        return self.stand

    def waarover(self) -> dict:
        return {"afspraak": self.afspraak}
