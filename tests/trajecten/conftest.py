"""A clock that stands still, contact to come, and a handover as far on its way as one likes."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.klok import BEGIN, DONDERDAG
from tests.trajecten.kring import overdracht_tot
from tests.trajecten.zaak import vul_zaak
from trajecten.actions import spreek_nazorg_af
from trajecten.models import Contactmoment, Moment, NazorgAfspraak, Overdracht, Traject

LUISTER = "document.addEventListener('securitypolicyviolation', (e) => console.error('CSP ' + e.violatedDirective))"


@pytest.fixture
def volle_zaak(traject, begeleider, coordinator) -> Traject:
    """A trajectory with a row in every table of trajecten."""
    return vul_zaak(traject, begeleider, coordinator)


@pytest.fixture
def klok() -> Iterator[time_machine.Traveller]:
    """Time stands still at BEGIN; `klok.move_to(…)` moves it."""
    with time_machine.travel(BEGIN, tick=False) as klok:
        yield klok


@pytest.fixture
def contact(klok, traject, begeleider) -> Contactmoment:
    """Contact of begeleider on a Thursday, sixteen days from now."""
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        return Contactmoment.plan_op(afspraak=afspraak, dag=DONDERDAG, eigenaar=begeleider)


@pytest.fixture
def daar(ander_initiatief) -> Gebruiker:
    """The coördinator of the other initiative."""
    return RolFactory(initiatief=ander_initiatief, soort=Rol.Soort.COORDINATOR, gebruiker__naam="Daan Daar").gebruiker


@pytest.fixture
def tot(traject, begeleider, coordinator, ander_initiatief, daar, buitenstaander) -> Callable[..., Overdracht]:
    """Bring a handover of begeleider's trajectory this far: `tot("voorbereid")`; buitenstaander will counsel."""
    with als_gebruiker(begeleider.pk):
        Traject.objects.update(wensdroom="Een eigen moestuin.", wat_waardevol_is="Haar konijn.")
        Moment.objects.create(traject=traject, tekst="Samen gekookt.", door=begeleider)
        spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1", "maand_3"])

    def breng(stand: str, stukken: frozenset[str] = frozenset({"wensdroom"})) -> Overdracht:
        with als_gebruiker(coordinator.pk):
            vers = Traject.objects.select_related("jongere", "initiatief").get(pk=traject.pk)
        return overdracht_tot(
            stand,
            traject=vers,
            van=coordinator,
            naar=ander_initiatief,
            daar=daar,
            begeleider=buitenstaander,
            stukken=stukken,
        )

    return breng


@pytest.fixture
def pagina(page: Page, live_server, begeleider) -> Page:
    """A browser signed in as begeleider; `pagina.klachten` collects what the browser complains about."""
    client = Client()
    client.force_login(begeleider)
    naam = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": naam, "value": client.cookies[naam].value, "url": live_server.url}])
    page.klachten = []
    page.on("console", lambda bericht: page.klachten.append(bericht.text) if bericht.type == "error" else None)
    page.on("pageerror", lambda fout: page.klachten.append(str(fout)))
    page.add_init_script(LUISTER)
    return page
