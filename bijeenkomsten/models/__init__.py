"""The tables of this app; import them from here."""

from bijeenkomsten.models.bijeenkomst import Bijeenkomst
from bijeenkomsten.models.schoolvakantie import Schoolvakantie
from bijeenkomsten.models.uitnodiging import Uitnodiging
from bijeenkomsten.models.voorbereiding import Belangstelling, Document, Programmadeel, Voorbereider

__all__ = [
    "Belangstelling",
    "Bijeenkomst",
    "Document",
    "Programmadeel",
    "Schoolvakantie",
    "Uitnodiging",
    "Voorbereider",
]
