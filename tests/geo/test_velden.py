"""The point column: nearest by `<->` in metres, straight from the index."""

import pytest
from django.db import connection
from django.db.models import F

from collectief.geo.models import Plaats, Postcode
from collectief.geo.rd import Punt, naar_rd
from collectief.geo.velden import Afstand, RDPunt, RDVan

UTRECHT = naar_rd(52.0907, 5.1214)


def test_a_point_comes_back_from_the_database_as_metres(db):
    postcode = Postcode.objects.get(pc4="3511")

    assert isinstance(postcode.rd, Punt)
    assert postcode.rd.afstand(naar_rd(postcode.lat, postcode.lon)) < 0.001


def test_a_point_follows_when_its_coordinates_change(db):
    Postcode.objects.filter(pc4="3511").update(lat=52.15517440, lon=5.38720621)

    assert Postcode.objects.get(pc4="3511").rd == pytest.approx((155000, 463000))


def test_a_point_of_nothing_is_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rd_punt(NULL, 5.1)")
        (rij,) = cursor.fetchone()

    assert rij is None


def test_nearest_by_metres_is_the_same_as_counting_it_out(db):
    iedere_160e = list(Postcode.objects.order_by("pc4"))[::160]

    for postcode in iedere_160e:
        dichtstbij = Postcode.objects.annotate(meter=Afstand("rd", postcode.rd)).order_by("meter")[:10]
        geteld = sorted(postcode.rd.afstand(ander.rd) for ander in Postcode.objects.all())[:10]
        assert [rij.meter for rij in dichtstbij] == pytest.approx(geteld)


def test_nearest_on_degrees_ranks_wrongly_at_52_north(db):
    """A point 0.12° east is nearer than one 0.1° north, but not by its degrees."""
    oost, noord = (52.09, 5.24), (52.19, 5.12)
    midden = (52.09, 5.12)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT point(%s, %s) <-> point(%s, %s), point(%s, %s) <-> point(%s, %s)",
            [*midden, *oost, *midden, *noord],
        )
        graden_oost, graden_noord = cursor.fetchone()

    assert graden_oost > graden_noord
    assert naar_rd(*midden).afstand(naar_rd(*oost)) < naar_rd(*midden).afstand(naar_rd(*noord))


@pytest.mark.parametrize("veld", ["rd", F("rd")])
def test_nearest_comes_from_the_index(db, veld):
    plan = Postcode.objects.order_by(Afstand(veld, UTRECHT))[:12].explain()

    assert "Index Scan using postcode_rd" in plan
    assert "Sort" not in plan


def test_a_point_survives_serialisation():
    veld = RDPunt()
    veld.set_attributes_from_name("rd")
    plaats = Plaats(naam="Ergens")
    plaats.rd = Punt(1.5, 2.25)

    tekst = veld.value_to_string(plaats)

    assert veld.to_python(tekst) == (1.5, 2.25)


def test_a_generated_column_is_written_the_same_in_every_migration():
    pad, _, _ = RDVan("lat", "lon").deconstruct()

    assert pad == "collectief.geo.velden.RDVan"
