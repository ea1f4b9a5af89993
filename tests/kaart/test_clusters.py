"""The pyramid of clusters: every place once in every zoom, whole clusters inside whole clusters, always the same."""

import math
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaart.clusters import STRAAL, ZOOMS, mercator, piramide

PUNTEN = st.lists(st.tuples(st.floats(50.7, 53.6, allow_nan=False), st.floats(3.3, 7.2, allow_nan=False)), max_size=60)


def _grenzen(lengtes: list[int]) -> set[int]:
    return {0, *accumulate(lengtes)}


@settings(max_examples=40, deadline=None)
@given(PUNTEN)
def test_every_place_is_once_in_every_zoom_and_clusters_hold_whole_clusters(punten):
    volgorde, lengtes = piramide(punten)

    assert sorted(volgorde) == list(range(len(punten)))
    assert {sum(niveau) for niveau in lengtes.values()} == {len(punten)}
    for ver, dichtbij in zip(list(ZOOMS)[1:], ZOOMS, strict=False):
        assert _grenzen(lengtes[ver]) <= _grenzen(lengtes[dichtbij])
    assert piramide(punten) == (volgorde, lengtes)


@pytest.mark.parametrize(
    ("pixels", "samen"), [(0, True), (STRAAL - 1, True), (STRAAL + 1, False)], ids=["zelfde punt", "dichtbij", "los"]
)
def test_what_a_finger_would_cover_stands_as_one(pixels, samen):
    zoom = 10
    graden = pixels / 2**zoom / 256 * 360

    _, lengtes = piramide([(52.0, 5.0), (52.0, 5.0 + graden)])

    assert lengtes[zoom] == ([2] if samen else [1, 1])


def test_no_places_have_no_clusters():
    assert piramide([]) == ([], {zoom: [] for zoom in ZOOMS})


def test_the_projection_is_that_of_web_maps():
    x, y = mercator(52.0, 5.0)

    # OSM wiki, "Slippy map tilenames": 52° N 5° E lies at zoom 8 in tile 131, 84
    assert (math.floor(x / 256 * 2**8), math.floor(y / 256 * 2**8)) == (131, 84)
