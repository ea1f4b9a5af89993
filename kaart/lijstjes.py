"""A shortlist as it stands in an address: its places, side by side, and a code that leads back to it from paper.

The list itself is in the browser of the family; here nothing is kept.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString

from collectief.geo.rd import circa
from collectief.geo.register import Doel
from collectief.qr import qr
from initiatieven.models import Initiatief
from kaart.plek import VAN_VER, Plek, Ruimteregel
from kaart.wegwijzer import wegwijzer

NAAST_ELKAAR = 3


class Bewaard(NamedTuple):
    """A place on a list, with what only the page of its initiative tells."""

    plek: Plek
    initiatief: Initiatief
    afstand: str  # empty when nobody said from where
    naam: str  # of its initiative, and where it is when that has another on the list

    @property
    def ruimte(self) -> list[Ruimteregel]:
        return self.plek.ruimte()

    @property
    def feiten(self) -> list[tuple[str, list[str]]]:
        """What families want to know, row by row; an empty row means that nobody filled it in."""
        ander = self.initiatief
        ruimte = [f"{regel.tekst} (op {regel.datum})" if regel.datum else regel.tekst for regel in self.ruimte]
        grootte = f"hooguit {ander.groepsgrootte} jongeren" if ander.groepsgrootte else ""
        return [
            (kop, [regel for regel in regels if regel])
            for kop, regels in (
                ("Hoe ver", [self.afstand, self.plek.waar, VAN_VER if self.plek.is_landelijk else ""]),
                ("Is er plek?", ruimte),
                ("Wat het is", [ander.get_soort_display()]),
                ("Leeftijd", [self.plek.leeftijd]),
                ("Past goed bij een jongere die…", ander.doelgroepen_tekst),
                ("Je bent er", [*ander.begeleiding_tekst, grootte]),
                ("Wat je er kunt doen", [tekst for _, tekst in ander.aanbod]),
                ("Fijn om te weten", ander.toegankelijk_tekst),
                ("Hoe het betaald wordt", ander.bekostiging_tekst),
                ("Kennismaken", [ander.kennismaken]),
            )
        ]


def lees_lijst(nummers: list[int], doel: Doel | None) -> list[Bewaard]:
    """Return the places of a list in its own order, in one query; what is no longer public is left out."""
    gids = wegwijzer()
    plekken = [plek for nummer in nummers if (plek := gids.plek(nummer))]
    slugs = {plek.slug for plek in plekken}
    gevonden = Initiatief.objects.vindbaar().filter(slug__in=slugs).fetch_mode(models.FETCH_RAISE)
    op_slug = {initiatief.slug: initiatief for initiatief in gevonden}
    keren = Counter(plek.slug for plek in plekken)
    return [
        Bewaard(plek, op_slug[plek.slug], _afstand(plek, doel), _naam(plek, keren[plek.slug]))
        for plek in plekken
        if plek.slug in op_slug
    ]


def _naam(plek: Plek, keren: int) -> str:
    return f"{plek.initiatief}, {plek.waar}" if keren > 1 and plek.waar else plek.initiatief


def _afstand(plek: Plek, doel: Doel | None) -> str:
    return circa(doel.punt.afstand(plek.punt)) if doel and plek.punt else ""


def zet_naast_elkaar(bewaard: list[Bewaard]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Turn the facts per place into rows; each cell has the name of its place with it, for a narrow screen."""
    kolommen = [[(kop, (een.naam, regels)) for kop, regels in een.feiten] for een in bewaard]
    return [(rij[0][0], [cel for _, cel in rij]) for rij in zip(*kolommen, strict=True)]


def lijst_pad(nummers: list[int], q: str = "") -> str:
    """Return the address of a list on this site; with `q` it tells how far from there."""
    delen = {"p": ",".join(map(str, nummers)), "q": q}
    vraag = urlencode({naam: waarde for naam, waarde in delen.items() if waarde}, safe=",")
    return reverse("kaart:lijstje") + (f"?{vraag}" if vraag else "")


def qr_code(pad: str) -> SafeString:
    """Draw the full address of a list as a QR code."""
    return _getekend(settings.BASIS_URL + pad)


@lru_cache(maxsize=128)
def _getekend(adres: str) -> SafeString:
    return qr(adres, "QR-code van dit lijstje")
