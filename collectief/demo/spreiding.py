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


def punten(toeval: Toeval, aantal: int) -> Iterator[Punt]:
    """Yield `aantal` spots in mixed order; within a province every known postcode is as likely."""
    per_provincie = defaultdict(list)
    bekend = Postcode.objects.filter(nauwkeurigheid=Postcode.Nauwkeurigheid.POSTCODE).order_by("pc4")
    for postcode in bekend:
        per_provincie[postcode.provincie].append(postcode)
    provincies = [provincie for provincie, hoeveel in verdeel(aantal).items() for _ in range(hoeveel)]
    toeval.shuffle(provincies)
    for provincie in provincies:
        postcode = toeval.choice(per_provincie[provincie])
        yield Punt(
            pc4=postcode.pc4,
            plaats=postcode.plaats,
            provincie=provincie,
            lat=round(postcode.lat + toeval.uniform(-0.006, 0.006), 5),
            lon=round(postcode.lon + toeval.uniform(-0.009, 0.009), 5),
        )
