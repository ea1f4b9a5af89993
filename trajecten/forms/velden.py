"""Small parts that the forms of trajectories share."""

from collections import Counter
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from collectief.datumveld import als_datum
from trajecten.leeftijd import GRENZEN, wordt
from trajecten.models import Leeftijdsgrenzen, Traject
from trajecten.validators import geen_bsn

OUDST = 40  # years


DATUMFOUTEN = {"required": "Kies een datum.", "invalid": "Dit is geen datum. Kies er een, zoals 14-09-2026."}


def niet_voor_het_begin(datum: date, traject: Traject) -> date:
    """Return the date. Raises a message when the trajectory had not begun by then."""
    if datum < traject.begonnen_op:
        raise forms.ValidationError(f"Het traject begon op {traject.begonnen_op:%d-%m-%Y}. Kies die dag of later.")
    return datum


def niet_voor_de_geboorte(datum: date, traject: Traject) -> date:
    """Return the date. Raises a message when the young person was not born yet.

    That is known from the day she turns twelve, which is no secret here; nobody reads her identity for it. Without it
    nobody here is older than forty.
    """
    grenzen = Leeftijdsgrenzen.objects.filter(jongere=traject.jongere_id).exclude(twaalf_op=None).first()
    geboren = wordt(grenzen.twaalf_op, -GRENZEN[0]) if grenzen else date(timezone.localdate().year - OUDST, 1, 1)
    if datum < geboren:
        raise forms.ValidationError("Op die dag was de jongere nog niet geboren. Kijk de datum nog even na.")
    return datum


JAREN = {1: "een jaar", 2: "twee jaar", 3: "drie jaar", 10: "tien jaar"}


def komende_dag(dag: date, *, jaren: int) -> date:
    """Return the day. Raises a message when it lies before today, or more than so many years ahead."""
    vandaag = timezone.localdate()
    if not vandaag <= dag <= vandaag + timedelta(days=366 * jaren):
        raise forms.ValidationError(f"Kies een dag vanaf vandaag, binnen {JAREN[jaren]}.")
    return dag


def einddag(dag: date | None, *, jaren: int) -> date | None:
    """Return the day until which something holds. Raises a message unless it lies ahead, or was left open."""
    vandaag = timezone.localdate()
    if dag and not vandaag < dag <= vandaag + timedelta(days=366 * jaren):
        raise forms.ValidationError(f"Kies een dag na vandaag, binnen {JAREN[jaren]}. Of laat dit leeg.")
    return dag


def tekstvak(rijen: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rijen})


def te_lang(hoogstens: int, rest: str = "Je tekst staat er nog.") -> str:
    """Say that a text is longer than so many characters; `rest` is what to do with what does not fit."""
    tekens = f"{hoogstens:,}".replace(",", ".") if hoogstens >= 10_000 else hoogstens
    return f"Dit is te lang: er passen {tekens} tekens. {rest}".strip()


def eigen_woorden(
    label: str, hoogstens: int, *, rijen: int = 3, rest: str = "Je tekst staat er nog.", **anders: object
) -> forms.CharField:
    """A text that may stay empty, of at most so many characters; `rest` as in `te_lang`."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=hoogstens,
        widget=tekstvak(rijen),
        validators=[geen_bsn],
        error_messages={"max_length": te_lang(hoogstens, rest)},
        **anders,
    )


class Dagenveld(forms.Widget):
    """A date picker for each day, and a few empty ones; emptying one takes that day away. Works without a script."""

    template_name = "trajecten/dagenveld.html"
    use_fieldset = True
    EXTRA = 3

    def value_from_datadict(self, data, files, name) -> list[str]:
        return [dag for dag in data.getlist(name) if dag]

    def id_for_label(self, id_) -> str:
        return f"{id_}_0"

    def format_value(self, value) -> list[str]:
        return [dag.isoformat() if isinstance(dag, date) else str(dag) for dag in value or ()]

    def get_context(self, name, value, attrs) -> dict:
        context = super().get_context(name, value, attrs)
        dagen = [*context["widget"]["value"], *[""] * self.EXTRA]
        context["dagen"] = [{"waarde": dag, "dag": als_datum(dag)} for dag in dagen]
        return context


class DagenField(forms.Field):
    """Several days; `clean` gives them in order. Raises a message for what is no date and for a day named twice."""

    widget = Dagenveld
    MEEST = 24

    def clean(self, value: list[str]) -> list[date]:
        dagen = [self._dag(tekst) for tekst in value or ()]
        dubbel = [dag for dag, aantal in Counter(dagen).items() if aantal > 1]
        if dubbel:
            wanneer = date_format(min(dubbel), "l j F Y")
            raise forms.ValidationError(f"Op {wanneer} staan twee contacten. Haal er één weg of kies een andere dag.")
        if len(dagen) > self.MEEST:
            raise forms.ValidationError(f"Dit zijn {len(dagen)} dagen. Kies er hoogstens {self.MEEST}.")
        return sorted(dagen)

    def _dag(self, tekst: str) -> date:
        try:
            return forms.DateField().clean(tekst)
        except forms.ValidationError as fout:
            raise forms.ValidationError(f"‘{tekst[:20]}’ is geen datum. Kies er een, zoals 14-09-2026.") from fout
