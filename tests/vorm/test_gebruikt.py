"""What nothing uses goes: rules of style that match nothing, and addresses to which nothing leads."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django import forms
from django.urls import URLPattern, URLResolver, get_resolver

from tests.vorm.kleur import CSS
from tests.vorm.test_sjablonen import ALLE, WORTEL

APPS = ("bijeenkomsten", "collectief", "initiatieven", "kaart", "trajecten")
ZONDER_WEG = {"stijl"}  # for who makes pages, not for who reads them


def _tekst(paden) -> str:
    return "\n".join(pad.read_text() for pad in paden)


SJABLONEN = _tekst([*ALLE, *(WORTEL / "templates").rglob("*.txt")])
SCRIPTS = _tekst((WORTEL / "static/js").glob("*.js"))
PYTHON = _tekst(pad for app in APPS for pad in (WORTEL / app).rglob("*.py") if "migrations" not in pad.parts)
REGELS = re.sub(r"/\*.*?\*/", "", _tekst(CSS.glob("*.css")), flags=re.DOTALL)
SELECTORS = " ".join(re.findall(r"([^{};]+)\{", REGELS))


def _woorden(stukken) -> set[str]:
    return {woord for stuk in stukken for woord in re.findall(r"[\w-]+", stuk)}


def _klassen() -> set[str]:
    """All that can be a class: in a template, in a block that is one, or in a string of code."""
    in_sjablonen = re.findall(r'\sclass="((?:[^"{]|\{[%{].*?[%}]\})*)"', SJABLONEN, re.DOTALL)
    in_blokken = re.findall(r"\{% block (?:hoofd_klasse|kader) %\}([^{]*)", SJABLONEN)
    in_code = re.findall(r"[\"'`]([^\"'`\n]*)[\"'`]", SCRIPTS) + re.findall(r'class(?:=|": )\\?"([^"\\]*)', PYTHON)
    return _woorden(in_sjablonen + in_blokken + in_code)


def test_every_class_with_a_rule_is_used():
    van_leaflet = (Path(find_spec("leaflet").origin).parent / "static/leaflet/leaflet.css").read_text()
    genoemd = set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", SELECTORS))

    assert len(genoemd) > 100
    assert genoemd - _klassen() - set(re.findall(r"\.(leaflet-[\w-]+)", van_leaflet)) == set()


def test_every_part_of_a_page_with_a_rule_is_there():
    velden = {f"id_{veld}" for veld in re.findall(r'^    (\w+) = |"(\w+)"', PYTHON, re.MULTILINE) for veld in veld}
    genoemd = set(re.findall(r"#([a-z][\w-]*)", SELECTORS))

    assert genoemd - velden - set(re.findall(r'id="([\w-]+)"', SJABLONEN + SCRIPTS)) == set()


@pytest.mark.parametrize("wat", [r"\[(data-[a-z-]+)", r'type="([a-z-]+)"'], ids=["data", "type"])
def test_every_attribute_with_a_rule_is_written_somewhere(wat):
    genoemd = set(re.findall(wat, SELECTORS))
    geschreven = _woorden(re.findall(r'data-[a-z-]+|type="[a-z-]+"|"type": "[a-z-]+"', SJABLONEN + SCRIPTS + PYTHON))
    geschreven |= {getattr(forms, naam).input_type for naam in re.findall(r"forms\.(\w+Input)\b", PYTHON)}

    assert genoemd
    assert genoemd - geschreven == set()


def _adressen(resolver: URLResolver, ruimte: str = "", begin: str = "/"):
    """The name of each address of ours, and how it begins."""
    for adres in resolver.url_patterns:
        pad = begin + str(adres.pattern)
        if isinstance(adres, URLResolver):
            yield from _adressen(adres, adres.namespace or ruimte, pad)
        elif isinstance(adres, URLPattern) and adres.name and adres.callback.__module__.startswith(APPS):
            yield f"{ruimte}:{adres.name}".lstrip(":"), re.split(r"<|\(\?P", pad)[0]


def test_something_leads_to_every_address():
    bronnen = SJABLONEN + SCRIPTS + PYTHON
    alle = dict(_adressen(get_resolver()))
    wijst = r"[\"']{naam}[\"']|[\"'`]{pad}[\"'`$?#]"
    zonder = {naam for naam, pad in alle.items() if not re.search(wijst.format(naam=naam, pad=re.escape(pad)), bronnen)}

    assert len(alle) > 200
    assert zonder - ZONDER_WEG == set()
