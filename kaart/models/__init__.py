"""What the map keeps: questions of families, alerts, counts without people, and that there is something to publish."""

from kaart.models.alarm import Zoekalarm
from kaart.models.cijfers import Contactcijfer, Dekking, Zoekvraag
from kaart.models.contact import ContactGeweigerd, Contactinzage, Contactplek, Contactverzoek
from kaart.models.wijziging import Wijziging

__all__ = [
    "ContactGeweigerd",
    "Contactcijfer",
    "Contactinzage",
    "Contactplek",
    "Contactverzoek",
    "Dekking",
    "Wijziging",
    "Zoekalarm",
    "Zoekvraag",
]
