"""A year of aftercare as a counsellor lives it: the agreement, the mail, two taps, a pause, and each year again."""

import email
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from collectief.post.verzenden import verstuur_alles
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import AMSTERDAM
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import zet_stap
from trajecten.fases import Fase
from trajecten.herinneringen import zet_klaar
from trajecten.models import Contactmoment, Traject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Jaar:
    """The browser of one counsellor, the clock of the platform, and the folder in which her mail arrives."""

    def __init__(self, page: Page, basis: str, klok, mailmap: Path, als, begeleider, traject: Traject):
        self.page, self.basis, self.klok, self.mailmap = page, basis, klok, mailmap
        self.als, self.begeleider, self.traject = als, begeleider, traject
        self.mails = 0

    def open(self, pad: str) -> None:
        """As who has just signed in: after months her session is over."""
        cookie = self.als(self.begeleider).cookies[django_settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.basis}]
        )
        self.page.goto(self.basis + pad)

    def volgende_mail(self) -> datetime:
        """Move the clock to the next contact, let the mail come, and follow its link. Returns the day."""
        with als_gebruiker(self.begeleider.pk):
            dag = Contactmoment.objects.wacht().order_by("gepland_op").values_list("gepland_op", flat=True).first()
        self.klok.move_to(datetime(dag.year, dag.month, dag.day, 10, tzinfo=AMSTERDAM))
        zet_klaar()
        verstuur_alles()
        post = sorted(self.mailmap.glob("*.eml"), key=lambda pad: int(re.findall(r"\d+", pad.name)[0]))
        self.mails += 1
        assert len(post) == self.mails
        brief = email.message_from_bytes(post[-1].read_bytes(), policy=email.policy.default)
        tekst = brief.get_body(("plain",)).get_content()
        assert "Noor" not in brief.as_string()
        self.open(re.search(rf"{django_settings.BASIS_URL}(/trajecten/\S+)", tekst)[1])
        return dag

    def tik(self, knop: str) -> None:
        self.page.get_by_role("button", name=knop, exact=True).click()


@pytest.fixture
def jaar(page, live_server, settings, tmp_path, als, begeleider, initiatief):
    settings.MAILERS = {
        "default": {"BACKEND": "collectief.post.backends.MapBackend", "OPTIONS": {"file_path": str(tmp_path)}}
    }
    with time_machine.travel("2027-06-01 10:00+02:00", tick=False) as klok:
        op = timezone.localdate() - timedelta(days=90)
        traject = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Noor", op=op)
        with als_gebruiker(begeleider.pk):
            zet_stap(traject=traject, naar=Fase.WAAKVLAM, door=begeleider, toelichting="x", deur_staat_open=True)
        yield Jaar(page, live_server.url, klok, tmp_path, als, begeleider, traject)


def spreek_af(jaar: Jaar) -> None:
    jaar.open(f"/trajecten/{jaar.traject.pk}/nazorg/nieuw/")
    jaar.page.get_by_label("verbinding met gezin en jongere").check()
    jaar.tik("Bekijk de dagen")
    jaar.tik("Afspraak bewaren")
    expect(jaar.page.get_by_text("De afspraak is bewaard.")).to_be_visible()


def geef_pauze(jaar: Jaar, dagen: int) -> None:
    jaar.open(f"/trajecten/{jaar.traject.pk}/pauze/")
    jaar.page.get_by_label("Tot wanneer?").fill((timezone.localdate() + timedelta(days=dagen)).isoformat())
    jaar.tik("Pauze geven")


def test_a_year_from_agreement_to_yearly_contact(jaar):
    page = jaar.page
    spreek_af(jaar)

    jaar.volgende_mail()
    page.get_by_label("Wil je er iets bij bewaren?").fill("Het gaat goed.")
    jaar.tik("We spraken elkaar")
    for _ in range(2):
        jaar.volgende_mail()
        jaar.tik("Niet bereikt")
    expect(page.get_by_role("heading", name="Misschien past iets anders")).to_be_visible()
    page.get_by_role("button", name=re.compile("kaartje", re.IGNORECASE)).click()

    dag = jaar.volgende_mail()
    page.get_by_text("Verplaatsen naar een andere dag").click()
    page.get_by_label("Een andere dag", exact=True).fill((dag + timedelta(days=14)).isoformat())
    jaar.tik("Verplaatsen")
    assert jaar.volgende_mail() - dag >= timedelta(days=14)
    jaar.tik("Noor wil nu niet")

    geef_pauze(jaar, 60)
    assert jaar.volgende_mail() >= dag + timedelta(days=74)
    for _ in range(3):
        jaar.tik("We spraken elkaar")
        laatste, dag = dag, jaar.volgende_mail()
    assert timedelta(days=360) <= dag - laatste <= timedelta(days=372)
