"""The ground of the map in static/ is what the data give."""

import gzip
import json
import xml.etree.ElementTree as ET
from itertools import accumulate

import pytest
from django.core.management import call_command

from collectief.geo.rd import Punt, naar_rd
from kaart import ondergrond
from kaart.aanbod import Rij
from kaart.management.commands.maak_ondergrond import BESTANDEN, MAP
from kaart.plattegrond import stip, teken
from tests.kaart.plekken import PlekFactory


@pytest.mark.parametrize(("naam", "maak"), BESTANDEN.items())
def test_the_file_in_static_is_up_to_date(db, naam, maak):
    assert (MAP / naam).read_text(encoding="utf-8") == maak(), "run: manage.py maak_ondergrond"


def test_the_command_writes_every_file(db, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("kaart.management.commands.maak_ondergrond.MAP", tmp_path / "kaart")

    call_command("maak_ondergrond")

    assert sorted(bestand.name for bestand in (tmp_path / "kaart").iterdir()) == sorted(BESTANDEN)


def test_the_ground_has_twelve_provinces_the_neighbours_and_names(db):
    grond = json.loads(ondergrond.lijnen())

    assert (len(grond["provincies"]), len(grond["buren"])) == (12, 5)
    assert grond["namen"][0][0] == "Amsterdam"
    lengtes, breedtes = (list(accumulate(kolom)) for kolom in grond["provincies"][0][0])
    assert all(3300 < lon < 7300 for lon in lengtes)
    assert all(50700 < lat < 53600 for lat in breedtes)
    assert (lengtes[0], breedtes[0]) == (lengtes[-1], breedtes[-1])  # a ring comes back to where it began
    assert len(gzip.compress(ondergrond.lijnen().encode())) < 12_000


def test_what_lies_behind_the_neighbours_touches_them_and_never_overlaps(db):
    """Drawn in one go, what lies double would be left open: a strip of sea through Germany."""
    [west, oost, zuid] = (1800, 8600, 49900)
    vormen = [
        [list(map(list, map(accumulate, ring))) for ring in vorm] for vorm in json.loads(ondergrond.lijnen())["buren"]
    ]
    *buren, achter = vormen

    assert all(west <= min(lon) <= max(lon) <= oost and zuid <= min(lat) for vorm in buren for lon, lat in vorm)
    assert all(min(lon) >= oost or max(lat) <= zuid or max(lon) <= west for lon, lat in achter)


def test_the_drawing_is_well_formed_and_small():
    wortel = ET.fromstring(ondergrond.svg())  # noqa: S314  (our own text)

    assert wortel.attrib["viewBox"] == "0 0 2900 3300"
    assert len(ondergrond.svg()) < 20_000


def test_without_a_middle_the_whole_country_is_drawn():
    assert teken(None, []).uitsnede == "0 0 2900 3300"


def test_the_cut_out_holds_the_outermost_place():
    midden = naar_rd(52.0, 5.5)
    plek = PlekFactory(lat=52.18, lon=5.5)

    beeld = teken(midden, [Rij(plek, midden.afstand(plek.punt), 1)])

    assert beeld.boven < stip(plek.punt).y < beeld.boven + beeld.hoogte
    assert (beeld.breedte, beeld.hoogte) == (500, 500)


def test_a_lonely_point_is_not_drawn_from_too_near():
    assert teken(Punt(155_000, 463_000), []).breedte == 200
