"""The tables of this app; import them from here."""

from bijeenkomsten.models.agendasleutel import Agendasleutel
from bijeenkomsten.models.antwoordmail import Antwoordmail
from bijeenkomsten.models.bijeenkomst import Bijeenkomst
from bijeenkomsten.models.datumprikker import Datumprikker, Prik, Prikdatum, Prikgast
from bijeenkomsten.models.rondmail import Rondmail
from bijeenkomsten.models.schoolvakantie import Schoolvakantie
from bijeenkomsten.models.uitnodiging import Uitnodiging
from bijeenkomsten.models.verslag import Actie, Besluit, Verslag, Verslagdeel, Verslagreactie
from bijeenkomsten.models.voorbereiding import Belangstelling, Document, Programmadeel, Voorbereider
from bijeenkomsten.models.vraag import Vraag, Vraagsteun

__all__ = [
    "Actie",
    "Agendasleutel",
    "Antwoordmail",
    "Belangstelling",
    "Besluit",
    "Bijeenkomst",
    "Datumprikker",
    "Document",
    "Prik",
    "Prikdatum",
    "Prikgast",
    "Programmadeel",
    "Rondmail",
    "Schoolvakantie",
    "Uitnodiging",
    "Verslag",
    "Verslagdeel",
    "Verslagreactie",
    "Voorbereider",
    "Vraag",
    "Vraagsteun",
]
