"""The fixed cast of every test: who they are stays the same, so a test only says what happens.

A test makes whom it needs. What costs much to make, a file makes once, in a transaction around all its tests; what a
test does to it is undone before the next. It has to be there before the first test, so `pytestmark` names it:

    pytestmark = pytest.mark.usefixtures("zaak_van_bestand")

    @pytest.fixture(scope="module")
    def zaak_van_bestand(een_keer):
        with een_keer.schrijf():
            return vul_zaak(een_keer.bezetting.traject)
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cached_property
from itertools import count

import pytest
from django.db import transaction

from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.models import Initiatief
from tests.factories import InitiatiefFactory, RolFactory
from tests.trajecten.bezetting import maak_traject
from trajecten.models import Traject

_TELLER = count()


@pytest.fixture(autouse=True)
def niets_gepubliceerd(settings, tmp_path_factory):
    """Every test begins with nothing published; a folder of its own appears when it publishes."""
    settings.UITGAVE_MAP = tmp_path_factory.getbasetemp() / f"uitgaven-{next(_TELLER)}"


def _mens(naam: str, soort: Rol.Soort = Rol.Soort.BEGELEIDER, **bij) -> Gebruiker:
    adres = f"{naam.split(maxsplit=1)[0].lower()}@voorbeeld.example"
    return RolFactory(gebruiker__naam=naam, gebruiker__email=adres, soort=soort, **bij).gebruiker


class Bezetting:
    """Everybody whom tests know by name; each is made when a test first asks."""

    @cached_property
    def initiatief(self) -> Initiatief:
        """The initiative of begeleider and coordinator."""
        return InitiatiefFactory(naam="De Wilgenhoek", slug="de-wilgenhoek")

    @cached_property
    def ander_initiatief(self) -> Initiatief:
        return InitiatiefFactory(naam="Atelier Noord", slug="atelier-noord")

    @cached_property
    def begeleider(self) -> Gebruiker:
        return _mens("Bo Begeleider", initiatief=self.initiatief)

    @cached_property
    def coordinator(self) -> Gebruiker:
        return _mens("Co Coördinator", Rol.Soort.COORDINATOR, initiatief=self.initiatief)

    @cached_property
    def buitenstaander(self) -> Gebruiker:
        """A begeleider of another initiative."""
        return _mens("Bas Buiten", initiatief=self.ander_initiatief)

    @cached_property
    def kernteamlid(self) -> Gebruiker:
        return _mens("Kim Kern", Rol.Soort.KERNTEAM)

    @cached_property
    def beheerder(self) -> Gebruiker:
        return _mens("Bea Beheer", Rol.Soort.BEHEERDER)

    @cached_property
    def verbondgenoot(self) -> Gebruiker:
        return _mens("Vera Verbond", Rol.Soort.VERBONDGENOOT)

    @cached_property
    def traject(self) -> Traject:
        """A trajectory of begeleider, begun today, in the landing phase."""
        return maak_traject(door=self.begeleider, initiatief=self.initiatief)

    @cached_property
    def ander_traject(self) -> Traject:
        """A trajectory of another initiative."""
        return maak_traject(door=self.buitenstaander, initiatief=self.ander_initiatief, roepnaam="Sem")


class EenKeer:
    """The cast of a file: what it asks of `een_keer.bezetting` inside `with een_keer.schrijf():` is made once."""

    def __init__(self, schrijf: Callable[[], AbstractContextManager]):
        self.schrijf = schrijf
        self.bezetting = Bezetting()
        self._bewaard: tuple[int, bytes] = (0, b"")

    def kopie(self) -> Bezetting:
        """The cast anew, as it was made; pickled once, which is many times faster than copying for each test."""
        if self._bewaard[0] != len(vars(self.bezetting)):
            self._bewaard = len(vars(self.bezetting)), pickle.dumps(self.bezetting)
        return pickle.loads(self._bewaard[1])  # noqa: S301 - our own, from the line above


@pytest.fixture(scope="module")
def een_keer(django_db_setup, django_db_blocker) -> Iterator[EenKeer]:
    """A transaction around all tests of this file; each test has a transaction of its own within it."""
    buitenste = transaction.atomic()
    with django_db_blocker.unblock():
        buitenste.__enter__()
    yield EenKeer(django_db_blocker.unblock)
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        buitenste.__exit__(None, None, None)


@pytest.fixture
def bezetting(request, db) -> Bezetting:
    """The cast as this test sees it: what it changes in memory is its own."""
    if "een_keer" not in request.fixturenames:
        return Bezetting()
    if request.node.get_closest_marker("django_db", pytest.mark.django_db).kwargs.get("transaction"):
        pytest.fail("A test that really commits cannot stand in a file that makes its cast once")
    return request.getfixturevalue("een_keer").kopie()


def _uit_bezetting(naam: str):
    @pytest.fixture(name=naam)
    def wie_of_wat(bezetting):
        return getattr(bezetting, naam)

    return wie_of_wat


initiatief = _uit_bezetting("initiatief")
ander_initiatief = _uit_bezetting("ander_initiatief")
begeleider = _uit_bezetting("begeleider")
coordinator = _uit_bezetting("coordinator")
buitenstaander = _uit_bezetting("buitenstaander")
kernteamlid = _uit_bezetting("kernteamlid")
beheerder = _uit_bezetting("beheerder")
verbondgenoot = _uit_bezetting("verbondgenoot")
traject = _uit_bezetting("traject")
ander_traject = _uit_bezetting("ander_traject")
