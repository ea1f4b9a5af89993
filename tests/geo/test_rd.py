"""Degrees to RD metres, against reference points that others published."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from collectief.geo.rd import LAT_BEREIK, LON_BEREIK, Punt, naar_rd

# Test points of RDNAPTRANS (Kadaster), from ETRS89 to RD: lat, lon, x, y.
REFERENTIEPUNTEN = {
    "Amersfoort": (52.155172897, 5.387203657, 155000.0, 463000.0),
    "Texel": (53.160753042, 4.824761912, 117380.12, 575040.34),
    "Noord-Groningen": (53.419482050, 6.776726674, 247380.56, 604580.78),
    "Zeeuws-Vlaanderen": (51.368607152, 3.397588595, 16460.91, 377380.23),
    "Zuid-Limburg": (50.792584916, 5.773795548, 182260.45, 311480.67),
    "Maasvlakte": (51.947393898, 4.072887101, 64640.89, 440700.01),
}


@pytest.mark.parametrize("naam", REFERENTIEPUNTEN)
def test_a_published_reference_point_is_met_within_half_a_metre(naam):
    lat, lon, x, y = REFERENTIEPUNTEN[naam]

    assert naar_rd(lat, lon).afstand(Punt(x, y)) < 0.5


def test_the_origin_of_the_polynomial_is_exactly_the_tower_of_amersfoort():
    assert naar_rd(52.15517440, 5.38720621) == (155000, 463000)


@given(lat=st.floats(*LAT_BEREIK), lon=st.floats(*LON_BEREIK))
def test_the_country_lies_in_the_rectangle_of_rd(lat, lon):
    punt = naar_rd(lat, lon)

    assert -10_000 < punt.x < 310_000
    assert 280_000 < punt.y < 640_000


def test_the_database_and_python_agree_to_a_micrometre(db):
    punten = [(lat, lon) for lat, lon, _, _ in REFERENTIEPUNTEN.values()]

    with connection.cursor() as cursor:
        for lat, lon in punten:
            cursor.execute("SELECT (p.rd)[0], (p.rd)[1] FROM rd_punt(%s, %s) AS p(rd)", [lat, lon])
            assert Punt(*cursor.fetchone()).afstand(naar_rd(lat, lon)) < 1e-6
