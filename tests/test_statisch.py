"""Our style sheets come to a visitor without what is for whoever writes them, and mean the same."""

import re
from gzip import decompress
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from collectief.statisch import StatischeBestanden, zonder_lucht

BLADEN = sorted((Path(__file__).parent.parent / "static/css").glob("*.css"))
KOMMA = re.compile(r",\s+")  # of a value with a variable in it a browser keeps the spaces; they mean nothing there
LEES = """bladen => bladen.map((tekst) => {
    const blad = new CSSStyleSheet();
    blad.replaceSync(tekst);
    return [...blad.cssRules].map((regel) => regel.cssText).join();
})"""


def test_comments_and_indentation_are_left_out():
    css = "/* why */\n@layer a {\n  .b > li, .c :hover {\n    color: red;\n    margin: 0 auto;\n  }\n}\n"

    assert zonder_lucht(css) == "@layer a{.b > li,.c :hover{color:red;margin:0 auto;}}"


@pytest.mark.parametrize("blad", BLADEN, ids=lambda blad: blad.name)
def test_our_sheets_have_no_text_that_would_change(blad):
    css = re.sub(r"/\*.*?\*/", "", blad.read_text(), flags=re.DOTALL)
    teksten = [enkel or dubbel for dubbel, enkel in re.findall(r'"([^"]*)"|\'([^\']*)\'', css)]

    assert not [tekst for tekst in teksten if re.search(r"\s\s|[{};]|[:,] |/\*", tekst)]
    assert "url(" not in css
    assert re.sub(r"\s", "", zonder_lucht(css)) == re.sub(r"\s", "", css)


@pytest.mark.browser
@pytest.mark.parametrize("blad", BLADEN, ids=lambda blad: blad.name)
def test_a_browser_reads_the_same_rules(page, blad):
    css = blad.read_text()

    gewoon, slank = page.evaluate(LEES, [css, zonder_lucht(css)])

    assert gewoon
    assert KOMMA.sub(",", gewoon) == KOMMA.sub(",", slank)


def test_what_is_served_is_slim_hashed_and_pressed(tmp_path):
    opslag = StatischeBestanden(location=tmp_path, base_url="/static/")
    (tmp_path / "css").mkdir()
    (tmp_path / "leaflet").mkdir()
    bron = tmp_path / "bron"
    rood = {"css/a.css": ".a { color: red; }", "leaflet/b.css": ".b { color: red; }", "leaflet/leaflet.js": "f();"}
    for naam, tekst in rood.items():
        (bron / naam).parent.mkdir(parents=True, exist_ok=True)
        (bron / naam).write_text(tekst)
        (tmp_path / naam).write_text(tekst)
    paden = {naam: (FileSystemStorage(bron), naam) for naam in rood}

    for _ in range(2):  # collected again while nothing changed
        gemaakt = {oud: nieuw for oud, nieuw, _ in opslag.post_process(paden)}

    assert (tmp_path / gemaakt["css/a.css"]).read_text() == ".a{color:red;}"
    assert (tmp_path / gemaakt["leaflet/b.css"]).read_text() == ".b { color: red; }"
    assert (tmp_path / gemaakt["leaflet/leaflet.js"]).read_text() == "//# allFunctionsCalledOnLoad\nf();"
    assert opslag.stored_name("css/a.css") == gemaakt["css/a.css"] != "css/a.css"


def test_a_long_sheet_has_a_pressed_twin(tmp_path):
    opslag = StatischeBestanden(location=tmp_path, base_url="/static/")
    (tmp_path / "css").mkdir()
    (tmp_path / "css/lang.css").write_text(".a { color: red; }\n" * 200)

    list(opslag.post_process({"css/lang.css": (FileSystemStorage(tmp_path), "css/lang.css")}))

    (twin,) = (tmp_path / "css").glob("lang.*.css.gz")
    assert decompress(twin.read_bytes()).decode() == ".a{color:red;}" * 200
