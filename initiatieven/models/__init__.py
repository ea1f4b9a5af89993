"""The directory: initiatives, their places, how one becomes a member, and allies."""

from initiatieven.models.aanmelding import Aanmelding, AanmeldingStap, StapGeweigerd, Toets
from initiatieven.models.bladzijde import OudAdres, Plekfoto, Plekverhaal
from initiatieven.models.initiatief import Initiatief
from initiatieven.models.plekken import Locatie, Plekken
from initiatieven.models.verbondgenoot import Verbondgenoot

__all__ = [
    "Aanmelding",
    "AanmeldingStap",
    "Initiatief",
    "Locatie",
    "OudAdres",
    "Plekfoto",
    "Plekken",
    "Plekverhaal",
    "StapGeweigerd",
    "Toets",
    "Verbondgenoot",
]
