"""Where people live, so that places stand where a search would look for them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from collectief.demo.toeval import Toeval
from collectief.geo.models import Postcode

# Thousands of inhabitants per province, rounded. Source: CBS StatLine, population on 1 January 2024.
INWONERS = {
    "Zuid-Holland": 3804,
    "Noord-Holland": 2952,
    "Noord-Brabant": 2626,
    "Gelderland": 2133,
    "Utrecht": 1387,
    "Overijssel": 1184,
    "Limburg": 1128,
    "Fryslân": 659,
    "Groningen": 596,
    "Drenthe": 502,
    "Flevoland": 444,
    "Zeeland": 391,
}
MINSTENS = 2
FIETSEN = 0.09  # degrees of latitude: about ten kilometres
BREEDTE = 1.63  # a degree of longitude is that much shorter in the middle of the country


@dataclass(frozen=True)
class Punt:
    """A spot in the country, near the middle of a postcode."""

    pc4: str
    plaats: str
    provincie: str
    lat: float
    lon: float


def verdeel(aantal: int) -> dict[str, int]:
    """Divide `aantal` over the provinces as the people are, each at least two; the largest remainders get the rest."""
    vast = dict.fromkeys(INWONERS, MINSTENS)
    over = aantal - sum(vast.values())
    deel = {provincie: over * inwoners / sum(INWONERS.values()) for provincie, inwoners in INWONERS.items()}
    for provincie, hoeveel in deel.items():
        vast[provincie] += int(hoeveel)
    rest = aantal - sum(vast.values())
    for provincie in sorted(deel, key=lambda naam: deel[naam] % 1, reverse=True)[:rest]:
        vast[provincie] += 1
    return vast


class Landkaart:
    """Spots in the country: spread as the people are, or near another spot."""

    def __init__(self, toeval: Toeval) -> None:
        self.toeval = toeval
        bekend = Postcode.objects.filter(nauwkeurigheid=Postcode.Nauwkeurigheid.POSTCODE)
        self.postcodes = list(bekend.order_by("pc4"))

    def punten(self, aantal: int) -> Iterator[Punt]:
        """Yield `aantal` spots in mixed order; within a province every known postcode is as likely."""
        per_provincie = defaultdict(list)
        for postcode in self.postcodes:
            per_provincie[postcode.provincie].append(postcode)
        provincies = [provincie for provincie, hoeveel in verdeel(aantal).items() for _ in range(hoeveel)]
        self.toeval.shuffle(provincies)
        for provincie in provincies:
            yield self._punt(self.toeval.choice(per_provincie[provincie]))

    def in_de_buurt(self, punt: Punt) -> Punt:
        """Another spot, a bicycle ride away in the same province."""
        buren = [
            postcode
            for postcode in self.postcodes
            if postcode.provincie == punt.provincie
            and abs(postcode.lat - punt.lat) < FIETSEN
            and abs(postcode.lon - punt.lon) < FIETSEN * BREEDTE
        ]
        return self._punt(self.toeval.choice(buren)) if buren else punt

    def _punt(self, postcode: Postcode) -> Punt:
        return Punt(
            pc4=postcode.pc4,
            plaats=postcode.plaats,
            provincie=postcode.provincie,
            lat=round(postcode.lat + self.toeval.uniform(-0.006, 0.006), 5),
            lon=round(postcode.lon + self.toeval.uniform(-0.009, 0.009), 5),
        )
