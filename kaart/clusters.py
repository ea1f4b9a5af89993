"""The pyramid of clusters: for every zoom of the map, which places stand there as one.

Worked out when places are published, so that a phone only has to draw. From the closest zoom outwards each level joins
what the level before left apart; so a cluster always holds whole clusters of the next zoom. Written down in the
order of that tree, every cluster of every zoom is a run of neighbours, and a level is only a list of lengths.
The same places always give the same pyramid.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

ZOOMS = range(12, 5, -1)  # closer than that every place stands alone
STRAAL = 44  # pixels within which two places become one: what a finger covers
TEGEL = 256  # pixels of the world at zoom 0


@dataclass(slots=True)
class Cluster:
    """Places that stand together: their middle in pixels of zoom 0, and their numbers in the order of the tree."""

    x: float
    y: float
    leden: list[int]


def mercator(lat: float, lon: float) -> tuple[float, float]:
    """Return the point in pixels of the world at zoom 0, as web maps draw it."""
    sinus = math.sin(math.radians(lat))
    return TEGEL * (lon / 360 + 0.5), TEGEL * (0.5 - math.log((1 + sinus) / (1 - sinus)) / (4 * math.pi))


def piramide(punten: list[tuple[float, float]]) -> tuple[list[int], dict[int, list[int]]]:
    """Return the order in which places are written, and for each zoom the sizes of its clusters in that order.

    `punten` are pairs of latitude and longitude. What comes in first becomes the middle of a cluster first.
    """
    niveau = [Cluster(*mercator(*punt), [nummer]) for nummer, punt in enumerate(punten)]
    boom = {}
    for zoom in ZOOMS:
        niveau = boom[zoom] = _voeg_samen(niveau, STRAAL / 2**zoom)
    volgorde = [nummer for cluster in niveau for nummer in cluster.leden]
    plaats = {nummer: positie for positie, nummer in enumerate(volgorde)}
    lengtes = {
        zoom: [len(cluster.leden) for cluster in sorted(clusters, key=lambda cluster: plaats[cluster.leden[0]])]
        for zoom, clusters in boom.items()
    }
    return volgorde, lengtes


def _voeg_samen(clusters: list[Cluster], straal: float) -> list[Cluster]:
    """Join what lies within `straal` of a cluster that comes earlier in the list."""
    rooster = defaultdict(list)
    for nummer, cluster in enumerate(clusters):
        rooster[int(cluster.x / straal), int(cluster.y / straal)].append(nummer)
    vrij = [True] * len(clusters)
    samen = []
    for nummer, cluster in enumerate(clusters):
        if vrij[nummer]:
            buren = _buren(cluster, clusters, rooster, vrij, straal)
            for buur in buren:
                vrij[buur] = False
            samen.append(_een(cluster, [clusters[buur] for buur in buren if buur != nummer]))
    return samen


def _buren(cluster: Cluster, clusters: list[Cluster], rooster: dict, vrij: list[bool], straal: float) -> list[int]:
    kolom, rij = int(cluster.x / straal), int(cluster.y / straal)
    return [
        nummer
        for x in (kolom - 1, kolom, kolom + 1)
        for y in (rij - 1, rij, rij + 1)
        if (x, y) in rooster
        for nummer in rooster[x, y]
        if vrij[nummer] and math.hypot(clusters[nummer].x - cluster.x, clusters[nummer].y - cluster.y) <= straal
    ]


def _een(eerste: Cluster, anderen: list[Cluster]) -> Cluster:
    if not anderen:
        return eerste
    alle = [eerste, *anderen]
    aantal = sum(len(cluster.leden) for cluster in alle)
    return Cluster(
        sum(cluster.x * len(cluster.leden) for cluster in alle) / aantal,
        sum(cluster.y * len(cluster.leden) for cluster in alle) / aantal,
        [nummer for cluster in alle for nummer in cluster.leden],
    )
