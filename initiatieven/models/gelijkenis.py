"""Who is probably the same initiative: the same name, or within a hundred metres.

Between two points that is measured. Without a point it is guessed from street and number in one postcode
(`collectief/geo/adres.py`): nobody else is asked where an address is.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Q, Value

from collectief.geo.rd import Punt, naar_rd
from collectief.geo.velden import Afstand
from initiatieven.models.aanmelding import Aanmelding
from initiatieven.models.initiatief import Initiatief, Zoekvorm
from initiatieven.models.plekken import Locatie, bij_adres

VLAKBIJ = 100  # metres


@dataclass(frozen=True)
class Gelijkenis:
    """What there is to compare. The address and the point may be unknown."""

    naam: str
    pc4: str
    adres: str = ""
    punt: Punt | None = None

    @classmethod
    def van(cls, gegevens: dict) -> Gelijkenis:
        """From the fields of an application, as a form cleans them or as a row keeps them."""
        lat, lon = gegevens.get("lat"), gegevens.get("lon")
        punt = None if lat is None or lon is None else naar_rd(lat, lon)
        return cls(gegevens["naam"], gegevens["pc4"], gegevens.get("adres") or "", punt)

    def initiatieven(self) -> models.QuerySet:
        """Members that are probably the same."""
        hier = Locatie.objects.op_of_bij(pc4=self.pc4, adres=self.adres, punt=self.punt, meters=VLAKBIJ)
        zelfde = Q(naam_sleutel=Zoekvorm(Value(self.naam))) | Q(pk__in=hier.values("initiatief"))
        return Initiatief.objects.openbaar().filter(zelfde)

    def aanmeldingen(self) -> models.QuerySet:
        """Applications that are probably of the same initiative, and not decided yet."""
        zelfde = Q(naam_vorm=Zoekvorm(Value(self.naam)))
        alle = Aanmelding.objects.in_behandeling().annotate(naam_vorm=Zoekvorm("naam"))
        zelfde |= bij_adres(alle, self.pc4, self.adres)
        if self.punt:
            alle, zelfde = alle.annotate(meters=Afstand("rd", self.punt)), zelfde | Q(meters__lte=VLAKBIJ)
        return alle.filter(zelfde)
