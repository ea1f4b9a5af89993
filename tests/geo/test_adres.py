"""Addresses as people write them: which are one, and which are so near that we ask."""

import pytest

from collectief.geo.adres import Huis, is_vlakbij, lees_adres


@pytest.mark.parametrize(
    ("tekst", "huis"),
    [
        ("Dorpsstraat 1", Huis("dorpsstraat", 1)),
        ("dorpsstr. 1-A", Huis("dorpsstraat", 1)),
        ("DORPSSTRAAT 1a", Huis("dorpsstraat", 1)),
        ("Dorps straat 1 bis", Huis("dorpsstraat", 1)),
        ("Prins Hendrikln 12 3", Huis("prinshendriklaan", 12)),
        ("1e Dwarswg 5", Huis("1edwarsweg", 5)),
        ("Zeeweg, 14", Huis("zeeweg", 14)),
        ("Café-erf 7", Huis("cafeerf", 7)),
        ("Het erf achter de kerk", None),
        ("12", None),
        ("", None),
    ],
)
def test_street_and_number_as_people_write_them(tekst, huis):
    assert lees_adres(tekst) == huis


@pytest.mark.parametrize(
    ("een", "ander", "vlakbij"),
    [
        ("Dorpsstraat 1", "dorpsstr. 1", True),
        ("Dorpsstraat 1", "Dorpsstraat 21", True),
        ("Dorpsstraat 1", "Dorpsstraat 23", False),
        ("Dorpsstraat 1", "Dorpsweg 1", False),
        ("Het erf", "het Erf", True),
        ("Het erf", "Dorpsstraat 1", False),
        ("", "", False),
    ],
)
def test_near_is_the_same_street_with_numbers_close_by(een, ander, vlakbij):
    assert is_vlakbij(een, ander) is vlakbij
