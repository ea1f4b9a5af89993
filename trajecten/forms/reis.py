"""The form with which a booklet is put together: choose, put in order, give it a title, keep it."""

from django import forms
from django.core.exceptions import ValidationError

from collectief.getallen import als_getal
from trajecten.models import Reisblad, Terugblik, Traject
from trajecten.reis import laad, op_papier, sleutels
from trajecten.validators import geen_bsn
from trajecten.vouwen import bladzijden

HOOGSTENS_STUKJES = 60
HOOGSTENS_BLADZIJDEN = 60
PER_BLADZIJ = 40


class ReisForm(forms.Form):
    """Every button keeps what was chosen and typed; only *bewaren* stores it.

    `gekozen` are the pieces in their order, `erbij` the ones ticked on the page that is open; `doe` is the button.
    """

    titel = forms.CharField(
        label="Titel van het boekje",
        max_length=80,
        validators=[geen_bsn],
        error_messages={
            "required": "Geef het boekje een titel.",
            "max_length": "Kies een kortere titel: er passen 80 tekens.",
        },
    )

    def __init__(self, data=None, *, traject: Traject, gekozen: list[str], initial: dict):
        knop = data.get("doe", "") if data is not None else ""
        if data is not None and knop != "bewaren":
            initial = {"titel": data.get("titel", "")}  # kept, and only looked at when it is stored
        super().__init__(data if knop == "bewaren" else None, initial=initial)
        self.traject = traject
        self.alle = sleutels(traject)
        if data is not None:
            gekozen = [*data.getlist("gekozen"), *data.getlist("erbij")]
        bekend = set(self.alle)
        self.vreemd = [sleutel for sleutel in gekozen if sleutel not in bekend]
        self.gekozen = list(dict.fromkeys(sleutel for sleutel in gekozen if sleutel in bekend))
        self._doe(knop)

    def _doe(self, knop: str) -> None:
        """Carry out a button that moves or takes away a piece, or leafs through what can be chosen."""
        wat, _, welk = knop.partition(" ")
        plaats = self.gekozen.index(welk) if welk in self.gekozen else None
        naar = None if plaats is None else {"omhoog": plaats - 1, "omlaag": plaats + 1}.get(wat)
        if wat == "eraf" and plaats is not None:
            self.gekozen.pop(plaats)
        elif naar is not None and 0 <= naar < len(self.gekozen):
            self.gekozen.insert(naar, self.gekozen.pop(plaats))
        self.bladzij = (als_getal(welk) or 0) if wat == "bladzij" else 0

    def keuzes(self) -> tuple[list[Reisblad], int | None, int | None]:
        """What can be chosen on this page, and the numbers of the pages before and after it."""
        over = [sleutel for sleutel in self.alle if sleutel not in set(self.gekozen)]
        bladzij = min(self.bladzij, max(len(over) - 1, 0) // PER_BLADZIJ)
        begin = bladzij * PER_BLADZIJ
        vorige = bladzij - 1 if bladzij else None
        volgende = bladzij + 1 if len(over) > begin + PER_BLADZIJ else None
        return laad(self.traject, over[begin : begin + PER_BLADZIJ]), vorige, volgende

    def bladen(self) -> list[Reisblad]:
        """What was chosen, in its order."""
        return laad(self.traject, self.gekozen)

    def clean(self) -> dict:
        if self.vreemd:
            raise ValidationError("Een stukje hoort niet bij deze reis. We lieten het weg; kijk of dit klopt.")
        if not self.gekozen:
            raise ValidationError("Er is nog niets gekozen. Eén stukje is genoeg.")
        if len(self.gekozen) > HOOGSTENS_STUKJES:
            raise ValidationError(f"Dit zijn {len(self.gekozen)} stukjes. Er passen er {HOOGSTENS_STUKJES} in.")
        aantal = len(bladzijden(op_papier(None, self.bladen()))) + 1
        if aantal > HOOGSTENS_BLADZIJDEN:
            raise ValidationError(f"Dit worden {aantal} bladzijden. Er passen er {HOOGSTENS_BLADZIJDEN} in een boekje.")
        return super().clean()


class TerugblikForm(forms.ModelForm):
    class Meta:
        model = Terugblik
        fields = ["hoe"]
