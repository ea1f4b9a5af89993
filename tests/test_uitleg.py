"""The user guides as pages: a reader finds hers from her own start page, and every word in it stands on a screen."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from collectief.gebruikers.actions import nodig_uit
from collectief.gebruikers.models import Roluitnodiging
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from collectief.uitleg import MAP, ROLLEN, lees

WORTEL = Path(__file__).resolve().parents[1]
APPS = ("collectief", "initiatieven", "trajecten", "bijeenkomsten", "kaart")
VAN_EEN_BROWSER = {"toevoegen aan startscherm", "zet op beginscherm", "deel", "installeren", "app installeren"}
GIDS_VAN = {
    "begeleider": "medewerker",
    "coordinator": "coordinator",
    "kernteamlid": "kernteam",
    "beheerder": "beheerder",
    "verbondgenoot": "verbondgenoot",
}


def _glad(tekst: str) -> str:
    return " ".join(tekst.split()).replace("’", "'").lower()


@pytest.fixture(scope="module")
def op_het_scherm() -> str:
    """All words of ours that a screen may show: templates, scripts, and strings in code."""
    teksten = [
        pad.read_text()
        for map_ in ("templates", "static/js")
        for pad in (WORTEL / map_).rglob("*")
        if pad.suffix in {".html", ".txt", ".js"}
    ]
    codes = chain.from_iterable((WORTEL / app).rglob("*.py") for app in APPS)
    knopen = chain.from_iterable(ast.walk(ast.parse(pad.read_text())) for pad in codes if "migrations" not in pad.parts)
    teksten += [knoop.value for knoop in knopen if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str)]
    tekst = " ".join(teksten)
    return _glad(tekst + re.sub(r"\{%.*?%\}", "", tekst))  # a condition may stand in the middle of a sentence


@pytest.mark.parametrize("naam", sorted(ROLLEN | {"README"}))
def test_what_a_guide_says_to_choose_stands_on_a_screen(naam, op_het_scherm):
    """Where a name or a number comes, the guide writes an ellipsis."""
    gezegd = re.findall(r"(?<![*\w])\*{1,2}([^*]+)\*{1,2}(?![*\w])", (MAP / f"{naam}.md").read_text())

    assert gezegd
    assert [
        woorden
        for woorden in map(_glad, gezegd)
        if woorden not in VAN_EEN_BROWSER and not all(deel.strip() in op_het_scherm for deel in woorden.split("…"))
    ] == []


@pytest.mark.parametrize("naam", sorted(ROLLEN))
def test_a_guide_is_short(naam):
    """Some six minutes of reading. What is longer is two guides, or says something twice."""
    assert len((MAP / f"{naam}.md").read_text().split()) <= 1_600


def test_whoever_is_invited_reads_where_the_guides_are(coordinator, initiatief, settings):
    wie = {"email": "nel@voorbeeld.example", "naam": "Nel", "soort": "begeleider", "initiatief": initiatief}
    nodig_uit(uitnodiging=Roluitnodiging(door=coordinator, **wie))

    assert f"lees je op {settings.BASIS_URL}/uitleg/" in stel_op(Bericht.objects.get()).body


@pytest.mark.parametrize(("rol", "gids"), GIDS_VAN.items())
def test_a_guide_is_two_clicks_from_where_its_reader_starts(rol, gids, als, bezetting):
    begin = als(getattr(bezetting, rol)).get("/mijn/", follow=True).content.decode()

    account = begin.partition("<summary>Mijn account</summary>")[2]
    assert f'<a href="/uitleg/{gids}/">Hoe werkt het?</a>' in account
    assert '<a href="/uitleg/">Hoe werkt het?</a>' in begin


def test_a_visitor_finds_every_guide_from_any_page():
    client = Client()

    assert '<a href="/uitleg/">Hoe werkt het?</a>' in client.get("/privacy/").content.decode()
    tekst = client.get("/uitleg/").content.decode()
    assert set(re.findall(r'href="/uitleg/([a-z-]+)/"', tekst)) == ROLLEN


@pytest.mark.parametrize("naam", sorted(ROLLEN))
def test_a_guide_shows_its_parts_and_its_pictures(naam):
    tekst = Client().get(f"/uitleg/{naam}/").content.decode()

    assert [titel for adres, titel in lees(naam).delen if f'<h2 id="{adres}">{titel}</h2>' not in tekst] == []
    beelden = re.findall(r'<img src="/static/([^"]+)" alt="[^"]+" width="\d+" height="\d+" class="foto kaartje"', tekst)
    assert len(beelden) == tekst.count("<img ") > 0
    assert [beeld for beeld in beelden if not finders.find(beeld)] == []
    assert ".md" not in tekst


@pytest.mark.parametrize("naam", ["readme", "README", "niemand"])
def test_what_is_no_guide_is_not_found(naam):
    assert Client().get(f"/uitleg/{naam}/").status_code == 404
