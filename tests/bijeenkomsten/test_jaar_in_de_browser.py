"""A year as the collective lives it, from the plan to the promise that comes back, in one browser.

With KIEKJES=folder it also takes pictures of every stop, on a phone and on a desk.
"""

import email
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from icalendar import Calendar
from playwright.sync_api import Page, expect

from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.postbus import lees_antwoorden
from bijeenkomsten.tasks import herinner_aan_acties
from collectief.gebruikers.models import Gebruiker
from collectief.post.verzenden import verstuur_alles
from collectief.werkdagen import AMSTERDAM
from tests.bijeenkomsten.factories import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANTWOORD = """From: {adres}
To: {organisator}
Subject: Geaccepteerd
Date: Tue, 01 Sep 2026 10:00:00 +0200
Message-ID: <antwoord@voorbeeld.example>
MIME-Version: 1.0
Content-Type: text/calendar; charset=utf-8; method=REPLY

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//voorbeeld//agenda//NL
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260901T080000Z
SEQUENCE:{volgnummer}
ORGANIZER:mailto:{organisator}
ATTENDEE;PARTSTAT=ACCEPTED:mailto:{adres}
END:VEVENT
END:VCALENDAR
"""


class Reis:
    """One browser in which people take turns, the clock of the platform, and the folder in which mail arrives."""

    def __init__(self, page: Page, basis: str, klok, mappen: tuple[Path, Path], als):
        self.page, self.basis, self.klok, self.als = page, basis, klok, als
        self.mailmap, self.antwoordmap = mappen
        self.stop = 0
        page.set_default_timeout(20_000)

    def als_wie(self, wie: Gebruiker, pad: str) -> None:
        """Open a page as this person, who has just signed in."""
        cookie = self.als(wie).cookies[django_settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.basis}]
        )
        self.page.goto(self.basis + pad)

    def vul(self, **velden: str) -> None:
        for naam, waarde in velden.items():
            self.page.locator(f"#id_{naam}").fill(waarde)

    def tik(self, knop: str) -> None:
        """Press a button and wait for the page that comes of it."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=knop, exact=True).click()

    def volg(self, link: str) -> None:
        self.page.get_by_role("link", name=link, exact=True).first.click()

    def ziet(self, tekst: str) -> None:
        expect(self.page.get_by_text(tekst).first).to_be_visible()

    def kiek(self, naam: str) -> None:
        """A picture for who wants to look, and nothing that sticks out on a phone for everybody."""
        self.stop += 1
        for breedte in (360, 1280):
            self.page.set_viewport_size({"width": breedte, "height": 900})
            if map_ := os.environ.get("KIEKJES"):
                self.page.screenshot(path=f"{map_}/{self.stop:02}-{naam}-{breedte}.png", full_page=True)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= breedte

    def post(self, aan: str, onderwerp: str) -> email.message.EmailMessage:
        """The latest mail to this address with this in its subject."""
        verstuur_alles()
        paden = sorted(self.mailmap.glob("*.eml"), key=lambda pad: int(re.findall(r"\d+", pad.name)[0]), reverse=True)
        brieven = (email.message_from_bytes(pad.read_bytes(), policy=email.policy.default) for pad in paden)
        return next(brief for brief in brieven if brief["To"] == aan and onderwerp in brief["Subject"])


def woorden(brief: email.message.EmailMessage) -> str:
    return brief.get_body(("plain",)).get_content()


def afspraak(brief: email.message.EmailMessage):
    """The event in the calendar part of a mail."""
    (deel,) = [deel for deel in brief.walk() if deel.get_content_type() == "text/calendar"]
    return Calendar.from_ical(deel.get_payload(decode=True)).walk("VEVENT")[0]


@pytest.fixture
def reis(page, live_server, settings, tmp_path, als) -> Iterator[Reis]:
    mappen = (tmp_path / "uit", tmp_path / "in")
    for map_ in mappen:
        map_.mkdir()
    settings.MAILERS = {
        "default": {"BACKEND": "collectief.post.backends.MapBackend", "OPTIONS": {"file_path": str(mappen[0])}}
    }
    settings.ANTWOORD_ADRES, settings.ANTWOORD_MAP = "antwoord@collectief.example", str(mappen[1])
    with time_machine.travel(datetime(2026, 9, 1, 10, tzinfo=AMSTERDAM), tick=False) as klok:
        yield Reis(page, live_server.url, klok, mappen, als)


def plan_het_jaar(reis: Reis, kern: Gebruiker) -> Bijeenkomst:
    """A proposal, one date moved by keyboard, and everything published that can be."""
    reis.als_wie(kern, "/bijeenkomsten/planning/?jaar=2026")
    reis.tik("Voorstel maken")
    reis.ziet("Er staan 7 concepten bij.")
    reis.kiek("voorstel")
    concept = Bijeenkomst.objects.concept().filter(soort="fysiek").earliest("begint_op")
    reis.page.locator(f"#dag{concept.pk}").focus()
    reis.page.locator(f"#dag{concept.pk}").fill("2026-09-24")
    reis.page.keyboard.press("Enter")
    reis.ziet("donderdag 24 september 2026")
    reis.tik("Alle concepten publiceren")
    reis.kiek("gepubliceerd")
    concept.refresh_from_db()
    assert concept.is_gepubliceerd
    assert Bijeenkomst.objects.concept().count() == 3  # online, and without a link
    return concept


def bereid_voor(reis: Reis, bijeenkomst: Bijeenkomst, kern: Gebruiker, lid: Gebruiker) -> None:
    """A place, a programme with minutes, a document; a question is brought in and gets its minutes."""
    beheer = f"/bijeenkomsten/{bijeenkomst.pk}/beheer/"
    reis.als_wie(kern, beheer)
    reis.volg("Bewerken")
    reis.vul(titel="Samen aan tafel", plaats="De Kantine, Utrecht", pc4="3511")
    reis.page.get_by_label(str(kern)).check()
    reis.tik("Bijeenkomst bewaren")
    reis.volg("Programma")
    for nummer, (wat, minuten) in enumerate([("Welkom", "30"), ("Soep", "60")]):
        reis.page.locator(f"#id_deel-{nummer}-titel").fill(wat)
        reis.page.locator(f"#id_deel-{nummer}-minuten").fill(minuten)
    reis.tik("Programma bewaren")
    reis.ziet("Samen 90 minuten.")
    reis.kiek("programma")
    reis.page.goto(f"{reis.basis}/bijeenkomsten/{bijeenkomst.pk}/documenten/")
    reis.vul(naam="Routekaart")
    reis.page.locator("#id_bestand").set_input_files(
        {"name": "kaart.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    reis.tik("Document bewaren")
    reis.ziet("Routekaart staat erbij.")

    reis.als_wie(lid, "/bijeenkomsten/vragen/nieuw/")
    reis.vul(vraag="Hoe houden jullie het rustig?")
    reis.tik("Vraag inbrengen")
    reis.ziet("Je vraag is ingebracht.")

    reis.als_wie(kern, f"/bijeenkomsten/{bijeenkomst.pk}/vragen/")
    reis.page.get_by_label("Minuten").fill("25")
    reis.tik("In het programma")
    reis.ziet("De vraag staat in het programma.")
    reis.kiek("vragen")


def nodig_uit(reis: Reis, bijeenkomst: Bijeenkomst, kern: Gebruiker) -> None:
    """Own words, looked at and sent to oneself; then the whole group, and a guest without an account."""
    reis.als_wie(kern, f"/bijeenkomsten/{bijeenkomst.pk}/post/uitnodiging/")
    reis.vul(tekst="Kom je mee-eten? Er is soep.")
    reis.tik("Voorbeeld bekijken")
    reis.ziet("Zo ziet de mail eruit")
    reis.kiek("voorbeeld")
    reis.tik("Proefmail naar mezelf")
    reis.ziet("De proefmail gaat naar")
    reis.tik("Bewaren")
    assert "Er is soep." in woorden(reis.post(kern.email, "Samen aan tafel"))
    reis.page.goto(f"{reis.basis}/bijeenkomsten/{bijeenkomst.pk}/uitnodigen/")
    reis.tik("De hele groep uitnodigen")
    reis.ziet("Uitgenodigd: 3 mensen.")
    reis.volg("Uitnodigen")
    reis.vul(naam="Gerda Gast", adres="gerda@voorbeeld.example")
    reis.tik("Uitnodiging mailen")
    reis.ziet("Gerda Gast krijgt een uitnodiging per mail.")


def antwoord_op_drie_manieren(reis: Reis, bijeenkomst: Bijeenkomst, lid: Gebruiker, ander: Gebruiker) -> None:
    """On the site, with a button in the mail, and from a calendar."""
    reis.als_wie(lid, f"/bijeenkomsten/{bijeenkomst.pk}/meedoen/")
    reis.tik("Ik kom")
    reis.ziet("Fijn, we rekenen op je.")
    reis.tik("Ik help mee")
    reis.ziet("Fijn dat je meehelpt.")
    reis.ziet("Routekaart")
    reis.ziet("Hoe houden jullie het rustig?")
    reis.kiek("meedoen")

    brief = reis.post("gerda@voorbeeld.example", "Samen aan tafel")
    knop = re.search(rf"Ik kom: {re.escape(django_settings.BASIS_URL)}(\S+)", woorden(brief))[1]
    reis.page.context.clear_cookies()
    reis.page.goto(reis.basis + knop)
    assert Uitnodiging.objects.get(adres="gerda@voorbeeld.example").antwoord == "open"  # looking is not answering
    reis.kiek("knop")
    reis.tik("Ja, ik kom")
    reis.ziet("Bewaard. Dank je wel.")

    uitnodiging = afspraak(reis.post(ander.email, "Samen aan tafel"))
    antwoord = ANTWOORD.format(
        adres=ander.email,
        organisator=str(uitnodiging["ORGANIZER"]).removeprefix("mailto:"),
        uid=uitnodiging["UID"],
        volgnummer=uitnodiging["SEQUENCE"],
    )
    (reis.antwoordmap / "1.eml").write_text(antwoord, encoding="utf-8")
    assert lees_antwoorden() == 1
    assert bijeenkomst.uitnodigingen.komt().count() == 3


def verander_de_tijd(reis: Reis, bijeenkomst: Bijeenkomst, kern: Gebruiker, lid: Gebruiker) -> None:
    eerst = afspraak(reis.post(lid.email, "Samen aan tafel"))
    reis.als_wie(kern, f"/bijeenkomsten/{bijeenkomst.pk}/bewerken/")
    reis.vul(begin="13:00")
    reis.tik("Bijeenkomst bewaren")
    reis.ziet("13:00 tot 17:00 uur")
    reis.kiek("beheer")

    brief = reis.post(lid.email, "Samen aan tafel")
    assert "14:00" in woorden(brief).partition("Zo is het nu")[0]  # what it was, and what it became
    assert "13:00" in woorden(brief)
    nu = afspraak(brief)
    assert (nu["UID"], nu["SEQUENCE"]) == (eerst["UID"], eerst["SEQUENCE"] + 1)


def sta_aan_de_deur(reis: Reis, bijeenkomst: Bijeenkomst, kern: Gebruiker, lid: Gebruiker) -> None:
    """By name, and by the code on her phone."""
    reis.klok.move_to(datetime(2026, 9, 24, 12, 45, tzinfo=AMSTERDAM))
    reis.als_wie(kern, f"/bijeenkomsten/{bijeenkomst.pk}/aanwezig/")
    reis.vul(q=str(lid)[:5])
    reis.tik("Zoeken")
    reis.page.get_by_role("button", name=re.compile(rf"^Is er.*{lid}")).click()
    reis.ziet("1 binnen.")
    reis.kiek("deur")
    gast = Uitnodiging.objects.get(adres="gerda@voorbeeld.example")
    reis.page.goto(f"{reis.basis}/bijeenkomsten/{bijeenkomst.pk}/aanwezig/{gast.incheckcode}/")
    reis.tik("Is er")
    reis.ziet("2 binnen.")


def beantwoord_de_vraag(reis: Reis, bijeenkomst: Bijeenkomst, kern: Gebruiker, lid: Gebruiker) -> None:
    reis.klok.move_to(datetime(2026, 9, 24, 18, tzinfo=AMSTERDAM))
    reis.als_wie(kern, f"/bijeenkomsten/{bijeenkomst.pk}/vragen/")
    reis.volg("Antwoord opschrijven")
    reis.vul(antwoord="Begin de dag met stilte.")
    reis.tik("Antwoord bewaren")
    assert "nu een antwoord" in woorden(reis.post(lid.email, "vraag"))


def schrijf_verslag(reis: Reis, bijeenkomst: Bijeenkomst, kern: Gebruiker, lid: Gebruiker) -> None:
    """Written, laid open, commented on, approved."""
    schrijven = f"{reis.basis}/bijeenkomsten/{bijeenkomst.pk}/verslag/schrijven/"
    reis.als_wie(kern, schrijven.removeprefix(reis.basis))
    reis.vul(samenvatting="We eten voortaan eerst.")
    reis.tik("Samenvatting bewaren")
    reis.volg("Besluit opschrijven")
    reis.vul(tekst="Eerst soep.")
    reis.vul(eigenaar=str(kern))
    reis.tik("Bewaren")
    reis.volg("Actie opschrijven")
    reis.vul(tekst="Pan meenemen.", voor="2026-10-20", eigenaar=f"{lid.naam} (De Wilgenhoek)")
    reis.tik("Bewaren")
    reis.tik("Voorleggen")
    reis.kiek("verslag-schrijven")

    reis.als_wie(lid, f"/bijeenkomsten/{bijeenkomst.pk}/verslag/lezen/")
    reis.ziet(f"{kern} let erop.")
    reis.vul(tekst="De soep was rood.")
    reis.tik("Reactie sturen")
    reis.kiek("verslag-lezen")

    reis.als_wie(kern, schrijven.removeprefix(reis.basis))
    reis.tik("Verwerkt")
    reis.tik("Vaststellen")
    reis.ziet("Vastgesteld op donderdag 24 september 2026")


def kom_erop_terug(reis: Reis, bijeenkomst: Bijeenkomst, kern: Gebruiker, lid: Gebruiker) -> None:
    """In a minute, by the guest's own link, on the next agenda and in the monthly mail."""
    reis.als_wie(lid, f"/bijeenkomsten/{bijeenkomst.pk}/verslag/een-minuut/")
    for tekst in ("We eten voortaan eerst.", "Eerst soep.", "Pan meenemen.", "Begin de dag met stilte."):
        reis.ziet(tekst)
    reis.kiek("een-minuut")
    brief = reis.post("gerda@voorbeeld.example", "verslag")
    reis.page.context.clear_cookies()
    reis.page.goto(reis.basis + re.search(rf"{re.escape(django_settings.BASIS_URL)}(\S+)", woorden(brief))[1])
    reis.ziet("Eerst soep.")

    volgende = Bijeenkomst.objects.filter(status="gepubliceerd", begint_op__gt=bijeenkomst.begint_op).earliest(
        "begint_op"
    )
    reis.als_wie(kern, f"/bijeenkomsten/{volgende.pk}/vragen/")
    reis.ziet("Nog open van eerdere bijeenkomsten")
    reis.ziet("Pan meenemen.")
    reis.kiek("volgende-agenda")
    reis.klok.move_to(datetime(2026, 10, 1, 10, tzinfo=AMSTERDAM))
    herinner_aan_acties()
    maandbrief = reis.post(lid.email, "")
    assert "Pan meenemen" not in woorden(maandbrief)
    assert "/bijeenkomsten/acties/" in woorden(maandbrief)


def test_a_year_from_the_plan_to_the_promise_that_comes_back(
    reis, kernteamlid, begeleider, coordinator, buitenstaander
):
    bijeenkomst = plan_het_jaar(reis, kernteamlid)
    bereid_voor(reis, bijeenkomst, kernteamlid, begeleider)
    nodig_uit(reis, bijeenkomst, kernteamlid)
    antwoord_op_drie_manieren(reis, bijeenkomst, begeleider, buitenstaander)
    verander_de_tijd(reis, bijeenkomst, kernteamlid, begeleider)
    sta_aan_de_deur(reis, bijeenkomst, kernteamlid, begeleider)
    beantwoord_de_vraag(reis, bijeenkomst, kernteamlid, begeleider)
    schrijf_verslag(reis, bijeenkomst, kernteamlid, begeleider)
    kom_erop_terug(reis, bijeenkomst, kernteamlid, begeleider)
