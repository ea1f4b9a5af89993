"""Which form and which action belong to each thing that an admin does around an application."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from initiatieven.forms.gesprek import BerichtForm, MeelezenForm, NotitieForm, ReferentieVraagForm, TijdenForm
from initiatieven.gesprek import bied_tijden_aan, noteer, schrijf_aan_aanmelder, vraag_referentie, vraag_tweede_lezer
from initiatieven.models import Aanmelding


@dataclass(frozen=True)
class Handeling:
    form: type[forms.Form]
    doe: Callable[..., None]
    gelukt: str


def _lees_mee(*, aanmelding: Aanmelding, door, oordeel: str, waarom: str) -> None:
    aanmelding.lees_mee(oordeel, door=door, waarom=waarom)


GESPREK: dict[str, Handeling] = {
    "bericht": Handeling(BerichtForm, schrijf_aan_aanmelder, "Verstuurd. De aanmelder krijgt een mail."),
    "notitie": Handeling(NotitieForm, noteer, "Opgeslagen."),
    "tijden": Handeling(TijdenForm, bied_tijden_aan, "Verstuurd. De aanmelder kiest een tijd."),
    "referentie": Handeling(ReferentieVraagForm, vraag_referentie, "Gevraagd. Je krijgt een mail als er iets staat."),
    "tweede": Handeling(forms.Form, vraag_tweede_lezer, "Gevraagd. Je collega's krijgen een mail."),
    "meelezen": Handeling(MeelezenForm, _lees_mee, "Opgeslagen."),
}


def lees_formulier(wat: str, aanmelding: Aanmelding, data=None) -> forms.Form:
    extra = {"aanmelding": aanmelding} if wat == "referentie" else {}
    return GESPREK[wat].form(data, prefix=wat, **extra)
