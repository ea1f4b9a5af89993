"""From pieces of text to a booklet: pages of A5, and the order in which they stand on sheets of A4 to fold.

The server cuts the pages itself, because a page that is folded has to be whole before its place on the sheet is known.
Widths are estimated on the wide side, in the em of the letter: what fits here fits on paper too, whatever font is used.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

REGELBREEDTE = 30.0  # em of 11 pt in the 120 mm between the margins
REGELS = 30  # lines of 15.4 pt in the 182 mm between the margins, with some to spare
KOP_ERBIJ = 2  # what a heading takes besides its own lines
HOOGTE_WEER = 13  # lines that a drawing of weather takes
SMAL = set("iIjl.,:;'’‘`|!()[]tfr -")
BREED = set("mwMW@%&…—")


def katern(aantal: int) -> list[tuple[int | None, int | None]]:
    """Return what stands left and right on every printed side, for a booklet of `aantal` pages; None stays empty.

    Two sides make a sheet: print on both sides, turn over the short edge, lay the sheets in each other and fold.
    """
    totaal = -(-aantal // 4) * 4
    zijden = []
    for vel in range(totaal // 4):
        voor = (totaal - 2 * vel, 2 * vel + 1)
        achter = (2 * vel + 2, totaal - 2 * vel - 1)
        zijden += [voor, achter]
    return [tuple(nr if nr <= aantal else None for nr in zijde) for zijde in zijden]


def breedte(tekst: str) -> float:
    """How wide this is at most, in em."""
    return sum(_tekenbreedte(teken) for teken in tekst)


def _tekenbreedte(teken: str) -> float:
    if teken in SMAL:
        return 0.45
    if teken in BREED:
        return 1.05
    if teken.isascii():
        return 0.85 if teken.isupper() else 0.66
    if unicodedata.combining(teken):
        return 0.0
    return 0.9 if unicodedata.category(teken)[0] == "L" and ord(teken) < 0x250 else 1.4


def regels(alinea: str, per_regel: float = REGELBREEDTE) -> Iterator[str]:
    """Cut one paragraph into lines that surely fit, at its spaces; a word longer than a line is cut in pieces."""
    regel, lengte = "", 0.0
    for woord in _stukken(alinea, per_regel):
        erbij = breedte(woord) + (0.45 if regel else 0)
        if regel and lengte + erbij > per_regel:
            yield regel
            regel, lengte = woord, breedte(woord)
        else:
            regel, lengte = f"{regel} {woord}" if regel else woord, lengte + erbij
    yield regel


def _stukken(alinea: str, per_regel: float) -> Iterator[str]:
    hoogstens = int(per_regel / 1.4)  # letters that fit on a line, however wide they are
    for woord in alinea.split():
        if breedte(woord) <= per_regel:
            yield woord
        else:
            yield from (woord[begin : begin + hoogstens] for begin in range(0, len(woord), hoogstens))


@dataclass(frozen=True)
class Stuk:
    """One piece that was chosen: words, or a drawing (`weg` or `weer`) with what it is made of."""

    kop: str
    tekst: str = ""
    tekening: str = ""
    gegevens: object = None
    vorm: str = "boek"  # what makes the ids of its drawing unique

    @property
    def hoogte(self) -> int:
        """Lines that its drawing takes."""
        return {"": 0, "weer": HOOGTE_WEER}.get(self.tekening, REGELS)


@dataclass
class Blok:
    """What of one piece stands on one page. Only its beginning has the heading and the drawing."""

    stuk: Stuk
    met_kop: bool
    alineas: list[str] = field(default_factory=list)


def bladzijden(stukken: Iterable[Stuk]) -> list[list[Blok]]:
    """Lay the pieces on pages, in their order. A text goes on over the page; a heading never stands alone below."""
    paginas: list[list[Blok]] = []
    over = 0.0
    for stuk in stukken:
        kop = KOP_ERBIJ + sum(1 for _ in regels(stuk.kop, REGELBREEDTE * 0.85))
        nodig = kop + max(min(stuk.hoogte, REGELS - kop), min(_lengte(stuk.tekst), 3))
        if over < nodig:
            paginas.append([])
            over = REGELS
        blok = Blok(stuk, met_kop=True)
        paginas[-1].append(blok)
        over -= kop + min(stuk.hoogte, REGELS - kop)
        for alinea in filter(str.strip, stuk.tekst.splitlines()):
            nieuw = True
            for regel in regels(alinea):
                if over < 1:
                    blok, over, nieuw = Blok(stuk, met_kop=False), REGELS, True
                    paginas.append([blok])
                if nieuw:
                    blok.alineas.append(regel)
                else:
                    blok.alineas[-1] += f" {regel}"
                over, nieuw = over - 1, False
            over -= 0.5
    return paginas


def _lengte(tekst: str) -> int:
    return sum(1 for alinea in tekst.splitlines() if alinea.strip() for _ in regels(alinea))
