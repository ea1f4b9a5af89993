"""What many tests of a file ask of the cast, is made once for these.

Each test asks for its people by name. Those that ask for the same come together, after the others of their file, in one
transaction that holds these people: so a test finds the rows that it asked for and no others, as when it makes them
itself. What it does to them is undone before the next. A test that really commits, or stops the clock first, makes
its own.
"""

from collections import defaultdict

import pytest

# How many rows each costs, about; a trajectory brings begeleider and initiatief.
KOSTEN = {
    "initiatief": 1,
    "ander_initiatief": 1,
    "begeleider": 3,
    "coordinator": 3,
    "buitenstaander": 3,
    "kernteamlid": 2,
    "beheerder": 2,
    "verbondgenoot": 2,
    "traject": 8,
    "ander_traject": 8,
}
EIGEN_TIJD = {"klok", "time_machine"}  # whoever is made under a stopped clock is of that time


def _namen(item: pytest.Item) -> frozenset[str]:
    """Whom this test asks of the cast; nobody when it has to make them itself."""
    vast = set(item.fixturenames)
    gemerkt = item.get_closest_marker("django_db", pytest.mark.django_db)
    if vast & {"een_keer", "live_server", "transactional_db", *EIGEN_TIJD} or gemerkt.kwargs.get("transaction"):
        return frozenset()
    return frozenset(vast & KOSTEN.keys())


def _samen(vragen: list[frozenset[str]]) -> frozenset[str]:
    """The people whose making once spares most."""

    def spaart(namen: frozenset[str]) -> int:
        return sum(map(KOSTEN.get, namen)) * (sum(namen <= vraag for vraag in vragen) - 1)

    beste = max(set(vragen), key=lambda namen: (spaart(namen), sorted(namen)), default=frozenset())
    return beste if spaart(beste) > 0 else frozenset()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    per_bestand = defaultdict(list)
    for item in items:
        per_bestand[item.nodeid.split("::", 1)[0]].append(item)
    for bestand, eigen in per_bestand.items():
        if any("een_keer" in item.fixturenames for item in eigen):
            continue
        samen = _samen([_namen(item) for item in eigen])
        if samen:
            deel = [item for item in eigen if samen <= _namen(item)]
            for item in deel:
                item.samen = samen
                item.fixturenames[:0] = ["een_keer", "samen"]
            per_bestand[bestand] = [item for item in eigen if item not in deel] + deel
    items[:] = [item for eigen in per_bestand.values() for item in eigen]


@pytest.fixture(scope="module")
def samen(request, een_keer) -> None:
    """Make them; `request` is that of the first test that asks."""
    with een_keer.schrijf():
        for naam in sorted(request._pyfuncitem.samen):
            getattr(een_keer.bezetting, naam)
