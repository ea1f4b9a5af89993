"""The directory: initiatives, their places, how one becomes a member, and allies."""

from initiatieven.models.aanmelding import Aanmelding, StapGeweigerd
from initiatieven.models.benadering import Benadering, Jaarcheck, Onderschrijving
from initiatieven.models.bladzijde import OudAdres, Plekfoto, Plekverhaal
from initiatieven.models.concept import Aanmeldconcept
from initiatieven.models.gelijkenis import Gelijkenis
from initiatieven.models.gesprek import AanmeldingBericht, AanmeldingLezing, Gespreksmoment, Referentie
from initiatieven.models.importproef import Importproef
from initiatieven.models.initiatief import Initiatief
from initiatieven.models.melding import Bladzijdemelding
from initiatieven.models.plekken import Locatie, Plekken
from initiatieven.models.toets import AanmeldingStap, Toets
from initiatieven.models.verbondgenoot import Verbondgenoot, Verbondgenootcontact
from initiatieven.models.versheid import Bevestiging, Versheid
from initiatieven.models.wijziging import Bladzijdewijziging

__all__ = [
    "Aanmeldconcept",
    "Aanmelding",
    "AanmeldingBericht",
    "AanmeldingLezing",
    "AanmeldingStap",
    "Benadering",
    "Bevestiging",
    "Bladzijdemelding",
    "Bladzijdewijziging",
    "Gelijkenis",
    "Gespreksmoment",
    "Importproef",
    "Initiatief",
    "Jaarcheck",
    "Locatie",
    "Onderschrijving",
    "OudAdres",
    "Plekfoto",
    "Plekken",
    "Plekverhaal",
    "Referentie",
    "StapGeweigerd",
    "Toets",
    "Verbondgenoot",
    "Verbondgenootcontact",
    "Versheid",
]
