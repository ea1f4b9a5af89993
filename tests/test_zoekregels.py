"""Hostile query strings at every public address: an answer, and never an error of ours."""

from urllib.parse import quote_from_bytes

import pytest
from django.http import QueryDict

from tests.test_toegang import TOEGANG, vraag

OPENBAAR = [naam for naam, regel in TOEGANG.items() if regel.wie is None and not regel.post]
VUIL = {
    "a null": b"a\x00b",
    "half a pair": "\ud800".encode("utf-8", "surrogatepass"),
    "more than a bigint": b"9" * 30,
    "a digit that is no number": "²".encode(),
    "no number": b"nan,-1e999",
    "far too long, and a line of its own": b"a" * 6000 + b"\r\nSet-Cookie: a=b",
}


@pytest.fixture
def gevraagd(monkeypatch) -> set[str]:
    """The names of the parameters that a page looks for."""
    namen: set[str] = set()

    def onthoud(echt):
        def kijk(self, naam, *args):
            namen.add(str(naam))
            return echt(self, naam, *args)

        return kijk

    for methode in ("get", "getlist", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryDict, methode, onthoud(getattr(QueryDict, methode)))
    return namen


def test_no_query_string_breaks_a_public_page(wereld, client, gevraagd):
    gezien, stuk = set(), []
    for naam in OPENBAAR:
        gevraagd.clear()
        adres = wereld.adres(naam)
        heel = vraag(client, naam, adres).status_code
        for parameter in sorted(gevraagd):
            gezien.add(parameter)
            for wat, waarde in VUIL.items():
                status = vraag(client, naam, f"{adres}?{parameter}={quote_from_bytes(waarde)}").status_code
                if status >= 500 and status != heel:
                    stuk.append((naam, parameter, wat, status))

    assert stuk == []
    assert gezien > {"q", "bij", "pagina", "straal", "leeftijd", "plek", "jaar", "p"}  # the sweep itself still looks
