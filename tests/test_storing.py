"""Real processes, really killed: a due reminder leads to one mail, whatever happens on the way."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from trajecten.herinneringen import LOS
from trajecten.models import Contactmoment, Herinnering, NazorgAfspraak

AANTAL = 120
GEDULD = 60  # seconds


@pytest.fixture
def omgeving(tmp_path) -> dict[str, str]:
    """Environment of a worker on the database of this test, with a broker database and mail folder of its own."""
    gegevens = connection.settings_dict
    wie = f"{gegevens['USER']}:{gegevens['PASSWORD']}"
    waar = f"{gegevens['HOST']}:{gegevens['PORT']}" if not gegevens["HOST"].startswith("/") else ""
    pad = f"{gegevens['NAME']}" + (f"?host={gegevens['HOST']}&port={gegevens['PORT']}" if not waar else "")
    nummer = 1 + int((os.environ.get("PYTEST_XDIST_WORKER") or "gw0")[2:]) % 14
    return os.environ | {
        "DATABASE_URL": f"postgres://{wie}@{waar}/{pad}",
        "REDIS_URL": f"{django_settings.REDIS_URL.rsplit('/', 1)[0]}/{nummer}",
        "MAIL_MAP": str(tmp_path / "post"),
        "POST_INTERVAL": "1",
        "NAZORG_INTERVAL": "1",
        "POST_PACHT": "3",
        "RUSTIGE_UREN": "nee",  # the hour at which this test runs does not matter
    }


@pytest.fixture
def start(omgeving, tmp_path) -> Iterator:
    """Start `celery worker` or `celery beat` in a process group of its own; whatever still lives is killed after."""
    lopend = []

    def start_proces(*argumenten: str) -> subprocess.Popen:
        opdracht = [sys.executable, "-m", "celery", "-A", "collectief", *argumenten]
        with (tmp_path / f"{len(lopend)}.log").open("w") as log:
            lopend.append(subprocess.Popen(opdracht, env=omgeving, stdout=log, stderr=log, start_new_session=True))
        return lopend[-1]

    yield start_proces
    for proces in lopend:
        dood(proces)


def dood(proces: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(proces.pid, signal.SIGKILL)
    proces.wait()


def wacht_tot(klaar, waarop: str) -> None:
    einde = time.monotonic() + GEDULD
    while not klaar():
        if time.monotonic() > einde:
            pytest.fail(f"after {GEDULD} s there was still no {waarop}")
        time.sleep(0.02)


@pytest.fixture
def rijp(begeleider, initiatief) -> None:
    """AANTAL contact moments whose reminder is due now; three for each colleague, so that each is a mail of its own."""
    collegas = [rol.gebruiker for rol in RolFactory.create_batch(AANTAL // LOS, initiatief=initiatief)]
    traject = maak_traject(door=begeleider, initiatief=initiatief)
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        for dag in range(AANTAL):
            contact = Contactmoment.plan_op(
                afspraak=afspraak, dag=timezone.localdate() + timedelta(days=10 + dag), eigenaar=collegas[dag // LOS]
            )
            contact.herinneringen.filter(stap="vandaag").update(op=timezone.now())
        assert Herinnering.objects.filter(op__lte=timezone.now()).count() == AANTAL


def brieven(omgeving) -> list[Path]:
    return list(Path(omgeving["MAIL_MAP"]).glob("*.eml"))


def is_klaar(omgeving) -> bool:
    verstuurd = Bericht.objects.filter(toestand=Bericht.Toestand.VERSTUURD).count()
    return verstuurd == len(brieven(omgeving)) == AANTAL


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_two_workers_and_two_beats_give_one_mail_per_reminder(rijp, omgeving, start, tmp_path):
    eerste = start("worker", "--concurrency", "1", "--loglevel", "WARNING")
    wacht_tot(lambda: brieven(omgeving), "first mail")
    dood(eerste)
    bij_de_klap = len(brieven(omgeving))

    for nummer in (1, 2):
        start("worker", "--concurrency", "1", "--hostname", f"w{nummer}@%h", "--loglevel", "WARNING")
        start("beat", "--schedule", str(tmp_path / f"beat{nummer}"), "--loglevel", "WARNING")
    wacht_tot(lambda: is_klaar(omgeving), "complete mail folder")

    assert bij_de_klap < AANTAL, "the worker was killed too late for this test to say anything"
    assert Bericht.objects.count() == AANTAL
    assert {len(bericht.sleutel.split(":")) for bericht in Bericht.objects.all()} == {3}
