"""Rules for every template in the repository, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

WORTEL = Path(__file__).resolve().parents[2]
SJABLONEN = WORTEL / "templates"
ALLE = sorted(SJABLONEN.rglob("*.html"))
# Django and allauth look these up by themselves.
VANZELF = {"400.html", "403.html", "404.html", "500.html"}
VERBODEN = re.compile(
    r"cli[eë]nt|dossier|casus|probleem|problemen|uitvaller|mislukt|afgesloten|heropend|no-show", re.IGNORECASE
)


# A mail cannot load a style sheet: the one template of all mail brings its own.
MAG_STIJL = {"post/bericht.html"}


def _naam(pad: Path) -> str:
    return pad.relative_to(SJABLONEN).as_posix()


def _zonder_commentaar(tekst: str) -> str:
    tekst = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", tekst, flags=re.DOTALL)
    return re.sub(r"\{#.*?#\}", "", tekst)


def _bronnen() -> str:
    """All code and all templates that may name a template."""
    code = [
        pad.read_text()
        for pad in WORTEL.glob("*/**/*.py")
        if not {".venv", "tests"} & set(pad.relative_to(WORTEL).parts)
    ]
    return "\n".join(code + [_zonder_commentaar(pad.read_text()) for pad in ALLE])


@pytest.mark.parametrize("pad", ALLE, ids=_naam)
def test_a_template_has_no_inline_style_script_or_handler(pad):
    tekst = _zonder_commentaar(pad.read_text())

    assert _naam(pad) in MAG_STIJL or not re.search(r"<style|\sstyle\s*=", tekst)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", tekst)
    assert not re.search(r"javascript:", tekst)
    for script in re.findall(r"<script[^>]*>", tekst):
        assert "src=" in script or re.search(r'type="application/(ld\+)?json"', script), script


BLADEN = [pad for soort in ("css", "js") for pad in (WORTEL / "static" / soort).glob(f"*.{soort}")]
MET_STIJL = {klasse for pad in BLADEN for klasse in re.findall(r"\.([a-z][\w-]*)", pad.read_text())}
# Classes that no style sheet or script names, and why they are there.
ZONDER_STIJL = {"links": "a test looks for it on paper"}


@pytest.mark.parametrize("pad", ALLE, ids=_naam)
def test_a_class_in_a_template_has_a_rule(pad):
    """What lost its rule is not drawn any more, and no other test sees that."""
    tekst = re.sub(r"\{[%{].*?[%}]\}", "", _zonder_commentaar(pad.read_text()), flags=re.DOTALL)
    klassen = {klasse for waarde in re.findall(r'\sclass="([^"]*)"', tekst) for klasse in waarde.split()}

    assert klassen - MET_STIJL - set(ZONDER_STIJL) == set()


@pytest.mark.parametrize("pad", ALLE, ids=_naam)
def test_a_template_uses_none_of_the_words_we_do_not_use(pad):
    assert not VERBODEN.findall(_zonder_commentaar(pad.read_text()))


@pytest.mark.parametrize("pad", ALLE, ids=_naam)
def test_a_template_compiles(pad):
    assert get_template(_naam(pad))


def _genoemd(bronnen: str) -> set[str]:
    """Every name that ends at a quote, also without its first folders: these may be put before it by code."""
    namen = re.findall(r"([\w./-]+)(?:#[\w-]+)?[\"']", bronnen)
    return {"/".join(naam.split("/")[vanaf:]) for naam in namen for vanaf in range(naam.count("/") + 1)}


def _vervangt(naam: str) -> bool:
    """Tell whether an installed package has a template of this name, so that ours replaces it."""
    return any((Path(map_) / naam).exists() for map_ in get_app_template_dirs("templates"))


def test_every_template_is_used():
    genoemd = _genoemd(_bronnen())

    ongebruikt = [
        naam for naam in map(_naam, ALLE) if naam not in VANZELF and naam not in genoemd and not _vervangt(naam)
    ]

    assert ongebruikt == []


def test_a_form_that_is_included_alone_takes_its_token_along():
    """With `only` a piece sees nothing of the page, so its form would be refused for every visitor."""
    alleen = re.compile(r'{% include "([^"]+)"([^%]*) only %}')

    zonder = [
        f"{_naam(pad)}: {stuk}"
        for pad in ALLE
        for stuk, met in alleen.findall(pad.read_text(encoding="utf-8"))
        if "{% csrf_token %}" in (SJABLONEN / stuk).read_text(encoding="utf-8") and "csrf_token=" not in met
    ]

    assert zonder == []


# By hand: a link from a mail may be followed from any program, and one form gets the token of its page.
ZONDER_BEWIJS = {
    "initiatieven/bevestigen.html",
    "initiatieven/deel/melding.html",
    "kaart/alarm_stop.html",
    "post/afmelden.html",
    "trajecten/seintje_stop.html",
}


def test_every_form_that_changes_something_takes_a_token_along():
    """The client of the tests asks for none. A search (`data-zoek`) changes nothing."""
    formulier = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)

    zonder = {
        _naam(pad)
        for pad in ALLE
        for kenmerken, inhoud in formulier.findall(pad.read_text(encoding="utf-8"))
        if 'method="post"' in kenmerken and "data-zoek" not in kenmerken and "{% csrf_token %}" not in inhoud
    }

    assert zonder == ZONDER_BEWIJS
