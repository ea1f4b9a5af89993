"""Meetings in a browser: accessibility and width, the policy, and everything without JavaScript."""

import io
import os
import re
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from bijeenkomsten.models import Bijeenkomst
from collectief.werkdagen import AMSTERDAM
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.bijeenkomsten.prikkerfactories import PrikdatumFactory, PrikgastFactory
from tests.browser import overtredingen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGE_NAAM = "Ontwikkelingsgerichtebenaderingsuitwisselingsmiddag over landen, verkennen en doorstromen"


@pytest.fixture
def jaar(kernteamlid, begeleider):
    """The real planning, and a year with one of everything."""
    call_command("importeer_bijeenkomsten", stdout=io.StringIO())
    nu = timezone.now()
    komend = BijeenkomstFactory(
        titel=LANGE_NAAM,
        capaciteit=12,
        omschrijving="We beginnen met soep.\n\nNeem een vraag mee.",
        begint_op=nu + timedelta(days=9),
    )
    komend.trekkers.add(kernteamlid)
    online = BijeenkomstFactory(
        soort="online", titel="", plaats="", link="https://vergader.example/kamer", begint_op=nu + timedelta(days=30)
    )
    afgelast = BijeenkomstFactory(
        status="afgelast", afgelast_omdat="Er ligt sneeuw.", begint_op=nu + timedelta(days=50)
    )
    BijeenkomstFactory(status="concept", soort="thema", titel="Een goed begin", begint_op=nu + timedelta(days=70))
    for bijeenkomst in (komend, online, afgelast):
        for gebruiker in (kernteamlid, begeleider):
            UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=gebruiker)
    UitnodigingFactory(bijeenkomst=online, gebruiker=None, naam="Gast", adres="gast@voorbeeld.example", antwoord="ja")
    return komend


def log_in(page: Page, live_server, client) -> None:
    page.context.add_cookies([{"name": "sessie", "value": client.cookies["sessie"].value, "url": live_server.url}])


def test_axe_finds_nothing_in_a_year_with_one_of_everything(live_server, page: Page, jaar, als, kernteamlid):
    """Beside the round along every page, which sees one meeting with a short name."""
    log_in(page, live_server, als(kernteamlid))
    gezegd = []
    page.on("console", lambda melding: gezegd.append(melding.text))
    lijst, concept = reverse("bijeenkomsten:lijst"), Bijeenkomst.objects.concept().get()
    afgelast = Bijeenkomst.objects.get(status="afgelast")
    adressen = [
        lijst,
        f"{lijst}?jaar=2023",
        reverse("bijeenkomsten:mijn"),
        reverse("bijeenkomsten:beheer", args=[concept.pk]),
    ]
    adressen += [jaar.get_absolute_url(), afgelast.get_absolute_url(), reverse("bijeenkomsten:meedoen", args=[jaar.pk])]

    gevonden = []
    for adres in adressen:
        page.goto(live_server.url + adres)
        gevonden += overtredingen(page)

    assert gevonden == []
    assert gezegd == []


def test_a_guest_answers_on_a_phone_without_javascript(live_server, browser, jaar, als, begeleider):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    log_in(page, live_server, als(begeleider))
    page.goto(live_server.url + reverse("bijeenkomsten:mijn"))

    antwoord = page.get_by_role("group", name="Antwoord voor Online bijeenkomst")
    antwoord.get_by_role("button", name=re.compile("^Ik kom(?! niet)")).click()

    expect(page.get_by_text("Fijn, we rekenen op je.")).to_be_visible()
    expect(page.get_by_role("link", name="Naar de online bijeenkomst")).to_be_visible()
    context.close()


def test_a_year_is_leafed_through_by_keyboard(live_server, page: Page, jaar):
    page.goto(live_server.url + reverse("bijeenkomsten:lijst"))

    page.get_by_role("link", name="Schooljaar 2023–2024").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Jaarplanning 2023–2024")).to_be_visible()
    expect(page.get_by_text("7 bijeenkomsten in dit schooljaar.")).to_be_visible()


def test_a_draft_is_dragged_to_another_day(page: Page, live_server, als, kernteamlid):
    begin = datetime(2026, 9, 15, 14, tzinfo=AMSTERDAM)
    concept = BijeenkomstFactory(status="concept", begint_op=begin)
    sessie = als(kernteamlid).cookies["sessie"].value
    page.context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 3000})
    page.goto(f"{live_server.url}{reverse('bijeenkomsten:planning')}?jaar=2026")

    page.drag_and_drop(f"#b{concept.pk}", "td[data-dag='2026-09-22']")

    expect(page.get_by_text("dinsdag 22 september 2026, 14:00 tot 17:00 uur").first).to_be_visible()


def test_the_planning_that_members_know_prints_on_one_page(page: Page, live_server, jaar):
    page.goto(f"{live_server.url}{reverse('bijeenkomsten:blad')}?jaar=2023")

    pdf = page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_date_poll_is_a_table_on_a_desk_and_sentences_on_a_phone(page: Page, live_server, als, kernteamlid):
    datum = PrikdatumFactory(prikker__antwoord_tot=timezone.localdate() + timedelta(days=9))
    for naam, keuze in (("Nina", "ja"), ("Otis", "nee"), ("Pleun", "")):
        gast = PrikgastFactory(prikker=datum.prikker, naam=naam)
        gast.prik({datum.pk: keuze})
    log_in(page, live_server, als(kernteamlid))
    page.goto(live_server.url + datum.prikker.get_absolute_url())
    tabel, zin = page.get_by_role("table"), page.get_by_text("Kan niet: Otis")

    assert overtredingen(page) == []
    for breedte, is_breed in ((360, False), (1280, True)):
        page.set_viewport_size({"width": breedte, "height": 800})
        assert (tabel.is_visible(), zin.is_visible()) == (is_breed, not is_breed)
        assert page.evaluate("document.documentElement.scrollWidth") <= breedte
        if kiekjes := os.environ.get("KIEKJES"):
            page.screenshot(path=f"{kiekjes}/prikker-{breedte}.png", full_page=True)
    page.goto(live_server.url + gast.pad)
    assert overtredingen(page) == []


def test_provinces_and_host_are_asked_for_only_where_they_count(live_server, page: Page, als, kernteamlid):
    log_in(page, live_server, als(kernteamlid))
    page.goto(live_server.url + reverse("bijeenkomsten:nieuw"))
    gezien = []

    for soort in ("online", "regio", "op_bezoek"):
        page.get_by_label("Soort").select_option(soort)
        gezien.append([page.locator(veld).is_visible() for veld in ("#id_provincies", "#id_gastheer")])

    assert gezien == [[False, False], [True, False], [False, True]]
