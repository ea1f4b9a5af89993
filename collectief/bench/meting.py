"""What a bench found: figures, each beside what was promised."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True)
class Tempo:
    """How long to measure: rounds of some seconds after a warm-up, and how often to repeat a single call."""

    seconden: float = 5
    rondes: int = 5
    opwarmen: float = 3
    herhaal: int = 300


@dataclass(frozen=True)
class Regel:
    """One figure. `is_gehaald` is None where nothing was promised."""

    wat: str
    waarde: str
    belofte: str = ""
    is_gehaald: bool | None = None

    @property
    def oordeel(self) -> str:
        return {None: "", True: "holds", False: "BROKEN"}[self.is_gehaald]


@dataclass
class Meting:
    """The result of one bench: the work, its peer, and the figures."""

    naam: str
    werk: str
    tegen: str
    regels: list[Regel] = field(default_factory=list)

    def cijfer(self, wat: str, waarde: str) -> None:
        self.regels.append(Regel(wat, waarde))

    def minstens(
        self, wat: str, waarde: float, vloer: float, *, doel: float | None = None, vorm: str = "{:.2f}"
    ) -> None:
        """A figure that may not be lower than `vloer`; `doel` is what we are after."""
        self.regels.append(Regel(wat, vorm.format(waarde), _belofte("at least", vloer, doel, vorm), waarde >= vloer))

    def hooguit(
        self, wat: str, waarde: float, vloer: float, *, doel: float | None = None, vorm: str = "{:.2f}"
    ) -> None:
        """A figure that may not be higher than `vloer`."""
        self.regels.append(Regel(wat, vorm.format(waarde), _belofte("at most", vloer, doel, vorm), waarde <= vloer))

    def klopt(self, wat: str, belofte: str, *, is_gehaald: bool) -> None:
        self.regels.append(Regel(wat, "yes" if is_gehaald else "no", belofte, is_gehaald))

    @property
    def gebroken(self) -> list[str]:
        return [f"{self.naam}: {regel.wat}" for regel in self.regels if regel.is_gehaald is False]


def _belofte(woord: str, vloer: float, doel: float | None, vorm: str) -> str:
    belofte = f"{woord} {vorm.format(vloer)}"
    return belofte if doel is None else f"{belofte}, goal {vorm.format(doel)}"


def p95(waarden: Sequence[float]) -> float:
    return quantiles(waarden, n=20)[-1] if len(waarden) > 1 else waarden[0]


def milliseconden(doe: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = perf_counter()
    doe()
    return (perf_counter() - begin) * 1000


def om_en_om(herhaal: int, **varianten: Callable[[], object]) -> dict[str, float]:
    """Median milliseconds per variant, measured in turn so that a noisy moment hits all of them."""
    gemeten: dict[str, list[float]] = {naam: [] for naam in varianten}
    for doe in varianten.values():
        doe()
    for _ in range(herhaal):
        for naam, doe in varianten.items():
            gemeten[naam].append(milliseconden(doe))
    return {naam: median(waarden) for naam, waarden in gemeten.items()}
