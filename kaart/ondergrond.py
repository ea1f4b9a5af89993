"""The ground of the map, made from the outlines in `collectief/geo/data` and the places in the database.

`nederland.json` is for Leaflet: provinces, neighbours and names of larger places, written as steps between points.
`nederland.svg` is the same outline in RD metres, for the map without JavaScript; `postcodes.json` is for searching
without a network. All are made by `maak_ondergrond` and kept in static/.
"""

import json
from collections.abc import Iterator
from itertools import pairwise

from collectief.geo.inlezen import DATA
from collectief.geo.models import Plaats, Postcode
from collectief.geo.namen import spreeknaam
from collectief.geo.rd import naar_rd
from kaart.feed import stappen
from kaart.plattegrond import BREEDTE, HOOGTE, stip

DUIZENDSTE = 1000  # of a degree: about 100 metres, finer than the outlines are
NAAM_VANAF = 3  # postcodes a place must have to be named on the map

# The neighbours in the data lie between 1.8° and 8.6° east, and end at 49.9° north; this is what lies behind that, only
# for wide screens. It touches them and never overlaps: drawn together, what lies double would be left open.
ACHTER_DE_BUREN = [
    [(8.6, 49.9), (13.0, 49.9), (13.0, 53.88), (8.6, 53.88), (8.6, 49.9)],
    [(1.8, 48.0), (13.0, 48.0), (13.0, 49.9), (1.8, 49.9), (1.8, 48.0)],
    [(1.8, 48.0), (1.8, 50.96), (1.5, 50.1), (0.2, 49.7), (-1.2, 49.35), (-3.0, 48.65), (-3.0, 48.0), (1.8, 48.0)],
]

Ring = list[tuple[float, float]]


def _ringen(feature: dict) -> Iterator[Ring]:
    vorm = feature["geometry"]
    for veelhoek in [vorm["coordinates"]] if vorm["type"] == "Polygon" else vorm["coordinates"]:
        yield from ([tuple(punt) for punt in ring] for ring in veelhoek)


def _features(bestand: str) -> list[dict]:
    return json.loads((DATA / bestand).read_text(encoding="utf-8"))["features"]


def _zonder_herhaling(punten: list) -> list:
    """Drop points that fall on the one before."""
    return [punt for vorige, punt in zip([None, *punten], punten, strict=False) if punt != vorige]


def _vorm(feature: dict) -> list[list[list[int]]]:
    """Return the rings of an outline as columns of steps: longitudes and latitudes in thousandths of a degree."""
    vorm = []
    for ring in _ringen(feature):
        punten = _zonder_herhaling([(round(lon * DUIZENDSTE), round(lat * DUIZENDSTE)) for lon, lat in ring])
        if len(punten) > 3:
            vorm.append([stappen([lon for lon, _ in punten]), stappen([lat for _, lat in punten])])
    return vorm


def lijnen() -> str:
    """Return the outlines of neighbours and provinces, and the names of places (large ones first), for Leaflet."""
    namen = Plaats.objects.filter(aantal_postcodes__gte=NAAM_VANAF).order_by("-aantal_postcodes", "naam", "gemeente")
    achter = {"geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in ACHTER_DE_BUREN]}}
    inhoud = {
        "buren": [_vorm(feature) for feature in [*_features("buurlanden.geojson"), achter]],
        "provincies": [_vorm(feature) for feature in _features("provincies.geojson")],
        "namen": [
            [spreeknaam(p.naam), p.aantal_postcodes, round(p.lat * DUIZENDSTE), round(p.lon * DUIZENDSTE)]
            for p in namen
        ],
    }
    return json.dumps(inhoud, ensure_ascii=False, separators=(",", ":"))


def postcodes() -> str:
    """Return every postcode and place with its point in thousandths of a degree, for searching without a network.

    Postcodes are columns of steps from one to the next; a place is its name, where it lies, and its point.
    """
    codes = list(Postcode.objects.order_by("pc4").values_list("pc4", "lat", "lon"))
    kolommen = {
        "pc": stappen([int(pc4) for pc4, _, _ in codes]),
        "lat": stappen([round(lat * DUIZENDSTE) for _, lat, _ in codes]),
        "lon": stappen([round(lon * DUIZENDSTE) for _, _, lon in codes]),
    }
    plaatsen = [
        [
            spreeknaam(plaats.naam),
            f"{plaats.gemeente}, {plaats.provincie}",
            round(plaats.lat * DUIZENDSTE),
            round(plaats.lon * DUIZENDSTE),
        ]
        for plaats in Plaats.objects.order_by("naam", "gemeente", "provincie")
    ]
    tabellen = {"postcodes": kolommen, "plaatsen": plaatsen}
    return json.dumps(tabellen, ensure_ascii=False, separators=(",", ":"))


def _pad(feature: dict) -> str:
    """Write rings as an SVG path with relative steps, in units of the drawing."""
    delen = []
    for ring in _ringen(feature):
        punten = _zonder_herhaling([(plek.x, plek.y) for plek in (stip(naar_rd(lat, lon)) for lon, lat in ring)])
        if len(punten) < 4:
            continue
        stappen = [f"{x - vx} {y - vy}" for (vx, vy), (x, y) in pairwise(punten)]
        delen.append(f"M{punten[0][0]} {punten[0][1]}l{' '.join(stappen)}z".replace(" -", "-"))
    return "".join(delen)


def svg() -> str:
    """Return the outline as an image that follows light and dark by itself."""
    buren = "".join(map(_pad, _features("buurlanden.geojson")))
    provincies = "".join(map(_pad, _features("provincies.geojson")))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BREEDTE} {HOOGTE}">'
        "<style>path{stroke-linejoin:round;vector-effect:non-scaling-stroke}"
        ".b{fill:#f3ecdf}.p{fill:#fff;stroke:#857f70}"
        "@media(prefers-color-scheme:dark){.b{fill:#19231e}.p{fill:#26322c;stroke:#8c978f}}</style>"
        f'<path class="b" d="{buren}"/><path class="p" d="{provincies}"/></svg>\n'
    )
