"""The template of a school year: how many meetings of each kind, at what time, and on which days they may fall.

Source: the route chart 2023-2024. The one place that holds this; the core team may ask for other numbers and days.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.soorten import Soort


@dataclass(frozen=True)
class Vorm:
    """How often a kind of meeting comes in a year, and from when to when it lasts."""

    aantal: int
    begin: time
    eind: time


SJABLOON: dict[str, Vorm] = {
    Soort.LANDELIJK: Vorm(2, time(16), time(20)),
    Soort.FYSIEK: Vorm(2, time(14), time(17)),
    Soort.ONLINE: Vorm(3, time(15, 30), time(17)),
    Soort.REGIO: Vorm(0, time(14), time(17)),
    Soort.THEMA: Vorm(0, time(15, 30), time(17)),
}
WEEKDAGEN = (1, 2, 3, 4)  # Monday to Thursday: on Friday many places are closed
AANLOOP = timedelta(weeks=3)  # people need that long to keep a day free
TUSSENRUIMTE = timedelta(days=14)
LIEVER = 3  # days that a date may move for the sake of another day of the week


def seizoen(schooljaar: Schooljaar, vandaag: date) -> tuple[date, date]:
    """The first and last day that is proposed: from September until the first week of July, and not too soon."""
    return max(date(schooljaar.jaar, 9, 1), vandaag + AANLOOP), date(schooljaar.jaar + 1, 7, 7)


def volgorde(aantallen: Mapping[str, int]) -> list[str]:
    """The kinds in the order of the year, each spread evenly over it."""
    plekken = [((nummer + 0.5) / aantal, soort) for soort, aantal in aantallen.items() for nummer in range(aantal)]
    return [soort for _, soort in sorted(plekken, key=lambda plek: plek[0])]


def stel_dagen_voor(
    aantal: int,
    *,
    van: date,
    tot: date,
    weekdagen: Sequence[int],
    bezet: Collection[date],
    mijd: Callable[[date], bool],
) -> list[date]:
    """Return that many days in order, evenly spread from `van` to `tot`; fewer when there are no more.

    Only on `weekdagen` (1 = Monday), taken in turn so that nobody always misses out, never on a day that `mijd` names,
    and two weeks from each other and from the days that are `bezet`.
    """
    dagen = [van + timedelta(days=nummer) for nummer in range(max((tot - van).days + 1, 0))]
    mogelijk = [dag for dag in dagen if dag.isoweekday() in weekdagen and not mijd(dag)]
    gekozen: list[date] = []
    for nummer in range(aantal):
        mooi = van + (tot - van) * (2 * nummer + 1) / (2 * aantal)
        weekdag = weekdagen[nummer % len(weekdagen)]
        ruim = [dag for dag in mogelijk if all(abs(dag - ander) >= TUSSENRUIMTE for ander in [*bezet, *gekozen])]
        if ruim:
            gekozen.append(min(ruim, key=lambda dag: abs((dag - mooi).days) + LIEVER * (dag.isoweekday() != weekdag)))
    return sorted(gekozen)
