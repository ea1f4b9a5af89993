"""The tables of this app; import them from here."""

from bijeenkomsten.models.bijeenkomst import Bijeenkomst
from bijeenkomsten.models.uitnodiging import Uitnodiging

__all__ = ["Bijeenkomst", "Uitnodiging"]
