"""How much demo data: enough to look at, or enough to measure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Schaal:
    """How many of each; an initiative has one place, some have two. About six in seven places are on the map."""

    naam: str
    initiatieven: int
    locaties: int
    trajecten: int
    momenten: int


SCHALEN = {
    schaal.naam: schaal
    for schaal in (
        Schaal("klein", initiatieven=120, locaties=132, trajecten=1_000, momenten=10_000),
        Schaal("groot", initiatieven=12_800, locaties=14_000, trajecten=100_000, momenten=1_000_000),
    )
}
