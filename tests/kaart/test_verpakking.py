"""Pieces that were pressed apart are one gzip file, whoever unpacks it, and say what the page says unpressed."""

import gzip
import random
import re
import zlib

import pytest

from kaart.bladzijde import MERK
from kaart.verpakking import als_gzip, als_tekst, begin, druk, ongedrukt

LOT = random.Random(7)  # noqa: S311 (the same noise every time)
BEGIN = begin("<p>één".encode() * 9)
STUKKEN = {
    "a beginning alone": [BEGIN],
    "nothing": [begin(b"")],
    "empty pieces around a late one": [begin(b""), druk(b""), ongedrukt(b"abc"), druk(b"")],
    "two late ones together": [BEGIN, ongedrukt(b""), ongedrukt("één".encode()), druk(b"</p>")],
    "the longest late one": [BEGIN, ongedrukt(bytes(65_535)), druk(b"x")],
    "what cannot be pressed": [begin(LOT.randbytes(200_000)), ongedrukt(b"-"), druk(LOT.randbytes(100))],
    "more than a window": [begin("– een rij –".encode() * 20_000), druk(b"the same again"), druk(b"the same again")],
}


def _uitgepakt(gzipbestand: bytes) -> bytes:
    """As a browser reads it: one stream, its sum and length right, and nothing after it."""
    lezer = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    inhoud = lezer.decompress(gzipbestand) + lezer.flush()
    assert lezer.eof
    assert not lezer.unused_data
    assert gzip.decompress(gzipbestand) == inhoud
    return inhoud


@pytest.mark.parametrize("stukken", STUKKEN.values(), ids=STUKKEN)
def test_pieces_are_one_gzip_file(stukken):
    eerst, *rest = stukken

    assert _uitgepakt(als_gzip(eerst, rest)) == als_tekst(eerst, rest)


def test_a_beginning_that_was_only_kept_pressed_says_what_it_said():
    inhoud = "– een rij –".encode() * 20_000

    assert begin(inhoud).inhoud == inhoud
    assert len(begin(inhoud).gedrukt) < len(inhoud) // 20


@pytest.mark.parametrize(
    "vraag",
    [
        "q=7201",
        "q=7201&pagina=2",
        "q=7201&straal=nl&soort=tuin&soort=atelier&leeftijd=9&plek=1",
        "q=7201&straal=5&toegankelijk=rolstoel",
        "q=7201&online=1",
        "q=7201&leeftijd=kwart",
        "q=Zutfen",
        "q=Hengelo",
        "q=",
        "bij=52.14,6.20",
        "q=%22%3E%3Cscript%3E",
    ],
)
def test_a_page_unpacks_to_itself(client, maak_plek, vraag):
    for nummer in range(14):
        maak_plek(f"Plek “{nummer}” & co", noord=nummer / 1000, plekken=[(4, 12, "plek_vrij")])
    maak_plek("Online", is_online=True, soort="online", lat=None, lon=None, adres="", pc4="", plaats="", provincie="")

    def zonder_nonce(inhoud: bytes) -> bytes:
        return re.sub(rb'nonce="[^"]+"', b'nonce=""', inhoud)

    pad = f"/kaart/?{vraag}"
    los, gedrukt, nog_eens = (
        client.get(pad, headers={"Accept-Encoding": soort}, follow=True) for soort in ("identity", "gzip", "gzip")
    )

    assert zonder_nonce(_uitgepakt(gedrukt.content)) == zonder_nonce(los.content)
    assert zonder_nonce(_uitgepakt(nog_eens.content)) == zonder_nonce(los.content)
    assert los.content.count(b"<main") == los.content.count(b"</html>") == 1
    assert MERK.encode() not in los.content  # every gap was filled
    assert int(gedrukt["Content-Length"]) == len(gedrukt.content)
