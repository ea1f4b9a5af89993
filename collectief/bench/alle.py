"""Every bench by name, in the order in which they run."""

from collections.abc import Callable

from collectief.bench import (
    beleving,
    bijeenkomst,
    dichtstbij,
    gewicht,
    gids,
    herinneringen,
    kaart,
    moment,
    plekken,
    trajecten,
    zoeken,
)
from collectief.bench.meting import Meting
from collectief.bench.opstelling import Opstelling

BENCHES: dict[str, Callable[[Opstelling], Meting]] = {
    "zoeken": zoeken.meet,
    "gids": gids.meet,
    "plekken": plekken.meet,
    "dichtstbij": dichtstbij.meet,
    "kaart": kaart.meet,
    "gewicht": gewicht.meet,
    "beleving": beleving.meet,
    "trajecten": trajecten.meet,
    "moment": moment.meet,
    "bijeenkomst": bijeenkomst.meet,
    "herinneringen": herinneringen.meet,
}
