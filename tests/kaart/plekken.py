"""Places in memory, for rules that need no database."""

import factory

from collectief.geo.rd import naar_rd
from kaart.plek import Groep, Plek


class PlekFactory(factory.Factory):
    """A farm in Zutphen that says nothing about itself; without `lat` it is online."""

    class Meta:
        model = Plek

    pk = factory.Sequence(lambda n: n + 1)
    naam = ""
    plaats = "Zutphen"
    lat = 52.1413
    lon = 6.1961
    nauwkeurigheid = "exact"
    is_online = factory.LazyAttribute(lambda plek: plek.lat is None)
    is_landelijk = False
    initiatief = factory.Sequence(lambda n: f"Plek {n}")
    slug = factory.Sequence(lambda n: f"plek-{n}")
    soort = "boerderij"
    domein = "snijvlak"
    leeftijd_van = None
    leeftijd_tot = None
    doelgroepen = ()
    begeleiding = ()
    bekostiging = ()
    toegankelijk = ()
    groep = ""
    aanbod = ()
    groepen = ()
    is_te_vragen = True
    punt = factory.LazyAttribute(lambda plek: None if plek.lat is None else naar_rd(plek.lat, plek.lon))


def vrij(van: int, tot: int) -> tuple[Groep, ...]:
    """Room now for one age group."""
    return (Groep(van, tot, "plek_vrij", None, "1 november"),)
