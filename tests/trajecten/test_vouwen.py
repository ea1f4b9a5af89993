"""Pages of A5 and their place on sheets to fold."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trajecten.vouwen import REGELBREEDTE, REGELS, Stuk, bladzijden, breedte, katern, regels

TEKSTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=900)


# Written by hand with a folded sheet of paper: left and right of each printed side; None is an empty page.
@pytest.mark.parametrize(
    ("aantal", "zijden"),
    [
        (0, []),
        (1, [(None, 1), (None, None)]),
        (2, [(None, 1), (2, None)]),
        (3, [(None, 1), (2, 3)]),
        (4, [(4, 1), (2, 3)]),
        (5, [(None, 1), (2, None), (None, 3), (4, 5)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
        (12, [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)]),
    ],
)
def test_the_pages_of_a_folded_booklet(aantal, zijden):
    assert katern(aantal) == zijden


@given(st.integers(0, 200))
@settings(max_examples=50)
def test_every_page_stands_once_and_every_sheet_has_two_sides(aantal):
    zijden = katern(aantal)

    assert sorted(nr for zijde in zijden for nr in zijde if nr) == list(range(1, aantal + 1))
    assert len(zijden) % 2 == 0
    totaal = 2 * len(zijden)
    for voor, achter in zip(zijden[::2], zijden[1::2], strict=True):
        # the back of a left page is the right page behind it: folded, these two follow on each other
        assert {voor[1] or 0, achter[0] or (voor[1] or 0) + 1} == {voor[1] or 0, (voor[1] or 0) + 1}
        assert all(nr is None or 1 <= nr <= totaal for nr in (*voor, *achter))


@given(TEKSTEN)
@example("a\u0301" * 40 + " " + "\u4e16" * 200)  # an accent of its own takes no room; a word longer than a line is cut
@settings(deadline=None, max_examples=40)
def test_every_line_fits_and_no_letter_gets_lost(tekst):
    gevonden = list(regels(tekst))

    assert all(breedte(regel) <= REGELBREEDTE for regel in gevonden)
    assert "".join("".join(gevonden).split()) == "".join(tekst.split())


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=200), TEKSTEN, st.sampled_from(["", "weer", "weg"])), max_size=6)
)
@settings(deadline=None, max_examples=30)
def test_every_page_holds_no_more_than_fits_and_every_word_stands_on_one(stukken):
    paginas = bladzijden([Stuk(kop, "" if tekening else tekst, tekening) for kop, tekst, tekening in stukken])

    for pagina in paginas:
        hoogte = sum(sum(1 for _ in regels(alinea)) + 0.5 for blok in pagina for alinea in blok.alineas)
        koppen = sum(2 + sum(1 for _ in regels(b.stuk.kop, REGELBREEDTE * 0.85)) for b in pagina if b.met_kop)
        tekeningen = [blok.stuk.tekening for blok in pagina if blok.met_kop and blok.stuk.tekening]
        assert hoogte + koppen + 13 * tekeningen.count("weer") <= REGELS + 1.5
        assert tekeningen.count("weg") == 0 or len(pagina) == 1
    letters = "".join("".join(alinea.split()) for pagina in paginas for blok in pagina for alinea in blok.alineas)
    assert letters == "".join("".join(tekst.split()) for _, tekst, tekening in stukken if not tekening)


def test_a_heading_never_stands_alone_at_the_bottom():
    bijna_vol = "\n".join(["een regel"] * 17)

    paginas = bladzijden([Stuk("Eerst", bijna_vol), Stuk("Dan", "drie\nkorte\nregels")])

    assert [[blok.stuk.kop for blok in pagina] for pagina in paginas] == [["Eerst"], ["Dan"]]
