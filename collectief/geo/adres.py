"""Whether two addresses in one postcode are the same, or so near that they may be of the same place.

We have no table of houses, so no address has a point. What is left is what people write: street and number.
"""

import re
from typing import NamedTuple

from collectief.geo.namen import schoon

# Side by side on one street. A plot is some five metres wide and numbers go up by two: fifty metres, less than 100.
BUREN = 20
NUMMER = re.compile(r"(?P<straat>.*[a-z].*?) ?\b(?P<nummer>[0-9]{1,5}) ?(?P<bij>[a-z]{0,3}|[a-z]? ?[0-9]{0,4})")
AFKORTINGEN = (("str", "straat"), ("ln", "laan"), ("wg", "weg"), ("pln", "plein"), ("sngl", "singel"), ("dk", "dijk"))


class Huis(NamedTuple):
    straat: str
    nummer: int


def lees_adres(tekst: str) -> Huis | None:
    """Street and number, folded so that "Dorpsstr. 1-A" and "dorpsstraat 1" are one; None when there is no number."""
    if not (gevonden := NUMMER.fullmatch(schoon(tekst))):
        return None
    straat = gevonden["straat"].replace(" ", "")
    for kort, lang in AFKORTINGEN:
        if straat.endswith(kort):
            straat = straat.removesuffix(kort) + lang
    return Huis(straat, int(gevonden["nummer"]))


def is_vlakbij(een: str, ander: str) -> bool:
    """Whether two addresses in one postcode are probably at most a hundred metres apart."""
    hier, daar = lees_adres(een), lees_adres(ander)
    if hier is None or daar is None:
        return bool(schoon(een)) and schoon(een) == schoon(ander)
    return hier.straat == daar.straat and abs(hier.nummer - daar.nummer) <= BUREN
