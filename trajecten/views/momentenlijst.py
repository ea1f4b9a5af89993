"""The moments of one trajectory with the form above them: a part of its page, and an answer of its own with htmx."""

from django.db.models import QuerySet

from collectief.getallen import als_getal
from trajecten.forms.moment import MomentForm
from trajecten.models import Betrokkene, Moment, Traject

PER_KEER = 15


def leeg_momentform(gevonden: Traject, mensen: list[Betrokkene] | None = None) -> MomentForm:
    """A form with the draft in it, when there is one; `mensen` saves a query when they are known already."""
    concept = gevonden.concept or {"tekst": "", "keuzes": {}}
    begin = {"tekst": concept["tekst"], **concept["keuzes"]}
    return MomentForm(traject=gevonden, mensen=mensen, initial=begin)


def momenten_context(gevonden: Traject, form: MomentForm, voor: str = "") -> dict:
    """The moments, newest first, fifteen at a time; `ouder` is the number to go on from."""
    momenten = list(_momenten(gevonden, voor)[: PER_KEER + 1])
    ouder = momenten[PER_KEER - 1].pk if len(momenten) > PER_KEER else None
    return {"traject": gevonden, "momentform": form, "momenten": momenten[:PER_KEER], "ouder": ouder, "voor": voor}


def _momenten(gevonden: Traject, voor: str) -> QuerySet[Moment]:
    return gevonden.momenten.voor(als_getal(voor)).met_wat_erbij_hoort().nieuwste_eerst()
