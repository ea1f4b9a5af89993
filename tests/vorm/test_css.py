"""The look in numbers: weight, contrast, targets."""

import re

import pytest

from tests.vorm.kleur import CSS, contrast, kleuren

GRENS = 30_000

# What stands on what. Written by hand: who uses a new pair adds it here.
TEKST = [
    ("inkt", ["papier", "kaart-vlak", "landing", "onderzoekend", "orientatie", "waakvlam", "fout-vlak"]),
    ("zacht", ["papier", "kaart-vlak"]),
    ("mos", ["papier", "kaart-vlak"]),
    ("mos-diep", ["papier", "kaart-vlak"]),
    ("klei", ["papier", "kaart-vlak"]),
    ("op-mos", ["mos", "mos-diep"]),
]
VORM = [
    ("lijn", ["papier", "kaart-vlak"]),
    ("mos", ["papier", "kaart-vlak", "landing", "onderzoekend", "orientatie", "waakvlam", "fout-vlak"]),
    ("klei", ["fout-vlak"]),
]
PALET = {
    "licht": "papier FBF7EF inkt 1F2B26 zacht 47544D mos 24543D klei 8A3A17 lijn 857F70 fout-vlak F8E1DA "
    "landing EDE4D6 onderzoekend DFEBDA orientatie DAE8EF waakvlam FAE3BC",
    "donker": "papier 141C18 kaart-vlak 1C2722 inkt F3EEE3 zacht C3CBC2 mos A6D8BA klei F3B792 lijn 8C978F "
    "fout-vlak 43281F landing 3A3227 onderzoekend 26392B orientatie 22343D waakvlam 45351A",
}


def test_all_css_together_is_lighter_than_thirty_kilobytes():
    gewicht = sum(len(blad.read_bytes()) for blad in CSS.rglob("*.css"))

    assert gewicht < GRENS


@pytest.mark.parametrize("schema", ["licht", "donker"])
def test_text_has_contrast_of_seven_on_everything_it_stands_on(schema):
    tokens = kleuren()[schema]

    te_zwak = [(t, v) for t, vlakken in TEKST for v in vlakken if contrast(tokens[t], tokens[v]) < 7]

    assert te_zwak == []


@pytest.mark.parametrize("schema", ["licht", "donker"])
def test_ink_has_contrast_of_ten_everywhere(schema):
    tokens = kleuren()[schema]

    assert [v for v in TEKST[0][1] if contrast(tokens["inkt"], tokens[v]) < 10] == []


@pytest.mark.parametrize("schema", ["licht", "donker"])
def test_borders_rings_and_icons_have_contrast_of_three(schema):
    tokens = kleuren()[schema]

    te_zwak = [(t, v) for t, vlakken in VORM for v in vlakken if contrast(tokens[t], tokens[v]) < 3]

    assert te_zwak == []


@pytest.mark.parametrize("schema", ["licht", "donker"])
def test_the_palette_is_the_one_that_was_agreed(schema):
    afgesproken = PALET[schema].lower().split()
    tokens = kleuren()[schema]

    verschil = {
        naam: tokens.get(naam)
        for naam, kleur in zip(afgesproken[::2], afgesproken[1::2], strict=True)
        if tokens.get(naam) != f"#{kleur}"
    }

    assert verschil == {}


def test_black_on_white_has_the_highest_contrast_there_is():
    assert contrast("#000", "#fff") == pytest.approx(21)


def test_every_custom_property_that_is_used_is_defined():
    tekst = "".join(blad.read_text() for blad in CSS.rglob("*.css"))

    gebruikt = set(re.findall(r"var\((--[a-z0-9-]+)\)", tekst))
    gedefinieerd = set(re.findall(r"(--[a-z0-9-]+):", tekst))

    assert gebruikt - gedefinieerd == set()


def test_every_rule_lives_in_a_layer():
    for blad in CSS.rglob("*.css"):
        tekst = re.sub(r"/\*.*?\*/", "", blad.read_text(), flags=re.DOTALL)
        while re.search(r"\{[^{}]*\}", tekst):  # fold blocks from the inside out; what stays is the outermost
            tekst = re.sub(
                r"([^{};]*)\{[^{}]*\}", lambda blok: "" if "@layer" in blok[1] else f" {blok[1].strip()} ", tekst
            )
        buiten = re.sub(r"@layer[^;]*;", "", tekst).split()

        # Leaflet's own sheet is in no layer, so what overrides it cannot be in one either.
        assert buiten in ([], ["#plattegrond"]), blad.name
