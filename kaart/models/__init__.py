"""What the map keeps: questions of families, alerts, and counts without people."""

from kaart.models.alarm import Zoekalarm
from kaart.models.cijfers import Dekking, Zoekvraag
from kaart.models.contact import ContactGeweigerd, Contactplek, Contactverzoek

__all__ = ["ContactGeweigerd", "Contactplek", "Contactverzoek", "Dekking", "Zoekalarm", "Zoekvraag"]
